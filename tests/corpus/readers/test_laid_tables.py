"""Items of a grid in rows, wherever they say that they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.blocks import Grid
from corpus.readers.html import read_html
from corpus.readers.limits import Limits

_WHOLE = ("1 / -1", "span 4", "1 / span 4", "1 / 5", "span 9")
"""Ways to say that an item covers all four columns."""


@pytest.mark.parametrize("whole", _WHOLE)
@pytest.mark.parametrize("columns", ["repeat(4, 1fr)", "2fr repeat(3, minmax(0, 1fr))", "20% auto 1fr [end] 5em"])
def test_items_fill_rows_as_wide_as_the_grid(whole: str, columns: str) -> None:
    rows = [["项目", "甲", "乙", "丙"], ["规章", "1", "", "2"], ["许可", "3", "4", ""], ["处罚", "", "5", "6"]]
    items = "".join(f"<div>{text}</div>" for row in rows for text in row)
    page = (
        f'<div style="display:grid;grid-template-columns:{columns}"><p style="grid-column:{whole}">表</p>{items}</div>'
    )
    [grid] = read_html(f"<html><body>{page}</body></html>", Limits()).blocks
    assert isinstance(grid, Grid)
    assert [[cell.raw for cell in row] for row in grid.rows] == [["表"], *rows]
    assert grid.rows[0][0].colspan == 4


def test_an_item_that_names_its_column_waits_for_it() -> None:
    items = "".join(f'<div style="grid-column:{at}">{at}</div>' for at in (1, 3, 2, 3, 1, 2, 3))
    page = f'<div style="display:grid;grid-template-columns:repeat(3,1fr)">{items}</div>'
    [grid] = read_html(f"<html><body>{page}</body></html>", Limits()).blocks
    assert isinstance(grid, Grid)
    assert [[cell.raw for cell in row] for row in grid.rows] == [["1", "", "3"], ["", "2", "3"], ["1", "2", "3"]]


def test_a_page_laid_out_in_a_grid_is_no_table() -> None:
    page = '<div style="display:grid;grid-template-columns:1fr 3fr"><div>栏目</div><div>全年平稳。</div></div>'
    assert not [
        block for block in read_html(f"<html><body>{page}</body></html>", Limits()).blocks if isinstance(block, Grid)
    ]


_ROWS = (("项目", "甲", "乙"), ("规章", "1", "2"), ("许可", "3", "4"), ("处罚", "5", "6"))


def _by_area(row: int, column: int) -> str:
    return f"grid-area:r{row}c{column}"


def _by_lines(row: int, column: int) -> str:
    return f"grid-row:{row + 1} / {row + 2};grid-column:{column + 1}"


def _by_four_lines(row: int, column: int) -> str:
    return f"grid-area:{row + 1} / {column + 1} / span 1 / {column + 2}"


def _by_starts(row: int, column: int) -> str:
    return f"grid-row-start:{row + 1};grid-column-start:{column + 1};grid-column-end:{column + 2}"


@pytest.mark.parametrize("place", [_by_area, _by_lines, _by_four_lines, _by_starts])
@pytest.mark.parametrize("template", ["", "grid-template-columns:repeat(3,1fr);"])
def test_items_stand_where_they_say_in_whichever_order_they_come(
    place: Callable[[int, int], str], template: str
) -> None:
    areas = " ".join(f"'{' '.join(f'r{row}c{column}' for column in range(3))}'" for row in range(4))
    said = [f'<div style="{place(r, c)}">{text}</div>' for r, row in enumerate(_ROWS) for c, text in enumerate(row)]
    said = [*said[1::2], *reversed(said[::2])]
    page = f'<div style="display:grid;{template}grid-template-areas:{areas}">{"".join(said)}</div>'
    [grid] = read_html(f"<html><body>{page}</body></html>", Limits()).blocks
    assert isinstance(grid, Grid)
    assert tuple(tuple(cell.raw for cell in row) for row in grid.rows) == _ROWS


def test_an_area_may_cover_rows_and_columns() -> None:
    areas = "'head head head' 'group one two' 'group three four' '. five six'"
    values = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "group": "项", "head": "表"}
    items = "".join(f"<p style='grid-area:{name}'>{text}</p>" for name, text in values.items())
    page = f'<div style="display:grid;grid-template-areas:{areas}">{items}</div>'
    [grid] = read_html(f"<html><body>{page}</body></html>", Limits()).blocks
    assert isinstance(grid, Grid)
    assert [[cell.raw for cell in row] for row in grid.rows] == [["表"], ["项", "1", "2"], ["3", "4"], ["", "5", "6"]]
    assert (grid.rows[0][0].colspan, grid.rows[1][0].rowspan) == (3, 2)
