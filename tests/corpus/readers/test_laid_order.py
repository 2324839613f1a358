"""What a page shows in another order than its source has it, and what rules inside rules say of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Grid
from corpus.readers.formats import read


def _cells(page: str) -> list[list[str]]:
    [grid] = [block for block in read(page.encode(), name="a.html").blocks if isinstance(block, Grid)]
    return [[cell.raw for cell in row] for row in grid.rows]


def _cell(held: str, sheet: str = "") -> str:
    rows = f"<tr><td>规章</td><td>{held}</td></tr><tr><td>行政规范性文件</td><td>12</td></tr>"
    page = f"<p>本年度主动公开政府信息的情况如下表。</p><table>{rows}</table><p>其他情况没有变化。</p>"
    return _cells(f"<html><head><style>{sheet}</style></head><body>{page}</body></html>")[0][1]


@given(st.lists(st.tuples(st.sampled_from("0123456789"), st.integers(-3, 3)), min_size=1, max_size=6))
def test_items_stand_in_the_order_of_their_numbers(items: list[tuple[str, int]]) -> None:
    held = "".join(f'<i style="order:{number}">{digit}</i>' for digit, number in items)
    shown = "".join(digit for digit, _ in sorted(items, key=lambda item: item[1]))
    assert _cell(f'<b style="display:flex">{held}</b>') == shown


@pytest.mark.parametrize(
    ("direction", "shown"), [("row", "12"), ("row-reverse", "21"), ("column-reverse", "21"), ("nonsense", "12")]
)
def test_items_are_turned_round_where_their_box_says_so(direction: str, shown: str) -> None:
    style = f"display:inline-flex;flex-direction:{direction}"
    assert _cell(f'<b style="{style}"><i>1</i><i style="order:0">2</i></b>') == shown


@pytest.mark.parametrize(
    ("around", "table", "first"),
    [("", "", "规章"), ("", ' dir="rtl"', "5"), (' dir="rtl"', "", "5"), (' dir="rtl"', ' dir="ltr"', "规章")],
)
def test_the_nearest_direction_that_is_stated_counts(around: str, table: str, first: str) -> None:
    rows = "<tr><td>规章</td><td>5</td></tr><tr><td>规范性文件</td><td>12</td></tr>"
    assert _cells(f"<html><body{around}><p>公开情况。</p><table{table}>{rows}</table></body></html>")[0][0] == first


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [
        (".a{color:black; .b{display:none}}", "5"),
        (".a{& .b{display:none} color:black}", "5"),
        (".a{color:black; .c &{display:none}}", "95"),
        (".b{color:red; @media print{display:none}}", "95"),
        (".b{@media screen{display:none}}", "5"),
    ],
)
def test_rules_inside_rules_hold_where_both_do(sheet: str, shown: str) -> None:
    assert _cell('<span class="a"><i class="b">9</i>5</span>', sheet) == shown
