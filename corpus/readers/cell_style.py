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
_WHITE_STATED = ("0/", "/1", "/9")
_BLACK_STATED = ("000000", "1/", "/0", "/8", "/64")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
OFF = ("0", "false")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """A cell's number format; whether its text is struck out or of the colour of its ground; whether white shows."""

    format: str = ""
    is_unseen: bool = False
    shows_white: bool = False


def cell_styles(root: etree._Element | None) -> Sequence[CellStyle]:
    """The styles that cells name by their number."""
    if root is None:
        return ()
    codes = dict(BUILT_IN)
    for format_ in root.iter(f"{S}numFmt"):
        codes[_number(format_.get("numFmtId"))] = format_.get("formatCode", "")
    fonts = list(root.iterfind(f"{S}fonts/{S}font"))
    struck = [is_on(font.find(f"{S}strike")) for font in fonts]
    letters = [named_color(font.find(f"{S}color"), "black") for font in fonts]
    grounds = [_ground(fill) for fill in root.iterfind(f"{S}fills/{S}fill")]
    found = []
    for style in root.iterfind(f"{S}cellXfs/{S}xf"):
        font, fill = _number(style.get("fontId")), _number(style.get("fillId"))
        ground = grounds[fill] if fill < len(grounds) else "white"
        unseen = font < len(fonts) and (struck[font] or letters[font] == ground)
        found.append(CellStyle(codes.get(_number(style.get("numFmtId")), ""), unseen, ground != "white"))
    return found


def _ground(fill: etree._Element) -> str:
    """The colour of a fill: of paper where there is none, the file's own name for one that is no plain colour."""
    pattern = fill.find(f"{S}patternFill")
    kind = "gradient" if pattern is None else pattern.get("patternType", "none")
    if pattern is None or kind != "solid":
        return "white" if kind == "none" else kind
    return named_color(pattern.find(f"{S}fgColor"), "solid")


def named_color(color: etree._Element | None, otherwise: str) -> str:
    """A colour by a name of its own; white and black, in whichever way they are stated, by these words."""
    if color is None:
        return otherwise
    stated = color.get("rgb", "")[-6:].lower() or f"{color.get('theme', '')}/{color.get('indexed', '')}"
    if (stated in _WHITE_STATED or _WHITE.fullmatch(stated)) and color.get("tint") is None:
        return "white"
    return "black" if stated in _BLACK_STATED and color.get("tint") is None else f"{stated}/{color.get('tint', '')}"


def printed_text(item: etree._Element, *, shows_white: bool = True) -> str:
    """The text of a string: its runs joined, raised ones as such, none that is struck out or tells how to read it.

    ``shows_white``: white runs are seen where it stands.
    """
    pieces = []
    for text in item.iter(f"{S}t"):
        parent = text.getparent()
        if parent is None or parent.tag == f"{S}rPh":
            continue
        properties = parent.find(f"{S}rPr")
        written = unescaped(text.text or "")
        if properties is None:
            pieces.append(written)
        elif not is_on(properties.find(f"{S}strike")) and (
            shows_white or named_color(properties.find(f"{S}color"), "black") != "white"
        ):
            place = properties.find(f"{S}vertAlign")
            pieces.append(set_off(written, "" if place is None else place.get("val", "")))
    return "".join(pieces)


def unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold as such (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def is_on(element: etree._Element | None) -> bool:
    """Whether a property is set: its element is there and does not say no."""
    return element is not None and element.get("val", "1") not in OFF


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0
