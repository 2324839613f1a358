"""The fields with which lists count: which names mean a page, a first record, a size, a total (paging.toml)."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.address import REMEMBERED


@dataclass(frozen=True, slots=True)
class Names:
    """paging.toml, compiled: which fields count pages, which records, which hold a mark to go on from."""

    page: re.Pattern[str]
    offset: re.Pattern[str]
    first_beside: Mapping[str, str]
    cursor: re.Pattern[str]
    ranges: tuple[tuple[str, str], ...]
    next: re.Pattern[str]
    pages: frozenset[str]
    totals: frozenset[str]
    sizes: frozenset[str]
    pager: re.Pattern[str]
    from_zero: re.Pattern[str]
    store: re.Pattern[str]
    unstated: tuple[tuple[re.Pattern[str], str, str], ...]


@cache
def names() -> Names:
    """Read paging.toml, once."""
    data = tomllib.loads((files("crawler") / "paging.toml").read_text(encoding="utf-8"))

    def pattern(name: str) -> re.Pattern[str]:
        return re.compile(data[name], re.IGNORECASE)

    return Names(
        page=pattern("page"),
        offset=pattern("offset"),
        first_beside=data["first_beside"],
        cursor=pattern("cursor"),
        ranges=tuple((first, last) for first, last in data["ranges"]),
        next=pattern("next"),
        pages=frozenset(data["pages"]),
        totals=frozenset(data["totals"]),
        sizes=frozenset(data["sizes"]),
        pager=pattern("pager"),
        from_zero=pattern("from_zero"),
        store=pattern("store"),
        unstated=tuple((re.compile(one["address"]), one["field"], one["value"]) for one in data["unstated"]),
    )


def counts(query: str) -> bool:
    """Whether a query names a page, or a first record, by its number."""
    fields = parse_qsl(query)
    return any(value.isdigit() and (names().page.match(name) or names().offset.match(name)) for name, value in fields)


def counts_on(url: str, form: str) -> bool:
    """Whether a request names a page, or a first record, that is not the first."""
    fields = dict(parse_qsl(f"{urlsplit(url).query}&{form}", keep_blank_values=True))
    if form.startswith("{"):
        fields |= {name: str(value) for name, value in _plain_fields(form)}
    return any(
        (names().page.match(name) and value.isdigit() and int(value) > 1)
        or (names().offset.match(name) and value.isdigit() and int(value) > 0)
        for name, value in fields.items()
    )


def follows(url: str, origin: str) -> bool:
    """Whether an address is its page's own but for a page's number, which is the next: /nb/ and /nb/index_2.html."""
    here, there = urlsplit(origin), urlsplit(url)
    if here.netloc != there.netloc:
        return False
    if here.path == there.path:
        own, other = dict(parse_qsl(here.query)), dict(parse_qsl(there.query))
        page = next((name for name in other if names().page.match(name) and other[name] != own.get(name)), None)
        # 拓尔思 WAS tells its second part how long parts are, besides: ?channelid=7, ?page=2&channelid=7&perpage=10.
        if page is None or not _next(own.get(page), other[page]):
            return False
        said = {name: value for name, value in other.items() if name in own or not _measures(name)}
        return own | {page: ""} == said | {page: ""}
    (stem, number, ending), (other_stem, other_number, other_ending) = _numbered(here.path), _numbered(there.path)
    alike = (stem, here.query) == (other_stem, there.query) and ending in {"", other_ending}
    return alike and other_number is not None and _next(number, other_number)


def _measures(name: str) -> bool:
    """Whether a field speaks of a list's extent: how long it is, or its parts are."""
    plain = name.lower().replace("_", "")
    return "page" in plain or plain in names().sizes | names().totals


def numbered_on(url: str, origin: str) -> bool:
    """Whether an address is a file named by the next number alone: 1.aspx and 2.aspx, nb.htm and nb/2.htm.

    Reports are called so, too: it says something only of a link that nothing else is said of, an arrow.
    """
    here, there = urlsplit(origin), urlsplit(url)
    folder, number, ending = _bare(there.path)
    own_folder, own_number, own_ending = _bare(here.path)
    own = here.path.removesuffix(own_ending)
    beside = own_number is not None and folder == own_folder and _next(own_number, number or "")
    below = folder in {own, own_folder} and number == "2"
    return here.netloc == there.netloc and own_ending in {"", ending} and number is not None and (beside or below)


def stands_beside(url: str, origin: str) -> bool:
    """Whether an address is a file named by a number alone, in the folder of its page or in one called as the page."""
    here, there = urlsplit(origin), urlsplit(url)
    folder, number, _ = _bare(there.path)
    own_folder, _, own_ending = _bare(here.path)
    return (
        here.netloc == there.netloc
        and number is not None
        and folder in {own_folder, here.path.removesuffix(own_ending)}
    )


def _bare(path: str) -> tuple[str, str | None, str]:
    """A path's folder, the number that is all of its file's name, and its ending."""
    folder, _, last = path.rpartition("/")
    name, dot, ending = last.partition(".")
    return folder, name if re.fullmatch(r"\d{1,3}", name) else None, dot + ending


@lru_cache(REMEMBERED)
def _numbered(path: str) -> tuple[str, str | None, str]:
    """A path's stem, its page's number and its ending; a folder's page is its index."""
    folder, _, last = path.rpartition("/")
    match = re.fullmatch(r"(.*?)(?:[_\-](\d{1,3}))?(\.\w+)?", last)
    name, number, ending = match.groups() if match else (last, None, "")
    return f"{folder}/{name or 'index'}", number, ending or ""


def _next(number: str | None, other: str) -> bool:
    """Whether a page's number is the next; a first page without one may be called 0 or 1."""
    return other.isdigit() and int(other) in ({int(number) + 1} if number and number.isdigit() else {1, 2})


def _plain_fields(form: str) -> Iterator[tuple[str, Any]]:
    """The fields of a body of JSON, at any depth."""
    try:
        nodes = [json.loads(form)]
    except ValueError:
        return
    while nodes:
        node = nodes.pop()
        nodes += node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        yield from node.items() if isinstance(node, dict) else ()
