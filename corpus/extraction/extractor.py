"""Which code reads: a digest of all that reading is made of, so that no change of it waits for somebody to remember it.

A snapshot is stale where other code read it (``nianbao extract``, ``update``). A number that is raised by hand was
forgotten for as long as nobody looked; words of a comment may cost a reading anew, a forgotten number costs its truth.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

_OTHERS = frozenset({"store", "sample", "analysis"})
"""Packages of corpus that nothing is read by."""

_ENDINGS = (".py", ".toml", ".csv", ".txt")


@cache
def extractor() -> str:
    """The digest of the code that runs."""
    return digest_of(files("corpus"))


def digest_of(corpus: Traversable) -> str:
    """Sixteen characters, the same for the same code and data files, wherever the package ``corpus`` is installed."""
    digest = sha256()
    for name, content in sorted(_parts(corpus, "")):
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def _parts(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir() and entry.name not in _OTHERS:
            yield from _parts(entry, name)
        elif entry.name.endswith(_ENDINGS):
            yield name, entry.read_bytes()
