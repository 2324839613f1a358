"""What the rows of a table have in common: where their values begin, which columns they fill, where they stand.

Learned from the rows that can be read in one way only; what a row says itself does not count when it is read.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.extraction.row_cells import RowCells, Side, Sort
from corpus.form import Column

_RARE = 0.5
"""How likely a thing is before any row shows it: nobody has seen so many that the next could not."""

_SOME = 3
"""Other rows that say how many cells a row has."""


@dataclass(slots=True)
class Habits:
    """The habits of rows of one kind; without a row read they say nothing.

    ``starts``: behind how many cells the values begin, by what rows that are padded alike have in common.
    ``counts``: how many rows have so many cells.
    ``filled``: how often each column holds anything, in rows of each sort. ``rows``: how many rows of each there are.
    ``agreed``: how many rows' values stand below the header's cells.
    """

    starts: dict[tuple[int, int], Counter[int]] = field(default_factory=dict)
    filled: Counter[tuple[Sort, str]] = field(default_factory=Counter)
    rows: Counter[Sort] = field(default_factory=Counter)
    counts: Counter[int] = field(default_factory=Counter)
    agreed: int = 0
    strayed: int = 0
    _own: dict[int, tuple[int, frozenset[str]]] = field(default_factory=dict)

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
            self._own[id(row)] = placed[0], filled
            self.starts.setdefault(row.like, Counter())[placed[0]] += 1
            self.rows[row.sort] += 1
            self.filled.update((row.sort, key) for key in filled)

    def starts_at(self, row: RowCells) -> list[float]:
        """What the other rows say about values that begin at each of a row's cells, in nats.

        Before a row that is padded alike speaks, those padded otherwise do: they count as much as one of its kind.
        """
        seen = Counter(self.starts.get(row.like, ()))
        if (own := self._own.get(id(row))) is not None:
            seen[own[0]] -= 1
        others = sum((starts for like, starts in self.starts.items() if like != row.like), Counter[int]())
        return [
            _nats(seen[at], seen.total(), _share(others[at], others.total())) if seen.total() else 0.0
            for at in range(len(row.values))
        ]

    def are_exact(self, row: RowCells, width: int) -> bool:
        """Whether all other rows, and there are some, have exactly a cell for each column."""
        others = self.counts - Counter([len(row.values)])
        return set(others) == {width} and others[width] >= _SOME

    def are_longer(self, row: RowCells) -> bool:
        """Whether all other rows, and there are some, have the same number of cells, and more than this one."""
        others = self.counts - Counter([len(row.values)])
        return len(others) == 1 and others.total() >= _SOME and min(others) > len(row.values)

    def fills(self, row: RowCells, columns: Sequence[Column]) -> list[tuple[float, float]]:
        """What the other rows say about each column left blank, and filled, in nats.

        Before rows of its sort speak, those do that differ in being nought: they count as much as one of its sort.
        """
        _, counted = self._own.get(id(row), (0, frozenset()))
        alike, others = self.rows[row.sort] - bool(counted), self.rows[row.other_sort]
        if not alike + others:
            return [(0.0, 0.0)] * len(columns)
        says = []
        for column in columns:
            filled, elsewhere = self.filled[row.sort, column.key], self.filled[row.other_sort, column.key]
            filled -= column.key in counted
            says.append(
                (
                    _nats(alike - filled, alike, _share(others - elsewhere, others)),
                    _nats(filled, alike, _share(elsewhere, others)),
                )
            )
        return says

    def fill_always(self, row: RowCells, key: str) -> bool:
        """Whether all other rows that are nought like it, or not, and there are some, fill a column."""
        _, counted = self._own.get(id(row), (0, frozenset[str]()))
        alike = [sort for sort in self.rows if sort[1] == row.sort[1]]
        others = sum(self.rows[sort] for sort in alike) - bool(counted)
        return others >= _SOME and sum(self.filled[sort, key] for sort in alike) - (key in counted) == others

    @property
    def trust(self) -> float:
        """How far the header's places are to be believed, from 0 to 1."""
        return max((self.agreed + 1 - self.strayed) / (self.agreed + 2 + self.strayed), 0.0)


def _nats(times: int, every: int, expected: float) -> float:
    return math.log(_share(times, every, expected))


def _share(times: int, every: int, expected: float = _RARE) -> float:
    """How likely a thing is that was seen so many times of every one, and ``expected`` so before any was."""
    return (times + expected) / (every + 1)
