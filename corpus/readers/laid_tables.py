"""Boxes that a page shows as a table, though their elements are others': made into one before anything is read.

What a style sheet lays out as table, row and cell is one to everybody who looks (CSS 2.1, 17.2), what states these
roles to everybody who listens (WAI-ARIA 1.2, 5.3.3). A box laid out so for its looks alone, with one cell, stays.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from corpus.readers.style_sheet import Look

_BY_DISPLAY = {"table": "table", "inline-table": "table", "table-row": "tr", "table-cell": "td"}
_BY_ROLE = {
    **dict.fromkeys(("table", "grid", "treegrid"), "table"),
    "row": "tr",
    **dict.fromkeys(("cell", "gridcell", "columnheader", "rowheader"), "td"),
}
_SPANS = ("rowspan", "colspan")


def make_tables(root: etree._Element, stated: Mapping[etree._Element, Look]) -> None:
    """Give rows of several cells, and what holds them, the names of the elements that they are shown as."""
    shown = {
        element: part
        for element in (*root.xpath("//*[@role]"), *stated)
        if not str(element.tag).startswith("t")
        and (
            part := _BY_DISPLAY.get(stated.get(element, {}).get("display", "")) or _BY_ROLE.get(element.get("role", ""))
        )
    }
    for row in [element for element, part in shown.items() if part == "tr"]:
        cells = [cell for cell in row if shown.get(cell) == "td"]
        if len(cells) > 1:
            row.tag = "tr"
            _hold(row, shown)
            for cell in cells:
                cell.tag = "td"
                for name in _SPANS:
                    cell.set(name, cell.get(f"aria-{name}") or cell.get(name) or "1")


def _hold(row: etree._Element, shown: Mapping[etree._Element, str]) -> None:
    """Make a table of the nearest box that is shown as one around a row; where none is, of what the row stands in."""
    boxes = (box for box in row.iterancestors() if shown.get(box) == "table" or box.tag == "table")
    table = next(boxes, row.getparent())
    if table is not None and table.tag not in ("table", "body"):
        table.tag = "table"
