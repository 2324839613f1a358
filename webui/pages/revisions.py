"""Silent revisions: what reports say otherwise than they did, without a word about it; as a page, a file and a feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from flask import Blueprint, Response, current_app, render_template, url_for

from corpus.store.revisions import Revised
from webui.addresses import absolute
from webui.analysis import analysis, asked_part, asked_where
from webui.asked import asked_page, asked_region, asked_word, digits_of
from webui.catalog import Catalog, catalog
from webui.cell_words import cell_words
from webui.respond import View, page
from webui.rows_file import rows_file
from webui.shapes import Json, region_shape
from webui.tables import Value

blueprint = Blueprint("revisions", __name__)

SIZE, FEED = 30, 100
WHATS = ("silent", "told")
_COLUMNS = (
    "report", "agency", "region", "year", "version", "captured", "told",
    "what", "figure", "section", "before", "after",
)  # fmt: skip


@page(blueprint, "/revisions")
def revisions() -> View:
    """The versions that say something else than the ones before them, newest first."""
    shelf = catalog()
    what, part, (digits, year) = asked_word("what", WHATS), asked_part(SIZE), asked_where()
    total, found = shelf.store.revisions.listed(
        told=what == "told", region=digits, year=year, first=part.first, most=SIZE
    )
    body = {"ok": True, "what": what, "total": total, "revisions": [_shape(each, shelf) for each in found]}
    context = {**analysis(total, part, what=what), "whats": WHATS, "found": found, "cell_words": cell_words}
    return View("revisions.html", body, context, version=str(shelf.holdings.revision))


@blueprint.get("/revisions.csv")
def as_csv() -> Response:
    """A row for every cell that changed and every sentence that went or came."""
    digits, year = asked_where()
    _, found = catalog().store.revisions.listed(
        told=asked_word("what", WHATS) == "told", region=digits, year=year, most=None
    )
    return rows_file("revisions", _COLUMNS, (row for each in found for row in _rows(each)))


@blueprint.get("/revisions.atom")
def as_atom() -> Response:
    """The revisions as a feed, newest first."""
    shelf, region, what, number = catalog(), asked_region(), asked_word("what", WHATS), asked_page()
    total, found = shelf.store.revisions.listed(
        told=what == "told", region=digits_of(region), first=(number - 1) * FEED, most=FEED
    )

    def address(endpoint: str, at: int) -> str:
        code = region.code if region else None
        return absolute(url_for(endpoint, region=code, what=what, page=at if at > 1 else None), shelf.settings)

    text = render_template(
        "revisions.atom.xml",
        found=found,
        place=region,
        what=what,
        present=address("revisions.as_atom", number),
        first=address("revisions.as_atom", 1),
        following=address("revisions.as_atom", number + 1) if number * FEED < total else None,
        page=address("revisions.revisions", 1),
    )
    return current_app.response_class(text, mimetype="application/atom+xml")


def _shape(each: Revised, shelf: Catalog) -> Json:
    revision = each.revision
    return {
        "report": revision.id,
        "agency": each.agency,
        "region": region_shape(each.region, shelf.registry),
        "year": each.year,
        "version": revision.version,
        "captured": revision.captured.isoformat(),
        "told": revision.told,
        "cells": [asdict(cell) for cell in revision.cells],
        "sentences": [asdict(line) for line in revision.lines],
    }


def _rows(each: Revised) -> Iterator[tuple[Value, ...]]:
    revision = each.revision
    whose = (revision.id, each.agency, each.region, each.year, revision.version)
    when = (revision.captured.isoformat(), revision.told)
    for cell in revision.cells:
        yield (*whose, *when, "cell", cell.figure, None, cell.before, cell.after)
    for line in revision.lines:
        came = line.what == "came"
        yield (*whose, *when, line.what, None, line.section, None if came else line.text, line.text if came else None)
