"""How postings and columns lie in a Whoosh index: its public extension points, raw arrays inside.

Whoosh keeps schema, segments, locking and commits; a posting's value is an array of positions, a column is one array.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import columns, fields, formats
from whoosh.analysis.analyzers import Analyzer

from indexer.schema import FIELDS
from indexer.view import MISSING

ID_LENGTH = 64
_Posting = tuple[bytes, int, float | int, bytes]
NUMBERS = ("region", "year", "level", "kind", "form")
"""The whole-number columns, in order."""


class Positions(formats.Format):
    """A posting's value: its positions as little-endian 32-bit numbers."""

    def decode_positions(self, value: bytes) -> list[int]:
        """Whoosh's own view of a value."""
        return list(map(int, np.frombuffer(value, "<u4")))

    def decode_frequency(self, value: bytes) -> int:
        """How often the term occurs."""
        return len(value) // 4 or 1

    def decode_weight(self, value: bytes) -> float:
        """The same, as a weight."""
        return float(self.decode_frequency(value))


class Inverted(fields.FieldType):
    """A field that is given its postings (term → value) instead of a text."""

    def __init__(self, form: formats.Format) -> None:
        super().__init__(form, Analyzer())  # never asked: the postings are given

    def index(
        self, value: Mapping[str, bytes], **_: Any
    ) -> Generator[tuple[bytes, int, float | int, bytes], Any, None]:
        """The postings of one document."""
        for term, positions in value.items():
            count = len(positions) // 4 or 1
            yield term.encode(), count, float(count), positions


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
    def __init__(self, dbfile: Any, column: ArrayColumn) -> None:
        super().__init__(dbfile)
        self._column = column
        self._defaultbytes = column.row(None).tobytes()

    def add(self, docnum: int, value: Any) -> None:
        self.fill(docnum)
        self._dbfile.write(self._column.row(value).tobytes())
        self._count = docnum + 1


class ArrayReader(columns.ColumnReader):
    """Reads a column as one array."""

    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int, column: ArrayColumn) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._column = column

    def array(self) -> NDArray[Any]:
        """All rows, (documents, width)."""
        kept = np.frombuffer(self._dbfile.get(self._basepos, self._length), self._column.dtype)
        kept = kept.reshape(-1, self._column.width)
        rows = np.empty((self._doccount, self._column.width), self._column.dtype)
        rows[: len(kept)] = kept
        rows[len(kept) :] = self._column.default
        return rows

    def __getitem__(self, docnum: int) -> NDArray[Any]:
        return np.asarray(self.array()[docnum])


def metric_column(metrics: int) -> ArrayColumn:
    """The column of so many metrics."""
    return ArrayColumn("<i8", max(metrics, 1), MISSING)


def schema(metrics: int) -> fields.Schema:
    """The Whoosh schema; ``metrics`` is how many metrics are kept."""
    return fields.Schema(
        id=fields.ID(unique=True),
        words=Inverted(Positions()),
        pairs=Inverted(Positions()),
        tags=Inverted(formats.Existence()),
        report=fields.STORED(),
        key=fields.COLUMN(ArrayColumn(f"S{ID_LENGTH}", default=b"")),
        numbers=fields.COLUMN(ArrayColumn("<i8", len(NUMBERS), -1)),
        lengths=fields.COLUMN(ArrayColumn("<u4", len(FIELDS))),
        metrics=fields.COLUMN(metric_column(metrics)),
    )
