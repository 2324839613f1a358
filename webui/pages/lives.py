"""Lives of bodies: which became which, from which year on, and who says so; as a page and a file."""

from __future__ import annotations

from dataclasses import astuple

from flask import Blueprint, Response

from corpus.store.lives import HOWS
from webui.analysis import analysis, asked_part, asked_where
from webui.asked import asked_choice
from webui.catalog import catalog
from webui.lives import passage_shape
from webui.respond import View, page
from webui.rows_file import rows_file

blueprint = Blueprint("lives", __name__)

SIZE = 100
_COLUMNS = (
    "was_id", "agency_id", "was", "agency", "was_region", "region",
    "since", "was_last", "agency_first", "how", "source",
)  # fmt: skip


@page(blueprint, "/lives")
def lives() -> View:
    """All passages, or those of a sort, a place, a year."""
    shelf = catalog()
    how, part, (digits, year) = asked_choice("what", HOWS), asked_part(SIZE), asked_where()
    total, found = shelf.store.lives.listed(how=how, region=digits, year=year, first=part.first, most=SIZE)
    body = {"ok": True, "what": how, "total": total, "lives": [passage_shape(each, shelf.registry) for each in found]}
    context = {**analysis(total, part, what=how), "whats": HOWS, "found": found}
    return View("lives.html", body, context, version=str(shelf.holdings.revision))


@blueprint.get("/lives.csv")
def as_csv() -> Response:
    """All of them as rows."""
    digits, year = asked_where()
    _, found = catalog().store.lives.listed(how=asked_choice("what", HOWS), region=digits, year=year, most=None)
    return rows_file("lives", _COLUMNS, map(astuple, found))
