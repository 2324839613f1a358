"""A table whose rows contradict their totals: its columns may stand in another order than was read.

A source may add up wrongly in a row or two. Where most rows that can tell do, the reading is the likelier fault, and
the rows that happen to add up either way (4 0 0 0 0 0 4) are as doubtful as the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from corpus.extraction.rows import ReadRow
from corpus.form import figure_id
from corpus.numerals import read_cell

CONTRADICTED = "totals_contradict"

_SOME = 3
"""Rows that contradict: no source adds up wrongly so often and right less often."""
_TELLING = 2
"""Numbers that a sum needs; to speak for the order of the columns, numbers other than nought."""


def contradicted(rows: Iterable[ReadRow]) -> Iterator[str]:
    """The figures of rows with a total, where more of them contradict it than are borne out by it."""
    added_up = [(row, says) for row in rows if (says := _sum(row)) is not None]
    against = sum(sum(parts) != total for _, (parts, total) in added_up)
    borne_out = sum(sum(parts) == total and sum(map(bool, parts)) >= _TELLING for _, (parts, total) in added_up)
    if against >= _SOME and against > borne_out:
        yield from (figure_id(row.row, column) for row, _ in added_up for column in row.columns)


def _sum(row: ReadRow) -> tuple[list[Decimal], Decimal] | None:
    """The numbers of a row and its total; None where a cell was not read, or too little is printed to add up."""
    numbers = {
        column.key: read_cell(cell.cell.raw)[0]
        for column, cell in zip(row.columns, row.cells, strict=True)
        if cell is not None
    }
    total = numbers.pop("total", None)
    parts = [number for number in numbers.values() if number is not None]
    return None if total is None or len(numbers) + 1 < len(row.columns) or len(parts) < _TELLING else (parts, total)
