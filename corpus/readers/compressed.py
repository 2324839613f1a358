"""A file compressed as a whole (gzip, bzip2, xz) → its bytes, never more than may be unpacked."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Mapping
from typing import Protocol

from corpus.errors import UnreadableError
from corpus.readers.limits import Limits


def unpacked(payload: bytes, limits: Limits) -> bytes:
    """What was compressed, in one piece or several behind one another.

    Raises TooLargeError beyond the limits, UnreadableError for a damaged file.
    """
    data, rest = b"", payload.lstrip()
    while (begin := _beginning(rest)) is not None:
        unpack = begin()
        try:
            data += unpack.decompress(rest, limits.unpacked + 1 - len(data))
        except (zlib.error, lzma.LZMAError, OSError, ValueError, EOFError) as error:
            raise UnreadableError("archive_damaged") from error
        limits.check_unpacked(len(data))
        if not unpack.eof:
            # A download cut short: what is missing, nobody can say.
            raise UnreadableError("archive_damaged")
        rest = unpack.unused_data
    return data


def _beginning(data: bytes) -> Callable[[], _Unpacker] | None:
    """What unpacks data that begin so; None for what is not compressed, as the zeros behind a piece."""
    return next((begin for signature, begin in _UNPACKERS.items() if data.startswith(signature)), None)


class _Unpacker(Protocol):
    """What the decompressors of the standard library have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


_UNPACKERS: Mapping[bytes, Callable[[], _Unpacker]] = {
    # 16 + 15: the header of gzip, and the widest window.
    b"\x1f\x8b": lambda: zlib.decompressobj(16 + zlib.MAX_WBITS),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ),
}
