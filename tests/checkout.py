"""The checkout as its own tests see it: what git tracks, and what pyproject.toml declares."""

from __future__ import annotations

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "crawler", "indexer", "webui")


@cache
def tracked() -> tuple[str, ...]:
    """The files that git tracks and that still stand, with / between folders."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


@cache
def tracked_texts() -> dict[str, str]:
    """Each tracked file that is UTF-8 text, by name."""
    texts = {}
    for name in tracked():
        payload = (ROOT / name).read_bytes()
        if b"\0" in payload:
            continue
        try:
            texts[name] = payload.decode()
        except UnicodeDecodeError:
            continue  # pages in the encodings of their time are test data, not prose
    return texts


@cache
def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(requirements: list[Any]) -> dict[str, str]:
    """Normalised distribution name → exact version, of requirements as pyproject.toml writes them.

    What follows a semicolon says where a package is needed; it is locked wherever it is.
    """
    exact = {}
    for requirement in requirements:
        if isinstance(requirement, dict):  # an include of another group
            continue
        name, version = requirement.partition(";")[0].strip().split("==")
        exact[normalised(name)] = version
    return exact


def locked(lock: str) -> dict[str, set[str]]:
    """Normalised distribution name → the versions that requirements/``lock`` pins."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE):
        versions.setdefault(normalised(name), set()).add(version)
    return versions


def normalised(distribution: str) -> str:
    """A distribution's name as package installers compare it."""
    return re.sub(r"[-_.]+", "-", distribution).lower()
