"""The rules of ARCHITECTURE.md that no linter holds; the layers themselves are import-linter's (make check)."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import PACKAGES, ROOT, normalised, pins, project, tracked

MODULES = sorted(name for name in tracked() if name.endswith(".py") and name.split("/")[0] in PACKAGES)

# Imported by a library at run time, never by name here.
ONLY_BY_NAME = {
    "jieba",  # the dictionary that it ships is opened as a file; its own code is not needed
    "lxml",  # the parser that BeautifulSoup is told to use
    "psycopg",  # the driver that a store's address names to SQLAlchemy
    "psycopg-binary",  # what psycopg runs on
    "pypinyin",  # the table of readings that it ships is opened as a file; its own code is not needed
    "rapidocr-onnxruntime",  # the model that it ships is opened as a file; its own code is not needed
}
OF_NEWER_PYTHONS = {"compression"}
"""Of the standard library of those Pythons that need no distribution for it."""


def imported_by_the_packages() -> set[str]:
    """The top-level modules that the packages import, wherever the statement stands."""
    names = set()
    for module in MODULES:
        for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.split(".")[0])
    return names


def test_every_library_imported_is_declared_and_every_one_declared_is_imported() -> None:
    provider = importlib.metadata.packages_distributions()
    foreign = imported_by_the_packages() - set(sys.stdlib_module_names) - set(PACKAGES) - OF_NEWER_PYTHONS
    used = {normalised(distribution) for name in foreign for distribution in provider.get(name, [name])}
    metadata = project()["project"]
    optional = (pin for pins_ in metadata["optional-dependencies"].values() for pin in pins_)
    declared = set(pins([*metadata["dependencies"], *optional]))
    assert used | ONLY_BY_NAME == declared


OF_THE_EXTRA = {module for module in MODULES if "\nimport cv2\n" in (ROOT / module).read_text(encoding="utf-8")}
"""What takes the extra ocr: it is loaded when a picture is read, and OpenCV tells Qt where its fonts are."""

IMPORT_EVERYTHING = """
import importlib, json, logging, os, sys, threading
before = dict(os.environ)
for name in sys.argv[1:]:
    importlib.import_module(name)
jieba = sys.modules.get("jieba")
print(json.dumps({
    "environment": dict(os.environ) == before,
    "handlers": [repr(handler) for handler in logging.root.handlers],
    "threads": threading.active_count(),
    "dictionary": bool(jieba and jieba.dt.initialized),
}))
"""


def test_importing_everything_does_nothing(tmp_path: Path) -> None:
    """No file, no environment variable, no dictionary, no logging handler, no thread: only definitions."""
    modules = [module for module in MODULES if module not in OF_THE_EXTRA and not module.endswith("/__main__.py")]
    names = [module.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for module in modules]
    room = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", IMPORT_EVERYTHING, *names]
    done = subprocess.run(
        command, cwd=tmp_path, env=room | {"PYTHONPATH": str(ROOT)}, check=False, capture_output=True, text=True
    )
    assert done.stderr == ""
    assert json.loads(done.stdout) == {"environment": True, "handlers": [], "threads": 1, "dictionary": False}
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("name", ["base", "common", "core", "helpers", "manager", "util", "utils"])
def test_no_module_is_named_after_nothing(name: str) -> None:
    assert [module for module in MODULES if name in Path(module).with_suffix("").parts] == []


def test_every_folder_of_tests_is_a_package() -> None:
    """Otherwise two test files of one name in different folders hide each other."""
    folders = {Path(name).parent for name in tracked() if name.startswith("tests/") and name.endswith(".py")}
    assert {folder for folder in folders if not (ROOT / folder / "__init__.py").is_file()} == set()


def test_everything_that_says_what_a_report_is_stands_behind_its_wall() -> None:
    """The contract lists modules one by one, for ``corpus`` holds the rooms beside them: none may be forgotten."""
    contracts = project()["tool"]["importlinter"]["contracts"]
    wall = next(each for each in contracts if each["name"].startswith("What a report is"))
    own = {"corpus." + Path(name).stem for name in MODULES if name.count("/") == 1 and name.startswith("corpus/")}
    assert own - {"corpus.__init__"} == set(wall["source_modules"])
