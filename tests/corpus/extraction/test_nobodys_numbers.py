"""A blank is sure only where no number of its table is left over; a piece of a header is no value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.doubts import Doubt
from corpus.extraction.figures import Tables, absent
from corpus.extraction.nobodys_numbers import with_blanks_in_doubt
from corpus.extraction.table_account import UNREAD_NUMBER
from corpus.extraction.tables import parse_tables
from corpus.form import figure_id, load_form

_FORM = load_form("2021")
_IDS = [figure_id(row, column) for _, row, column in _FORM.cells()]


def _doubted(read: Tables) -> set[str]:
    return {id_ for doubt in read.doubts for id_ in doubt.figures}


@given(st.sets(st.sampled_from(_IDS), min_size=1), st.booleans())
def test_blanks_are_in_doubt_as_long_as_a_number_is_nobodys(blank: set[str], is_left: bool) -> None:  # noqa: FBT001 - hypothesis gives arguments by place
    left = (Doubt(UNREAD_NUMBER, {"numbers": "7"}),) if is_left else ()
    read = with_blanks_in_doubt(Tables("2021", {id_: absent(id_) for id_ in blank}, (), left))
    assert _doubted(read) == (blank if is_left else set())


@pytest.mark.parametrize("piece", ["结果", "维持", "其他结果"])
def test_a_piece_of_a_header_is_no_value(piece: str) -> None:
    table = next(table for table in _FORM.tables if table.id == "remedies")
    rows = [[column.label for column in table.columns], [piece, *("0" for _ in table.columns[1:])]]
    grid = Grid(tuple(tuple(Cell(raw, at, x) for x, raw in enumerate(row)) for at, row in enumerate(rows)), 0)
    blocks: list[Block] = [Paragraph("四、政府信息公开行政复议、行政诉讼情况"), grid]
    read = parse_tables(blocks, 2022)
    first = figure_id(table.rows[0], table.columns[0])
    assert first not in read.figures or first in _doubted(read)


def test_of_two_labels_before_one_row_of_values_the_first_has_none_of_them() -> None:
    table = next(table for table in _FORM.tables if table.id == "applications")
    width = len(table.columns)
    rows = [["", *(column.label for column in table.columns)]]
    rows += [[row.label, *["0"] * width] for row in table.rows]
    rows[5] = [f"{rows[5][0]}\n{rows[6][0]}", "3", *["0"] * (width - 2), "3"]
    del rows[6]
    grid = Grid(tuple(tuple(Cell(raw, at, x) for x, raw in enumerate(row)) for at, row in enumerate(rows)), 0)
    read = parse_tables([grid], 2022)
    first = {figure_id(table.rows[4], column) for column in table.columns}
    assert first <= _doubted(read)
    assert all(read.figures[id_].value is None for id_ in first)
