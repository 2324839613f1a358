"""SearchRequest → address on this site. The language stays in every link once the address names it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from urllib.parse import quote_plus, urlencode

from flask import has_request_context, request

from indexer.request import SearchRequest
from webui.language import explicit_language
from webui.params import LISTS, address_arguments, spelled
from webui.settings import Settings

_BEYOND_ASCII = re.compile("[\x80-\xff]")
_LONG = 600
"""Characters of a path or a value that a page repeats in its links: a search has 500 (Settings.max_words)."""
_MOST = 200
"""Parameters that it repeats."""
_ORDER = {name: place for place, name in enumerate(("q", "like", *LISTS))}
"""Parameters in the order of an address (params.address_arguments); all others follow."""


def search_address(query: SearchRequest, suffix: str = "", path: str = "/search") -> str:
    """The address of a search, ``suffix`` ``.json`` for its twin."""
    return _address(path + suffix, address_arguments(query))


class Addresses:
    """The addresses of a search, first page, with other values in one of its lists: a page of hits has a hundred.

    What stands around the list is written once. ``held`` are its values as they are.
    """

    def __init__(self, query: SearchRequest, name: str) -> None:
        self.name = name
        self.held = spelled(query, name)
        pairs = address_arguments(replace(query, page=1) if query.page > 1 else query)
        places = [_ORDER.get(each, len(_ORDER)) for each, _ in pairs]
        own = _ORDER[name]
        self._before = [_spelled(*pair) for pair, place in zip(pairs, places, strict=True) if place < own]
        self._after = [_spelled(*pair) for pair, place in zip(pairs, places, strict=True) if place > own]
        if language := explicit_language():
            self._after.append(_spelled("lang", language))
        self._path = f"{_root()}/search"

    def of(self, values: Iterable[str]) -> str:
        """The address with these values."""
        name = self.name
        asked = "&".join((*self._before, *[_spelled(name, value) for value in values], *self._after))
        return f"{self._path}?{asked}" if asked else self._path


def in_language(language: str) -> str:
    """The present address in another language."""
    pairs = [(name, value) for name, value in _repeated() if name != "lang"]
    return f"{request.script_root}{present_path()}?{urlencode([*pairs, ('lang', language)], safe=':,')}"


def twin_address() -> str:
    """The JSON twin of the present page."""
    path = present_path()
    return _with_query(f"{'/index' if path == '/' else path}.json")


def present_address() -> str:
    """The present page with what it was asked, as it is shared and printed."""
    return _with_query(present_path())


def _with_query(path: str) -> str:
    query = request.query_string.decode("ascii", "ignore")
    if len(query) > _LONG:
        query = urlencode(_repeated(), safe=":,")
    return request.script_root + path + (f"?{query}" if query else "")


def in_ascii(query: str) -> str:
    r"""A query whose bytes beyond ASCII are spelled as ``%XX``: sent as they are, some are no UTF-8 and break Flask.

    >>> in_ascii("q=\xe4\xb8\xad&x=\xff")
    'q=%E4%B8%AD&x=%FF'
    """
    return query if query.isascii() else _BEYOND_ASCII.sub(lambda sign: f"%{ord(sign[0]):02X}", query)


def present_path() -> str:
    """The present path; that of a page which cannot be ours is not repeated."""
    return request.path if len(request.path) <= _LONG else "/"


def _repeated() -> list[tuple[str, str]]:
    """The present parameters as the page's own links repeat them; none that is too long to mean anything."""
    pairs = request.args.items(multi=True)
    short = ((name, value) for name, value in pairs if len(name) <= 40 and len(value) <= _LONG)
    return list(islice(short, _MOST))


def absolute(address: str, settings: Settings) -> str:
    """An address of this site as others must write it."""
    root = settings.site_url.rstrip("/") or request.host_url.rstrip("/")
    return root + address


def report_address(id_: str, anchor: str = "", mark: str = "") -> str:
    """The page of a report, or one place in it; ``mark`` names a passage to be marked there."""
    return _address(f"/reports/{id_}", [("mark", mark)] if mark else []) + (f"#{anchor}" if anchor else "")


def cell_address(id_: str, figure: str) -> str:
    """The page of one cell of a report: a statutory table has a hundred."""
    return _address(f"/reports/{id_}/cells/{figure}", [])


def comparison_address(agencies: Iterable[str], metrics: Iterable[str], years: str = "") -> str:
    """The page on which agencies stand side by side."""
    pairs = [*(("agency", each) for each in agencies), *(("metric", each) for each in metrics)]
    return _address("/compare", [*pairs, *([("year", years)] if years else [])])


def beside_address(agency: str) -> str:
    """The comparison of an agency with its neighbours, who are looked up only by whoever goes there."""
    return _address("/compare", [("beside", agency)])


def _address(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A path with its parameters. A page of hits has two hundred: each parameter is spelled once."""
    spelled = [_spelled(name, value) for name, value in pairs]
    if language := explicit_language():
        spelled.append(_spelled("lang", language))
    return _root() + path + ("?" + "&".join(spelled) if spelled else "")


def _root() -> str:
    return request.script_root if has_request_context() else ""


@lru_cache(1 << 12)
def _spelled(name: str, value: str) -> str:
    return f"{name}={quote_plus(value, safe=':,')}"
