"""Promises: what reports say will be done, those open longest first, with the sentences that say what came of them."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response

from corpus.store.promises import OUTCOMES, Given
from webui.analysis import analysis, asked_part, asked_where
from webui.asked import asked_choice
from webui.catalog import Catalog, catalog
from webui.former import stored_report
from webui.passage import ANCHOR, passage_in
from webui.respond import View, page
from webui.rows_file import rows_file
from webui.shapes import Json, region_shape
from webui.tables import Value

blueprint = Blueprint("promises", __name__)

SIZE = 50
_COLUMNS = (
    "report", "agency_id", "agency", "region", "year", "number", "promise", "since", "outcome", "age", "later", "told",
)  # fmt: skip


@page(blueprint, "/promises")
def promises() -> View:
    """All of them, or those of an outcome, a place, a year."""
    shelf = catalog()
    outcome, part, (digits, year) = asked_choice("what", OUTCOMES), asked_part(SIZE), asked_where()
    total, found = shelf.store.promises.listed(outcome=outcome, region=digits, year=year, first=part.first, most=SIZE)
    body = {"ok": True, "what": outcome, "total": total, "promises": [_shape(each, shelf) for each in found]}
    context = {**analysis(total, part, what=outcome), "whats": OUTCOMES, "found": found}
    return View("promises.html", body, context, version=str(shelf.holdings.revision))


@page(blueprint, "/reports/<id_>/promises")
def of_report(id_: str) -> View:
    """Those of one report, each linked to where it stands, and to what a later one says of it."""
    shelf = catalog()
    stored = stored_report(id_)
    total, found = shelf.store.promises.listed(report=stored.id, most=None)
    later = {each.promise.later for each in found if each.promise.later}
    told = shelf.store.narrated(later)
    lines = [
        (
            each.promise,
            passage_in(stored.report.sections, each.promise.text),
            passage_in(told[each.promise.later].sections, each.promise.told) if each.promise.later in told else None,
        )
        for each in found
    ]
    body = {"ok": True, "id": stored.id, "total": total, "promises": [_shape(each, shelf) for each in found]}
    context = {"stored": stored, "total": total, "lines": lines, "mark": ANCHOR}
    return View("report_promises.html", body, context, index=False, version=str(shelf.holdings.revision))


@blueprint.get("/promises.csv")
def as_csv() -> Response:
    """All of them as rows."""
    digits, year = asked_where()
    _, found = catalog().store.promises.listed(
        outcome=asked_choice("what", OUTCOMES), region=digits, year=year, most=None
    )
    return rows_file("promises", _COLUMNS, map(_row, found))


def _shape(each: Given, shelf: Catalog) -> Json:
    whose = {"agency": each.agency, "region": region_shape(each.region, shelf.registry), "year": each.year}
    return {**asdict(each.promise), **whose}


def _row(each: Given) -> tuple[Value, ...]:
    p = each.promise
    whose = (p.id, p.agency_id, each.agency, each.region, each.year)
    return (*whose, p.number, p.text, p.since, p.outcome, p.age, p.later, p.told)
