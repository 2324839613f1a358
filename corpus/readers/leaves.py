"""What a page hides until its reader turns to it: the tables behind its tabs.

A hidden table that says again what a shown one says is another edition of it (last year's, a telephone's). One whose
words stand nowhere else is a part of the page that is shown as soon as somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from corpus.numerals import is_number

_LEAST_NUMBERS = 5
_NEW = 0.5
"""Of the words of a hidden table: so many stand in no shown one."""


def leaves(root: etree._Element, hidden: Collection[etree._Element]) -> frozenset[etree._Element]:
    """Those of the hidden elements of a page that hold tables which nothing shown says."""
    holders = {element: _cells(element) for element in hidden if element.find(".//table") is not None}
    holders = {element: cells for element, cells in holders.items() if sum(map(is_number, cells)) >= _LEAST_NUMBERS}
    if not holders:
        return frozenset()
    gone = {cell for element in hidden for cell in element.iter("td", "th")}
    shown = {_text(cell) for cell in root.iter("td", "th") if cell not in gone}
    return frozenset(element for element, cells in holders.items() if _are_new(cells, shown))


def _are_new(cells: Collection[str], shown: Collection[str]) -> bool:
    words = {text for text in cells if text and not is_number(text)}
    return len(words - set(shown)) > _NEW * len(words)


def _cells(element: etree._Element) -> list[str]:
    return [_text(cell) for cell in element.iter("td", "th")]


def _text(cell: etree._Element) -> str:
    return "".join("".join(cell.itertext()).split())
