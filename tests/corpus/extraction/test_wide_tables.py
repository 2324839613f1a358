"""A table too wide for a page: its columns on the next pages belong to the rows before them."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.extraction.tables import parse_tables
from corpus.extraction.wide_tables import joined_across
from corpus.form import figure_id, load_form

_TABLE = next(table for table in load_form("2019").tables if table.id == "applications")
_COLUMNS = [column.label for column in _TABLE.columns]
_LINES = [["项目", *_COLUMNS]]
_LINES += [
    ["".join((*row.path, row.label)), *map(str, [at, 1, 0, 2, 0, 3, at + 6])] for at, row in enumerate(_TABLE.rows)
]
_EXPECTED = {
    figure_id(row, column): int(value)
    for row, line in zip(_TABLE.rows, _LINES[1:], strict=True)
    for column, value in zip(_TABLE.columns, line[1:], strict=True)
}


def _grid(lines: list[list[str]], index: int) -> Grid:
    cells = (tuple(Cell(raw, number, at) for at, raw in enumerate(line)) for number, line in enumerate(lines))
    return Grid(tuple(cells), index, index + 1)


def _part(first: int, last: int, left: int, right: int, index: int) -> Grid:
    return _grid([line[left:right] for line in _LINES[first:last]], index)


_ROWS = len(_LINES)
_HALF = _ROWS // 2


@pytest.mark.parametrize("cut", [2, 4, 6])
@pytest.mark.parametrize("order", ["one page beside another", "across, then down", "down, then across"])
def test_columns_on_another_page_are_read_with_their_rows(cut: int, order: str) -> None:
    if order == "one page beside another":
        parts = [_part(0, _ROWS, 0, cut, 0), _part(0, _ROWS, cut, 8, 1)]
    elif order == "across, then down":
        parts = [_part(0, _HALF, 0, cut, 0), _part(0, _HALF, cut, 8, 1)]
        parts += [_part(_HALF, _ROWS, 0, cut, 2)]
    else:
        parts = [_part(0, _HALF, 0, cut, 0), _part(_HALF, _ROWS, 0, cut, 1), _part(0, _HALF, cut, 8, 2)]
    read = parse_tables(parts, 2019)
    got = {id_: figure.value for id_, figure in read.figures.items()}
    first = {figure_id(row, column) for row in _TABLE.rows[: _HALF - 1] for column in _TABLE.columns}
    wanted = {id_: value for id_, value in _EXPECTED.items() if order == "one page beside another" or id_ in first}
    assert {id_: got.get(id_) for id_ in wanted} == wanted
    if order == "one page beside another":
        assert not read.doubts


@pytest.mark.parametrize("between", [[], [Paragraph("四、政府信息公开行政复议、行政诉讼情况")]])
def test_columns_whose_rows_are_not_told_are_named(between: list[Block]) -> None:
    missing = 0 if between else 1
    parts = [_part(0, _ROWS, 0, 4, 0), *between, _part(0, _ROWS - missing, 4, 8, 1)]
    read = parse_tables(parts, 2019)
    doubted = {id_ for doubt in read.doubts for id_ in doubt.figures}
    assert all(id_ in doubted or read.figures[id_].value == value for id_, value in _EXPECTED.items())


@pytest.mark.parametrize("cut", range(2, 8))
def test_columns_on_a_page_that_repeats_the_labels_are_read_with_their_rows(cut: int) -> None:
    repeated = _grid([[line[0], *line[cut:]] for line in _LINES], 1)
    read = parse_tables([_part(0, _ROWS, 0, cut, 0), repeated], 2019)
    assert {id_: figure.value for id_, figure in read.figures.items()} == _EXPECTED
    assert not read.doubts


@given(st.lists(st.integers(0, 9999), min_size=7 * (_ROWS - 1), max_size=7 * (_ROWS - 1)))
def test_a_second_table_with_the_same_columns_stays_one(values: list[int]) -> None:
    numbers = iter(map(str, values))
    other = [_LINES[0], *([line[0], *islice(numbers, 7)] for line in _LINES[1:])]
    parts = [_part(0, _ROWS, 0, 8, 0), _grid(other, 1)]
    assert joined_across(parts) == parts
