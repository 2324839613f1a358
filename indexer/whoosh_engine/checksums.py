"""What a commit wrote is what is read, or the index says that it is damaged.

Each file of a commit has a Sum in the commit's state. Opening an index compares sizes and the ends of files, and the
whole of those that Whoosh unpickles: nothing is unpickled that is not what we wrote. The rest is compared block by
block when it is first read, so that damage in the midst of a large file is found by the search that would be wrong by
it, and costs the others nothing. ``nianbao doctor`` reads everything.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import SearchIndexError

BLOCK = 1 << 16
"""Bytes that one check sum covers: about what a disk reads at once, and some 30 µs to check."""
_UNPICKLED = (".toc", ".trm", ".pst")


@dataclass(frozen=True, slots=True)
class Sum:
    """A file as written: its bytes, their SHA-256 and the CRC-32 of each block, eight hex digits a block."""

    size: int
    sha256: str
    blocks: str

    def holds(self, block: int, data: bytes | memoryview) -> bool:
        """Whether this is what was written as a block."""
        return self.blocks[8 * block : 8 * block + 8] == f"{zlib.crc32(data):08x}"


def sum_of(path: Path) -> Sum:
    """The sum of a file as it is now."""
    whole, blocks, size = hashlib.sha256(), [], 0
    with path.open("rb") as file:
        while data := file.read(BLOCK):
            whole.update(data)
            blocks.append(f"{zlib.crc32(data):08x}")
            size += len(data)
    return Sum(size, whole.hexdigest(), "".join(blocks))


def damaged(name: str) -> SearchIndexError:
    """The error about a file that is not what was written."""
    return SearchIndexError(f"The index is damaged ({name}): run `nianbao index --rebuild`.")


def check(build: Path, sums: Mapping[str, Sum]) -> None:
    """Compare every file, as far as it can be done at once. Raises SearchIndexError for the first that differs."""
    for name, written in sums.items():
        path = build / name
        try:
            if path.stat().st_size != written.size or not _ends_hold(path, written):
                raise damaged(name)
        except OSError:
            raise damaged(name) from None
        if name.endswith(_UNPICKLED) and not _holds(path, written):
            raise damaged(name)


def faults(build: Path, sums: Mapping[str, Sum]) -> Iterator[str]:
    """The files that differ, read whole."""
    for name, written in sums.items():
        path = build / name
        if not path.is_file() or sum_of(path) != written:
            yield name


def _holds(path: Path, written: Sum) -> bool:
    """Whether every block does, and nothing follows: its SHA-256 says no more, and takes longer."""
    with path.open("rb") as file:
        return all(written.holds(block, file.read(BLOCK)) for block in range(-(-written.size // BLOCK)))


def _ends_hold(path: Path, written: Sum) -> bool:
    if not written.size:
        return True
    last = (written.size - 1) // BLOCK
    with path.open("rb") as file:
        head = file.read(BLOCK)
        file.seek(last * BLOCK)
        return written.holds(0, head) and written.holds(last, file.read(BLOCK))


class CheckedBytes:
    """A file in memory, each block of which is compared when it is first read."""

    def __init__(self, data: bytes | memoryview, written: Sum | None, name: str) -> None:
        self._data = memoryview(data)
        self._written = written
        self._name = name
        self._seen = bytearray(-(-len(self._data) // BLOCK) or 1)

    def read(self, begin: int, end: int) -> memoryview:
        """The bytes from ``begin`` up to before ``end``. Raises SearchIndexError unless they are what was written."""
        if self._written is None or begin >= end:  # a file of this very commit, not yet summed up
            return self._data[begin:end]
        first, last = begin // BLOCK, (end - 1) // BLOCK + 1
        if not 0 <= begin <= end <= len(self._data):
            raise damaged(self._name)
        if not all(self._seen[first:last]):
            for block in range(first, last):
                if not self._seen[block]:
                    if not self._written.holds(block, self._data[block * BLOCK : (block + 1) * BLOCK]):
                        raise damaged(self._name)
                    self._seen[block] = 1
        return self._data[begin:end]
