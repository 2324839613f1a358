"""How an interface's list goes on: the request behind the one that was just answered.

A small function for each manner; which names mean what is data (paging.toml).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.address import absolute
from crawler.counting import names
from crawler.tally import counts_of, declared, mark_of


@dataclass(frozen=True, slots=True)
class Next:
    """Where a list goes on: an address, and the body of a POST or ``""``."""

    url: str
    form: str = ""


def advance(url: str, form: str, data: Any, found: int) -> Next | None:
    """The request behind one that was answered with ``data``, in which ``found`` records were; None at the end."""
    if not found:
        return None
    further = _further(url, data)
    if further is not None:
        return further
    if form.startswith(("{", "[")):
        return _in_json(url, form, data, found)
    if form and (moved := _moved_query(form, data, found)):
        return Next(url, moved)
    parts = urlsplit(url)
    moved = _moved_query(parts.query, data, found) or _unstated(parts.path, parts.query, data, found)
    if parts.query and moved:
        return Next(urlunsplit((*parts[:3], moved, "")), form)
    return _in_path(url, form, data, found)


def _moved_query(query: str, data: Any, found: int) -> str:
    fields = parse_qsl(query, keep_blank_values=True)
    moved = _moved(dict(fields), data, found)
    for name, value in fields:
        # jpaas: paramJson={"pageNo":1,"pageSize":15} among the others.
        inner = _in_json("", value, data, found) if not moved and value.startswith("{") else None
        moved = {name: inner.form} if inner else moved
    fields += [(name, "") for name in moved if name not in dict(fields)]
    return urlencode([(name, moved.get(name, value)) for name, value in fields]) if moved else ""


def _unstated(path: str, query: str, data: Any, found: int) -> str:
    """The second part's query of an interface whose first part's names no page; nothing where that was all."""
    total = declared(data)
    if total is not None and total <= found:
        return ""
    fields = dict(parse_qsl(query, keep_blank_values=True))
    for address, name, value in names().unstated:
        if address.search(path) and name not in fields:
            return urlencode(fields | {name: value.replace("SIZE", str(found))})
    return ""


def _further(url: str, data: Any) -> Next | None:
    """An answer that names the next one's address."""
    if not isinstance(data, Mapping):
        return None
    for name, value in data.items():
        if names().next.match(str(name)):
            named = value.get("href") or value.get("url") if isinstance(value, Mapping) else value
            if isinstance(named, str) and named.startswith(("/", "http", "?")):
                address = absolute(named, url)
                return None if address is None else Next(address)
        if isinstance(value, Mapping) and (inner := _further(url, value)):
            return inner
    return None


@dataclass(frozen=True, slots=True)
class _Extent:
    """A list's length in records and in pages, as far as it says so, and its records at a time (``found``: now)."""

    total: int | None
    pages: int | None
    size: int
    found: int

    @classmethod
    def of(cls, values: Mapping[str, Any], data: Any, found: int) -> _Extent:
        """As the request's fields and the answer's tell it."""
        counts = counts_of(data)
        size = _size(values, counts, found)
        total = next((counts[name] for name in counts if name in names().totals), None)
        pages = next((counts[name] for name in counts if name in names().pages), None)
        if pages is None and total is not None:
            pages = -(-total // size)
        return cls(total, pages, size, found)

    def ends_with_page(self, number: int) -> bool:
        """Whether no page is behind this one; a list that has a page 0 counts from there."""
        return self.pages is not None and number + (1 if number == 0 else 0) >= self.pages

    def ends_with_record(self, number: int) -> bool:
        return self.total is not None and number >= self.total


def _moved(values: Mapping[str, Any], data: Any, found: int) -> dict[str, str]:
    """The fields of a request that must change for the next part: a page, an offset, a range or a mark."""
    extent = _Extent.of(values, data, found)
    for manner in (_next_range(values, extent), _next_mark(values, data), _next_number(values, extent)):
        if manner is not None:
            return manner
    return {}


def _next_range(values: Mapping[str, Any], extent: _Extent) -> dict[str, str] | None:
    """The records behind a range; nothing at the end, None where no range was asked for."""
    lower = {name.lower().replace("_", ""): name for name in values if str(values[name]).isdigit()}
    named = next((pair for pair in names().ranges if set(pair) <= lower.keys()), None)
    if named is None:
        return None
    first, last = (int(values[lower[name]]) for name in named)
    if last <= first or extent.ends_with_record(last):
        return {}
    # Counted from 0, a range ends before its last number, unless it gave that one too.
    size = last - first if first % max(extent.found, 1) == 0 and last - first == extent.found else last - first + 1
    end = last + size
    if extent.total is not None:
        end = min(end, extent.total)
    return {lower[named[0]]: str(first + size), lower[named[1]]: str(end)}


def _next_mark(values: Mapping[str, Any], data: Any) -> dict[str, str] | None:
    """The mark to go on from, as the answer gives it; nothing if it is the old one."""
    called, mark = mark_of(data) or ("", "")
    name = next((name for name in values if names().cursor.match(name)), None)
    if name is None and re.match(r"(?i)next_?\w", called):
        # nextCursor is asked for as cursor.
        bare = re.sub(r"(?i)^next_?", "", called)
        name = bare[0].lower() + bare[1:]
    if not mark or name is None:
        return None
    return {} if mark == str(values.get(name)) else {name: mark}


def _next_number(values: Mapping[str, Any], extent: _Extent) -> dict[str, str] | None:
    """The next page or offset, whichever is named first; nothing at the end."""
    for name, value in values.items():
        if not re.fullmatch(r"\d{1,7}", str(value)):
            continue
        number = int(value)
        if names().offset.match(name) or names().first_beside.get(name.lower()) in values:
            return {} if extent.ends_with_record(number + extent.found) else {name: str(number + extent.size)}
        if names().page.match(name):
            return {} if extent.ends_with_page(number) else {name: str(number + 1)}
    return None


def _size(values: Mapping[str, Any], counts: Mapping[str, int], found: int) -> int:
    asked = next(
        (int(v) for k, v in values.items() if k.lower() in names().sizes and str(v).isdigit() and int(v)), None
    )
    return asked or next((counts[name] for name in counts if name in names().sizes and counts[name]), None) or found


def _in_json(url: str, form: str, data: Any, found: int) -> Next | None:
    """A body of JSON: the field may stand at any depth."""
    try:
        body = json.loads(form)
    except ValueError:
        return None

    def step(node: Any) -> bool:
        if isinstance(node, list):
            return any(step(one) for one in node)
        if not isinstance(node, dict):
            return False
        plain = {
            name: value for name, value in node.items() if isinstance(value, (str, int)) and not isinstance(value, bool)
        }
        moved = _moved(plain, data, found)
        for name, value in moved.items():
            node[name] = int(value) if isinstance(node[name], int) else value
        return bool(moved) or any(step(one) for one in node.values())

    return Next(url, json.dumps(body, ensure_ascii=False)) if step(body) else None


def _in_path(url: str, form: str, data: Any, found: int) -> Next | None:
    """list_1.json, /page/2, /page/2/8: the page's number stands in the path."""
    parts = urlsplit(url)
    match, size = _page_in(parts.path, counts_of(data), found)
    if match is None:
        return None
    number = int(match.group())
    extent = _Extent.of({"size": size}, data, found)
    # A piece of HTML says of no end: its list is asked on until a part gives nothing.
    if (extent.pages is None and data is not None) or extent.ends_with_page(number):
        return None
    path = parts.path[: match.start()] + str(number + 1) + parts.path[match.end() :]
    return Next(urlunsplit((*parts[:2], path, parts.query, "")), form)


def _page_in(path: str, counts: Mapping[str, int], found: int) -> tuple[re.Match[str] | None, str]:
    """The number in a path that is a page's: the one that the answer calls so, else the last that is no size.

    With it the size that stands behind it, or ``""``.
    """
    numbers = list(re.finditer(r"(?<=[_/\-])\d{1,4}(?=[/_\-]|(?:\.\w+)?$)", path))
    called = _named(counts, lambda name: names().page.match(name) is not None)
    if own := next((match for match in numbers if int(match.group()) in called), None):
        return own, ""
    total = max(_named(counts, names().totals.__contains__), default=0)
    for page, size in list(pairwise(numbers))[-1:]:
        if _ends(path, size) and _is_page_before_size(int(page.group()), int(size.group()), found, total):
            return page, size.group()
    sizes = _named(counts, names().sizes.__contains__)
    return next((match for match in numbers if _ends(path, match) and int(match.group()) not in sizes), None), ""


def _named(counts: Mapping[str, int], called: Callable[[str], bool]) -> set[int]:
    return {number for name, number in counts.items() if called(name)}


def _ends(path: str, number: re.Match[str]) -> bool:
    return re.fullmatch(r"(\.\w+)?", path[number.end() :]) is not None


def _is_page_before_size(page: int, size: int, found: int, total: int) -> bool:
    """/list/7/1/4: the first parts are full, the last ends with the list."""
    return page < size and (size == found or (page - 1) * size + found == total)
