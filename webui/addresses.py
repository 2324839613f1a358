"""Query → address on this site. The language stays in every link once the address names it."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request, url_for

from indexer.query import Query
from webui.language import explicit_language
from webui.params import address_arguments
from webui.settings import Settings


def search_address(query: Query, suffix: str = "", path: str = "/search") -> str:
    """The address of a search, ``suffix`` ``.json`` for its twin."""
    pairs = address_arguments(query)
    language = explicit_language()
    if language:
        pairs.append(("lang", language))
    spelled = f"?{urlencode(pairs, safe=':,')}" if pairs else ""
    return f"{request.script_root}{path}{suffix}{spelled}"


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


def report_address(id_: str, anchor: str = "") -> str:
    """The page of a report, or one place in it."""
    return url_for("report.report", id_=id_, _anchor=anchor or None)
