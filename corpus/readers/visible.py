"""A page without what nobody sees on it: hidden elements, struck-out text; marks of notes raised, fields filled in.

Done once on the tree, before anything is read: what is hidden goes, what is invisible in its place leaves it empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from lxml import etree

from corpus.readers.marks import set_off
from corpus.readers.style_sheet import Look, generated, looks, stated_by

_STRUCK = ("s", "del", "strike")
_PLACED = ("sup", "sub")
_FIELDS = ("input", "select", "textarea")
_TYPED = ("", "text", "number", "tel", "email", "url", "date", "month", "search", "time")
_CELLS = ("td", "th")
_SIDES = ("left", "top", "right", "bottom")
_FRAME = ("html", "head", "body")
# What holds so much of a page's text is shown by a script, however it is written down.
_SHARE_OF_TEXT = 0.5
_FAR = re.compile(r"-\d{3,}")
_VERY_FAR = re.compile(r"-\d{4,}")
_NOTHING = re.compile(r"0(?:\.0+)?(?:px|pt|em|rem|%|cm|mm|in)?|0?\.\d+p[xt]|1p[xt]")
_FLAT = re.compile(r"scale(?:x|y|3d)?\(\s*(?:[\d.]+\s*,\s*)?(?:0(?:\.0*)?|\.0+)\s*[,)]")
_MOVED = re.compile(r"translate(?:x|y|3d)?\([^)]*-\d{4,}")
_CUT_AWAY = re.compile(r"inset\((?:50|100)%\)|circle\(0.*|polygon\(0 0(?:,\s*0 0)*\)")
# Of a lightness that nobody tells from paper, in the notations of CSS Color 4.
_WHITE = re.compile(
    r"white|snow|#fff|#(?:f[a-f]){3}(?:[\da-f]{2})?"
    r"|rgba?\(\s*(?:25[0-5]|100%)(?:[\s,]+(?:25[0-5]|100%)){2}\s*(?:[,/][^)]*)?\)|hsla?\([^)]*\b100%\s*(?:[,/][^)]*)?\)"
)
_SHARE = re.compile(r"(\d+\.?\d*|\.\d+)(%?)")
_HARDLY = 0.05
_LENGTH = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_CLEAR = re.compile(r"transparent|rgba\([^)]*,\s*0(?:\.0+)?\s*\)")
# What goes with all it takes up, so that a cell goes out of its row; other hiding leaves the place empty.
_ROW_PARTS = ("tr", "tbody", "thead", "tfoot")


def keep_what_is_seen(root: etree._Element) -> None:
    """Take out of a page what is not seen on it, and fill in what its fields show."""
    _settle(root)
    stated = looks(root)
    marked = list(dict.fromkeys((*root.xpath("//*[@hidden]"), *root.iter(*_STRUCK, *_PLACED), *stated)))
    whole = _length(root) if marked else 0
    for element in marked:
        look = stated.get(element, {})
        if hide := _hiding(element, look, stated):
            if element.tag not in _FRAME and _length(element) < whole * _SHARE_OF_TEXT:
                hide(element)
        elif _is_struck(element, look):
            _empty(element)
        elif look.get("unicode-bidi", "").endswith("override") and look.get("direction") == "rtl":
            _turn_round(element)
        elif place := (str(element.tag) if element.tag in _PLACED else _place(look)):
            _set_off(element, place)


def _settle(root: etree._Element) -> None:
    """What elements of their own kinds show: fields their values, what is closed little, fonts their colour."""
    for field in list(root.iter(*_FIELDS)):
        if any(ancestor.tag in (*_CELLS, "p") for ancestor in field.iterancestors()):
            _fill(field)
    _close(root)
    for shown in root.xpath("//template[@shadowrootmode]"):
        shown.tag = "span"
    for element, place, text in list(generated(root)):
        _print(element, place, text)
    for turned in root.iter("bdo"):
        if turned.get("dir", "").lower() == "rtl":
            _turn_round(turned)
    for font in root.iter("font"):
        if _WHITE.fullmatch(font.get("color", "").lower()):
            font.set("style", f"{font.get('style', '')};color:white")


def _close(root: etree._Element) -> None:
    """What stands closed when a page opens: of details the summary shows, of a dialog nothing."""
    for dialog in (*root.iter("dialog"), *root.xpath("//*[@popover]")):
        if dialog.get("open") is None:
            dialog.set("hidden", "")
    for details in list(root.iter("details")):
        if details.get("open") is None:
            details.text = None
            for inner in list(details):
                inner.tail = None
                if inner.tag != "summary":
                    details.remove(inner)


def _hiding(
    element: etree._Element, look: Look, stated: Mapping[etree._Element, Look]
) -> Callable[[etree._Element], None] | None:
    """What hides an element does to it; None for one that is seen."""
    display = look.get("display")
    if display == "none" or (display is None and element.get("hidden") is not None) or _is_away(look):
        return _take_out
    if look.get("visibility") == "collapse" and element.tag in _ROW_PARTS:
        return _take_out
    if _is_unpainted(look):
        return _empty
    for name, hides in _INHERITED.items():
        if hides(look) and not (name.endswith("color") and _shows_white(element, look, stated)):
            return partial(_empty_unless, name=name, hides=hides, stated=stated)
    return None


def _place(look: Look) -> str:
    """Where letters stand: those of a size of their own that are moved up or down by a length are marks too."""
    moved = look.get("vertical-align", "")
    if "font-size" not in look or not (length := _LENGTH.match(moved)) or not float(length[0]):
        return moved
    return "sub" if moved.startswith("-") else "super"


def _is_away(look: Look) -> bool:
    """Whether an element stands beside the page, or is cut off where it stands without taking up place."""
    return look.get("position") in ("absolute", "fixed") and (
        any(map(_FAR.match, (*look.get("inset", "").split(), *(look.get(side, "") for side in _SIDES))))
        or look.get("clip", "").startswith(("rect(0", "rect(1px"))
    )


def _is_unpainted(look: Look) -> bool:
    """Whether nothing of an element and of all in it is painted."""
    is_cut = look.get("overflow") in ("hidden", "clip") and any(
        _NOTHING.fullmatch(look.get(size, "")) for size in ("width", "height", "max-width", "max-height")
    )
    return (
        is_cut
        or _is_nought(look.get("opacity", ""))
        or "opacity(0" in look.get("filter", "").replace(" ", "")
        or _FLAT.search(look.get("transform", "")) is not None
        or _MOVED.search(look.get("transform", "")) is not None
        or _is_nought(look.get("scale", ""))
        or look.get("content-visibility") == "hidden"
        or _CUT_AWAY.fullmatch(look.get("clip-path", "")) is not None
        or _FAR.match(look.get("text-indent", "")) is not None
        # Moved from its place, which stays empty; columns of a layout are moved by their widths, not by screens.
        or (look.get("position") == "relative" and _VERY_FAR.match(look.get("left", "")) is not None)
    )


def _is_nought(number: str) -> bool:
    """Whether a share is nought, or so small that nobody sees the difference."""
    share = _SHARE.fullmatch(number)
    return share is not None and float(share[1]) / (100 if share[2] else 1) < _HARDLY


def _is_clear(look: Look) -> bool:
    """Whether letters are of no colour, or of that of the ground that their element states."""
    color = look.get("color", "")
    return _CLEAR.fullmatch(color) is not None or _is_white(look) or (color != "" and color == _ground(look))


def _is_white(look: Look) -> bool:
    return _WHITE.fullmatch(look.get("color", "")) is not None


_INHERITED: Mapping[str, Callable[[Look], bool]] = {
    "visibility": lambda look: look.get("visibility") in ("hidden", "collapse"),
    "font-size": lambda look: _NOTHING.fullmatch(look.get("font-size", "")) is not None,
    "color": _is_clear,
    "-webkit-text-fill-color": lambda look: _is_clear({"color": look.get("-webkit-text-fill-color", "")}),
}
"""Properties that hide an element and all in it that does not state another value for itself."""


def _shows_white(element: etree._Element, look: Look, stated: Mapping[etree._Element, Look]) -> bool:
    """Whether an element's letters are white on a ground that is not."""
    return _is_white(look) and not _WHITE.fullmatch(_ground(look)) and _has_background(element, stated)


def _ground(look: Look) -> str:
    return look.get("background-color") or look.get("background", "")


def _has_background(element: etree._Element, stated: Mapping[etree._Element, Look]) -> bool:
    """Whether white letters may show: on a background that the page states, or that a sheet elsewhere may give it."""
    if any("stylesheet" in link.get("rel", "").lower() for link in element.getroottree().iter("link")):
        return True
    return any(
        "background" in stated.get(holder, ())
        or "background-color" in stated.get(holder, ())
        or "background" in holder.get("style", "").lower()
        or holder.get("bgcolor") is not None
        or holder.get("background") is not None
        for holder in (element, *element.iterancestors())
    )


def _is_struck(element: etree._Element, look: Look) -> bool:
    own = {**stated_by(element), **look}
    decoration = own.get("text-decoration", "") + own.get("text-decoration-line", "")
    return "line-through" in decoration or (element.tag in _STRUCK and decoration != "none")


def _take_out(element: etree._Element) -> None:
    """Remove an element with all in it; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def _empty(element: etree._Element) -> None:
    """Remove the text in an element; its cells, and what says that it is seen, stay."""
    _empty_unless(element, "", _never, {})


def _never(_look: Look) -> bool:
    return False


def _empty_unless(
    element: etree._Element, name: str, hides: Callable[[Look], bool], stated: Mapping[etree._Element, Look]
) -> None:
    """Remove the text in an element but for that of parts which state a property anew so that they are seen."""
    element.text = None
    for inner in element:
        look = stated.get(inner) or stated_by(inner)
        if name not in look or hides(look):
            _empty_unless(inner, name, hides, stated)
        inner.tail = None


def _print(element: etree._Element, place: str, text: str) -> None:
    """Put a text at the beginning of an element, ``before`` all in it, or at its end."""
    if place == "before" or not len(element):
        element.text = text + (element.text or "") if place == "before" else (element.text or "") + text
    else:
        element[-1].tail = (element[-1].tail or "") + text


def _turn_round(element: etree._Element) -> None:
    """Text that runs from right to left, in the characters that say so (Unicode Standard Annex 9, 2.2)."""
    element.text = f"\u202e{''.join(element.itertext())}\u202c"
    for inner in list(element):
        element.remove(inner)


def _set_off(element: etree._Element, place: str) -> None:
    for inner in element.iter():
        inner.text = set_off(inner.text, place) if inner.text else inner.text
        if inner is not element and inner.tail:
            inner.tail = set_off(inner.tail, place)


def _fill(field: etree._Element) -> None:
    """Make a field of a form the text that it shows."""
    shown = _shown(field)
    if shown is None:
        return
    for inner in list(field):
        field.remove(inner)
    field.tag, field.text = "span", shown


def _shown(field: etree._Element) -> str | None:
    if field.tag == "input":
        return field.get("value", "") if field.get("type", "").lower() in _TYPED else None
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return "".join(chosen[-1].itertext()).strip() if chosen else ""
    return "".join(field.itertext())


def _length(element: etree._Element) -> int:
    return sum(len(text.strip()) for text in _texts(element))


def _texts(element: etree._Element) -> Iterator[str]:
    for inner in element.iter():
        if inner.tag not in ("script", "style", "head", "title"):
            yield inner.text or ""
        if inner is not element:
            yield inner.tail or ""
