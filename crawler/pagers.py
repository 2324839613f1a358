"""Pagers that are calls in a page's script: what createPageHTML and its kin were told, and jpage.

A function for each manner; which names mean what is data (paging.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from crawler.address import absolute
from crawler.counting import names
from crawler.page import Page
from crawler.paging import Next
from crawler.tally import outgrows, tells_pages

MOST_PAGES = 500
"""A pager that speaks of more is not believed."""

_ENDING = re.compile(r"(?i)^(s?html?|jsp|php|aspx?)$")
_UNIT = re.compile(r"(?i)(?:^|&)(?:unit|column)_?id=")
_CURRENT = re.compile(r"(?i)cur|index|now")
_PAGES = re.compile(r"(?i)count|total|pages|num")


def pagers(page: Page) -> Iterator[Next]:
    """Where a list goes on whose pager is a call: createPageHTML and its kin, jpage."""
    for name, arguments in page.calls:
        last = name.rpartition(".")[2]
        if names().pager.search(last) or _names_own_file(page.url, arguments):
            yield from _numbered_files(page, arguments, from_zero=names().from_zero.search(last) is not None)
    for options in _told(page):
        yield from _own_files(page, options)
    for store in stores(page):
        yield from _data_store(page, store)


def _told(page: Page) -> Iterator[Mapping[str, Any]]:
    """What a pager may be told without being called with it: a variable's fields, or fields that are set one by one."""
    yield from (one for one in page.data.values() if isinstance(one, Mapping))
    owners: dict[str, dict[str, Any]] = {}
    for name, arguments in page.calls:
        owner, _, field = name.rpartition(".")
        if field.startswith("set") and len(arguments) == 1:
            owners.setdefault(owner, {})[field.removeprefix("set")] = arguments[0]
    yield from owners.values()


def owes_pages(page: Page) -> bool:
    """Whether a page's own code says that its list has several pages, and that this is one of the first."""
    called = (one for _, arguments in page.calls for one in arguments if isinstance(one, Mapping))
    return any(tells_pages(options) for options in (page.data, *_told(page))) or any(map(outgrows, called))


def _own_files(page: Page, options: Mapping[str, Any]) -> Iterator[Next]:
    """The next page's file, where a pager is told the file's name; its number tells whether the first is called 0."""
    if _names_own_file(page.url, (options,)):
        shown = re.search(r"_(\d+)\.\w+$", urlsplit(page.url).path)
        number = int(shown.group(1)) if shown else 0
        yield from _numbered_files(page, (options,), from_zero=number == _Pager.of((options,)).current)


def stores(page: Page) -> Iterator[Mapping[str, Any]]:
    """大汉 jpage: what a call, or a variable, says of the records that the page does not show, and where they are."""
    given = [one for name, arguments in page.calls for one in arguments]
    found = (one for one in (*given, *page.data.values()) if isinstance(one, Mapping) and _is_store(one))
    # A store may be told to its pager above the records and to the one below.
    yield from {repr(sorted(map(repr, one.items()))): one for one in found}.values()


def _is_store(options: Mapping[str, Any]) -> bool:
    return any(str(name).lower() == "proxyurl" for name in options)


def _names_own_file(url: str, arguments: tuple[Any, ...]) -> bool:
    """Whether a call, whatever it is called, is told a count of pages with the name and ending of its page's file."""
    pager = _Pager.of(arguments)
    own = urlsplit(url).path.rpartition("/")[2] or "index.html"
    stem = re.sub(r"_\d+$", "", own.partition(".")[0])
    return (
        pager.pages is not None
        and len(pager.words) > 1
        and stem in pager.words
        and _ENDING.match(pager.words[1]) is not None
    )


def page_count(page: Page) -> int | None:
    """How many pages a list has, as its pager was told."""
    for name, arguments in page.calls:
        if names().pager.search(name.rpartition(".")[2]):
            return _Pager.of(arguments).pages
    return None


@dataclass(frozen=True, slots=True)
class _Pager:
    """What a pager was told: its pages, the current one, the file's name and ending, whether a box was named first."""

    pages: int | None
    current: int
    words: list[str]
    boxed: bool = False

    @classmethod
    def of(cls, arguments: tuple[Any, ...]) -> _Pager:
        """By name, in one object, or by place: (box,) pages, current, name, ending."""
        if arguments and isinstance(arguments[0], Mapping):
            return cls._by_name(arguments[0])
        boxed = bool(arguments) and isinstance(arguments[0], str) and not arguments[0].isdigit()
        rest = arguments[1:] if boxed else arguments
        numbers = [int(one) for one in rest[:2] if _is_number(one)]
        words = _words(rest[len(numbers) : len(numbers) + 2])
        return cls(numbers[0], numbers[1], words, boxed) if len(numbers) == 2 else cls(None, 0, words, boxed)

    @classmethod
    def _by_name(cls, options: Mapping[str, Any]) -> _Pager:
        numbers = {str(name): value for name, value in options.items() if _is_number(value)}
        current = next((numbers[name] for name in numbers if _CURRENT.search(name)), 0)
        others = [numbers[name] for name in numbers if not _CURRENT.search(name)]
        # Of two numbers the one that is not the current page is their count: Pager({size: 3, current: 0, …}).
        alone = others[0] if len(others) == 1 < len(numbers) else None
        pages = next((numbers[name] for name in numbers if _PAGES.search(name)), alone)
        return cls(None if pages is None else int(pages), int(current), _words(options.values()))


def _words(values: Iterable[Any]) -> list[str]:
    return [one for one in values if isinstance(one, str) and re.fullmatch(r"[\w\-]+", one)]


def _numbered_files(page: Page, arguments: tuple[Any, ...], *, from_zero: bool) -> Iterator[Next]:
    """拓尔思: index.html is page 0, index_1.html the next. The variant that first names its box, and others, from 1."""
    pager = _Pager.of(arguments)
    behind = pager.current + (1 if from_zero and not pager.boxed else 0)
    if pager.pages is None or pager.pages > MOST_PAGES or behind >= pager.pages:
        return
    ending = re.search(r"\.(s?html?|jsp|php|aspx)$", urlsplit(page.url).path)
    stem = pager.words[0] if pager.words else _stem(page.url, pager.current)
    suffix = pager.words[1] if len(pager.words) > 1 else ending.group(1) if ending else "html"
    for number in sorted(_further(page.url, pager)):
        url = absolute(f"{stem}_{number}.{suffix}", page.url)
        if url is not None:
            yield Next(url)


def _further(url: str, pager: _Pager) -> set[int]:
    """The numbers that the next page's file may have."""
    if not pager.boxed:
        return {pager.current + 1}
    # Counted from 1, the second page may be _1 or _2: its own name tells, once there is one.
    shown = re.search(r"_(\d+)\.\w+$", urlsplit(url).path)
    return {int(shown.group(1)) + 1} if shown else {pager.current, pager.current + 1}


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
    fields = next(filter(_names_unit, given.values()), "")
    form = (
        urlencode({name: value for name, value in fields.items() if value is not None})
        if isinstance(fields, Mapping)
        else str(fields)
    )
    shown = int(given.get("endrecord") or size)
    if shown < total:
        last = min(shown + 3 * size, total)
        yield Next(f"{address}?startrecord={shown + 1}&endrecord={last}&perpage={size}", form)


def _names_unit(value: Any) -> bool:
    """Whether an option, whatever it is called, holds the fields with which a store is asked for its records."""
    if isinstance(value, Mapping):
        return any(_UNIT.match(f"{name}=") for name in value)
    return isinstance(value, str) and _UNIT.search(value) is not None


def _is_number(value: Any) -> bool:
    return (isinstance(value, (int, float)) and not isinstance(value, bool)) or (
        isinstance(value, str) and value.isdigit()
    )
