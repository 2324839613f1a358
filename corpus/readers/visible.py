"""A page without what nobody sees on it: hidden elements, struck-out text; marks of notes raised, fields filled in.

Done once on the tree, before anything is read: what is hidden goes, what is invisible in its place leaves it empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from corpus.readers.marks import set_off
from corpus.readers.style_sheet import Look, looks

_STRUCK = ("s", "del", "strike")
_PLACED = ("sup", "sub")
_FIELDS = ("input", "select", "textarea")
_TYPED = ("", "text", "number", "tel", "email", "url", "date", "month", "search", "time")
_CELLS = ("td", "th")
_FRAME = ("html", "head", "body")
# What holds so much of a page's text is shown by a script, however it is written down.
_SHARE_OF_TEXT = 0.5
_FAR = re.compile(r"-\d{3,}")
_NOTHING = re.compile(r"0(?:\.0+)?(?:px|pt|em|rem|%|cm|mm|in)?|1p[xt]")
_WHITE = re.compile(r"white|#fff(?:fff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255\s*(?:,[^)]*)?\)")
_CLEAR = re.compile(r"transparent|rgba\([^)]*,\s*0(?:\.0+)?\s*\)")


def keep_what_is_seen(root: etree._Element) -> None:
    """Take out of a page what is not seen on it, and fill in what its fields show."""
    _settle(root)
    stated = looks(root)
    marked = list(dict.fromkeys((*root.xpath("//*[@hidden]"), *root.iter(*_STRUCK, *_PLACED), *stated)))
    whole = _length(root) if marked else 0
    for element in marked:
        look = stated.get(element, {})
        hides = _is_hidden(element, look, stated)
        if hides or look.get("visibility") in ("hidden", "collapse"):
            if element.tag not in _FRAME and _length(element) < whole * _SHARE_OF_TEXT:
                (_take_out if hides or (element.tag, look["visibility"]) == ("tr", "collapse") else _empty)(element)
        elif _is_struck(element, look):
            _empty(element)
        elif place := (element.tag if element.tag in _PLACED else look.get("vertical-align", "")):
            _set_off(element, str(place))


def _settle(root: etree._Element) -> None:
    """What elements of their own kinds show: fields their values, closed details their summary, fonts their colour."""
    for field in list(root.iter(*_FIELDS)):
        if any(ancestor.tag in (*_CELLS, "p") for ancestor in field.iterancestors()):
            _fill(field)
    for details in list(root.iter("details")):
        if details.get("open") is None:
            details.text = None
            for inner in list(details):
                inner.tail = None
                if inner.tag != "summary":
                    details.remove(inner)
    for font in root.iter("font"):
        if _WHITE.fullmatch(font.get("color", "").lower()):
            font.set("style", f"{font.get('style', '')};color:white")


def _is_hidden(element: etree._Element, look: Look, stated: Mapping[etree._Element, Look]) -> bool:
    display = look.get("display")
    if display == "none" or (display is None and element.get("hidden") is not None):
        return True
    if not look:
        return False
    is_away = look.get("position") in ("absolute", "fixed") and (
        any(_FAR.match(look.get(side, "")) for side in ("left", "top"))
        or look.get("clip", "").startswith(("rect(0", "rect(1px"))
    )
    is_cut = look.get("overflow") == "hidden" and any(
        _NOTHING.fullmatch(look.get(size, "")) for size in ("width", "height", "max-width", "max-height")
    )
    # A frame often has letters of no size against gaps, its parts their own.
    is_tiny = _NOTHING.fullmatch(look.get("font-size", "")) is not None and not any(
        "font-size" in stated.get(inner, ()) or "font-size" in inner.get("style", "")
        for inner in element.iterdescendants()
    )
    color = look.get("color", "")
    is_clear = (
        look.get("opacity", "").strip("0.") == "" != look.get("opacity", "") or _CLEAR.fullmatch(color) is not None
    )
    is_clear = is_clear or (_WHITE.fullmatch(color) is not None and not _has_background(element, stated))
    is_gone = "scale(0)" in look.get("transform", "") or bool(_FAR.match(look.get("text-indent", "")))
    return is_away or is_cut or is_tiny or is_clear or is_gone


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
    decoration = look.get("text-decoration", "") + look.get("text-decoration-line", "")
    return element.tag in _STRUCK or "line-through" in decoration


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
    element.text = None
    for inner in element.iterdescendants():
        inner.text = None
        inner.tail = None


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
