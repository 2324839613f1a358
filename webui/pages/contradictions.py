"""Contradictions: printed numbers that cannot both be right, the surest first, each with both of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal

from flask import Blueprint, Response

from corpus.model import FORMS
from corpus.store.contradictions import SORTS, Contradiction, Lead
from webui.analysis import analysis, asked_part, asked_where
from webui.asked import asked_choice
from webui.catalog import Catalog, catalog
from webui.cell_words import cell_words
from webui.former import stored_report
from webui.respond import View, page
from webui.rows_file import rows_file
from webui.shapes import Json, number, region_shape
from webui.tables import Value

blueprint = Blueprint("contradictions", __name__)

SIZE = 50
_COLUMNS = (
    "report", "agency", "region", "year", "sort", "rule", "sure",
    "figure", "value", "other_report", "other_figure", "other_value", "quote", "parts", "parts_of",
)  # fmt: skip


@page(blueprint, "/contradictions")
def contradictions() -> View:
    """All of them, or those of a sort, a place, a year."""
    shelf = catalog()
    sort, part, (digits, year) = asked_choice("what", SORTS), asked_part(SIZE), asked_where()
    total, found = shelf.store.contradictions.listed(sort=sort, region=digits, year=year, first=part.first, most=SIZE)
    body = {"ok": True, "what": sort, "total": total, "contradictions": [_shape(each, shelf) for each in found]}
    context = {**_words(found), **analysis(total, part, what=sort), "whats": SORTS}
    return View("contradictions.html", body, context, version=str(shelf.holdings.revision))


@page(blueprint, "/reports/<id_>/contradictions")
def of_report(id_: str) -> View:
    """Those of one report, with their evidence, to be printed; a former id redirects for good."""
    shelf, stored = catalog(), stored_report(id_)
    total, found = shelf.store.contradictions.listed(report=id_, most=None)
    body = {"ok": True, "id": id_, "total": total, "contradictions": [_shape(each, shelf) for each in found]}
    context = {**_words(found), "stored": stored, "total": total}
    return View("report_contradictions.html", body, context, index=False, version=str(shelf.holdings.revision))


@blueprint.get("/contradictions.csv")
def as_csv() -> Response:
    """All of them as rows."""
    digits, year = asked_where()
    _, found = catalog().store.contradictions.listed(
        sort=asked_choice("what", SORTS), region=digits, year=year, most=None
    )
    return rows_file("contradictions", _COLUMNS, map(_row, found))


def _words(found: Sequence[Lead]) -> dict[str, object]:
    """What both templates need to name cells and numbers."""
    return {"found": found, "cell_words": _any_words, "plain": _number}


def _any_words(form: str | None, figure: str) -> str:
    """A cell's labels; the report of the year before may be in another form."""
    every: Iterable[str | None] = (form, *reversed(FORMS))
    return next((words for each in every if (words := cell_words(each, figure)) != figure), figure)


def _number(value: float | None) -> int | float | None:
    return None if value is None else number(Decimal(str(value)))


def _shape(each: Lead, shelf: Catalog) -> Json:
    contradiction: Contradiction = each.contradiction
    return {
        **asdict(contradiction),
        "value": _number(contradiction.value),
        "other_value": _number(contradiction.other_value),
        "agency": each.agency,
        "region": region_shape(each.region, shelf.registry),
        "year": each.year,
    }


def _row(each: Lead) -> tuple[Value, ...]:
    c = each.contradiction
    value, other = (None if one is None else Decimal(str(one)) for one in (c.value, c.other_value))
    whose = (c.id, each.agency, each.region, each.year)
    return (
        *whose,
        c.sort,
        c.rule,
        c.sure,
        c.figure,
        value,
        c.other,
        c.other_figure,
        other,
        c.quote,
        c.parts,
        c.parts_of,
    )
