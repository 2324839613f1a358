"""Frames are undone as they were made, by many threads at once, and damaged ones are refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import zstandard

from indexer.whoosh_engine.frames import Decompressor


def test_threads_share_a_decompressor_and_get_each_what_it_asked_for() -> None:
    said = zstandard.ZstdCompressionDict("依申请公开".encode() * 400, zstandard.DICT_TYPE_RAWCONTENT)
    texts = [f"本年新收申请{number}件，依申请公开。".encode() * (1 + number % 9) for number in range(400)]
    compressor = zstandard.ZstdCompressor(dict_data=said)
    decompress = Decompressor(said)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(decompress, map(compressor.compress, texts))) == texts


def test_a_frame_that_is_damaged_is_refused() -> None:
    frame = bytearray(zstandard.compress(b"statistics" * 50))
    frame[6:] = b"\xff" * len(frame[6:])
    with pytest.raises(zstandard.ZstdError):
        Decompressor()(bytes(frame))
