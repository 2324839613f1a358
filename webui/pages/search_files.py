"""Searches as files: CSV, NDJSON, XLSX, Parquet, a data package that describes them, and an Atom feed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from flask import Blueprint, Response, current_app, jsonify, render_template, request, stream_with_context
from flask_babel import gettext

from indexer.request import MAX_PAGE, PAGE_SIZE, SearchRequest
from indexer.result import Hit
from webui.addresses import absolute, search_address
from webui.catalog import Catalog, catalog
from webui.export import FORMATS, LICENCE, SHEET_ROWS, datapackage
from webui.facet_choices import chips
from webui.language import chosen_language
from webui.pages.search import namer
from webui.params import N_, BadParameterError, parse
from webui.series import hits
from webui.tables import TABLES, Exported, Table, What, exported

blueprint = Blueprint("search_files", __name__)

_ALL = 1000 * MAX_PAGE
_AT_ONCE, _WITH_SENTENCES = 1000, 100
"""Reports asked for at a time; fewer where their sentences are looked up, so that the first of them soon leave."""
_FEED = 200
"""Entries of a page of a feed: with MAX_PAGE pages, more reports than there are."""


@blueprint.get("/search.csv")
def as_csv() -> Response:
    """Every report of a search, or its figures or metrics, as CSV."""
    return _streamed("csv")


@blueprint.get("/search.ndjson")
def as_ndjson() -> Response:
    """The same, one JSON object a line."""
    return _streamed("ndjson")


@blueprint.get("/search.xlsx")
def as_xlsx() -> Response:
    """The same as a workbook, as long as it fits into a sheet."""
    table, query, _ = _asked()
    most = SHEET_ROWS // {"reports": 1, "figures": 300, "metrics": 80, "wide": 1}[table.name]
    if catalog().engine.search(replace(query, size=0)).total > most:
        raise BadParameterError("what", N_("Too many rows for a sheet: narrow the search, or take CSV or Parquet."))
    return _streamed("xlsx")


@blueprint.get("/search.parquet")
def as_parquet() -> Response:
    """The same as Parquet."""
    return _streamed("parquet")


@blueprint.get("/datapackage.json")
def package() -> Response:
    """What the CSV of a search holds: its columns, its query, its licence."""
    table, query, _ = _asked()
    path = absolute(_address(query, ".csv", table), catalog().settings)
    response = jsonify(datapackage(path, table, _notes(query)))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/search.atom")
def as_atom() -> Response:
    """The reports of a search as a feed: what was captured last, new or changed, first; the older behind ``next``."""
    shelf = catalog()
    query = parse(request.args, shelf.holdings.vocabulary)
    query = replace(query, sort="-captured", size=_FEED, apart=True, group="", facet_metrics=(), stats=())
    result = shelf.engine.search(query)
    shown = replace(query, sort="relevance", size=PAGE_SIZE, apart=False)

    def feed(page: int) -> str:
        return absolute(search_address(replace(shown, page=page), ".atom"), shelf.settings)

    text = render_template(
        "search.atom.xml",
        query=query,
        hits=result.hits,
        changed=dict(_changed(shelf, result.hits)),
        changed_word=gettext("changed"),
        filters=[chip.label for chip in chips(query, namer(shelf, chosen_language()))],
        page=absolute(search_address(replace(shown, page=1)), shelf.settings),
        feed=feed(1),
        present=feed(query.page),
        following=feed(query.page + 1) if query.page * _FEED < result.total and query.page < MAX_PAGE else None,
    )
    return current_app.response_class(text, mimetype="application/atom+xml")


def _changed(shelf: Catalog, hits: Sequence[Hit]) -> Iterator[tuple[str, datetime]]:
    """The reports whose text was captured before in another form, each with when it was first captured.

    A version that only our own reading made differs by no capture, and is no change.
    """
    for hit in hits:
        captures = {each.snapshot.digest: each.snapshot.captured for each in shelf.store.versions(hit.id)}
        if len(captures) > 1:
            yield hit.id, min(captures.values())


def found_reports(shelf: Catalog, query: SearchRequest, *, matched: bool = False) -> Iterator[Exported]:
    """Every report of a search, however many pages; ``matched``: with the sentences that met its words."""
    asked = replace(query, page=1, facet_metrics=())
    for hit in hits(shelf.engine, asked, _ALL, page=_WITH_SENTENCES if matched else _AT_ONCE, bare=not matched):
        stored = shelf.store.get(hit.id)
        if stored is not None:
            sentences = " … ".join(snippet.text.strip() for snippet in hit.snippets if snippet.marks)
            yield from (replace(each, matched=sentences) for each in exported((stored,), shelf.registry))


def _asked() -> tuple[Table, SearchRequest, Iterator[Exported]]:
    shelf = catalog()
    query = parse(request.args, shelf.holdings.vocabulary)
    what = request.args.get("what") or "reports"
    if what not in TABLES:
        raise BadParameterError("what", N_("%(parameter)s is one of: %(choices)s."), choices=", ".join(TABLES))
    shelf.engine.status()  # a missing index must be an error, not the end of a file
    table = TABLES[cast("What", what)]
    matched = bool(query.text or query.like) and any(column.name == "matched" for column in table.columns)
    return table, query, found_reports(shelf, query, matched=matched)


def _streamed(name: str) -> Response:
    table, query, reports = _asked()
    form = FORMATS[name]
    pieces = form.pieces(table, reports, _notes(query))
    response = current_app.response_class(stream_with_context(pieces), content_type=form.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="nianbao-{table.name}.{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _notes(query: SearchRequest) -> Mapping[str, str]:
    shelf = catalog()
    return {
        "query": absolute(search_address(query), shelf.settings),
        "generation": shelf.engine.generation,
        "licence": LICENCE,
    }


def _address(query: SearchRequest, suffix: str, table: Table) -> str:
    address = search_address(replace(query, page=1), suffix)
    return f"{address}{'&' if '?' in address else '?'}what={table.name}"
