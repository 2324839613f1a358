"""Pages that no grammar foresaw become a tree all the same."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.page_tree import tree_of


def test_a_cell_without_row_or_table_keeps_the_rows_inside_it() -> None:
    root = tree_of("<div><td><font><tr><td>7</td></tr></font></td></div>")
    assert root is not None
    assert root.xpath("//td//tr//text()") == ["7"]


COMMENTS = (
    "<!-- <tr><td>7</td><td>7</td><td>7</td></tr> -->",
    "<!--[if !supportMisalignedColumns]><tr><td>9</td><td>9</td></tr><![endif]-->",
    "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->",
    "<![if !supportLists]>",
    "<![endif]>",
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(COMMENTS), max_size=4), min_size=1, max_size=12), st.booleans())
def test_comments_between_rows_change_nothing(between: list[list[str]], ends_early: bool) -> None:  # noqa: FBT001
    def page(rows: Iterable[str]) -> str:
        foot = "</body></html>" if ends_early else ""
        return f"<html><body>{foot}<table>{''.join(rows)}</table></body></html>"

    def cells(text: str) -> list[str]:
        root = tree_of(text)
        assert root is not None
        return [cell.text or "" for cell in root.iter("td")]

    rows = [f"<tr><td>{number}</td><td>件</td></tr>" for number in range(len(between))]
    commented = [row + "".join(comments) for row, comments in zip(rows, between, strict=True)]
    assert cells(page(commented)) == cells(page(rows))


@settings(deadline=None)
@given(st.text("0123456789.:_-;一申 ", max_size=6))
def test_a_space_named_without_its_semicolon_is_read_as_browsers_read_it(behind: str) -> None:
    root = tree_of(f"<table><tr><td>&nbsp{behind}</td></tr></table>")
    assert root is not None
    assert root.xpath("string(//td)") == unescape(f"&nbsp{behind}")
