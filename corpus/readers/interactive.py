"""What a page shows only when its reader asks for it: dialogs, details, the tables behind its tabs.

A hidden table that says again what a shown one says is another edition of it (last year's, a telephone's). One whose
words stand nowhere else is a part of the page that is shown as soon as somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from corpus.numerals import is_number

CELLS = ("td", "th")

_LEAST_NUMBERS = 5
_NEW = 0.5
"""Of the words of a hidden table: so many stand in no shown one."""


def close(root: etree._Element) -> None:
    """What stands closed when a page opens: of details in a cell the summary shows, of a dialog nothing.

    Other details are a part of the page that its readers unfold.
    """
    for dialog in (*root.iter("dialog"), *root.xpath("//*[@popover]")):
        if dialog.get("open") is None:
            dialog.set("hidden", "")
    for details in list(root.iter("details")):
        if details.get("open") is None and any(ancestor.tag in CELLS for ancestor in details.iterancestors()):
            details.text = None
            for inner in list(details):
                inner.tail = None
                if inner.tag != "summary":
                    details.remove(inner)


def turned_to(root: etree._Element, hidden: Collection[etree._Element]) -> frozenset[etree._Element]:
    """Those of the hidden elements of a page that hold tables which nothing shown says."""
    holders = {element: _cells(element) for element in hidden if element.find(".//table") is not None}
    holders = {element: cells for element, cells in holders.items() if sum(map(is_number, cells)) >= _LEAST_NUMBERS}
    if not holders:
        return frozenset()
    gone = {cell for element in hidden for cell in element.iter(*CELLS)}
    shown = {_text(cell) for cell in root.iter(*CELLS) if cell not in gone}
    return frozenset(element for element, cells in holders.items() if _are_new(cells, shown))


def _are_new(cells: Collection[str], shown: Collection[str]) -> bool:
    words = {text for text in cells if text and not is_number(text)}
    return len(words - set(shown)) > _NEW * len(words)


def _cells(element: etree._Element) -> list[str]:
    return [_text(cell) for cell in element.iter(*CELLS)]


def _text(cell: etree._Element) -> str:
    return "".join("".join(cell.itertext()).split())
