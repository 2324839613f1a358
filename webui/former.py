"""A report's former id: bodies are renamed and codes corrected, and what was linked under an old id is still found."""

from __future__ import annotations

from typing import NoReturn

from flask import abort, redirect, request, url_for

from corpus.store import Stored
from webui.catalog import catalog


def stored_report(id_: str) -> Stored:
    """The report of an id; a former one redirects for good, an unknown one is a 404."""
    return catalog().store.get(id_) or to_present(id_)


def to_present(id_: str) -> NoReturn:
    """The same page, or its twin, with the same parameters under the report's present id; 404 where there is none."""
    present = catalog().store.resolve(id_)
    if present is None or present == id_ or request.endpoint is None:
        abort(404)
    address = url_for(request.endpoint, **{**(request.view_args or {}), "id_": present, "lang": None})
    asked = request.query_string.decode("ascii", "replace")
    abort(redirect(f"{address}?{asked}" if asked else address, code=301))
