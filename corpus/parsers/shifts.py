"""Rows of the applicants' table whose cells moved: a lost cell pulls those behind it to the left.

Where the row was filled up again at its end, the count of cells shows nothing. Its total does: it stands one column
too early, or nowhere, in a table that otherwise prints its totals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.numerals import read_cell
from corpus.parsers.rows import ReadRow

_USUAL = 0.8
_LEAST_ROWS = 2
_TABLE = "applications"


def doubted(rows: Sequence[ReadRow]) -> Iterator[ReadRow]:
    """The same rows, those that moved without their cells and in doubt."""
    totals = [_values(row)[-1] is not None for row in rows if _is_whole(row) and any(_values(row))]
    printed, others = sum(totals), len(totals) - 1
    for row in rows:
        values = _values(row)
        if not (_is_whole(row) and any(values) and values[-1] is None and printed >= _USUAL * others):
            yield row
            continue
        before = sum((value or Decimal(0) for value in values[:-2]), Decimal(0))
        if others >= _LEAST_ROWS and (values[-2] or 0) >= max(before, Decimal(1)):
            message = "此行的合计似在前一列，疑有一格缺失，无法确定各格归属"
            yield replace(row, cells=(None,) * len(row.cells), doubt=message)
        elif others >= 2 * _LEAST_ROWS and not row.doubt:
            yield replace(row, doubt="同表其他各行均有总计，此行总计空白，疑有一格缺失")
        else:
            yield row


def _is_whole(row: ReadRow) -> bool:
    """Whether a row has a cell in every column, the total in the last."""
    return row.table.id == _TABLE and row.columns[-1].key == "total" and all(row.cells)


def _values(row: ReadRow) -> list[Decimal | None]:
    return [read_cell(cell.cell.raw)[0] if cell else None for cell in row.cells]
