"""Why refused: what became of applications by reason, of a place and of one report beside its peers and the nation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from flask import Blueprint, Response

from corpus.analysis.outcomes import WHOLE, Outcome, applicants, explanations, numbers_of, outcomes, place, whole_of
from corpus.form import articles, figure_id, load_form
from corpus.metrics import load_metrics
from corpus.model import KINDS, LEVELS
from corpus.store import Stored
from corpus.store.outcomes import Counts, Tally
from webui.analysis import analysis, asked_where
from webui.asked import asked_choice, asked_region, asked_year, digits_of
from webui.catalog import Catalog, catalog
from webui.former import stored_report
from webui.ledger import applicants as applicant_columns
from webui.passage import ANCHOR, passage_in
from webui.respond import View, page
from webui.rows_file import rows_file
from webui.shapes import Json, region_shape
from webui.tables import Value

blueprint = Blueprint("refusals", __name__)

_COLUMNS = ("year", "region", "level", "kind", "reports", "outcome", "label", "applicant", "number", "of", "share")


@dataclass(frozen=True, slots=True)
class Line:
    """An outcome with its numbers by applicant, and its share here, of the peers and of the nation (0 to 1).

    ``metric`` counts it by report.
    """

    outcome: Outcome
    metric: str
    numbers: tuple[int | None, ...]
    share: float | None
    peers: float | None
    nation: float | None


@page(blueprint, "/refusals")
def refusals() -> View:
    """The outcomes of a place in a year, beside those of the nation, and the groups year by year."""
    shelf, (digits, asked) = catalog(), asked_where()
    level, kind = asked_choice("level", LEVELS), asked_choice("kind", KINDS)
    years, nation = (
        shelf.store.outcomes.sums(whole_of(), region=inside, level=level or "", kind=kind or "")
        for inside in (digits, "")
    )
    year = asked or max(years, default=None)
    here, everywhere = (sums.get(year or 0, Tally()) for sums in (years, nation))
    lines = tuple(_lines(here, here.sums, everywhere, everywhere))
    body = {
        "ok": True,
        "year": year,
        "total": here.reports,
        "outcomes": [_shape(line) for line in lines],
        "years": {str(each): _shares(tally) for each, tally in years.items()},
    }
    context = {
        **analysis(here.reports, level=level, kind=kind),
        "year": year,
        "levels": LEVELS,
        "kinds": KINDS,
        "lines": lines,
        "columns": applicant_columns(),
        "groups": _groups(),
        "years": [(each, tally.reports, tuple(_shares(tally).values())) for each, tally in years.items()],
    }
    return View("refusals.html", body, context, version=str(shelf.holdings.revision))


@page(blueprint, "/reports/<id_>/refusals")
def of_report(id_: str) -> View:
    """The outcomes of one report by applicant, its shares beside its peers' and the nation's, and its own words."""
    shelf = catalog()
    stored = stored_report(id_)
    report, numbers = stored.report, numbers_of(stored.report)
    lines: tuple[Line, ...] = ()
    if numbers is not None:
        own = Tally()
        own.add(numbers, [numbers[at] for at in whole_of()])
        lines = tuple(_lines(own, numbers, *_beside(shelf, stored)))
    said = [
        (each, passage_in(report.sections, each.paragraph), [_labels()[key] for key in each.reasons])
        for each in explanations(report)
    ]
    context = {
        "stored": stored,
        "lines": lines,
        "columns": applicant_columns(),
        "cells": {figure_id(row, column) for _, row, column in load_form(report.form).cells()} if report.form else (),
        "said": said,
        "mark": ANCHOR,
    }
    body = {
        "ok": True,
        "id": stored.id,
        "agency": report.agency.name,
        "region": region_shape(report.agency.region, shelf.registry),
        "year": report.year,
        "outcomes": [{**_shape(line), "share_of_peers": line.peers} for line in lines],
        "explanations": [
            {"section": each.section.kind, "text": each.paragraph, "outcomes": list(each.reasons)} for each, *_ in said
        ],
    }
    return View("report_refusals.html", body, context, index=False, version=str(shelf.holdings.revision))


@blueprint.get("/refusals.csv")
def as_csv() -> Response:
    """Every outcome by applicant, of every year or of the one asked for."""
    region, level, kind = asked_region(), asked_choice("level", LEVELS), asked_choice("kind", KINDS)
    years = catalog().store.outcomes.sums(
        whole_of(), year=asked_year(), region=digits_of(region), level=level or "", kind=kind or ""
    )
    whose = (region.code if region else None, level, kind)
    return rows_file("refusals", _COLUMNS, (row for year, tally in years.items() for row in _rows(year, whose, tally)))


def _rows(year: int, whose: tuple[Value, ...], tally: Tally) -> Iterator[tuple[Value, ...]]:
    for outcome in outcomes():
        for applicant in applicants():
            at = place(outcome.key, applicant)
            share = tally.share(at)
            shown = None if share is None else f"{share:.6f}"
            number, of = tally.sums[at], tally.wholes[at]
            yield (year, *whose, tally.reports, outcome.key, outcome.label, applicant, number, of, shown)


def _beside(shelf: Catalog, stored: Stored) -> tuple[Tally, Tally]:
    """The bodies of its level and kind in its province, and all of them, in its year."""
    agency, year = stored.report.agency, stored.report.year
    several = (
        shelf.store.outcomes.sums(whole_of(), year=year, region=region, level=agency.level, kind=agency.kind)
        for region in (agency.region[:2], "")
    )
    province, nation = (each.get(year, Tally()) for each in several)
    return province, nation


def _lines(own: Tally, numbers: Counts, peers: Tally, nation: Tally) -> Iterator[Line]:
    for outcome in outcomes() if numbers else ():
        at = place(outcome.key, applicants()[-1])
        printed = tuple(numbers[place(outcome.key, applicant)] for applicant in applicants())
        yield Line(outcome, _metric(outcome), printed, own.share(at), peers.share(at), nation.share(at))


@cache
def _metric(outcome: Outcome) -> str:
    """That of its total; of a group the one that adds up the totals of its reasons."""
    own = f"{outcome.key}.total"
    members = {f"{member}.total" for member in outcome.members}
    adding = (each.id for each in load_metrics().values() if members <= set(each.operands) and each.unit != "%")
    return next(adding, own) if members else own


def _groups() -> tuple[Outcome, ...]:
    """What stands at the head: granted, refused and so on, without their reasons."""
    return tuple(each for each in outcomes() if not each.group and each.key != WHOLE)


def _labels() -> Mapping[str, str]:
    return {each.key: each.label for each in outcomes()}


def _shares(tally: Tally) -> Mapping[str, float | None]:
    return {group.key: tally.share(place(group.key, applicants()[-1])) for group in _groups()}


def _shape(line: Line) -> Json:
    article = articles().get(line.outcome.key)
    return {
        "outcome": line.outcome.key,
        "label": line.outcome.label,
        "group": line.outcome.group,
        "article": article["article"] if article else None,
        "numbers": dict(zip(applicants(), line.numbers, strict=True)),
        "share": line.share,
        "share_of_nation": line.nation,
    }
