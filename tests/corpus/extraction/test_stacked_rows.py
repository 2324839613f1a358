"""Whole columns in the cells of one row are read; two numbers in a cell are nobody's."""

from __future__ import annotations

import pytest

from corpus.blocks import Cell, Grid
from corpus.extraction.tables import parse_tables
from corpus.form import figure_id, load_form

_TABLE = next(table for table in load_form("2019").tables if table.id == "applications")
_LINES = [
    ["".join((*row.path, row.label)), *map(str, [at, 1, 0, 2, 0, 3, at + 6])] for at, row in enumerate(_TABLE.rows)
]


def _grid(rows: list[list[str]]) -> Grid:
    cells = (tuple(Cell(raw, number, at) for at, raw in enumerate(row)) for number, row in enumerate(rows))
    return Grid(tuple(cells), 0)


@pytest.mark.parametrize("begin", [0, 2])
def test_each_line_of_a_stacked_row_is_a_row(begin: int) -> None:
    header = ["项目", *(column.label for column in _TABLE.columns)]
    stacked = ["\n".join(line[at] for line in _LINES[begin:]) for at in range(len(header))]
    read = parse_tables([_grid([header, *_LINES[:begin], stacked])], 2019)
    values = [read.figures[figure_id(row, column)].raw for row in _TABLE.rows for column in _TABLE.columns]
    assert values == [value for line in _LINES for value in line[1:]]
    assert not read.doubts


def test_two_numbers_in_a_cell_stay_in_doubt() -> None:
    header = ["项目", *(column.label for column in _TABLE.columns)]
    pair = ["\n".join(pair) for pair in zip(*_LINES[:2], strict=True)]
    read = parse_tables([_grid([header, pair, *_LINES[2:]])], 2019)
    first = [figure_id(row, column) for row in _TABLE.rows[:2] for column in _TABLE.columns]
    doubted = {id_ for doubt in read.doubts for id_ in doubt.figures}
    assert all(id_ in doubted for id_ in first)
