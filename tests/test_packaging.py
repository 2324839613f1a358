"""What is packed is what is tracked, and what is installed is what is locked."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.checkout import PACKAGES, ROOT, locked, pins, project, tracked


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built from the tracked files alone."""
    sources = tmp_path_factory.mktemp("sources")
    for name in tracked():
        if not name.startswith("tests/"):
            (sources / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, sources / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--wheel-dir", "dist", "."], cwd=sources, check=True)
    (built,) = (sources / "dist").glob("*.whl")
    return zipfile.ZipFile(built)


def test_the_wheel_holds_every_tracked_file_of_the_packages_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == {name for name in tracked() if name.split("/")[0] in PACKAGES}


def test_the_wheel_brings_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    (entry_points,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "nianbao = webui.cli:main" in wheel.read(entry_points).decode()
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def test_the_packages_listed_are_the_folders_with_tracked_modules() -> None:
    folders = {str(Path(name).parent) for name in tracked() if name.endswith(".py") and name.split("/")[0] in PACKAGES}
    assert set(project()["tool"]["setuptools"]["packages"]) == {folder.replace("/", ".") for folder in folders}


@pytest.mark.parametrize(
    ("lock", "groups"),
    [("build.txt", ["build"]), ("runtime.txt", []), ("dev.txt", ["build", "dev"]), ("audit.txt", ["audit"])],
)
def test_every_pin_is_locked_at_its_version(lock: str, groups: list[str]) -> None:
    declared = {} if lock in {"build.txt", "audit.txt"} else pins(project()["project"]["dependencies"])
    for group in groups:
        declared |= pins(project()["dependency-groups"][group])
    versions = locked(lock)
    assert {name: versions.get(name) for name in declared} == {name: {pin} for name, pin in declared.items()}


def test_development_runs_on_the_versions_that_users_run() -> None:
    developed = locked("dev.txt")
    for lock in ("runtime.txt", "cluster.txt"):
        assert {name: developed.get(name) for name in locked(lock)} == locked(lock)


@pytest.mark.parametrize("lock", ["build.txt", "runtime.txt", "cluster.txt", "dev.txt"])
def test_every_locked_version_has_its_hashes(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    entries = re.findall(r"^(\S+==\S+)[^\\\n]*((?:\\\n {4}--hash=sha256:[0-9a-f]{64} ?)*)$", text, re.MULTILINE)
    assert entries
    assert [name for name, hashes in entries if not hashes] == []


def test_the_build_backend_is_the_locked_one() -> None:
    assert pins(project()["build-system"]["requires"]) == pins(project()["dependency-groups"]["build"])


def test_one_distribution_of_whoosh() -> None:
    """Three distributions install the same package; two of them in one environment overwrite each other."""
    for lock in ("runtime.txt", "dev.txt"):
        assert {name for name in locked(lock) if name.startswith("whoosh")} == {"whoosh3"}
    assert locked("runtime.txt")["whoosh3"] == {"3.54.0"}
