"""Papers inside archives; .rar by a small writer of our own, which only stores (RAR 4.x, method 0x30)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from tests.accuracy.formats.office import docx_file, xlsx_file
from tests.accuracy.paper import Paper, copied


def zip_file(paper: Paper) -> bytes:
    """A .docx with the words and an .xlsx with the tables, names in GB18030 as Windows writes them."""
    words, tables = copied(paper), copied(paper)
    words.blocks = [block for block in words.blocks if isinstance(block, str)]
    tables.blocks = list(tables.tables)
    return zipped({"年度报告.docx": docx_file(words), "附件：统计表.xlsx": xlsx_file(tables)})


def rar_file(paper: Paper) -> bytes:
    """The Word file alone."""
    return stored_rar({"年度报告.docx": docx_file(paper)})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP file of some files."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, payload in files.items():
            archive.writestr(name, payload)
    return output.getvalue()


def stored_rar(files: Mapping[str, bytes]) -> bytes:
    """A RAR file of some files, stored."""
    blocks = [b"Rar!\x1a\x07\x00", _block(0x73, 0, b"\0" * 6)]
    for name, payload in files.items():
        encoded = name.encode()
        head = struct.pack(
            "<IIBIIBBHI", len(payload), len(payload), 2, zlib.crc32(payload), 0x5A21_0000, 20, 0x30, len(encoded), 0x20
        )
        blocks += [_block(0x74, 0x8000, head + encoded), payload]
    return b"".join([*blocks, _block(0x7B, 0x4000, b"")])


def _block(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head
