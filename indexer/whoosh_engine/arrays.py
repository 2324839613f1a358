"""A column of a Whoosh index that is an array of fixed rows.

A column is Whoosh's public extension point for data of ours that lives and dies with a segment.
"""

from __future__ import annotations

import mmap
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns


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

    def array(self) -> NDArray[Any]:
        """All rows, (documents, width); each value of all documents is contiguous."""
        width = self._column.width
        kept = np.frombuffer(self._bytes, self._column.dtype, self._doccount * width, self._basepos)
        return kept.reshape(width, self._doccount).T

    def __getitem__(self, docnum: int) -> NDArray[Any]:
        return np.asarray(self.array()[docnum])


def mapped(dbfile: Any, size: int) -> mmap.mmap | bytes:
    """The file as bytes. Mapped by ourselves: slices outlive the reader that Whoosh closes, and cost no copy."""
    if dbfile.is_real and size:
        return mmap.mmap(dbfile.fileno(), 0, access=mmap.ACCESS_READ)
    # An empty file cannot be mapped; the one in which Whoosh may keep a small segment is in memory already.
    return bytes(dbfile.get(0, size))
