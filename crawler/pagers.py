"""Pagers that are calls in a page's script: what createPageHTML and its kin were told, and jpage.

A function for each manner; which names mean what is data (paging.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from crawler.address import absolute
from crawler.page import Page
from crawler.paging import Next, names

MOST_PAGES = 500
"""A pager that speaks of more is not believed."""


def pagers(page: Page) -> Iterator[Next]:
    """Where a list goes on whose pager is a call: createPageHTML and its kin, jpage."""
    for name, arguments in page.calls:
        last = name.rpartition(".")[2]
        if names().pager.search(last):
            yield from _numbered_files(page, arguments)
        elif names().store.search(last) and arguments and isinstance(arguments[0], Mapping):
            yield from _data_store(page, arguments[0])


def page_count(page: Page) -> int | None:
    """How many pages a list has, as its pager was told."""
    for name, arguments in page.calls:
        if names().pager.search(name.rpartition(".")[2]):
            return _pages_and_current(arguments)[0]
    return None


def _numbered_files(page: Page, arguments: tuple[Any, ...]) -> Iterator[Next]:
    """拓尔思: index.html is page 0, index_1.html the next. The variant that first names its box counts from 1."""
    pages, current, words, boxed = _pages_and_current(arguments)
    if pages is None or pages > MOST_PAGES or current + (0 if boxed else 1) >= pages:
        return
    ending = re.search(r"\.(s?html?|jsp|php|aspx)$", urlsplit(page.url).path)
    stem = words[0] if words else _stem(page.url, current)
    suffix = words[1] if len(words) > 1 else ending.group(1) if ending else "html"
    # Counted from 1, the second page may be _1 or _2: its own name tells, once there is one.
    shown = re.search(r"_(\d+)\.\w+$", urlsplit(page.url).path) if boxed else None
    further = {current + 1} if not boxed else {int(shown.group(1)) + 1} if shown else {current, current + 1}
    for number in sorted(further):
        url = absolute(f"{stem}_{number}.{suffix}", page.url)
        if url is not None:
            yield Next(url)


def _pages_and_current(arguments: tuple[Any, ...]) -> tuple[int | None, int, list[str], bool]:
    """Pages, the current one, the file's name and ending, and whether a box was named first."""
    if arguments and isinstance(arguments[0], Mapping):
        values = list(arguments[0].values())
        current = next(
            (v for k, v in arguments[0].items() if re.search(r"(?i)cur|index|now", str(k)) and _is_number(v)), 0
        )
        pages = next(
            (v for k, v in arguments[0].items() if re.search(r"(?i)count|total|pages|num", str(k)) and _is_number(v)),
            None,
        )
        words = [v for v in values if isinstance(v, str) and re.fullmatch(r"[\w\-]+", v)]
        return (None if pages is None else int(pages)), int(current), words, False
    boxed = bool(arguments) and isinstance(arguments[0], str) and not arguments[0].isdigit()
    rest = arguments[1:] if boxed else arguments
    numbers = [int(one) for one in rest[:2] if _is_number(one)]
    words = [
        one for one in rest[len(numbers) : len(numbers) + 2] if isinstance(one, str) and re.fullmatch(r"[\w\-]+", one)
    ]
    if len(numbers) < 2:
        return None, 0, words, boxed
    return numbers[0], numbers[1], words, boxed


def _stem(url: str, current: int) -> str:
    last = urlsplit(url).path.rpartition("/")[2].partition(".")[0]
    return (last.removesuffix(f"_{current}") if current else last) or "index"


def _data_store(page: Page, options: Mapping[str, Any]) -> Iterator[Next]:
    """大汉 jpage: the first records stand in the page, the others are asked for in batches of three pages (45)."""
    given = {str(name).lower(): value for name, value in options.items()}
    address = absolute(str(given.get("proxyurl") or "").partition("?")[0], page.url)
    total, size = int(given.get("totalrecord") or 0), int(given.get("perpage") or 15)
    if address is None or not total:
        return
    fields = given.get("proxyparam") or {}
    form = (
        urlencode({name: value for name, value in fields.items() if value is not None})
        if isinstance(fields, Mapping)
        else ""
    )
    start = size
    if start < total:
        last = min(start + 3 * size, total)
        yield Next(f"{address}?startrecord={start + 1}&endrecord={last}&perpage={size}", form)


def _is_number(value: Any) -> bool:
    return (isinstance(value, (int, float)) and not isinstance(value, bool)) or (
        isinstance(value, str) and value.isdigit()
    )
