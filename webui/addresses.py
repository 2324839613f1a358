"""SearchRequest → address on this site. The language stays in every link once the address names it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import quote_plus, urlencode

from flask import has_request_context, request

from indexer.request import SearchRequest
from webui.language import explicit_language
from webui.params import ORDER, address_arguments, spelled
from webui.settings import Settings

_BEYOND_ASCII = re.compile("[\x80-\xff]")
_LONG = 600
"""Characters of a path or a value that a page repeats in its links: a search has 500 (Settings.max_words)."""
_MOST = 200
"""Parameters that it repeats."""


def search_address(query: SearchRequest, suffix: str = "", path: str = "/search") -> str:
    """The address of a search, ``suffix`` ``.json`` for its twin."""
    return _address(path + suffix, address_arguments(query))


@dataclass(frozen=True, slots=True)
class ListAddresses:
    """The addresses of a search with other values in one of its lists; ``held`` are its values as they are."""

    name: str
    held: tuple[str, ...]
    path: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    def of(self, values: Iterable[str]) -> str:
        """The address with these values."""
        name = self.name
        asked = "&".join((*self.before, *[_spelled(name, value) for value in values], *self.after))
        return f"{self.path}?{asked}" if asked else self.path


class SearchAddresses:
    """The addresses of a search, first page, and of those that differ from it in a parameter: a page has a hundred.

    Each parameter is spelled once.
    """

    def __init__(self, query: SearchRequest) -> None:
        self.query = query
        self._root = _root()
        self._parts = dict.fromkeys(ORDER, "")
        for name, value in address_arguments(query):
            part = _spelled(name, value)
            self._parts[name] = f"{self._parts[name]}&{part}" if self._parts[name] else part
        self._parts |= {"page": "", "lang": _spelled("lang", language) if (language := explicit_language()) else ""}

    def at(self, path: str = "/search", **given: str | Iterable[str]) -> str:
        """The address with other values for some parameters: a text, or all of a list; empty for none."""
        values = {name: (value,) if isinstance(value, str) else value for name, value in given.items()}
        parts = {name: "&".join([_spelled(name, each) for each in value if each]) for name, value in values.items()}
        asked = "&".join(filter(None, (self._parts | parts).values()))
        return f"{self._root}{path}?{asked}" if asked else self._root + path

    def around(self, name: str) -> ListAddresses:
        """Those that differ in one list."""
        place, parts = ORDER.index(name), tuple(self._parts.values())
        before, after = (tuple(filter(None, beside)) for beside in (parts[:place], parts[place + 1 :]))
        return ListAddresses(name, spelled(self.query, name), f"{self._root}/search", before, after)


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
    """The page of a report, or one place in it; ``mark`` names a passage to be marked there (passage.py)."""
    return report_addresses()(id_, anchor, mark)


def report_addresses() -> Callable[..., str]:
    """``report_address`` for the rest of a request: a page of hits asks eighty times."""
    start, language = f"{_root()}/reports/", explicit_language()
    alone, beside = (f"{sign}{_spelled('lang', language)}" if language else "" for sign in "?&")

    def address(id_: str, anchor: str = "", mark: str = "") -> str:
        asked = f"?mark={mark}{beside}" if mark else alone
        return f"{start}{id_}{asked}#{anchor}" if anchor else f"{start}{id_}{asked}"

    return address


def cell_addresses(id_: str) -> Callable[[str], str]:
    """The pages of a report's cells, by their ids: a statutory table has a hundred."""
    start, language = f"{_root()}/reports/{id_}/cells/", explicit_language()
    asked = f"?{_spelled('lang', language)}" if language else ""
    return lambda figure: f"{start}{figure}{asked}"


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
