"""How the cells of an .xlsx file show what they hold: number formats and struck-out text (ECMA-376 part 1, 18.8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from corpus.readers.marks import set_off
from corpus.readers.number_format import BUILT_IN

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# A lightness that nobody tells from paper; of the palette of Excel 97 the numbers of white (18.8.27).
_WHITE = re.compile(r"(?:f[a-f]){3}")
_WHITE_INDEXES = ("1", "9")
_OFF = ("0", "false")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The number format of a cell, and whether its text is struck out, or white on a cell that is not filled."""

    format: str = ""
    is_unseen: bool = False


def cell_styles(root: etree._Element | None) -> Sequence[CellStyle]:
    """The styles that cells name by their number."""
    if root is None:
        return ()
    codes = dict(BUILT_IN)
    for format_ in root.iter(f"{S}numFmt"):
        codes[_number(format_.get("numFmtId"))] = format_.get("formatCode", "")
    fonts = list(root.iterfind(f"{S}fonts/{S}font"))
    struck = {number for number, font in enumerate(fonts) if is_on(font.find(f"{S}strike"))}
    white = {number for number, font in enumerate(fonts) if _is_white(font.find(f"{S}color"))}
    filled = {
        number
        for number, fill in enumerate(root.iterfind(f"{S}fills/{S}fill"))
        if (pattern := fill.find(f"{S}patternFill")) is None or pattern.get("patternType", "none") != "none"
    }
    found = []
    for style in root.iterfind(f"{S}cellXfs/{S}xf"):
        font, fill = _number(style.get("fontId")), _number(style.get("fillId"))
        unseen = font in struck or (font in white and fill not in filled)
        found.append(CellStyle(codes.get(_number(style.get("numFmtId")), ""), unseen))
    return found


def _is_white(color: etree._Element | None) -> bool:
    """Whether a colour is white: so stated, or the theme's first, which is that of the paper."""
    if color is None:
        return False
    if color.get("theme") == "0":
        return color.get("tint") is None
    return color.get("indexed") in _WHITE_INDEXES or _WHITE.fullmatch(color.get("rgb", "")[-6:].lower()) is not None


def printed_text(item: etree._Element) -> str:
    """The text of a string: its runs joined, raised ones as such, none that is struck out or tells how to read it."""
    pieces = []
    for text in item.iter(f"{S}t"):
        parent = text.getparent()
        if parent is None or parent.tag == f"{S}rPh":
            continue
        properties = parent.find(f"{S}rPr")
        if properties is None:
            pieces.append(text.text or "")
        elif not is_on(properties.find(f"{S}strike")):
            place = properties.find(f"{S}vertAlign")
            pieces.append(set_off(text.text or "", "" if place is None else place.get("val", "")))
    return "".join(pieces)


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is set: its element is there and does not say no."""
    return element is not None and element.get("val", "1") not in _OFF


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0
