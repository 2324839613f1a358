"""Where the values of a row begin among blanks: what spans carried out, or lost, leave on either side of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.extraction.header import Header, PlacedCell, right_under
from corpus.form import Column, Row, Table
from corpus.numerals import read_cell


class Padding:
    """How many blank cells stand before the values, learned from the rows that can be read in one way only.

    A table that lost its spans pads all rows alike: those with as many cells behind the label, and below as many
    groups, start at one place. Where the header agrees with all such rows, it is believed.
    """

    def __init__(self) -> None:
        self._starts: dict[tuple[str, str, int, int, int], Counter[int]] = {}
        self._padded: set[tuple[str, str, int]] = set()
        self._strayed: Counter[tuple[str, str, int]] = Counter()

    def learn(self, cells: Sequence[PlacedCell], table: Table, row: Row, header: Header) -> None:
        """Take note of a row that leaves no choice."""
        values = expanded(cells, len(table.columns))
        if all(cell.state == "blank" for cell in values):
            return
        if len(values) > len(table.columns):
            self._padded.add(_kind(table))
        starts = fitting(values, table)
        if len(starts) == 1:
            self._starts.setdefault(_like(table, row, values), Counter())[starts[0]] += 1
        sure = openings(values, len(table.columns))
        if len(sure) == 1:
            # Blanks among the values may be columns of the table or none.
            window = _window(values, sure[0], table)
            if all(cell.state != "blank" for cell in window):
                under = [cell.across for cell in window] == headed(header.order(table))
                self._strayed[_kind(table)] += -1 if under else 1
        elif not sure and right_under(values, header.order(table), header):
            self._strayed[_kind(table)] -= 1

    def starts(self, values: Sequence[PlacedCell], table: Table, row: Row) -> list[int]:
        """Where other rows like this one start, the most common first."""
        own = fitting(values, table)
        others = self._starts.get(_like(table, row, values), Counter()) - Counter(own if len(own) == 1 else ())
        return [start for start, _ in others.most_common()]

    def pads(self, table: Table) -> bool:
        """Whether rows of the table have more cells than it has columns."""
        return _kind(table) in self._padded

    def strays(self, table: Table) -> bool:
        """Whether most rows of the table stand elsewhere than below its header's columns."""
        return self._strayed[_kind(table)] > 0

    def keeps(self, table: Table) -> bool:
        """Whether most rows of the table stand below its header's columns."""
        return self._strayed[_kind(table)] < 0


def fitting(values: Sequence[PlacedCell], table: Table) -> list[int]:
    """Where the values may start so that all others are blank and the total is the sum (I3).

    A total that is printed and not 0 says more than one that is blank.
    """
    starts = openings(values, len(table.columns))
    if table.id != "applications" or len(starts) == 1:
        return starts
    sure = [
        start for start in starts if _total(_window(values, start, table)) and _balances(_window(values, start, table))
    ]
    return sure or [start for start in starts if _balances(_window(values, start, table))]


def _window(values: Sequence[PlacedCell], start: int, table: Table) -> Sequence[PlacedCell]:
    return values[start : start + len(table.columns)]


def headed(order: Sequence[tuple[Column, PlacedCell]]) -> list[int]:
    """Where the columns of a header stand."""
    return [cell.across for _, cell in order]


def openings(values: Sequence[PlacedCell], count: int) -> list[int]:
    """Where ``count`` cells may start so that all the others are blank."""
    filled = [index for index, cell in enumerate(values) if cell.state != "blank"]
    first, last = (filled[0], filled[-1]) if filled else (len(values), -1)
    return list(range(max(last - count + 1, 0), min(first, len(values) - count) + 1))


def _kind(table: Table) -> tuple[str, str, int]:
    return table.id, table.caption, len(table.columns)


def _like(table: Table, row: Row, values: Sequence[PlacedCell]) -> tuple[str, str, int, int, int]:
    """What rows have in common that are padded alike."""
    return *_kind(table), len(values), len(row.path)


def _balances(window: Sequence[PlacedCell]) -> bool:
    """Whether the row's total is blank, or the sum of the cells before it, a blank counted as nothing (I3)."""
    addends = (read_cell(cell.cell.raw)[0] or Decimal(0) for cell in window[:-1])
    return window[-1].state == "blank" or sum(addends) == _total(window)


def _total(window: Sequence[PlacedCell]) -> Decimal:
    return read_cell(window[-1].cell.raw)[0] or Decimal(0)


def expanded(values: Sequence[PlacedCell], count: int) -> list[PlacedCell]:
    """Blank cells merged across columns, as many times as they span; where the count fits as printed, no cell is."""
    if len(values) == count:
        return list(values)
    spread: list[PlacedCell] = []
    for cell in values:
        times = cell.cell.colspan if cell.state == "blank" else 1
        spread.extend(replace(cell, across=cell.across + offset) for offset in range(times))
    return spread
