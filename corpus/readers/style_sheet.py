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

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)([{}])")
_PROPERTIES = frozenset(
    (
        "display", "visibility", "opacity", "text-decoration", "text-decoration-line", "vertical-align", "font-size",
        "width", "height", "max-width", "max-height", "overflow", "text-indent", "position", "left", "top", "right",
        "bottom", "clip", "clip-path", "color", "background", "background-color", "transform", "scale", "filter",
        "content-visibility", "-webkit-text-fill-color", "unicode-bidi", "direction",
    )
)  # fmt: skip
# What may hide, strike out or raise text: a sheet or an attribute without it decides nothing.
_DECIDING = re.compile(
    r"display\s*:\s*none|hidden|visibility\s*:\s*collapse|line-through|:\s*su[pb]|opacity\s*:\s*[.0]|font\s*:\s*0"
    r"|transparent|bidi-override|rect\(|inset\(|circle\(0|polygon\(0|opacity\(\s*0|:\s*-\d{3}|(?:font-size|width|height)\s*:\s*[01](?!\d)|scale\w*\s*[(:]|translate\w*\([^)]*-\d{4}"
    r"|(?<![-\w])color\s*:\s*([^;}]+?)\s*;[^}]*background(?:-color)?\s*:\s*\1\s*(?:[;}]|$)"
    r"|background(?:-color)?\s*:\s*([^;}]+?)\s*;[^}]*(?<![-\w])color\s*:\s*\2\s*(?:[;}]|$)"
    r"|color\s*:\s*(?:white|snow|#f[a-f]|rgba?\(\s*(?:25|100%)|hsla?\(|rgba\([^)]*,\s*0\))",
    re.IGNORECASE,
)
# At-rules that a browser of today enters: it supports what a page asks for, unless the page asks for what it lacks.
_GROUPING = ("@supports (", "@supports(", "@layer")
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

    sheet = "\n".join(style.text or "" for style in root.iter("style") if _for_screens(style.get("media", "")))
    if _DECIDING.search(sheet):
        for place, (selectors, declarations) in enumerate(islice(_rules(sheet), _MOST_RULES)):
            for specificity, matches in _compiled(selectors) if _says_enough(declarations) else ():
                for element in matches(root):
                    state(element, declarations, (0, *specificity, place))
    for element in root.xpath("//*[@style]"):
        declarations = element.get("style", "")
        if element in stated or _decides(declarations):
            state(element, declarations, (*_INLINE, 0))
    return {element: {name: value for name, (_, value) in look.items()} for element, look in stated.items()}


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
    """The selectors and declarations of each rule that holds on a screen."""
    text = _COMMENT.sub(" ", sheet)
    open_: list[bool] = []
    selectors = ""
    for match in _RULE.finditer(text):
        before, brace = match[1].strip(), match[2]
        if brace == "{":
            selectors = before.rpartition(";")[2].strip()
            shut = bool(open_) and not open_[-1]
            at_rule = selectors.startswith("@")
            open_.append(not shut and (not at_rule or _for_screens(selectors.removeprefix("@media"))))
        elif open_:
            if open_.pop() and selectors and not selectors.startswith("@"):
                yield selectors, before
            selectors = ""


def _for_screens(media: str) -> bool:
    """Whether a sheet is for a screen of usual size; other at-rules are for none, but those that only group rules."""
    told = media.strip().lower()
    if told.startswith(_GROUPING):
        return True
    return not told or (not told.startswith("@") and "print" not in told and "(" not in told and "speech" not in told)


def _compiled(selectors: str) -> Iterator[tuple[tuple[int, int, int], etree.XPath]]:
    """Each selector of a rule: how specific it is, and what finds its elements; none that no library understands."""
    if len(selectors) > _LONGEST_SELECTORS:
        return
    try:
        for selector in parse(selectors):
            yield selector.specificity(), etree.XPath(_TRANSLATOR.selector_to_xpath(selector))
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
