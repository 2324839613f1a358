"""Leaving a record out of a copy of an archive file: every other record stays where it is.

In its place comes an empty gzip member of the same length, its header's comment filled up (RFC 1952, § 2.3.1): whoever
reads the file from its beginning passes over it.
"""

from __future__ import annotations

import os
from pathlib import Path

from corpus.store.warc import RecordLocation

_HEAD = bytes([0x1F, 0x8B, 8, 0x10, 0, 0, 0, 0, 0, 0xFF])
_TAIL = bytes([0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0])


def empty_member(length: int) -> bytes:
    """A gzip member of nothing, of so many bytes. Raises ValueError for fewer than 21, which no record has."""
    fill = length - len(_HEAD) - len(_TAIL)
    if fill < 0:
        raise ValueError(f"a gzip member cannot have {length} bytes")
    return _HEAD + b"-" * fill + _TAIL


def overwrite(folder: Path, place: RecordLocation, member: bytes) -> int:
    """Put a member in the place of another of its length. Returns how many bytes changed: none if it was there."""
    with (folder / place.name).open("r+b") as file:
        file.seek(place.offset)
        if file.read(len(member)) == member:
            return 0
        file.seek(place.offset)
        file.write(member)
        file.flush()
        os.fsync(file.fileno())
    return len(member)


def member_at(folder: Path, place: RecordLocation) -> bytes:
    """The bytes of a record as they stand in its file."""
    with (folder / place.name).open("rb") as file:
        file.seek(place.offset)
        return file.read(place.length)
