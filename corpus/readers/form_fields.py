"""What is typed into the fields of a PDF's form, and what notes on its pages write or strike out, where it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from corpus.readers.turning import Box
from corpus.readers.typeset import Glyph

_HIDDEN = 0x02 | 0x20
_LARGEST = 10.0
_SHARE_OF_BOX = 0.7
_MOST_PARENTS = 20
_MARGIN = 2.0


def field_glyphs(page: Any) -> Iterator[Glyph]:
    """The characters of every field of a page that shows a text, in boxes as wide as such characters usually are."""
    if not page.page_obj.annots:
        return
    for annotation in page.annots:
        data = annotation["data"]
        flags = resolve1(data.get("F", 0))
        if not (isinstance(flags, int) and flags & _HIDDEN) and (text := _text(data)):
            yield from _set(text, annotation["x0"], annotation["top"], annotation["bottom"])


def struck_boxes(page: Any) -> list[Box]:
    """Where notes on a page strike its text out, or cover it."""
    if not page.page_obj.annots:
        return []
    return [
        (annotation["x0"], annotation["top"], annotation["x1"], annotation["bottom"])
        for annotation in page.annots
        if _kind(annotation["data"]) == "StrikeOut" or _covers(annotation["data"])
    ]


def note_lines(page: Any) -> Iterator[Box]:
    """The boxes around what notes on a page draw by a ruler or a pen; of a page that is shown as it lies."""
    for annotation in page.annots if page.page_obj.annots and not page.rotation else ():
        data = annotation["data"]
        strokes = {"Line": [data.get("L")], "Ink": data.get("InkList")}.get(_kind(data))
        corner = resolve1(data.get("Rect"))
        for stroke in map(resolve1, resolve1(strokes) or ()):
            if isinstance(stroke, list) and len(stroke) > 2 and all(isinstance(at, int | float) for at in stroke):
                across = [annotation["x0"] + x - min(corner[::2]) for x in stroke[::2]]
                down = [annotation["bottom"] - y + min(corner[1::2]) for y in stroke[1::2]]
                yield min(across), min(down), max(across), max(down)


def _kind(data: dict[str, Any]) -> str:
    return str(getattr(resolve1(data.get("Subtype")), "name", ""))


def _covers(data: dict[str, Any]) -> bool:
    """Whether a note is a box as white as paper or as black as ink; one of another colour marks what it lies on."""
    inside = resolve1(data.get("IC")) or ()
    return _kind(data) == "Square" and resolve1(data.get("CA", 1)) == 1 and set(inside) in ({0}, {1})


def _text(data: dict[str, Any]) -> str:
    kind = _kind(data)
    if kind == "FreeText":
        return _decoded(data.get("Contents"))
    if kind != "Widget" or getattr(_inherited(data, "FT"), "name", "") not in ("Tx", "Ch"):
        return ""
    return _shown(_decoded(_inherited(data, "V")), data)


def _shown(value: str, data: dict[str, Any]) -> str:
    """What a field shows for its value: of a choice, the words that stand beside it (12.7.4.4)."""
    for option in _inherited(data, "Opt") or ():
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2 and _decoded(pair[0]) == value:
            return _decoded(pair[1])
    return value


def _inherited(data: dict[str, Any], key: str) -> Any:
    """A value of a field, or of the one it is a part of (ISO 32000-1, 12.7.3.1)."""
    for _ in range(_MOST_PARENTS):
        if key in data:
            return resolve1(data[key])
        parent = resolve1(data.get("Parent"))
        if not isinstance(parent, dict):
            return None
        data = parent
    return None


def _decoded(value: Any) -> str:
    value = resolve1(value)
    if isinstance(value, list):
        return " ".join(map(_decoded, value))
    if isinstance(value, PSLiteral):
        return ""
    return decode_text(value).strip() if isinstance(value, bytes) else str(value or "").strip()


def _set(text: str, x0: float, top: float, bottom: float) -> Iterator[Glyph]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    height = (bottom - top) / len(lines)
    size = min(height * _SHARE_OF_BOX, _LARGEST)
    for number, line in enumerate(lines):
        left, above = x0 + _MARGIN, top + number * height + (height - size) / 2
        for character in line:
            width = size / 2 if character.isascii() else size
            yield Glyph(character, left, above, left + width, above + size, size)
            left += width
