"""Columns of a Whoosh index: arrays of fixed rows, and texts.

A column is Whoosh's public extension point for data of ours that lives and dies with a segment.
"""

from __future__ import annotations

import mmap
from functools import cached_property
from io import BytesIO
from itertools import repeat
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray
from whoosh import columns

from indexer.whoosh_engine.checksums import CheckedBytes
from indexer.whoosh_engine.frames import Decompressor
from indexer.whoosh_engine.packed import CHUNK, Packed, Packer

_LEVEL = 3
"""Of compression: more costs the build a lot and saves little."""
_SAMPLE = 112 << 10
"""Bytes of a segment's texts by which all of them are compressed: yearly reports say much in the same words."""
_SAMPLED_FROM = 16 << 20
"""Bytes of texts from which it is taken: the first of the segment."""
_SAMPLED = 32
"""Texts from which a sample is taken; fewer would be longer with it than without."""


class ArrayColumn(columns.Column):
    """A column of fixed rows of one NumPy type."""

    def __init__(self, dtype: str, width: int = 1, default: Any = 0) -> None:
        self.dtype = dtype
        self.width = width
        self.default = default

    def writer(self, dbfile: Any) -> _ArrayWriter:
        """Begin a column."""
        return _ArrayWriter(dbfile, self)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> ArrayReader:
        """Open a column."""
        return ArrayReader(dbfile, basepos, length, doccount, self)

    def default_value(self, reverse: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002 - Whoosh's signature
        """The row of a document without a value."""
        return self.row(None)

    def row(self, value: Any) -> NDArray[Any]:
        """A value as a row."""
        row = np.full(self.width, self.default, self.dtype)
        if value is not None:
            row[:] = value
        return row


class _ArrayWriter(columns.ColumnWriter):
    """Collects rows; on disk a value of all documents is packed by itself, and so it is read."""

    def __init__(self, dbfile: Any, column: ArrayColumn) -> None:
        super().__init__(dbfile)
        self._column = column
        self._default = column.row(None).tobytes()
        self._rows = bytearray()
        self._packed = [BytesIO() for _ in range(column.width)]
        self._packers = [Packer(packed.write) for packed in self._packed]

    def add(self, docnum: int, value: Any) -> None:
        self._rows += self._default * (docnum - self._count)
        self._rows += self._column.row(value).tobytes()
        self._count = docnum + 1
        if len(self._rows) >= CHUNK * len(self._default):
            self._pack()

    def finish(self, docnum: int) -> None:
        self._rows += self._default * (docnum - self._count)
        self._pack()
        for packer in self._packers:
            packer.finish()
        for packed in self._packed:
            self._dbfile.write(packed.getvalue())
        self._dbfile.write(np.cumsum([packer.size for packer in self._packers]).astype("<i8").tobytes())

    def _pack(self) -> None:
        """The rows of so many documents as are packed together."""
        rows = np.frombuffer(bytes(self._rows), self._column.dtype).reshape(-1, self._column.width)
        for place, packer in enumerate(self._packers):
            packer.add(rows[:, place])
        self._rows.clear()


class ArrayReader(columns.ColumnReader):
    """Reads a column, one value of all documents at a time."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int, column: ArrayColumn) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._column = column
        self._bytes = mapped(dbfile, basepos + length)
        self._length = length

    def value(self, place: int) -> NDArray[Any]:
        """The value at a place of the rows, for each document."""
        end = self._basepos + self._length
        ends = np.frombuffer(self._bytes.read(end - 8 * self._column.width, end), "<i8").tolist()
        begins = [0, *ends]
        first, last = self._basepos + begins[place], self._basepos + begins[place + 1]
        return Packed(self._bytes, first, last, self._doccount, self._column.dtype).all()

    @cached_property
    def _rows(self) -> NDArray[Any]:
        return np.stack([self.value(place) for place in range(self._column.width)], axis=1)

    def __getitem__(self, docnum: int) -> NDArray[Any]:
        """The row of one document: only merging asks for them."""
        return np.asarray(self._rows[docnum])


class TextColumn(columns.Column):
    """A column of texts as bytes, each compressed by itself with the help of a sample of all.

    On disk: the texts after each other, the sample, and where each text ends; the sample's bytes.
    """

    def writer(self, dbfile: Any) -> _TextWriter:
        """Begin a column."""
        return _TextWriter(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> TextReader:
        """Open a column."""
        return TextReader(dbfile, basepos, length, doccount)

    def default_value(self, reverse: bool = False) -> bytes:  # noqa: ARG002, FBT001, FBT002 - Whoosh's signature
        """The text of a document without one."""
        return b""


class _TextWriter(columns.ColumnWriter):
    """Compresses the texts as they come; the first ones wait until there are enough to take the sample from."""

    def __init__(self, dbfile: Any) -> None:
        super().__init__(dbfile)
        self._waiting: list[bytes] = []
        self._wait = 0
        self._sample = b""
        self._compressor: zstandard.ZstdCompressor | None = None
        self._ends: list[int] = []
        self._end = 0

    def add(self, docnum: int, value: bytes) -> None:
        missing = docnum - len(self._ends) - len(self._waiting)
        self._waiting += [*repeat(b"", missing), value]
        self._wait += len(value)
        if self._compressor is not None or self._wait >= _SAMPLED_FROM:
            self._write()

    def finish(self, docnum: int) -> None:
        self._waiting += repeat(b"", docnum - len(self._ends) - len(self._waiting))
        self._write()
        kept = zstandard.compress(self._sample, _LEVEL)
        self._dbfile.write(kept)
        self._dbfile.write(np.array([*self._ends, len(kept)], "<i8").tobytes())

    def _write(self) -> None:
        """Those that wait."""
        if self._compressor is None:
            self._sample = _sample(self._waiting)
            self._compressor = zstandard.ZstdCompressor(_LEVEL, dict_data=_dictionary(self._sample))
        for text in self._waiting:
            packed = self._compressor.compress(text) if text else b""
            self._dbfile.write(packed)
            self._end += len(packed)
            self._ends.append(self._end)
        self._waiting = []


class TextReader(columns.ColumnReader):
    """Reads one text at a time."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._bytes = mapped(dbfile, basepos + length)
        self._table = basepos + length - 8 * (doccount + 1)

    @cached_property
    def _decompress(self) -> Decompressor:
        sample = self._bytes.read(self._table - self._number(self._doccount), self._table)
        return Decompressor(_dictionary(zstandard.decompress(sample)))

    def __getitem__(self, docnum: int) -> bytes:
        begin, end = self._number(docnum - 1) if docnum else 0, self._number(docnum)
        packed = self._bytes.read(self._basepos + begin, self._basepos + end)
        return self._decompress(packed) if packed else b""

    def _number(self, place: int) -> int:
        return int.from_bytes(self._bytes.read(self._table + 8 * place, self._table + 8 * (place + 1)), "little")


def _sample(texts: list[bytes]) -> bytes:
    """Some of the texts, taken evenly from all; nothing where there are few."""
    written = [text for text in texts if text]
    if len(written) < _SAMPLED:
        return b""
    wanted = max(_SAMPLE * len(written) // sum(map(len, written)), 1)
    return b"".join(written[:: -(-len(written) // wanted)])[:_SAMPLE]


def _dictionary(sample: bytes) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(sample, zstandard.DICT_TYPE_RAWCONTENT) if sample else None


def mapped(dbfile: Any, size: int) -> CheckedBytes:
    """The file as bytes. Mapped by ourselves: slices outlive the reader that Whoosh closes, and cost no copy."""
    if dbfile.is_real and size:
        data: Any = mmap.mmap(dbfile.fileno(), 0, access=mmap.ACCESS_READ)
    else:
        # An empty file cannot be mapped; the one in which Whoosh may keep a small segment is in memory already.
        data = bytes(dbfile.get(0, size))
    return CheckedBytes(data, *getattr(dbfile, "written", (None, "")))
