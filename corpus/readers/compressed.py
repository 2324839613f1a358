"""A file compressed as a whole (gzip, bzip2, xz) → its bytes, never more than may be unpacked."""

from __future__ import annotations

import bz2
import lzma
import zlib

from corpus.errors import UnreadableError
from corpus.readers.limits import Limits


def unpacked(payload: bytes, limits: Limits) -> bytes:
    """What was compressed. Raises TooLargeError beyond the limits, UnreadableError for a damaged file."""
    # 16 + 15: the header of gzip, and the widest window.
    unpack = (
        bz2.BZ2Decompressor()
        if payload.startswith(b"BZh")
        else lzma.LZMADecompressor(lzma.FORMAT_XZ)
        if payload.startswith(b"\xfd7zXZ")
        else zlib.decompressobj(16 + zlib.MAX_WBITS)
    )
    try:
        data = unpack.decompress(payload.lstrip(), limits.unpacked + 1)
    except (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError) as error:
        raise UnreadableError("archive_damaged") from error
    limits.check_unpacked(len(data))
    if not unpack.eof:
        # A download cut short: what is missing, nobody can say.
        raise UnreadableError("archive_damaged")
    return data
