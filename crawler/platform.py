"""The CMS families: which one an address belongs to, and where its lists must then be (platforms.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.address import house
from crawler.counting import names
from crawler.page import Page
from crawler.page_links import Interface
from crawler.vocabulary import vocabulary

FIRST_YEAR = 2008
"""The year of the first reports (条例, in force since 1 May 2008)."""

MOST_ENDPOINTS = 5
"""Interfaces tried for one page that shows no list itself."""

MOST_ASKED = 60
"""Requests to one of them."""

MOST_SCRIPTS = 3
"""Scripts of its own that are read for such a page."""

# Scripts that come with every site and fill no list.
_LIBRARY = re.compile(
    r"(?i)(jquery|bootstrap|layui|layer|swiper|echarts|vue(\.min)?\.js|angular|zepto|lodash|underscore|moment|element-?ui|vendors?[.~]|ztree|axios|laydate|superslide|html5|respond|share|count|stat|hm\.js|pinyin|polyfill|slide|flash|barrier|wza|jweixin|gov\.js|modernizr)"
)
_MORE = re.compile(
    r"(?i)(list|more|page|proxy|record|column|article|info(?!rm)|block|datas?\.|query)|(^|\D)([2-9]|[1-9]\d)(\.\w+)?$"
)
# Interfaces that fill nothing: they count, watch or check who reads.
_COUNTER = re.compile(
    r"(?i)(hits?|clicks?|visits?|counter|count|pv|uv|readnum|browse|captcha|verifycode|weather|login|track|token|stat)(\.\w+)?$"
)


@dataclass(frozen=True, slots=True)
class Platform:
    """A family: how its addresses look, and templates over the groups of that pattern."""

    name: str
    article: re.Pattern[str]
    column: re.Pattern[str] | None
    lists: tuple[str, ...]
    years: str
    endpoint: str
    settings: dict[str, re.Pattern[str]]


@cache
def platforms() -> tuple[Platform, ...]:
    """Read platforms.toml, once."""
    data = tomllib.loads((files("crawler") / "platforms.toml").read_text(encoding="utf-8"))
    return tuple(
        Platform(
            name=entry["name"],
            article=re.compile(entry["article"], re.IGNORECASE),
            column=re.compile(entry["column"], re.IGNORECASE) if "column" in entry else None,
            lists=tuple(entry.get("lists", ())),
            years=entry.get("years", ""),
            endpoint=entry.get("endpoint", ""),
            settings={name: re.compile(entry[name], re.IGNORECASE) for name in ("col", "sid") if name in entry},
        )
        for entry in data["platform"]
    )


def recognise(url: str) -> tuple[Platform, dict[str, str]] | None:
    """The platform of an article's or a column's address, and the parts of the address that it names."""
    for platform in platforms():
        for pattern in (platform.article, platform.column):
            if pattern is not None and (match := pattern.search(url)):
                return platform, {name: part or "" for name, part in match.groupdict().items()}
    return None


def lists_of(url: str) -> tuple[str, ...]:
    """Where the list must be that a report's address belongs to."""
    found = recognise(url)
    if found is None or not found[0].article.search(url):
        return ()
    platform, parts = found
    return tuple(template.format(**parts) for template in platform.lists)


def years_of(url: str, this_year: int) -> tuple[str, ...]:
    """The neighbours of an address that shows one year at a time: two on each side, as a year may be missing."""
    found = recognise(url)
    if found is None or not found[0].years:
        return ()
    platform, parts = found
    shown = int(parts["year"])
    near = (shown + 1, shown - 1, shown + 2, shown - 2)
    possible = [year for year in near if FIRST_YEAR <= year <= this_year]
    return tuple(platform.years.format(**(parts | {"year": str(year)})) for year in possible)


def endpoints_of(page: Page) -> tuple[Interface, ...]:
    """The interfaces that fill a page: its platform's, else whatever its scripts would ask."""
    own = platform_endpoint(page)
    if own is not None:
        return (own,)
    asked = [one for one in page.asked if not counts_readers(one)]
    # Where nothing else is asked, more may be behind what sounds like a counter: a token for the list.
    unique = {(one.url, one.form): one for one in asked or page.asked}
    return few(unique.values())


def counts_readers(interface: Interface) -> bool:
    """Whether an interface sounds as if it filled nothing."""
    return _COUNTER.search(urlsplit(interface.url).path) is not None


def few(asked: Iterable[Interface]) -> tuple[Interface, ...]:
    """The requests to the first few interfaces: one interface may be asked for each year, or for each body."""
    paths: dict[str, list[Interface]] = {}
    for one in asked:
        paths.setdefault(urlsplit(one.url).path, []).append(one)
    return tuple(one for path in list(paths.values())[:MOST_ENDPOINTS] for one in path[:MOST_ASKED])


def platform_endpoint(page: Page) -> Interface | None:
    """The interface from which a page's platform fills the column of the reports, if the page names that column."""
    found = recognise(page.url)
    if found is not None and found[0].endpoint:
        platform, parts = found
        for name, pattern in platform.settings.items():
            match = pattern.search(page.scripts)
            parts[name] = match.group(1) if match else ""
        parts["col"] = urlsplit(page.url).fragment or parts["col"] or column_in(page.data)
        if parts["col"]:
            return Interface(platform.endpoint.format(**parts).removesuffix("&sid="))
    return None


def goes_on(interface: Interface) -> bool:
    """Whether an interface sounds as if it held more of a list, so that a list that shows something asks it too."""
    parts = urlsplit(interface.url)
    fields = parse_qsl(f"{parts.query}&{interface.form}")
    counts = any(names().page.match(name) or names().offset.match(name) for name, _ in fields)
    return counts or _MORE.search(parts.path.rpartition("/")[2]) is not None


def scripts_of(page: Page) -> tuple[str, ...]:
    """The scripts of the page's own host that may name what fills it: not libraries, the last ones first."""
    own = [
        url
        for url in page.scene.files
        if url and house(url) == house(page.url) and not _LIBRARY.search(url.rpartition("/")[2])
    ]
    return tuple(dict.fromkeys(reversed(own)))[:MOST_SCRIPTS]


def column_in(data: Any, depth: int = 0) -> str:
    """The id of the node of a site's tree that is called like the column of the reports."""
    if isinstance(data, list):
        return next((found for one in data if (found := column_in(one, depth + 1))), "")
    if not isinstance(data, Mapping) or depth > 12:
        return ""
    called = [value for value in data.values() if isinstance(value, str) and vocabulary().column.search(value)]
    numbers = [str(data[name]) for name in ("id", "column_id", "columnId", "catalog_id", "cid") if data.get(name)]
    if called and numbers:
        return numbers[0]
    return next((found for one in data.values() if (found := column_in(one, depth + 1))), "")
