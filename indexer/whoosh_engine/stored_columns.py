"""The columns of an index's segments in a row. It knows nothing of the view whose columns it reads.

So nothing that a view keeps leads back to it: the last search over a former state lets go of its arrays there and then,
and not when Python next looks for cycles, which a server with much in memory seldom does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from corpus.errors import SearchIndexError
from indexer.whoosh_engine.arrays import ArrayColumn, ArrayReader


class StoredColumns:
    """Columns of fixed rows, by name."""

    def __init__(self, reader: IndexReader, leaves: Sequence[tuple[IndexReader, int]]) -> None:
        self._schema = reader.schema
        self._leaves = leaves
        self._readers: dict[str, list[Any]] = {}

    def values(self, name: str, place: int = 0) -> NDArray[Any]:
        """One value of a column for each document, the segments in a row."""
        column = self._column(name)
        values = []
        for reader in self._opened(name):
            # A segment without any value has a reader of Whoosh's own, full of defaults.
            found = reader.value(place) if isinstance(reader, ArrayReader) else [row[place] for row in reader]
            values.append(np.asarray(found, column.dtype))
        return values[0] if len(values) == 1 else np.concatenate([np.empty(0, column.dtype), *values])

    def open_all(self) -> None:
        """Open every column, without reading it."""
        for name, field in self._schema.items():
            if isinstance(field.column_type, ArrayColumn):
                self._opened(name)

    def _opened(self, name: str) -> list[Any]:
        if name not in self._readers:  # opened once, not for each of its values
            self._readers[name] = [leaf.column_reader(name, translate=False) for leaf, _ in self._leaves]
        return self._readers[name]

    def rows(self, name: str) -> NDArray[Any]:
        """A column with a row for each document."""
        return np.stack([self.values(name, place) for place in range(self._column(name).width)]).T

    def _column(self, name: str) -> ArrayColumn:
        column = self._schema[name].column_type
        if not isinstance(column, ArrayColumn):
            raise SearchIndexError("The index is damaged: run `nianbao index --rebuild`.")
        return column
