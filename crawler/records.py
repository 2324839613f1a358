"""Lists that are no pages: JSON of a list's interface, XML of a data store, a site map or a feed, a script's variables.

Every system names its fields differently, so a record is whatever object holds something that looks like a title
beside something that looks like an address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from corpus.text import compact
from corpus.xml_name import local_name
from crawler.address import absolute
from crawler.anchors import Link, Whole, links_in, viewed
from crawler.scripts import is_address

# Names of fields, in small letters without _ and -, the best first.
_TITLES = re.compile(r"(title\w*|subject|headline|caption|name|bt|text|label)$")
_ADDRESSES = re.compile(r"(url|href|link|uri|path|address|location|html|file)$")
_NEITHER = re.compile(
    r"(img|image|pic|thumb|icon|logo|avatar|cover|domain|site|column|channel|parent|editor|author|user|api|css|js)"
)
_LISTS = ("<?xml", "<urlset", "<sitemapindex", "<rss", "<feed", "<datastore", "<recordset")
_DEEPEST = 12
# Records in one string: 题目|/c/1.html#题目|/c/2.html, or a line for each.
_LINES = re.compile(r"[\n#;；^]+")
_PARTS = re.compile(r"[|,\t$]+")

RECORDS = "records"
"""The place of links that stand in data: told apart by the shapes of their addresses alone."""


@dataclass(frozen=True, slots=True)
class Records:
    """The links of a list, and the data that they were read from (of XML, at most its count of records).

    ``heard`` is what a page's script is given for it: the data, a text, or XML as a tree of
    [name, attributes, text, children] under ``__xml``.
    """

    links: tuple[Link, ...]
    data: Any = None
    heard: Any = None


def read_records(text: str, declared: str, url: str, encoding: str = "utf-8") -> Records | None:
    """The records of an answer that is a list and no page; None for a page."""
    head = text[:300].lstrip("\ufeff \r\n\t").lower()
    if head.startswith(("{", "[")) or "json" in declared or (declared.endswith("javascript") and "(" in head):
        return read_json(text, url, encoding)
    if lists_addresses(text.encode()):
        found = (absolute(line, url) for line in text.split())
        return Records(tuple(Link(address, "", place=RECORDS) for address in found if address))
    is_page = "<html" in head or "<!doctype html" in head
    return read_xml(text, url) if head.startswith(_LISTS) and not is_page else None


def lists_addresses(body: bytes) -> bool:
    """Whether a text is a site map of the plainest kind: an address a line (sitemaps.org, "Text file")."""
    lines = body.removeprefix(b"\xef\xbb\xbf").split(maxsplit=50)[:50]
    return bool(lines) and all(line.startswith((b"http://", b"https://")) for line in lines)


def read_json(text: str, url: str, encoding: str = "utf-8") -> Records | None:
    """The records of a JSON answer (JSONP too); None if it is no JSON."""
    body = text.strip().removeprefix("\ufeff")
    wrapped = re.match(r"^[\w$.]+\((.*)\)\s*;?$", body, re.DOTALL)
    try:
        data = json.loads(wrapped.group(1) if wrapped else body)
    except ValueError:
        return None
    if isinstance(data, str) and data.lstrip().startswith(("{", "[")):
        return read_json(data, url, encoding)
    links = links_in_data(data, partial(absolute, base=url, encoding=encoding))
    return Records(tuple({link.url: link for link in links}.values()), data, data)


def read_xml(text: str, url: str) -> Records:
    """The records of a site map, a feed or a data store."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(text.encode() or b"<empty/>", parser)
    whole: Whole = partial(absolute, base=url)
    is_index = isinstance(root.tag, str) and local_name(root.tag).lower() == "sitemapindex"
    elements = [element for element in root.iter() if isinstance(element.tag, str)] if len(root) else []
    links = {link.url: link for element in elements for link in _of_element(element, whole, is_index=is_index)}
    if not links:
        # A file of its site's own making: elements are objects, like those of JSON.
        links = {link.url: link for link in links_in_data(_as_data(root), whole)}
    total = re.search(r"(?i)totalrecord[\"']?\s*[:=>]\s*[\"']?(\d+)", text)
    data = {"totalrecord": int(total.group(1))} if total else None
    return Records(tuple(links.values()), data, {"__xml": _as_tree(root)})


def _of_element(element: etree._Element, whole: Whole, *, is_index: bool) -> Iterator[Link]:
    """The links of one element: a site map's address, a feed's entry, or a piece of HTML in a store of records."""
    name, content = local_name(element.tag).lower(), (element.text or "").strip()
    if name == "loc" and (found := whole(content)):
        yield Link(found, "", onward=is_index, place=RECORDS)
    elif name in {"item", "entry"}:
        title = compact("".join(element.xpath("*[local-name()='title']//text()")))
        address = "".join(element.xpath("*[local-name()='link']/text()|*[local-name()='link']/@href")).strip()
        if found := whole(address):
            yield Link(found, title)
    elif "<a" in content:
        yield from links_in(content, whole)


def _as_tree(element: etree._Element, depth: int = 0) -> list[Any]:
    """An element for scripts: its name, its attributes, its text, its children."""
    name = local_name(element.tag)
    children = [child for child in element if isinstance(child.tag, str)] if depth < _DEEPEST else []
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    return [name, attributes, "".join(element.itertext()), [_as_tree(child, depth + 1) for child in children]]


def _as_data(element: etree._Element, depth: int = 0) -> Any:
    """An element as an object: its attributes, its children by name (a list where they share one), or its text."""
    children = [child for child in element if isinstance(child.tag, str)] if depth < _DEEPEST else []
    if not children and not element.attrib:
        return element.text or ""
    data: dict[str, Any] = {str(name): str(value) for name, value in element.attrib.items()}
    if not children:
        return data | {"text": element.text or ""}
    for child in children:
        name, value = local_name(child.tag), _as_data(child, depth + 1)
        if name in data:
            data[name] = [*(data[name] if isinstance(data[name], list) else [data[name]]), value]
        else:
            data[name] = value
    return data


def links_in_data(data: Any, whole: Whole, depth: int = 0) -> Iterator[Link]:
    """The links of data of any shape: objects, rows, lists side by side, pieces of HTML or JSON inside strings."""
    if depth > _DEEPEST:
        return
    if isinstance(data, Mapping):
        yield from _record(data, whole)
        yield from _keyed(data, whole)
        yield from _side_by_side(data, whole)
        for value in data.values():
            yield from links_in_data(value, whole, depth + 1)
    elif isinstance(data, list):
        yield from _row(data, whole)
        for item in data:
            yield from links_in_data(item, whole, depth + 1)
    elif isinstance(data, str):
        yield from _packed(data, whole, depth)


def _record(data: Mapping[str, Any], whole: Whole) -> Iterator[Link]:
    named = {re.sub(r"[_\-]", "", str(name)).lower(): value for name, value in data.items()}
    inner = {name: value for one in named.values() if isinstance(one, Mapping) for name, value in one.items()}
    # What is itself an address names no field.
    named, inner = ({name: one for name, one in fields.items() if "/" not in str(name)} for fields in (named, inner))
    address = next(_fitting(named, _ADDRESSES), None) or next(_fitting(inner, _ADDRESSES), None)
    titles = list(_fitting(named, _TITLES))
    if not address:
        address, more = _unnamed(named)
        titles += more
    # A router's paths are patterns (/list/:id), no addresses.
    found = whole(_rooted(address, whole)) if address and not re.search(r"[<>\s{}]|/:\w", address.strip()) else None
    if found is not None:
        yield Link(viewed(found, whole), max(map(_plain, titles), key=len, default=""), place=RECORDS)


def _rooted(address: str, whole: Whole) -> str:
    """An address that lacks its first slash: it begins with the folder in which its page begins."""
    first, slash, _ = address.partition("/")
    inside = bool(first and slash) and urlsplit(whole("./") or "").path.startswith(f"/{first}/")
    return f"/{address}" if inside else address


def _unnamed(named: Mapping[str, Any]) -> tuple[str | None, list[str]]:
    """Names that say nothing (bt, lj): what is an address is one, and the longest of the rest is its title."""
    strings = [value for name, value in named.items() if isinstance(value, str) and not _NEITHER.search(name)]
    addresses = [value for value in strings if value.startswith(("/", "http")) and is_address(value)]
    address = addresses[0] if len(addresses) == 1 else None
    return address, [value for value in strings if value != address]


def _fitting(named: Mapping[str, Any], pattern: re.Pattern[str]) -> Iterator[str]:
    """The strings under names that fit, those with the plainest names first."""
    for name in sorted((str(name) for name in named), key=len):
        value = named[name]
        lower = name.lower().replace("_", "")
        if isinstance(value, str) and value.strip() and pattern.search(lower) and not _NEITHER.search(lower):
            yield value.strip()


def _row(items: list[Any], whole: Whole) -> Iterator[Link]:
    """A record without names: some strings, one of them an address."""
    strings = [item for item in items if isinstance(item, str)]
    addresses = [item for item in strings if is_address(item)]
    words = [item for item in strings if len(item) > 3 and not is_address(item)]
    if len(addresses) == 1 and words and (found := whole(addresses[0])) is not None:
        yield Link(found, _plain(max(words, key=len)))


def _keyed(data: Mapping[str, Any], whole: Whole) -> Iterator[Link]:
    """Titles under their addresses: {"/c/1.html": "2023年 …"}."""
    for name, value in data.items():
        if isinstance(value, str) and "/" in str(name) and is_address(str(name)) and (found := whole(str(name))):
            yield Link(found, _plain(value))


def _side_by_side(data: Mapping[str, Any], whole: Whole) -> Iterator[Link]:
    """Titles in one list, their addresses in another."""
    lists = [value for value in data.values() if isinstance(value, list) and value and isinstance(value[0], str)]
    for addresses in lists:
        if not all(isinstance(one, str) and is_address(one) for one in addresses):
            continue
        for titles in lists:
            if titles is not addresses and len(titles) == len(addresses):
                pairs = zip(titles, addresses, strict=True)
                yield from (Link(url, _plain(str(title))) for title, one in pairs if (url := whole(one)) is not None)


def _packed(text: str, whole: Whole, depth: int) -> Iterator[Link]:
    """Links in a string: a piece of HTML, plain or escaped, or JSON once more."""
    if "&lt;a" in text:
        text = unescape(text)
    if "<a " in text or "<A " in text:
        yield from links_in(text, whole)
    elif text.lstrip().startswith(("{", "[")):
        try:
            yield from links_in_data(json.loads(text), whole, depth + 1)
        except ValueError:
            return
    else:
        for row in _LINES.split(text):
            yield from _row([part.strip() for part in _PARTS.split(row)], whole)


def _plain(text: str) -> str:
    return compact(unescape(re.sub(r"<[^>]+>", "", text)))
