"""Forms of selects: what a reader gets who chooses a year, a body, or both, and presses the button.

::

    <form action="nb.jsp">  <select name="dept"> 县财政局 … </select>  <select name="year"> 2023 … </select>  </form>

    nb.jsp?dept=1&year=2023     called 2023县财政局

A form without anything to fill in is a link that is called as its button.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, product
from urllib.parse import urlencode

from lxml.html import HtmlElement

from corpus.text import compact
from crawler.anchors import Link, Whole, place_of, text_of

MOST_CHOICES = 300
"""Choices of a form that are made, of all its selects together."""

_TOLD = re.compile(r"(19|20)\d\d|(局|政府|办|委|镇|乡|街道)$")
"""What is chosen: a year, or a body."""

_Option = tuple[str, str]
"""An option's label and its value."""


def choices(tree: HtmlElement, whole: Whole, url: str, encoding: str = "utf-8") -> Iterator[Link]:
    """The links that the forms of a page stand for; ``url`` is where a form without an address leads.

    Fields are sent in the page's ``encoding``.
    """
    for form in tree.iter("form"):
        selects = [tag for tag in form.iter("select") if tag.get("name") and not tag.get("onchange")]
        offered = [_options(tag) for tag in selects]
        address = whole(str(form.get("action") or url))
        if address is None or not any(map(_is_told, offered)):
            continue
        names = [str(tag.get("name")) for tag in selects]
        given = _fields(filter(_is_given, form.iter("input")))
        for row in _rows(offered):
            chosen = [(name, value) for name, (_, value) in zip(names, row, strict=True)]
            query = urlencode(given + chosen, encoding=encoding, errors="xmlcharrefreplace")
            yield _sent(form, address, query, Link("", _called(row), place=place_of(selects[0])))


def buttons(tree: HtmlElement, whole: Whole, url: str, encoding: str = "utf-8") -> Iterator[Link]:
    """The links that forms without anything to fill in stand for: their buttons, as 下一页."""
    for form in tree.iter("form"):
        fields = [tag for tag in form.iter("input", "select", "textarea", "button") if not _presses(tag)]
        address = whole(str(form.get("action") or url))
        if address is None or not all(str(tag.get("type", "text")).lower() == "hidden" for tag in fields):
            continue
        for button in filter(_presses, form.iter("input", "button")):
            named = [text_of(button), *(button.get(name, "") for name in ("value", "alt", "title"))]
            text = next(filter(None, map(compact, named)), "")
            link = Link("", text, place=place_of(button))
            query = urlencode(_fields(fields) + _pressed(button), encoding=encoding, errors="xmlcharrefreplace")
            yield _sent(form, address, query, link)


def _fields(tags: Iterable[HtmlElement]) -> list[tuple[str, str]]:
    """The names and values that fields send."""
    return [(str(tag.get("name")), str(tag.get("value", ""))) for tag in tags if tag.get("name")]


def _pressed(button: HtmlElement) -> list[tuple[str, str]]:
    """What a button adds to its form: its name, or where a picture was pressed (HTML, "constructing entry list")."""
    if str(button.get("type", "")).lower() == "image":
        prefix = f"{button.get('name')}." if button.get("name") else ""
        return [(f"{prefix}x", "1"), (f"{prefix}y", "1")]
    return _fields([button])


def _sent(form: HtmlElement, address: str, query: str, link: Link) -> Link:
    """A link to what a form gets with these fields, by its own method."""
    if str(form.get("method", "")).lower() == "post":
        return replace(link, url=address, form=query or "&")
    return replace(link, url=f"{address.partition('?')[0]}?{query}")


def _presses(tag: HtmlElement) -> bool:
    """Whether a field sends its form by being pressed, and no script does so in its place."""
    kind = str(tag.get("type", "submit" if tag.tag == "button" else "text")).lower()
    return tag.tag in {"input", "button"} and kind in {"submit", "image"} and not tag.get("onclick")


def _options(select: HtmlElement) -> list[_Option]:
    options = ((compact(text_of(one)), str(one.get("value", text_of(one).strip()))) for one in select.iter("option"))
    return [(label, value) for label, value in options if value]


def _is_told(options: list[_Option]) -> bool:
    return any(_TOLD.search(label) for label, _ in options)


def _rows(offered: list[list[_Option]]) -> list[tuple[_Option, ...]]:
    """The choices to be made: all together, or one at a time where they are too many."""
    # What says nothing of reports stays as it is.
    offered = [options if _is_told(options) else options[:1] or [("", "")] for options in offered]
    rows = list(islice(product(*offered), MOST_CHOICES + 1))
    if len(rows) <= MOST_CHOICES:
        return rows
    first = tuple(options[0] for options in offered)
    return [(*first[:place], one, *first[place + 1 :]) for place, options in enumerate(offered) for one in options]


def _called(row: tuple[_Option, ...]) -> str:
    """What a choice is called: the year first, as links say it."""
    return "".join(sorted((label for label, _ in row), key=lambda label: re.search(r"\d{4}", label) is None))


def _is_given(field: HtmlElement) -> bool:
    kind = str(field.get("type", "text")).lower()
    plain = kind in {"hidden", "text"} or (kind in {"checkbox", "radio"} and field.get("checked") is not None)
    return bool(field.get("name")) and plain
