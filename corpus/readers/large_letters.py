"""Headings of a page that nothing marks but the size of their letters, as editors of one font write them.

<center><font size="5">一行大字</font></center>      <p><span style="font-size: 22pt">一行大字</span></p>
"""

from __future__ import annotations

import re

from lxml import etree

_LARGE = 18.0
"""Points: what an editor calls small two (小二), and browsers show for font size 5."""

_MOST = 0.1
"""Of a page's letters: where more are so large, size marks nothing."""

_POINTS = {"pt": 1.0, "px": 0.75}
_FONT_SIZES = {"5": 18.0, "6": 24.0, "7": 36.0, "+2": 18.0, "+3": 24.0, "+4": 36.0}
"""Points of <font size="…"> (HTML Standard, "the font element")."""

_SIZE = re.compile(r"(?:^|;)\s*font-size\s*:\s*(\d+(?:\.\d+)?)(pt|px)", re.IGNORECASE)
_SIZED = "//font[@size]|//*[@style]"
_LINES = ("p", "div", "center", "td")
_HEADING = "h3"


def mark_headings(root: etree._Element) -> None:
    """Make headings of the lines of a page that are written in large letters from end to end."""
    large = [element for element in root.xpath(_SIZED) if _points(element) >= _LARGE]
    lines = {line: element for element in large if (line := _line_of(element)) is not None}
    if lines and sum(map(_length, lines)) <= _MOST * _length(root):
        for line, element in lines.items():
            (line if line.tag == "p" else element).tag = _HEADING


def _points(element: etree._Element) -> float:
    """How large an element says its letters are; 0 if it does not say."""
    if stated := _SIZE.search(element.get("style", "")):
        return float(stated[1]) * _POINTS[stated[2].lower()]
    return _FONT_SIZES.get(element.get("size", ""), 0.0) if element.tag == "font" else 0.0


def _line_of(element: etree._Element) -> etree._Element | None:
    """The line that an element fills, None where it is a part of one, or several."""
    line = next((each for each in (element, *element.iterancestors()) if each.tag in _LINES), None)
    if line is None or not 0 < _length(line) == _length(element):
        return None
    return line if all(inner is line for inner in line.iter(*_LINES, "br")) else None


def _length(element: etree._Element) -> int:
    """The letters in an element, without white space."""
    return sum(len("".join(text.split())) for text in element.itertext())
