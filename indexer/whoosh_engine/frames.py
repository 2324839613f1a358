"""Zstandard frames, undone one after the other."""

from __future__ import annotations

import threading

import zstandard


class Decompressor(threading.local):
    """What undoes frames, kept for each thread: to begin one costs more than most frames do; it serves one at once.

    ``dictionary``: what the frames were compressed by.
    """

    def __init__(self, dictionary: zstandard.ZstdCompressionDict | None = None) -> None:
        self._kept = zstandard.ZstdDecompressor(dict_data=dictionary)

    def __call__(self, frame: bytes | memoryview) -> bytes:
        """The bytes of a frame.

        Raises:
            zstandard.ZstdError: It is no frame, or a damaged one.

        """
        return self._kept.decompress(frame)
