"""A file compressed as a whole (gzip, bzip2, xz) → its bytes, never more than may be unpacked."""

from __future__ import annotations

import bz2
import lzma
import zlib

from corpus.errors import UnreadableError
from corpus.readers.limits import Limits


def unpacked(payload: bytes, limits: Limits) -> bytes:
    """What was compressed. Raises TooLargeError beyond the limits, UnreadableError for a damaged file."""
    most = limits.unpacked + 1
    try:
        if payload.startswith(b"BZh"):
            data = bz2.BZ2Decompressor().decompress(payload, most)
        elif payload.startswith(b"\xfd7zXZ"):
            data = lzma.LZMADecompressor(lzma.FORMAT_XZ).decompress(payload, most)
        else:
            # A download cut short still gives what came: 16 + 15 is a gzip header and the widest window.
            data = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(payload.lstrip(), most)
    except (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError) as error:
        raise UnreadableError("archive_damaged") from error
    limits.check_unpacked(len(data))
    return data
