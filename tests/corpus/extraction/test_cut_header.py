"""A header that the end of a page cuts in two: the places of its parts have nothing in common."""

from __future__ import annotations

import pytest

from corpus.blocks import Cell, Grid
from corpus.extraction.tables import parse_tables
from corpus.form import load_form

_ABOVE = ["自然人", "法人或其他组织", "总计"]
_BELOW = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


def _grid(rows: list[list[str]], index: int) -> Grid:
    cells = (tuple(Cell(raw, at, column) for column, raw in enumerate(row)) for at, row in enumerate(rows))
    return Grid(tuple(cells), index, index + 1)


def _printed(*, total_first: bool) -> list[Grid]:
    [table] = [each for each in load_form("2021").tables if each.id == "applications"]
    rows = []
    for at, row in enumerate(table.rows):
        parts = [at + 1, 2, 0, at % 3, 1, 0]
        values = [*map(str, parts)]
        rows.append([row.label, *([str(sum(parts)), *values] if total_first else [*values, str(sum(parts))])])
    above = _ABOVE[::-1] if total_first else _ABOVE
    return [_grid([["", above[0], "", above[2]]], 0), _grid([["", "", "", *_BELOW, ""], *rows], 1)]


def test_its_columns_stand_as_the_form_has_them() -> None:
    read = parse_tables(_printed(total_first=False), 2022)
    figures = {id_: figure.value for id_, figure in read.figures.items()}
    assert figures["applications.received.natural_person"] == 1
    assert figures["applications.received.business"] == 2
    assert figures["applications.received.total"] == 4
    assert not [doubt for doubt in read.doubts if doubt.doubt.code == "totals_contradict"]


@pytest.mark.parametrize("column", ["natural_person", "total"])
def test_where_the_sums_speak_against_it_the_rows_are_in_doubt(column: str) -> None:
    read = parse_tables(_printed(total_first=True), 2022)
    doubted = {id_ for doubt in read.doubts for id_ in doubt.figures}
    assert f"applications.received.{column}" in doubted
