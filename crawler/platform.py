"""The CMS families: which one an address belongs to, and where its lists must then be (platforms.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from crawler.address import absolute
from crawler.page import Page
from crawler.script import interfaces

FIRST_YEAR = 2008
"""The year of the first reports (条例, in force since 1 May 2008)."""

MOST_ENDPOINTS = 5
"""Interfaces tried for one page that shows no list itself."""

_CREATE_PAGE = re.compile(
    r"""createPage(?:HTML|Html|html)?\s*\(\s*(?P<box>['"][^'"]*['"]\s*,\s*)?(?P<pages>\d+)\s*,\s*(?P<current>\d+)"""
    r"""\s*(?:,\s*["'](?P<name>[\w\-]+)["']\s*,\s*["'](?P<suffix>\w+)["'])?"""
)
_DATA_FILE = re.compile(r"(?i)/[^/]*(data|list|record|item|news|nb|json)[^/]*\.js(\?|$)")
_DATAPROXY = re.compile(r"""["'(]([^"'()\s]*dataproxy\.jsp[^"'()\s]*)""")
_DATAPROXY_FIELDS = (
    "col",
    "appid",
    "webid",
    "path",
    "columnid",
    "sourceContentType",
    "unitid",
    "webname",
    "permissiontype",
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


@dataclass(frozen=True, slots=True)
class Next:
    """Where a list goes on: an address, and the body of a POST or ``""``."""

    url: str
    form: str = ""


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


def endpoints_of(page: Page) -> tuple[str, ...]:
    """The list interfaces that a page's script would ask: its platform's, else whatever its script names."""
    found = recognise(page.url)
    if found is not None and found[0].endpoint:
        platform, parts = found
        for name, pattern in platform.settings.items():
            match = pattern.search(page.scripts)
            parts[name] = match.group(1) if match else ""
        parts["col"] = urlsplit(page.url).fragment or parts["col"]
        if parts["col"]:
            return (platform.endpoint.format(**parts).removesuffix("&sid="),)
    named = [absolute(address, page.url) for address in interfaces(page.scripts)]
    files = [url for url in page.script_files if _DATA_FILE.search(url)]
    return tuple(dict.fromkeys(address for address in (*named, *files) if address is not None))[:MOST_ENDPOINTS]


def next_of(page: Page) -> Next | None:
    """Where a list goes on that says so only in a script: createPageHTML, jpage."""
    return _create_page(page) or _jpage(page)


def after_jpage(url: str, form: str, total: int) -> Next | None:
    """The batch of jpage records behind the one that an address asked for."""
    match = re.search(r"startrecord=(\d+)&endrecord=(\d+)", url)
    if match is None:
        return None
    first, last = int(match.group(1)), int(match.group(2))
    if last >= total:
        return None
    size = last - first + 1
    behind = f"startrecord={last + 1}&endrecord={min(last + size, total)}"
    return Next(url[: match.start()] + behind + url[match.end() :], form)


def jpage_total(text: str) -> int | None:
    """The count of records that a jpage script or answer declares."""
    match = re.search(r"(?i)totalrecord[\"']?\s*[:=>]\s*[\"']?(\d+)", text)
    return int(match.group(1)) if match else None


def _create_page(page: Page) -> Next | None:
    """TRS: index.html is page 0, index_1.html the next. The variant that first names its box counts from 1."""
    match = _CREATE_PAGE.search(page.scripts)
    if match is None:
        return None
    pages, current = int(match["pages"]), int(match["current"])
    if current + (0 if match["box"] else 1) >= pages:
        return None
    ending = re.search(r"\.(s?html?|jsp|php)$", page.url)
    suffix = match["suffix"] or (ending.group(1) if ending else "html")
    url = absolute(f"{match['name'] or 'index'}_{current + 1}.{suffix}", page.url)
    return None if url is None else Next(url)


def _jpage(page: Page) -> Next | None:
    """Hanweb: the first records stand in the page, the others are asked for in batches of three pages (45)."""
    proxy = _DATAPROXY.search(page.scripts)
    total = jpage_total(page.scripts)
    if proxy is None or total is None:
        return None
    size = int(_setting(page.scripts, "perpage") or 15)
    shown = page.scripts.lower().count("<record>") or size
    if shown >= total:
        return None
    address = absolute(proxy.group(1).partition("?")[0], page.url)
    if address is None:
        return None
    fields = {name: _setting(page.scripts, name) for name in _DATAPROXY_FIELDS}
    form = "&".join(f"{name}={value}" for name, value in fields.items() if value)
    last = min(shown + 3 * size, total)
    return Next(f"{address}?startrecord={shown + 1}&endrecord={last}&perpage={size}", form)


def _setting(script: str, name: str) -> str:
    match = re.search(rf"(?i)\b{name}[\"']?\s*[:=]\s*[\"']?([^\"',;&}}\s<>]*)", script)
    return match.group(1) if match else ""
