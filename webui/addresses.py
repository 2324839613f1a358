"""SearchRequest → address on this site. The language stays in every link once the address names it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

from flask import has_request_context, request

from indexer.request import SearchRequest
from webui.language import explicit_language
from webui.params import address_arguments
from webui.settings import Settings


def search_address(query: SearchRequest, suffix: str = "", path: str = "/search") -> str:
    """The address of a search, ``suffix`` ``.json`` for its twin."""
    return _address(path + suffix, address_arguments(query))


def in_language(language: str) -> str:
    """The present address in another language."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"{request.script_root}{request.path}?{urlencode([*pairs, ('lang', language)], safe=':,')}"


def twin_address() -> str:
    """The JSON twin of the present page."""
    path = "/index" if request.path == "/" else request.path
    query = request.query_string.decode("ascii", "ignore")
    return f"{request.script_root}{path}.json" + (f"?{query}" if query else "")


def absolute(address: str, settings: Settings) -> str:
    """An address of this site as others must write it."""
    root = settings.site_url.rstrip("/") or request.host_url.rstrip("/")
    return root + address


def report_address(id_: str, anchor: str = "", mark: str = "") -> str:
    """The page of a report, or one place in it; ``mark`` names a passage to be marked there."""
    return _address(f"/reports/{id_}", [("mark", mark)] if mark else []) + (f"#{anchor}" if anchor else "")


def _address(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A path with its parameters. A page of hits has two hundred: each parameter is spelled once."""
    spelled = [_spelled(name, value) for name, value in pairs]
    if language := explicit_language():
        spelled.append(_spelled("lang", language))
    root = request.script_root if has_request_context() else ""
    return root + path + ("?" + "&".join(spelled) if spelled else "")


@lru_cache(1 << 12)
def _spelled(name: str, value: str) -> str:
    return f"{name}={quote_plus(value, safe=':,')}"
