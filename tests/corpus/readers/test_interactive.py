"""Tables behind the tabs of a page are read; another edition of a table that is shown is not."""

from __future__ import annotations

import pytest

from corpus.blocks import Grid
from corpus.readers.formats import read

_HIDDEN = {
    "by style": '<div style="display:none">{}</div>',
    "by class": '<style>.pane{{display:none}}.pane.active{{display:block}}</style><div class="pane">{}</div>',
    "by attribute": "<section hidden>{}</section>",
}
_TEXT = "<p>全年平稳，栏目按季归并，过时的链接已撤。</p>" * 20


def _table(name: str, first: int) -> str:
    rows = "".join(f"<tr><td>{name}{at}</td><td>{first + at}</td></tr>" for at in range(8))
    return f"<table><tr><td>{name}</td><td>数量</td></tr>{rows}</table>"


def _grids(body: str) -> list[list[str]]:
    blocks = read(f"<html><body>{_TEXT}{body}</body></html>".encode()).blocks
    return [[cell.raw for row in grid.rows for cell in row] for grid in blocks if isinstance(grid, Grid)]


@pytest.mark.parametrize("hidden", _HIDDEN)
def test_a_table_that_nothing_shown_says_is_read(hidden: str) -> None:
    first, second = _grids(_table("许可", 1) + _HIDDEN[hidden].format(_table("诉讼", 71)))
    assert first[2:4] == ["许可0", "1"]
    assert second[2:4] == ["诉讼0", "71"]


@pytest.mark.parametrize("hidden", _HIDDEN)
@pytest.mark.parametrize("is_before", [True, False])
def test_another_edition_of_a_shown_table_is_not(hidden: str, *, is_before: bool) -> None:
    other, own = _HIDDEN[hidden].format(_table("许可", 71)), _table("许可", 1)
    [grid] = _grids(other + own if is_before else own + other)
    assert grid[2:4] == ["许可0", "1"]
