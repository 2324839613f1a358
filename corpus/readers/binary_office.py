"""What a compound file of Microsoft's holds, told by the names of its streams (MS-CFB 2.6, MS-DOC 2.5.2)."""

from __future__ import annotations

import struct
from enum import Enum

_SECTOR = 512
_FIB = 0xA5EC
_FIB_ENCRYPTED = 0x0100


class Kind(Enum):
    """What the file is; TEXT also where nothing tells."""

    WORKBOOK = "workbook"
    TEXT = "text"
    PRESENTATION = "presentation"
    MESSAGE = "message"
    LOCKED = "locked"


_STREAMS = {
    "EncryptedPackage": Kind.LOCKED,
    "WordDocument": Kind.TEXT,
    "Workbook": Kind.WORKBOOK,
    "Book": Kind.WORKBOOK,
    "PowerPoint Document": Kind.PRESENTATION,
    "__properties_version1.0": Kind.MESSAGE,
}
"""The first of these streams that a file has tells; a Word file may hold workbooks of its own."""


def kind_of(payload: bytes) -> Kind:
    """The kind of a compound file."""
    kind = next((kind for name, kind in _STREAMS.items() if _entry(name) in payload), Kind.TEXT)
    return Kind.LOCKED if kind is Kind.TEXT and _is_encrypted(payload) else kind


def _entry(name: str) -> bytes:
    """A name as its directory entry begins: UTF-16, closed by a zero."""
    return name.encode("utf-16-le") + b"\0\0"


def _is_encrypted(payload: bytes) -> bool:
    """Whether the header of the Word stream, which begins a sector, says that the text is encrypted."""
    for start in range(_SECTOR, len(payload) - 12, _SECTOR):
        magic, _, _, _, _, flags = struct.unpack_from("<6H", payload, start)
        if magic == _FIB:
            return bool(flags & _FIB_ENCRYPTED)
    return False
