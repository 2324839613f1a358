"""Values of one type, packed: differences, byte planes, Zstandard; in chunks, so that a slice costs its chunks alone.

What an index holds are sorted runs and columns of alike numbers. Of a run only the differences are kept, of a column
what each value is more than the least; and their first bytes, then their second ones and so on lie together (Blosc
calls it shuffling). The high planes are all zeros, and left out down to the first that is not; an ordinary compressor
finds what is left in the others. On an index of 5,000 reports that is a twentieth smaller than frames of reference of
128 values (Zukowski et al., Super-Scalar RAM-CPU Cache Compression, 2006), and undone by NumPy plane by plane
(docs/performance.md).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import numpy as np
import zstandard
from numpy.typing import DTypeLike, NDArray

from indexer.whoosh_engine.checksums import CheckedBytes
from indexer.whoosh_engine.frames import Decompressor

CHUNK = 8192
"""Values that are packed together: some 50 µs to undo, which is what a word that stands in one place costs."""
_LEVEL = 1
"""Of compression: what is left has no repetitions to look for."""
_ENDS = np.dtype("<u8")
_decompress = Decompressor()


def pack(values: NDArray[Any], *, differences: bool = False) -> bytes:
    """The values, chunk after chunk, then where each chunk ends. ``differences`` are of unsigned numbers, modulo."""
    packed = BytesIO()
    packer = Packer(packed.write, differences=differences)
    packer.add(values)
    packer.finish()
    return packed.getvalue()


class Packer:
    """Packs values that come piece by piece; ``write`` takes the bytes, and ``size`` is how many they are."""

    def __init__(self, write: Callable[[bytes], object], *, differences: bool = False) -> None:
        self.size = 0
        self._write = write
        self._differences = differences
        self._rest: NDArray[Any] | None = None
        self._ends: list[int] = []

    def add(self, values: NDArray[Any]) -> None:
        """The next values; the last ones wait until their chunk is full."""
        values = values if self._rest is None else np.concatenate([self._rest, values])
        whole = values.size // CHUNK * CHUNK
        for begin in range(0, whole, CHUNK):
            self._chunk(values[begin : begin + CHUNK])
        self._rest = values[whole:].copy()

    def finish(self) -> None:
        """The last chunk, then where each ends."""
        if self._rest is not None and self._rest.size:
            self._chunk(self._rest)
        ends = np.array(self._ends, _ENDS).tobytes()
        self._write(ends)
        self.size += len(ends)

    def _chunk(self, values: NDArray[Any]) -> None:
        packed = _packed(values, differences=self._differences)
        self._write(packed)
        self.size += len(packed)
        self._ends.append(self.size)


class Packed:
    """``count`` packed values of a type, from ``begin`` up to before ``end`` of a file; read when asked for."""

    def __init__(  # noqa: PLR0913 - where they lie and what they are
        self, data: CheckedBytes, begin: int, end: int, count: int, dtype: DTypeLike, *, differences: bool = False
    ) -> None:
        self.count = count
        self._data = data
        self._begin = begin
        self._dtype = np.dtype(dtype)
        self._differences = differences
        self._table = end - _ENDS.itemsize * -(-count // CHUNK)
        self._end = end

    def all(self) -> NDArray[Any]:
        """Every value."""
        return self.slice(0, self.count)

    def between(self, first: int, last: int, spans: Sequence[tuple[int, int]]) -> NDArray[Any]:
        """Of the values from ``first`` up to before ``last``, which rise, those in the spans ``low <= value < high``.

        The chunks that hold them are sought by halves, each undone once.
        """

        @cache
        def chunk(place: int) -> NDArray[Any]:
            return self.slice(max(first, place * CHUNK), min(last, (place + 1) * CHUNK))

        places = range(first // CHUNK, -(-last // CHUNK)) if first < last else range(0)
        found = [np.empty(0, self._dtype)]
        for low, high in spans:
            begin = max(bisect_left(places, low, key=lambda place: chunk(place)[0]) - 1, 0)
            for place in places[begin:]:
                values = chunk(place)
                if values[0] >= high:
                    break
                found.append(values[slice(*values.searchsorted((low, high)))])
        return np.concatenate(found)

    def slice(self, first: int, last: int) -> NDArray[Any]:
        """The values from ``first`` up to before ``last``."""
        if first >= last:
            return np.empty(0, self._dtype)
        begin, end = first // CHUNK, -(-last // CHUNK)
        values = np.empty(min(end * CHUNK, self.count) - begin * CHUNK, self._dtype)
        ends = np.frombuffer(self._data.read(self._table, self._end), _ENDS)[max(begin - 1, 0) : end].tolist()
        starts = [0, *ends] if begin == 0 else ends
        for place, (start, stop) in enumerate(pairwise(starts)):
            chunk = values[place * CHUNK : (place + 1) * CHUNK]
            plain = _decompress(self._data.read(self._begin + start, self._begin + stop))
            _undo(plain, chunk, differences=self._differences)
        return values[first - begin * CHUNK : last - begin * CHUNK]


def _packed(chunk: NDArray[Any], *, differences: bool) -> bytes:
    if chunk.dtype.kind == "S":
        columns = _bytes(np.ascontiguousarray(chunk))
        longest = np.flatnonzero(columns.any(axis=0)).max(initial=-1) + 1
        return zstandard.compress(columns[:, :longest].T.tobytes(), _LEVEL)
    least = chunk[:1] if differences else chunk.min(keepdims=True)
    numbers, start = _unsigned(chunk), _unsigned(least)
    rest = np.diff(numbers, prepend=start) if differences else numbers - start
    planes = range(0, int(rest.max()).bit_length(), 8)
    packed = (np.right_shift(rest, rest.dtype.type(plane)).astype(np.uint8).tobytes() for plane in planes)
    return zstandard.compress(b"".join((least.tobytes(), *packed)), _LEVEL)


def _undo(plain: bytes, chunk: NDArray[Any], *, differences: bool) -> None:
    """Fill a chunk with what was packed."""
    if chunk.dtype.kind == "S":
        planes = np.frombuffer(plain, np.uint8).reshape(-1, chunk.size)
        _bytes(chunk)[:, : len(planes)] = planes.T
        _bytes(chunk)[:, len(planes) :] = 0
        return
    numbers = _unsigned(chunk)
    base = np.frombuffer(plain, numbers.dtype, 1)
    planes = np.frombuffer(plain, np.uint8, offset=base.nbytes).reshape(-1, chunk.size)
    numbers[:] = planes[-1] if len(planes) else 0
    for plane in planes[-2::-1]:
        np.left_shift(numbers, 8, out=numbers)
        np.bitwise_or(numbers, plane, out=numbers)
    if differences:
        numbers[:1] += base
        np.cumsum(numbers, out=numbers)
    else:
        numbers += base


def _unsigned(numbers: NDArray[Any]) -> NDArray[Any]:
    """The same bytes as numbers without a sign: what is more than the least of them fits, whatever the least is."""
    return numbers.view(f"<u{numbers.dtype.itemsize}")


def _bytes(values: NDArray[Any]) -> NDArray[np.uint8]:
    """The bytes of each value in a row."""
    return values.view(np.uint8).reshape(values.size, -1)
