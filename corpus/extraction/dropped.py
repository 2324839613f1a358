"""Tables whose blank cells were dropped: the values of a row close up behind its label, and only what they say is left.

A blank that stands before or between values tells that blanks are kept; so does a row of as many cells as there are
columns. Where neither is seen, the rows are asked whether their last value is the sum of the others (I3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from corpus.extraction.alignment import align, weights
from corpus.extraction.header import PlacedCell
from corpus.form import Column, Table
from corpus.numerals import read_cell

_TABLE = "applications"
"""The table whose rows have a total: of another nothing would tell where its values belong."""

_LEAST_ROWS = 3
_MOST_UNTOLD = 2
"""Values in a row whose place may be concluded though no row of its table shows a sum."""

DROPPED = "blanks_dropped"
UNTOLD = "row_cell_count"


class DroppedBlanks:
    """What the rows of the tables say about their blanks; learned from all before the first is read."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._longest = 0

    def learn(self, cells: Sequence[PlacedCell], table: Table) -> None:
        """Take note of the cells behind a row's label."""
        values = _values(cells)
        if table.id != _TABLE or not values or any(cell.state == "text" for cell in cells):
            return
        if len(values) == len(table.columns):
            return
        if any(cell.state == "blank" for cell in cells[: len(values)]) or len(cells) == len(table.columns):
            self._seen["kept"] += 1
            return
        self._longest = max(self._longest, len(values))
        numbers = [_number(cell) for cell in values]
        self._seen["closed up"] += 1
        if any(numbers[:-1]):
            self._seen["sum" if sum(numbers[:-1]) == numbers[-1] else "no sum"] += 1

    @property
    def are_dropped(self) -> bool:
        """Whether the rows that can tell say so; those of other tables cannot."""
        seen = self._seen
        if seen["closed up"] < _LEAST_ROWS or seen["kept"]:
            return False
        return seen["sum"] > seen["no sum"] or (not seen["no sum"] and self._longest <= _MOST_UNTOLD)

    def placed(
        self, cells: Sequence[PlacedCell], table: Table, columns: Sequence[Column]
    ) -> tuple[tuple[PlacedCell | None, ...], str] | None:
        """The values of a row by column, and the doubt about them; None for a row that lost no blank.

        A value whose column is not told well enough has none, and its row says so; nor has any in another table.
        """
        values = _values(cells)
        closed_up = 0 < len(values) < len(columns) and list(cells[: len(values)]) == values
        if not closed_up or not self.are_dropped:
            return None
        found: list[PlacedCell | None] = [None] * len(columns)
        if table.id == _TABLE:
            placement = align([read_cell(cell.cell.raw)[0] for cell in values], columns)
            for cell, column, margin in zip(values, placement.columns, placement.margins, strict=True):
                if margin >= weights().least_margin:
                    found[column] = cell
        return tuple(found), DROPPED if sum(map(bool, found)) == len(values) else UNTOLD


def _values(cells: Sequence[PlacedCell]) -> list[PlacedCell]:
    return [cell for cell in cells if cell.state != "blank"]


def _number(cell: PlacedCell) -> Decimal:
    return read_cell(cell.cell.raw)[0] or Decimal(0)
