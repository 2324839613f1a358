"""What the style sheets and attributes of a page say of how its elements look, as far as it decides what is seen.

Rules in the page itself, for screens, in the order of the cascade (CSS 2.1, 6.4.1): importance, then how specific the
selector is, then the place. Sheets that stand elsewhere are not at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

from cssselect import HTMLTranslator, SelectorError, parse
from lxml import etree

from corpus.readers.marks import PICTURE

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)([{}])")
_PROPERTIES = frozenset(
    (
        "display", "visibility", "opacity", "text-decoration", "text-decoration-line", "vertical-align", "font-size",
        "width", "height", "max-width", "max-height", "overflow", "text-indent", "position", "left", "top", "right",
        "bottom", "clip", "clip-path", "color", "background", "background-color", "transform", "scale", "filter",
        "content-visibility", "-webkit-text-fill-color", "inset", "unicode-bidi", "direction", "flex-direction",
        "order", "font-variant-position", "mask", "mask-image", "-webkit-mask", "-webkit-mask-image", "translate",
        "background-clip", "-webkit-background-clip", "-webkit-text-security", "grid-template-columns",
        "grid-template-areas", "grid-template", "grid-area", "grid-row", "grid-row-start", "grid-row-end",
        "grid-column", "grid-column-start", "grid-column-end",
    )
)  # fmt: skip
# What may hide, strike out, raise or move text: a sheet or an attribute without it decides nothing.
_DECIDING = re.compile(
    r"display\s*:\s*(?:none|(?:inline-)?(?:table|flex|grid))|hidden|text-security|visibility\s*:\s*collapse|line-through|:\s*su[pb]|(?:vertical-align|top|bottom)\s*:\s*[-.\d]|opacity\s*:\s*(?:[.0]|\d%)|font\s*:\s*0"
    r"|transparent|-reverse|rotate[xy]\(|(?<!-)order\s*:\s*-?\d|direction\s*:\s*rtl|text-indent\s*:\s*\d{3}|bidi-override|rect\(|inset\(|circle\(0|polygon\(0|opacity\(\s*0|:\s*-\d{3}|(?:font-size|width|height)\s*:\s*(?:[01](?!\d)|\.)|scale\w*\s*[(:]|translate\w*\([^)]*-\d{4}"
    r"|(?<![-\w])color\s*:\s*([^;}]+?)\s*;[^}]*background(?:-color)?\s*:\s*\1\s*(?:[;}]|$)"
    r"|background(?:-color)?\s*:\s*([^;}]+?)\s*;[^}]*(?<![-\w])color\s*:\s*\2\s*(?:[;}]|$)"
    r"|color\s*:\s*(?:white|snow|#f[a-f]|rgba?\(\s*(?:25|100%)|hsla?\(|\w+\([^)]*[,/]\s*0(?:\.0+)?%?\s*\)|#[\da-f]{3}0\b|#[\da-f]{6}00\b)",
    re.IGNORECASE,
)
# At-rules that a browser of today enters: it supports what a page asks for, unless the page asks for what it lacks.
_GROUPING = ("@supports (", "@supports(", "@layer")
_SCREENS = ("all", "screen", "only all", "only screen")
_SCOPE = re.compile(r"@scope\s*\(([^()]*)\)")
_BOUND = re.compile(r"\((min|max)-(?:device-)?width:([\d.]+)(px|r?em)\)")
# Media Queries 4, 2.4.3: a bound by its sign. What a usual screen with a mouse meets besides (ibid., 6 and 7).
_RANGE = re.compile(r"\(width([<>])=?(?=[\d.])")
_MET = frozenset(
    f"({feature})"
    for feature in (
        "hover", "hover:hover", "any-hover:hover", "pointer", "pointer:fine", "any-pointer:fine", "color",
        "update:fast", "orientation:landscape", "scripting:enabled", "prefers-color-scheme:light",
        "prefers-reduced-motion:no-preference",
    )
)  # fmt: skip
# Selectors by type want one (Selectors 4, 13.4): those that text stands in.
_BY_TYPE = re.compile(r"(?<![\w\])-])(?=[.#\[:][^\s,>+~]*-of-type)")
_TYPES = ("a", "b", "em", "font", "i", "p", "small", "span", "strong", "td", "tr", "u")
_WIDTH, _LETTER = 1366.0, 16.0
"""Of a usual screen, and of an em, in pixels."""
_STATED = re.compile(r"(--[\w-]+)\s*:\s*([^;{}]+)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_GENERATED = re.compile(r"""(?<![-\w])content\s*:\s*(?:attr\(\s*([\w-]+)\s*\)|"([^"\\]*)"|'([^'\\]*)'|(counter)\()""")
# Of what is printed so, numbers count; the rest are bullets and pictures of fonts.
_COUNTS = re.compile(r"""content\s*:\s*(?:attr\(|counter\(|"[^"\\]*\d|'[^'\\]*\d)""")
_MOST_RULES = 2_000
_LONGEST_SELECTORS = 2_000
_INLINE = (1, 0, 0, 0)
_TRANSLATOR = HTMLTranslator()

Look = Mapping[str, str]
"""The properties of an element, by name, in lower case."""


def looks(root: etree._Element) -> Mapping[etree._Element, Look]:
    """The look of every element of which the page says something that may hide, strike out or raise it."""
    stated: dict[etree._Element, dict[str, tuple[tuple[int, ...], str]]] = {}

    def state(element: etree._Element, declarations: str, weight: tuple[int, ...]) -> None:
        look = stated.setdefault(element, {})
        for name, value, important in _declarations(declarations):
            rank = (int(important), *weight)
            if name not in look or rank >= look[name][0]:
                look[name] = rank, value

    sheet = _with_variables("\n".join(_sheets(root)))
    if _DECIDING.search(sheet):
        for place, (selectors, declarations) in enumerate(islice(_rules(sheet), _MOST_RULES)):
            for specificity, part, matches in _compiled(selectors) if _says_enough(declarations) else ():
                for element in () if part else matches(root):
                    state(element, declarations, (0, *specificity, place))
    for element in root.xpath("//*[@style]"):
        declarations = element.get("style", "")
        if element in stated or _decides(declarations):
            state(element, declarations, (*_INLINE, 0))
    return {element: {name: value for name, (_, value) in look.items()} for element, look in stated.items()}


def generated(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """What style sheets print before or after elements (CSS 2.1, 12.1): the element, where, and the text."""
    sheet = "\n".join(_sheets(root))
    found: dict[tuple[etree._Element, str], str] = {}
    for selectors, declarations in islice(_rules(sheet), _MOST_RULES) if _COUNTS.search(sheet) else ():
        printed = _GENERATED.search(declarations)
        if printed is None or not _COUNTS.search(printed[0]):
            continue
        for _, part, matches in _compiled(selectors):
            for element in matches(root) if part in ("before", "after") else ():
                text = PICTURE if printed[4] else printed[2] or printed[3] or ""
                found[element, part] = element.get(printed[1], "") if printed[1] else text
    for (element, part), text in found.items():
        yield element, part, text


def _sheets(root: etree._Element) -> Iterator[str]:
    return (style.text or "" for style in root.iter("style") if _for_screens(style.get("media", "")))


def _with_variables(sheet: str) -> str:
    """A sheet with the values of its own properties, as if each had one on the whole page."""
    if "var(" not in sheet:
        return sheet
    stated: dict[str, str] = dict(_STATED.findall(sheet))
    return _VARIABLE.sub(lambda named: stated.get(str(named[1]), named[2] or ""), sheet)


def stated_by(element: etree._Element) -> Look:
    """The look that an element states for itself alone."""
    return {name: value for name, value, _ in _declarations(element.get("style", ""))}


@lru_cache(maxsize=1_000)
def _decides(declarations: str) -> bool:
    return _DECIDING.search(_COMMENT.sub("", declarations)) is not None


def _says_enough(declarations: str) -> bool:
    """Whether a rule states a property that counts: one that shows may stand against one that hides."""
    return any(name in _PROPERTIES for name, _, _ in _declarations(declarations))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of each rule that holds on a screen, those of rules inside rules written out."""
    # Of each brace that is open: whether it holds on a screen, and the selectors of the rules around it.
    open_: list[tuple[bool, str]] = []
    for match in _RULE.finditer(_COMMENT.sub(" ", sheet)):
        before, brace = match[1].strip(), match[2]
        holds, around = open_[-1] if open_ else (True, "")
        declarations, _, begun = before.rpartition(";") if brace == "{" else (before, "", "")
        if holds and around and declarations:
            yield around, declarations
        if brace == "}":
            del open_[-1:]
        elif scope := _SCOPE.match(begun := begun.strip()):
            open_.append((holds, _nested(scope[1], around)))
        elif begun.startswith("@"):
            open_.append((holds and _for_screens(begun.removeprefix("@media")), around))
        else:
            open_.append((holds, _nested(begun, around)))


def _nested(selectors: str, around: str) -> str:
    """Selectors of a rule inside another: & stands for the other's, which goes before where it is not said."""
    if not around:
        return selectors
    outer = f":is({around})"
    return ",".join(
        part.replace("&", outer) if "&" in part else f"{outer} {part.strip()}" for part in selectors.split(",")
    )


def _for_screens(media: str) -> bool:
    """Whether a sheet is for a screen of usual size; other at-rules are for none, but those that only group rules."""
    told = media.strip().lower()
    if told.startswith("@"):
        return told.startswith(_GROUPING)
    return not told or any(map(_is_met, told.split(",")))


def _is_met(query: str) -> bool:
    """Whether a screen meets a media query (Media Queries 4, 3); of its features those known here."""
    wanted = _RANGE.sub(_bound, re.sub(r"\s*([:<>=]+)\s*", r"\1", query.strip()))
    negated = wanted.startswith("not ")
    return negated != all(_is_screens(part.strip()) for part in wanted.removeprefix("not ").split(" and "))


def _bound(sign: re.Match[str]) -> str:
    return "(min-width:" if sign[1] == ">" else "(max-width:"


def _is_screens(part: str) -> bool:
    bound = _BOUND.fullmatch(part)
    if bound is None:
        return part in _SCREENS or part in _MET
    pixels = float(bound[2]) * (1.0 if bound[3] == "px" else _LETTER)
    return pixels <= _WIDTH if bound[1] == "min" else pixels >= _WIDTH


def _compiled(selectors: str) -> Iterator[tuple[tuple[int, int, int], str, etree.XPath]]:
    """Each selector of a rule: how specific it is, of which part of its elements it tells, and what finds these.

    None that no library understands. The part is ``""`` for all of an element, else a name as before or after.
    """
    if len(selectors) > _LONGEST_SELECTORS:
        return
    if _BY_TYPE.search(selectors):
        selectors = ",".join(_BY_TYPE.sub(type_, selectors) for type_ in _TYPES)
    try:
        for selector in parse(selectors):
            yield (
                selector.specificity(),
                str(selector.pseudo_element or ""),
                etree.XPath(_TRANSLATOR.selector_to_xpath(selector)),
            )
    except (SelectorError, etree.XPathError):
        return


def _declarations(text: str) -> Iterator[tuple[str, str, bool]]:
    """Name, value and importance of each declaration that counts."""
    for declaration in _COMMENT.sub("", text).split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name == "font" and value.strip().startswith("0"):
            name, value = "font-size", "0"
        if name in _PROPERTIES:
            value, mark, _ = value.lower().partition("!important")
            yield name, value.strip(), bool(mark)
