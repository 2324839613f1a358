"""Columns of a Whoosh index: arrays of fixed rows, and texts.

A column is Whoosh's public extension point for data of ours that lives and dies with a segment.
"""

from __future__ import annotations

import mmap
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns

from indexer.whoosh_engine.checksums import CheckedBytes

_LEVEL = 3
"""Of compression: more costs the build a lot and saves little."""


class ArrayColumn(columns.Column):
    """A column of fixed rows of one NumPy type, read as one array."""

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
    """Collects rows; on disk one value of all documents lies after the other, so that each can be read by itself."""

    def __init__(self, dbfile: Any, column: ArrayColumn) -> None:
        super().__init__(dbfile)
        self._column = column
        self._default = column.row(None).tobytes()
        self._rows = bytearray()

    def add(self, docnum: int, value: Any) -> None:
        self._rows += self._default * (docnum - self._count)
        self._rows += self._column.row(value).tobytes()
        self._count = docnum + 1

    def finish(self, docnum: int) -> None:
        self._rows += self._default * (docnum - self._count)
        rows = np.frombuffer(self._rows, self._column.dtype).reshape(-1, self._column.width)
        self._dbfile.write(rows.T.tobytes())


class ArrayReader(columns.ColumnReader):
    """Reads a column as one array, mapped where the file can be."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int, column: ArrayColumn) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._column = column
        self._bytes = mapped(dbfile, basepos + length)
        self._length = length

    def array(self) -> NDArray[Any]:
        """All rows, (documents, width); each value of all documents is contiguous."""
        width = self._column.width
        kept = np.frombuffer(self._bytes.read(self._basepos, self._basepos + self._length), self._column.dtype)
        return kept.reshape(width, self._doccount).T

    def __getitem__(self, docnum: int) -> NDArray[Any]:
        return np.asarray(self.array()[docnum])


class TextColumn(columns.Column):
    """A column of texts as bytes, each compressed by itself: after each other, then where each begins and they end."""

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
    def __init__(self, dbfile: Any) -> None:
        super().__init__(dbfile)
        self._starts = [0]

    def add(self, docnum: int, value: bytes) -> None:
        self._starts += [self._starts[-1]] * (docnum - self._count)
        packed = zlib.compress(value, _LEVEL)
        self._dbfile.write(packed)
        self._starts.append(self._starts[-1] + len(packed))
        self._count = docnum + 1

    def finish(self, docnum: int) -> None:
        self._starts += [self._starts[-1]] * (docnum - self._count)
        self._dbfile.write(np.array(self._starts, "<i8").tobytes())


class TextReader(columns.ColumnReader):
    """Reads one text at a time."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._bytes = mapped(dbfile, basepos + length)
        self._starts = basepos + length - 8 * (doccount + 1)

    def __getitem__(self, docnum: int) -> bytes:
        at = self._starts + 8 * docnum
        begin, end = np.frombuffer(self._bytes.read(at, at + 16), "<i8").tolist()
        packed = self._bytes.read(self._basepos + begin, self._basepos + end)
        return zlib.decompress(packed) if packed else b""


def mapped(dbfile: Any, size: int) -> CheckedBytes:
    """The file as bytes. Mapped by ourselves: slices outlive the reader that Whoosh closes, and cost no copy."""
    if dbfile.is_real and size:
        data: Any = mmap.mmap(dbfile.fileno(), 0, access=mmap.ACCESS_READ)
    else:
        # An empty file cannot be mapped; the one in which Whoosh may keep a small segment is in memory already.
        data = bytes(dbfile.get(0, size))
    return CheckedBytes(data, *getattr(dbfile, "written", (None, "")))
