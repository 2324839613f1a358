"""Where a page leads: the links in its marks, in what its scripts tell and in its data, and the interfaces it asks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from lxml.html import HtmlElement

from corpus.text import compact
from crawler.anchors import Clicks, Link, Whole, hidden_links, links_in, marked, text_of, viewed
from crawler.counting import counts_on
from crawler.records import links_in_data, read_xml
from crawler.scripts import Asked, Told, is_address

_ISLAND = re.compile(r"(?is)<xml\b[^>]*>\s*(<.*?)</xml>")

LEAST_PACKED = 20
"""Characters of an attribute that may hold records."""


@dataclass(frozen=True, slots=True)
class Interface:
    """A request that fills a page: its address, the body of a POST, its name among the answers of the page's scene."""

    url: str
    form: str = ""
    ask: str = ""


def told_links(told: Told, whole: Whole) -> Iterator[Link]:
    """The links that scripts wrote, called for or turned to."""
    for piece in told.written:
        yield from links_in(piece, whole)
    for name, arguments in told.calls:
        for one in arguments:
            if isinstance(one, list) or (isinstance(one, dict) and not _asks(one)):
                yield from links_in_data(_without_requests(one), whole)
        yield from _called_for(name, [one for one in arguments if isinstance(one, str)], whole)
    for interface in interfaces_of(told.turned, whole):
        yield Link(interface.url, "", form=interface.form, onward=True)


def _asks(given: Any) -> bool:
    """Whether something is told how to ask: a request, no record."""
    return isinstance(given, dict) and bool(given.keys() & {"method", "type", "params", "sAjaxSource"})


def _without_requests(given: Any) -> Any:
    """What a call is given, without what it is told to ask for: DataTable({ajax: {url: …, type: …}})."""
    return given if isinstance(given, list) else {name: one for name, one in given.items() if not _asks(one)}


def _called_for(name: str, strings: list[str], whole: Whole) -> Iterator[Link]:
    """A call's addresses: a tree's node has a name beside its address; a viewer is given a file.

    What one function is called with again and again is a list.
    """
    words = [one for one in strings if len(one) > 1 and not is_address(one)]
    for address in filter(is_address, strings):
        url = whole(address)
        if url is not None and (viewed(url, whole) != url or url.lower().endswith(".pdf")):
            yield Link(viewed(url, whole), "")
        elif url is not None and words:
            yield Link(url, compact(max(words, key=len)), place=f"call {name}")


def interfaces_of(asked: tuple[Asked, ...], whole: Whole) -> Iterator[Interface]:
    """What scripts ask for, with whole addresses; a POST without a body has an empty field."""
    for one in asked:
        url = whole(one.url)
        if url is not None:
            yield Interface(url, (one.body or "&") if one.post else "", one.ask)


def links_of(tree: HtmlElement, html: str, told: Told, clicks: Clicks, whole: Whole) -> Iterator[Link]:
    """Every link of a page, wherever it stands: what is marked, what its scripts told, its data, its head."""
    yield from marked(tree, whole, clicks)
    yield from hidden_links(tree, html, whole)
    yield from told_links(told, whole)
    yield from links_in_data(told.data, whole)
    for tag in tree.iter("script"):
        if re.fullmatch(r"application/(\w+\+)?json", str(tag.get("type", "")).lower()):
            yield from _links_in_json(text_of(tag), whole)
    yield from _linked_in_head(tree, whole)
    for island in _ISLAND.findall(html):
        yield from read_xml(island, whole("./") or "").links
    for packed in _packed_in_attributes(tree):
        yield from _links_in_json(packed, whole)
    for interface in interfaces_of(told.later, whole):
        # Whatever the button is called that asks for it: a page's number tells.
        if counts_on(interface.url, interface.form):
            yield Link(interface.url, "", form=interface.form, onward=True)


def _packed_in_attributes(tree: HtmlElement) -> Iterator[str]:
    """The records that a page gives to its components in attributes."""
    values = (str(value).strip() for value in tree.xpath(f"//@*[string-length() > {LEAST_PACKED}]"))
    yield from (value for value in values if len(value) > LEAST_PACKED and value.startswith(("[{", '{"', '["')))


def _links_in_json(text: str, whole: Whole) -> Iterator[Link]:
    """The records that a page carries for its scripts as data (Next, Nuxt), or for search engines (JSON-LD)."""
    try:
        yield from links_in_data(json.loads(text), whole)
    except ValueError:
        return


def _linked_in_head(tree: HtmlElement, whole: Whole) -> Iterator[Link]:
    """What a list names for programs: its next part, and the feed that stands in its folder, which has all of it."""
    for tag in tree.iter("link"):
        url, relations = whole(tag.get("href", "")), str(tag.get("rel", "")).lower().split()
        folder = (whole("./") or "").partition("?")[0].rpartition("/")[0]
        feed = "alternate" in relations and re.search(r"(rss|atom)\+xml", str(tag.get("type", ""))) is not None
        if url is not None and ("next" in relations or (feed and url.startswith(f"{folder}/"))):
            yield Link(url, "", onward=True)


def named_in_attributes(tree: HtmlElement, whole: Whole) -> Iterator[Interface]:
    """Interfaces that attributes name: 大汉 jpaas gives a unit's address and query to its script's tag."""
    for tag in tree.xpath("//*[@querydata or @data-query]"):
        query = tag.get("querydata") or tag.get("data-query")
        address = tag.get("url") or tag.get("data-url") or ""
        if query and address and (found := whole(address)) is not None:
            yield Interface(found + ("&" if "?" in found else "?") + query_of(query))


def query_of(data: str) -> str:
    """A query given as an object, in JSON or in quotes of either kind, as a query."""
    try:
        return urlencode(json.loads(data))
    except (ValueError, TypeError):
        pass  # No JSON: in single quotes, as scripts have it.
    fields = re.findall(r"""['"]?([\w$]+)['"]?\s*:\s*(?:'([^']*)'|"([^"]*)"|([\w.\-]+))""", data)
    return urlencode([(name, one or other or plain) for name, one, other, plain in fields]) or data
