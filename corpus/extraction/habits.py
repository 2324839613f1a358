"""What the rows of a table have in common: where their values begin, which columns they fill, where they stand.

Learned from the rows that can be read in one way only; what a row says itself does not count when it is read.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.extraction.row_cells import RowCells, Side
from corpus.form import Column

_RARE = 0.5
"""What counts for a thing that no row shows: nobody has seen so many that the next could not."""

_SOME = 3
"""Other rows that say how many cells a row has."""


@dataclass(slots=True)
class Habits:
    """The habits of rows of one kind; without a row read they say nothing.

    ``starts``: behind how many cells the values begin, by what rows that are padded alike have in common.
    ``counts``: how many rows have so many cells.
    ``filled``: how often each column holds anything, in rows with blanks among their values and in others.
    ``rows``: how many rows of either sort there are. ``agreed``: how many rows' values stand below the header's cells.
    """

    starts: dict[tuple[int, int], Counter[int]] = field(default_factory=dict)
    filled: Counter[tuple[bool, str]] = field(default_factory=Counter)
    rows: Counter[bool] = field(default_factory=Counter)
    counts: Counter[int] = field(default_factory=Counter)
    agreed: int = 0
    strayed: int = 0
    _own: dict[int, tuple[int, bool, frozenset[str]]] = field(default_factory=dict)

    def look(self, row: RowCells) -> None:
        """Note how many cells a row has, and whether one with a cell for each column has them below the header's."""
        self.counts[len(row.values)] += 1
        for side in row.sides:
            if side.places and (places := row.places(len(side.columns))):
                self.agreed += places == side.places
                self.strayed += places != side.places

    def learn(self, row: RowCells, side: Side, placed: Sequence[int]) -> None:
        """Take note of a row that leaves no choice: for each column its value, by index."""
        filled = frozenset(
            column.key for column, at in zip(side.columns, placed, strict=True) if row.values[at].state != "blank"
        )
        if filled:
            self._own[id(row)] = placed[0], row.is_sparse, filled
            self.starts.setdefault(row.like, Counter())[placed[0]] += 1
            self.rows[row.is_sparse] += 1
            self.filled.update((row.is_sparse, key) for key in filled)

    def starts_at(self, row: RowCells) -> list[float]:
        """What the other rows say about values that begin at each of a row's cells, in nats."""
        seen = Counter(self.starts.get(row.like, ()))
        if (own := self._own.get(id(row))) is not None:
            seen[own[0]] -= 1
        return [_nats(seen[at], seen.total()) for at in range(len(row.values))]

    def are_exact(self, row: RowCells, width: int) -> bool:
        """Whether all other rows, and there are some, have exactly a cell for each column."""
        others = self.counts - Counter([len(row.values)])
        return set(others) == {width} and others[width] >= _SOME

    def fills(self, row: RowCells, columns: Sequence[Column]) -> list[tuple[float, float]]:
        """What the other rows say about each column left blank, and filled, in nats."""
        own = self._own.get(id(row))
        counted = own[2] if own is not None and own[1] is row.is_sparse else frozenset()
        every = self.rows[row.is_sparse] - bool(counted)
        times = [self.filled[row.is_sparse, column.key] - (column.key in counted) for column in columns]
        return [(_nats(every - filled, every), _nats(filled, every)) for filled in times]

    @property
    def trust(self) -> float:
        """How far the header's places are to be believed, from 0 to 1."""
        return max((self.agreed + 1 - self.strayed) / (self.agreed + 2 + self.strayed), 0.0)


def _nats(times: int, every: int) -> float:
    return math.log((times + _RARE) / (every + 2 * _RARE)) if every > 0 else 0.0
