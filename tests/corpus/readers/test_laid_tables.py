"""Items of a grid in rows, wherever they say that they stand."""

from __future__ import annotations

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
