"""Rows of the applicants' table whose cells moved: a lost cell pulls those behind it to the left.

Where the row was filled up again at its end, the count of cells shows nothing. Its total does: it stands one column
too early, or nowhere, in a table that otherwise prints its totals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.extraction.rows import ReadRow
from corpus.numerals import read_cell

_USUAL = 0.8
_LEAST_ROWS = 2
_TABLE = "applications"
_EITHER = (False, True)


def doubted(rows: Sequence[ReadRow]) -> Iterator[ReadRow]:
    """The same rows, those that moved without their cells and in doubt."""
    ends = {
        sparse: Counter(_end(row) for row in rows if _is_whole(row) and _is_sparse(row) is sparse) for sparse in _EITHER
    }
    for row in rows:
        # A row of zeros may end in blanks as its author liked: nothing is lost with them.
        if not _is_whole(row) or _end(row) == len(row.cells) - 1 or not any(_values(row)):
            yield row
            continue
        # An author who leaves zeros blank may leave a total blank: only rows like this one tell.
        others = ends[_is_sparse(row)] - Counter((_end(row),))
        end, times = others.most_common(1)[0] if others else (0, 0)
        usual = others.total() >= _LEAST_ROWS and times >= _USUAL * others.total()
        values = _values(row)
        early = (values[-2] or 0) >= max(sum((value or Decimal(0) for value in values[:-2]), Decimal(0)), Decimal(1))
        if early and usual and end == len(values) - 1:
            yield replace(row, cells=(None,) * len(row.cells), doubts=("total_early_lost",))
        elif early and not row.doubts:
            yield replace(row, doubts=("total_early",))
        elif (
            usual
            and (others.total() > _LEAST_ROWS or times == others.total())
            and _is_short(row, end)
            and not row.doubts
        ):
            yield replace(row, doubts=("row_blank_end",))
        else:
            yield row


def _end(row: ReadRow) -> int:
    """The last column that holds anything."""
    return max(index for index, cell in enumerate(row.cells) if cell is not None and cell.state != "blank")


def _is_sparse(row: ReadRow) -> bool:
    """Whether a row has blanks before its end."""
    return any(cell is None or cell.state == "blank" for cell in row.cells[: _end(row)]) or _end(row) == 0


def _is_short(row: ReadRow, end: int) -> bool:
    """Whether a row ends one column before the others, or anywhere before their totals."""
    return _end(row) < end == len(row.cells) - 1 or _end(row) == end - 1


def _is_whole(row: ReadRow) -> bool:
    """Whether a row has a cell in every column, the total in the last, and anything printed in one."""
    if row.table.id != _TABLE or row.columns[-1].key != "total" or not all(row.cells):
        return False
    return any(cell is not None and cell.state != "blank" for cell in row.cells)


def _values(row: ReadRow) -> list[Decimal | None]:
    return [read_cell(cell.cell.raw)[0] if cell else None for cell in row.cells]
