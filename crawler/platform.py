"""The CMS families: which one an address belongs to, and where its lists must then be (platforms.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crawler.address import absolute
from crawler.page import Page

FIRST_YEAR = 2008
"""The year of the first reports (条例, in force since 1 May 2008)."""

_CREATE_PAGE = re.compile(
    r"""createPage(?:HTML|Html|html)?\s*\(\s*(?:['"][^'"]*['"]\s*,\s*)?(\d+)\s*,\s*(\d+)\s*(?:,\s*["']([\w\-]+)["']\s*,\s*["'](\w+)["'])?"""
)
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
_ENDPOINT = re.compile(
    r"""["']((?:https?:)?/{0,2}[^"'\s<>]*?(?:/api/|/interface|/rest/|queryList|getList|articleList|listData|datastore|/data/|list\.json|"""
    r"""\.json|list\.xml|data\.xml)[^"'\s<>]*)["']"""
)


@dataclass(frozen=True, slots=True)
class Platform:
    """A family: how its addresses look, and templates over the groups of that pattern."""

    name: str
    article: re.Pattern[str]
    column: re.Pattern[str] | None
    lists: tuple[str, ...]
    years: str
    page: re.Pattern[str] | None
    endpoints: tuple[str, ...]


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
            page=re.compile(entry["page"], re.IGNORECASE) if "page" in entry else None,
            endpoints=tuple(entry.get("endpoints", ())),
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
    """The other years of an address that shows one year at a time, newest first."""
    found = recognise(url)
    if found is None or not found[0].years:
        return ()
    platform, parts = found
    others = (year for year in range(this_year, FIRST_YEAR - 1, -1) if str(year) != parts["year"])
    return tuple(platform.years.format(**parts | {"year": str(year)}) for year in others)


def endpoints_of(page: Page) -> tuple[str, ...]:
    """The list interfaces that a page's script would ask: its platform's, else whatever its script names."""
    found = recognise(page.url)
    if found is not None and found[0].page is not None and (match := found[0].page.search(page.scripts)):
        parts = found[1] | {name: part or "" for name, part in match.groupdict().items()}
        return tuple(template.format(**parts) for template in found[0].endpoints)
    named = (absolute(address, page.url) for address in _ENDPOINT.findall(page.scripts))
    return tuple(dict.fromkeys(address for address in named if address is not None))[:5]


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
    """TRS: index.html is page 0, index_1.html the next; the call's second argument is the current page."""
    match = _CREATE_PAGE.search(page.scripts)
    if match is None:
        return None
    pages, current = int(match.group(1)), int(match.group(2))
    if current + 1 >= pages:
        return None
    ending = re.search(r"\.(s?html?|jsp|php)$", page.url)
    name, suffix = match.group(3) or "index", match.group(4) or (ending.group(1) if ending else "html")
    url = absolute(f"{name}_{current + 1}.{suffix}", page.url)
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
