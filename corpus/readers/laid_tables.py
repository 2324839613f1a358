"""Boxes that a page shows as a table, though their elements are others': made into one before anything is read.

What a style sheet lays out as table, row and cell is one to everybody who looks (CSS 2.1, 17.2), what states these
roles to everybody who listens (WAI-ARIA 1.2, 5.3.3). So are the items of a grid (CSS Grid Layout 1, 8.5), and flexible
boxes below each other, where numbers stand in them. A box laid out so for its looks alone, with one cell, stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from lxml import etree

from corpus.numerals import is_number
from corpus.readers.grid_items import areas
from corpus.readers.style_sheet import Look, stated_by

_BY_DISPLAY = {"table": "table", "inline-table": "table", "table-row": "tr", "table-cell": "td"}
_BY_ROLE = {
    **dict.fromkeys(("table", "grid", "treegrid"), "table"),
    "row": "tr",
    **dict.fromkeys(("cell", "gridcell", "columnheader", "rowheader"), "td"),
}
_SPANS = ("rowspan", "colspan")
_LEAST_ROWS = 3
_LEAST_NUMBERS = 5
_LONGEST_CELL = 200


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
    for grid, look in stated.items():
        if look.get("display", "").endswith("grid") and grid not in shown:
            _lay_out(grid, look, stated)
    lines = {row for row, look in stated.items() if _is_line(row, look)}
    for box in dict.fromkeys(box for row in stated if row in lines and (box := row.getparent()) is not None):
        for is_line, some in groupby(list(box), lines.__contains__):
            if is_line and _are_rows(rows := list(some)):
                table = etree.Element("table")
                box.insert(box.index(rows[0]), table)
                table.extend(rows)
                _name(table)


def _hold(row: etree._Element, shown: Mapping[etree._Element, str]) -> None:
    """Make a table of the nearest box that is shown as one around a row; where none is, of what the row stands in."""
    boxes = (box for box in row.iterancestors() if shown.get(box) == "table" or box.tag == "table")
    table = next(boxes, row.getparent())
    if table is not None and table.tag not in ("table", "body"):
        table.tag = "table"


def _is_line(row: etree._Element, look: Look) -> bool:
    """Whether a flexible box has its items side by side."""
    is_upright = look.get("flex-direction", "").startswith("column")
    return look.get("display", "").endswith("flex") and not is_upright and len(row) > 0


def _are_rows(rows: Sequence[Iterable[etree._Element]]) -> bool:
    """Whether rows of boxes are a table's: short texts, some of them numbers."""
    texts = ["".join(cell.itertext()).strip() for row in rows for cell in row]
    return (
        len(rows) >= _LEAST_ROWS
        and sum(map(is_number, texts)) >= _LEAST_NUMBERS
        and max(map(len, texts)) <= _LONGEST_CELL
    )


def _name(table: etree._Element) -> None:
    for row in table:
        row.tag = "tr"
        for cell in row:
            cell.tag = "td"


def _lay_out(box: etree._Element, look: Look, stated: Mapping[etree._Element, Look]) -> None:
    """Put the items of a grid into rows, each place that none of them covers left empty."""
    items = list(box)
    placed = areas(look, [{**stated_by(item), **stated.get(item, {})} for item in items])
    taken = {place for area in placed for place in area.places()}
    rows: dict[int, list[etree._Element]] = {}
    behind: dict[int, int] = {}
    for area, item in sorted(zip(placed, items, strict=False), key=itemgetter(0)):
        cells = rows.setdefault(area.row, [])
        passed = range(behind.get(area.row, 0), area.column)
        cells.extend(etree.Element("div") for column in passed if (area.row, column) not in taken)
        cells.append(item)
        behind[area.row] = area.column + area.wide
        item.set("colspan", str(area.wide))
        item.set("rowspan", str(area.high))
    if _are_rows(list(rows.values())):
        box.tag = "table"
        for cells in rows.values():
            etree.SubElement(box, "tr").extend(cells)
        _name(box)
