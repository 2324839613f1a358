"""Rows of the applicants' table whose cells moved: a lost cell pulls those behind it to the left.

Where the row was filled up again at its end, the count of cells shows nothing. Its total does: it stands one column
too early, or nowhere, in a table that otherwise prints its totals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.numerals import read_cell
from corpus.parsers.rows import ReadRow

_USUAL = 0.8
_LEAST_ROWS = 2
_TABLE = "applications"
_EARLY = "此行的合计似在前一列，疑有一格缺失"


def doubted(rows: Sequence[ReadRow]) -> Iterator[ReadRow]:
    """The same rows, those that moved without their cells and in doubt."""
    ends = Counter(_end(row) for row in rows if _is_whole(row))
    others = ends.total() - 1
    end, times = ends.most_common(1)[0] if ends else (0, 0)
    usual = others >= _LEAST_ROWS and times >= _USUAL * others
    for row in rows:
        if not _is_whole(row) or (values := _values(row))[-1] is not None:
            yield row
            continue
        early = (values[-2] or 0) >= max(sum((value or Decimal(0) for value in values[:-2]), Decimal(0)), Decimal(1))
        if early and usual and end == len(values) - 1:
            yield replace(row, cells=(None,) * len(row.cells), doubt=f"{_EARLY}，无法确定各格归属")
        elif early and not row.doubt:
            yield replace(row, doubt=_EARLY)
        elif usual and others >= 2 * _LEAST_ROWS and _is_short(row, end) and not row.doubt:
            yield replace(row, doubt="此行末尾空白，同表其他各行均有数字，疑有一格缺失")
        else:
            yield row


def _end(row: ReadRow) -> int:
    """The last column that holds a number."""
    return max(index for index, value in enumerate(_values(row)) if value is not None)


def _is_short(row: ReadRow, end: int) -> bool:
    """Whether a row ends one column before the others, or anywhere before their totals."""
    return _end(row) < end == len(row.cells) - 1 or _end(row) == end - 1


def _is_whole(row: ReadRow) -> bool:
    """Whether a row has a cell in every column, the total in the last, and a number but 0 in one."""
    return row.table.id == _TABLE and row.columns[-1].key == "total" and all(row.cells) and any(_values(row))


def _values(row: ReadRow) -> list[Decimal | None]:
    return [read_cell(cell.cell.raw)[0] if cell else None for cell in row.cells]
