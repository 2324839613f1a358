"""A page without what nobody sees on it: hidden elements, struck-out text; marks of notes raised, fields filled in.

Done once on the tree, before anything is read: what is hidden goes, what is invisible in its place leaves it empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from lxml import etree

from corpus.readers.interactive import CELLS, close, turned_to
from corpus.readers.laid_order import lay_in_order
from corpus.readers.laid_tables import make_tables
from corpus.readers.marks import PICTURE, set_off
from corpus.readers.painted import INHERITED, WHITE, is_away, is_relative, is_unpainted, is_window, shows_white
from corpus.readers.style_sheet import Look, generated, looks, stated_by

_STRUCK = ("s", "del", "strike")
_PLACED = ("sup", "sub")
_FIELDS = ("input", "select", "textarea")
_TYPED = ("", "text", "number", "tel", "email", "url", "date", "month", "search", "time")
_LINES = ("div", "p", "li")
_LOWERED = ("y", "dy", "transform", "style", "class", "dominant-baseline")
"""What may move letters of a drawing down into it."""
_FRAME = ("html", "head", "body")
# What holds so much of a page's text is shown by a script, however it is written down.
_SHARE_OF_TEXT = 0.5
# Points, and how many of them an em of usual letters has.
_MOVED_LEAST, _EM = 2.0, 12.0
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))r?(em)?")
_FILLED_IN = re.compile(r"""["'#]([\w-]+)["']\s*\)\s*\.\s*(?:innerHTML|innerText|textContent|html\(|text\(|append)""")
_NEVER_SHOWN = "//noembed | //mphantom | //semantics/*[position() > 1] | //maction/*[position() > 1]"
"""What browsers' own style sheets hide (HTML Standard, "Hidden elements"; MathML Core, "User Agent stylesheet")."""
_MOVES = (("vertical-align", 1), ("bottom", 1), ("top", -1))
# What goes with all it takes up, so that a cell goes out of its row; other hiding leaves the place empty.
_ROW_PARTS = ("tr", "tbody", "thead", "tfoot")


def keep_what_is_seen(root: etree._Element) -> None:
    """Take out of a page what is not seen on it, and fill in what its fields show."""
    for element in root.xpath(_NEVER_SHOWN):
        _take_out(element)
    _settle(root)
    stated = looks(root)
    marked = list(dict.fromkeys((*root.xpath("//*[@hidden]"), *root.iter(*_STRUCK, *_PLACED), *stated)))
    whole = _length(root) if marked else 0
    lay_in_order(root, stated)
    make_tables(root, stated)
    seen = {element: {**stated_by(element), **stated.get(element, {})} for element in marked}
    hidden = {element: hide for element, look in seen.items() if (hide := _hiding(element, look, stated))}
    behind_tabs = turned_to(root, hidden)
    for element, look in seen.items():
        if hide := hidden.get(element):
            is_part = element.tag not in _FRAME and element not in behind_tabs
            if is_part and _length(element) < whole * _SHARE_OF_TEXT:
                hide(element)
        elif look.get("-webkit-text-security", "none") != "none":
            _empty(element)
            element.text = PICTURE
        elif is_window(look):
            _shut(element, stated)
        elif _is_struck(element, look):
            _empty(element)
        elif look.get("unicode-bidi", "").endswith("override") and look.get("direction") == "rtl":
            _turn_round(element)
        elif place := (str(element.tag) if element.tag in _PLACED else _place(element, look)):
            _set_off(element, place)


def _settle(root: etree._Element) -> None:
    """What elements of their own kinds show: fields their values, what is closed little, fonts their colour."""
    for field in list(root.iter(*_FIELDS)):
        if any(ancestor.tag in (*CELLS, "p") for ancestor in field.iterancestors()):
            _fill(field)
    close(root)
    _open(root)
    for element, place, text in list(generated(root)):
        if text == PICTURE and "".join(element.itertext()).strip():
            continue
        _print(element, place, text)
    for heading in root.iter("h1", "h2", "h3"):
        _word(heading)
    for turned in root.xpath("//bdo[@dir]"):
        if turned.get("dir").lower() == "rtl":
            _turn_round(turned)
    for font in root.xpath("//font[@color]"):
        if WHITE.fullmatch(font.get("color").lower()):
            font.set("style", f"{font.get('style', '')};color:white")


def _word(heading: etree._Element) -> None:
    """Give a heading that is a picture the picture's words, which stand for it (HTML Standard, "alt")."""
    if not "".join(heading.itertext()).strip():
        heading.text = "".join(image.get("alt", "") for image in heading.iter("img"))


def _hiding(
    element: etree._Element, look: Look, stated: Mapping[etree._Element, Look]
) -> Callable[[etree._Element], None] | None:
    """What hides an element does to it; None for one that is seen."""
    display = look.get("display")
    if display == "none" or (display is None and element.get("hidden") is not None) or is_away(look):
        return _take_out
    if look.get("visibility") == "collapse" and element.tag in _ROW_PARTS:
        return _take_out
    if is_unpainted(element, look):
        return _empty
    for name, hides in INHERITED.items():
        if hides(look) and not (name.endswith("color") and shows_white(element, look, stated)):
            return partial(_empty_unless, name=name, hides=hides, stated=stated)
    return None


def _shut(element: etree._Element, stated: Mapping[etree._Element, Look]) -> None:
    """Empty the lines of an element that is one line high, but for the first."""
    lines = [inner for inner in element if inner.tag in _LINES or stated.get(inner, {}).get("display") == "block"]
    for inner in lines[1:]:
        _empty(inner)


def _place(element: etree._Element, look: Look) -> str:
    """Where letters stand: those of a size of their own, moved up or down by two points or more behind others, too."""
    if (variant := look.get("font-variant-position", "normal")) != "normal":
        return variant
    moved, parent = _raised(look), element.getparent()
    if moved is None or abs(moved) < _MOVED_LEAST or "font-size" not in look or parent is None:
        return look.get("vertical-align", "")
    before = (parent.text or "", *("".join(other.itertext()) for other in element.itersiblings(preceding=True)))
    return ("super" if moved > 0 else "sub") if "".join(before).strip() else ""


def _raised(look: Look) -> float | None:
    """By how many points, or nearly so, letters are moved up from their line; None where nothing tells."""
    names = _MOVES if look.get("position") == "relative" else _MOVES[:1]
    for name, upwards in names:
        if length := _LENGTH.match(look.get(name, "")):
            return upwards * float(length[1]) * (_EM if length[2] == "em" else 1.0)
    return None


def _is_struck(element: etree._Element, look: Look) -> bool:
    decoration = look.get("text-decoration", "") + look.get("text-decoration-line", "")
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
        if name not in look or hides(look) or is_relative(name, look):
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


def _open(root: etree._Element) -> None:
    """What is shown though nothing stands there as a rule: shadows, drawings in cells, what scripts write into them."""
    for shown in root.xpath("//template[@shadowrootmode]"):
        shown.tag = "span"
    filled_in = {name for script in root.iter("script") for name in _FILLED_IN.findall(script.text or "")}
    for element in root.xpath("//td//*[@id]") if filled_in else ():
        if element.get("id") in filled_in and not "".join(element.itertext()).strip():
            element.text = PICTURE
    for drawing in list(root.iter("svg")):
        if any(ancestor.tag in CELLS for ancestor in drawing.iterancestors()):
            _letter(drawing)


def _letter(drawing: etree._Element) -> None:
    """Make a drawing in a cell the letters that it shows; one of no size shows none.

    Letters stand above their line, which is the drawing's upper edge where nothing moves it (SVG 2, "text"): cut off.
    """
    is_seen = "0" not in (drawing.get("width"), drawing.get("height"))
    shown = [
        text
        for text in drawing.iter("text")
        if is_seen and any(each.get(at) for each in text.iter() for at in _LOWERED)
    ]
    letters = "".join("".join(text.itertext()) for text in shown)
    drawing[:] = []
    drawing.tag, drawing.text = "span", letters


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
