"""Lists that are no pages: JSON of a list API, XML of a data store, a site map or a feed.

Every system names its fields differently, so a record is whatever object holds something that looks like a title
beside something that looks like an address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree

from corpus.text import compact
from crawler.address import absolute
from crawler.anchors import Link, links_in

_TITLES = ("title", "articletitle", "doctitle", "linktitle", "name", "subject", "maintitle", "showtitle", "bt", "text")
_ADDRESSES = (
    "url",
    "link",
    "href",
    "staticurl",
    "docpuburl",
    "linkurl",
    "puburl",
    "path",
    "weburl",
    "articleurl",
    "fileurl",
)
_PAGES = ("pages", "pagecount", "totalpage", "totalpages", "pagetotal", "total_page", "total_pages")
_TOTALS = ("total", "totalcount", "totalrecord", "totalrecords", "count", "totalsize", "recordcount", "total_count")
_SIZES = ("pagesize", "size", "rows", "perpage", "limit", "per_page", "page_size", "pernum")
_LISTS = ("<?xml", "<urlset", "<sitemapindex", "<rss", "<feed", "<datastore", "<recordset")
_PAGE_PARAMETER = re.compile(
    r"(?i)^(page|pageno|pagenum|pageindex|currentpage|currpage|curpage|p|pn|page_no|pagenumber|current)$"
)


@dataclass(frozen=True, slots=True)
class Records:
    """The links of a list, and the address of its next part if it tells or implies one."""

    links: tuple[Link, ...]
    next: str | None


def read_records(text: str, declared: str, url: str) -> Records | None:
    """The records of an answer that is a list and no page; None for a page."""
    head = text[:300].lstrip("\ufeff \r\n\t").lower()
    if head.startswith(("{", "[")) or "json" in declared or (declared.endswith("javascript") and "(" in head):
        return read_json(text, url)
    is_page = "<html" in head or "<!doctype html" in head
    return read_xml(text, url) if head.startswith(_LISTS) and not is_page else None


def read_json(text: str, url: str) -> Records | None:
    """The records of a JSON answer (JSONP too); None if it is no JSON."""
    body = text.strip().removeprefix("\ufeff")
    wrapped = re.match(r"^[\w$.]+\((.*)\)\s*;?$", body, re.DOTALL)
    try:
        data = json.loads(wrapped.group(1) if wrapped else body)
    except ValueError:
        return None
    links = tuple({link.url: link for link in _walk(data, url)}.values())
    return Records(links, _next_page(data, url, len(links)))


def read_xml(text: str, url: str) -> Records:
    """The records of a site map, a feed or a data store."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(text.encode() or b"<empty/>", parser)
    links: dict[str, Link] = {}
    for element in root.iter() if len(root) else ():
        name = etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
        content = (element.text or "").strip()
        if name == "loc" and (found := absolute(content, url)):
            links[found] = Link(found, "")
        elif name in {"item", "entry"}:
            title = compact("".join(element.xpath("*[local-name()='title']//text()")))
            address = "".join(element.xpath("*[local-name()='link']/text()|*[local-name()='link']/@href")).strip()
            if found := absolute(address, url):
                links[found] = Link(found, title)
        elif "<a" in content:
            links |= {link.url: link for link in links_in(content, url)}
    return Records(tuple(links.values()), None)


def with_parameters(url: str, **changes: str) -> str:
    """An address with some parameters of its query set anew."""
    parts = urlsplit(url)
    pairs = [(name, changes.pop(name, value)) for name, value in parse_qsl(parts.query, keep_blank_values=True)]
    return urlunsplit((*parts[:3], urlencode([*pairs, *changes.items()]), ""))


def _walk(data: Any, url: str) -> Iterator[Link]:
    if isinstance(data, list):
        for item in data:
            yield from _walk(item, url)
    elif isinstance(data, dict):
        lower = {str(name).lower(): value for name, value in data.items()}
        title = next((lower[name] for name in _TITLES if isinstance(lower.get(name), str)), "")
        address = next((lower[name] for name in _ADDRESSES if isinstance(lower.get(name), str) and lower[name]), "")
        if address and (found := absolute(address, url)) is not None:
            yield Link(found, compact(re.sub(r"<[^>]+>", "", title)))
        for value in data.values():
            yield from _walk(value, url)
    elif isinstance(data, str) and "<a " in data:
        yield from links_in(data, url)


def _next_page(data: Any, url: str, found: int) -> str | None:
    """The same address with the page number one up, while the counts (or a full page) say there is more."""
    query = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    name = next((name for name in query if _PAGE_PARAMETER.match(name) and query[name].isdigit()), None)
    if name is None or not found:
        return None
    page = int(query[name])
    counts = dict(_numbers(data))
    pages = next((counts[key] for key in _PAGES if key in counts), None)
    if pages is None:
        total = next((counts[key] for key in _TOTALS if key in counts), None)
        size = next((counts[key] for key in _SIZES if counts.get(key)), None) or next(
            (int(value) for key, value in query.items() if key.lower() in _SIZES and value.isdigit() and int(value)),
            found,
        )
        if total is None:
            return with_parameters(url, **{name: str(page + 1)})
        pages = -(-total // size)
    first = 0 if page == 0 else 1
    return with_parameters(url, **{name: str(page + 1)}) if page - first + 1 < pages else None


def _numbers(data: Any) -> Iterator[tuple[str, int]]:
    if not isinstance(data, dict):
        return
    for name, value in data.items():
        if isinstance(value, int) and not isinstance(value, bool):
            yield str(name).lower(), value
        elif isinstance(value, str) and value.isdigit() and len(value) < 9:
            yield str(name).lower(), int(value)
        elif isinstance(value, dict):
            yield from _numbers(value)
