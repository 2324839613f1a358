"""Tables without rules whose layout is in doubt: all that was read from them is, and what was not found in them.

A reader concludes the rows and columns of such a table from where words stand, and says when it cannot be certain. A
number in it that became no figure says the same: its row was not told, or it belongs to another. So does a label beside
nothing where every other row fills all its columns: a blank leaves no trace there, but nor do numbers that were lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.blocks import Block, Grid
from corpus.extraction.rows import ReadRow
from corpus.form import Form, figure_id
from corpus.numerals import is_number

UNCERTAIN = "layout_uncertain"

_SOME = 3
"""Rows that show how a table's rows are filled."""


def uncertain_grids(blocks: Sequence[Block], rows: Iterable[ReadRow]) -> frozenset[int]:
    """The indices of the tables without rules whose layout is in doubt."""
    read = {id(cell.cell) for row in rows for cell in row.cells if cell is not None}
    return frozenset(
        grid.index
        for grid in blocks
        if isinstance(grid, Grid) and grid.aligned
        if not grid.certain or any(is_number(cell.raw) and id(cell) not in read for row in grid.rows for cell in row)
    )


def emptied(blocks: Sequence[Block], rows: Iterable[ReadRow]) -> Iterator[str]:
    """The figures of rows without rules that are blank where all others with their columns are full."""
    aligned = {grid.index for grid in blocks if isinstance(grid, Grid) and grid.aligned}
    alike: defaultdict[tuple[str, ...], list[ReadRow]] = defaultdict(list)
    for row in rows:
        alike[tuple(column.key for column in row.columns)].append(row)
    for some in alike.values():
        blank = [row for row in some if not _filled(row)]
        full = sum(_filled(row) == len(row.columns) for row in some)
        if full >= _SOME and full + len(blank) == len(some):
            lost = [row for row in blank if any(cell and cell.table in aligned for cell in row.cells)]
            yield from (figure_id(row.row, column) for row in lost for column in row.columns if len(row.columns) > 1)


def _filled(row: ReadRow) -> int:
    return sum(cell is not None and cell.state != "blank" for cell in row.cells)


def with_doubt(rows: Iterable[ReadRow], grids: frozenset[int]) -> Iterator[ReadRow]:
    """The same rows, those of a table in doubt with that doubt."""
    for row in rows:
        if any(cell is not None and cell.table in grids for cell in row.cells):
            yield replace(row, doubts={**row.doubts, UNCERTAIN: row.columns})
        else:
            yield row


def unfound(form: Form, figures: Iterable[str]) -> Iterator[str]:
    """The figures of a form that were not found: one of the rows in doubt may be theirs."""
    found = frozenset(figures)
    for table in form.tables:
        for row in table.rows:
            yield from (id_ for column in table.columns if (id_ := figure_id(row, column)) not in found)
