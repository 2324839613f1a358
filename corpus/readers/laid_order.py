"""The order in which a page shows what it holds, where that is not the order of its source.

A flexible box may turn its items round or number them (CSS Flexible Box Layout 1, 5); a table from right to left has
its first column at the right (HTML Standard, "the dir attribute"). Done on the tree, so that its readers need not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from corpus.readers.style_sheet import Look, stated_by

_FLEXIBLE = ("flex", "inline-flex")
_WHOLE = re.compile(r"-?\d{1,9}")
_CELLS = ("td", "th")


def lay_in_order(root: etree._Element, stated: Mapping[etree._Element, Look]) -> None:
    """Put the items of flexible boxes, and the cells of tables from right to left, in the order that is seen."""
    boxes = (item.getparent() for item, look in stated.items() if "order" in look)
    for box in dict.fromkeys((*stated, *boxes)):
        if box is not None and (look := stated.get(box) or stated_by(box)).get("display") in _FLEXIBLE:
            _order_items(box, look, stated)
    for table in root.iter("table"):
        if _runs_leftward(table, stated):
            for row in table.iter("tr"):
                if next(row.iterancestors("table")) is table:
                    row[:] = [cell for cell in reversed(row) if cell.tag in _CELLS]


def _order_items(box: etree._Element, look: Look, stated: Mapping[etree._Element, Look]) -> None:
    items = sorted(box, key=lambda item: _number(stated.get(item, {}).get("order", "")))
    if look.get("flex-direction", "").endswith("-reverse"):
        items.reverse()
    if items != list(box):
        box[:] = items


def _number(order: str) -> int:
    return int(order) if _WHOLE.fullmatch(order) else 0


def _runs_leftward(table: etree._Element, stated: Mapping[etree._Element, Look]) -> bool:
    """Whether a table, or what it stands in, states that it runs from right to left; the nearest to say so is heard."""
    said = (
        stated.get(holder, {}).get("direction") or holder.get("dir", "").lower()
        for holder in (table, *table.iterancestors())
    )
    return next(filter(None, said), "") == "rtl"
