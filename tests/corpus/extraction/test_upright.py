"""Tables copied out column by column are set upright; others stay as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Cell, Grid
from corpus.extraction.upright import upright
from corpus.form import load_form
from corpus.model import FORMS, FormId

LABELS = ("行政规范性文件", "行政许可", "行政处罚", "行政强制")


def _grid(rows: list[list[str]]) -> Grid:
    return Grid(tuple(tuple(Cell(raw, row, at) for at, raw in enumerate(cells)) for row, cells in enumerate(rows)), 0)


def _raws(grid: object) -> list[list[str]]:
    assert isinstance(grid, Grid)
    return [[cell.raw for cell in row] for row in grid.rows]


@given(st.lists(st.tuples(*(st.integers(0, 99).map(str) for _ in LABELS)), min_size=1, max_size=7))
def test_columns_become_rows(columns: list[tuple[str, ...]]) -> None:
    lying = [list(LABELS), *map(list, columns)]
    standing = [list(row) for row in zip(*lying, strict=True)]
    assert _raws(upright(_grid(lying))) == standing
    assert _raws(upright(_grid(standing))) == standing


def test_rows_run_together_stay() -> None:
    together = [[piece for label in LABELS for piece in (label, "5")]]
    assert _raws(upright(_grid(together))) == together


@given(st.lists(st.tuples(*(st.integers(0, 99).map(str) for _ in LABELS)), min_size=1, max_size=7))
def test_a_stream_of_columns_becomes_rows(columns: list[tuple[str, ...]]) -> None:
    stream = [["表", *LABELS, *(value for column in columns for value in column)]]
    standing = [["表"], *(list(row) for row in zip(LABELS, *columns, strict=True))]
    assert _raws(upright(replace(_grid(stream), aligned=True))) == standing


@pytest.mark.parametrize("form", FORMS)
def test_the_applicants_table_copied_column_by_column_becomes_rows(form: FormId) -> None:
    table = next(table for table in load_form(form).tables if table.id in ("applications", "statistics"))
    numbers = [str(at) for at in range(len(table.rows))]
    columns = [[row.label for row in table.rows], *(numbers for _ in table.columns)]
    standing = [list(row) for row in zip(*columns, strict=True)]
    stream = [[cell for column in columns for cell in column]]
    assert _raws(upright(replace(_grid(stream), aligned=True))) == standing


def test_a_stream_of_rows_stays() -> None:
    stream = [[piece for label in LABELS for piece in (label, "5")]]
    assert _raws(upright(replace(_grid(stream), aligned=True))) == stream


@given(st.integers(0, len(LABELS) - 1), st.lists(st.just(""), max_size=20))
def test_a_stream_of_rows_in_which_nearly_all_is_blank_stays(filled: int, noted: list[str]) -> None:
    """With one number a stream may be cut so that another row's label comes to stand beside it."""
    rows = [(label, "5" if at == filled else "", "") for at, label in enumerate(LABELS)]
    stream = [["第一项", *(piece for row in rows for piece in row), *noted]]
    assert _raws(upright(replace(_grid(stream), aligned=True))) == stream
