"""Pages that no grammar foresaw become a tree all the same."""

from __future__ import annotations

from corpus.readers.page_tree import tree_of


def test_a_cell_without_row_or_table_keeps_the_rows_inside_it() -> None:
    root = tree_of("<div><td><font><tr><td>7</td></tr></font></td></div>")
    assert root is not None
    assert root.xpath("//td//tr//text()") == ["7"]
