"""An agency: its years, its series, its ledger, what became of applications, where its reports lie."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from flask import Blueprint, abort

from corpus.metrics import denominator, metric_values
from corpus.store import Stored
from indexer.request import where
from webui.addresses import search_address
from webui.application_outcomes import outcomes
from webui.catalog import Catalog, catalog
from webui.charts import chart_of
from webui.language import chosen_language
from webui.ledger import Passage, applicants, ledger
from webui.lives import Past, joined, passage_shape, past_of
from webui.neighbours import neighbours
from webui.pictures import LineChart
from webui.respond import View, page
from webui.series import Point, Series
from webui.shapes import agency_shape, number

blueprint = Blueprint("agency", __name__)

_ID = re.compile(r"\d{6}-[0-9a-f]{8}")
PICTURES: tuple[tuple[str, ...], ...] = (
    ("applications_received", "applications_handled", "carried_out"),
    ("disclosure_rate", "refusal_rate", "not_held_rate"),
    ("reviews", "lawsuits"),
)
"""The metrics drawn together, one picture each."""


@page(blueprint, "/agencies/<id_>")
def agency(id_: str) -> View:
    """Everything about one agency."""
    shelf = catalog()
    reports = shelf.store.of_agency(id_) if _ID.fullmatch(id_) else ()
    if not reports:
        abort(404)
    newest = reports[-1].report
    past = past_of(shelf, id_)
    earlier = tuple(each for former in past.ids for each in shelf.store.of_agency(former))
    own = {metric: series_of(shelf, reports, metric) for metrics in PICTURES for metric in metrics}
    every = {metric: joined(each, series_of(shelf, earlier, metric).points) for metric, each in own.items()}
    passages = ledger(reports)
    years = [each.report.year for each in reports]
    missing = sorted(set(range(years[0], years[-1] + 1)) - set(years))
    body = {
        "ok": True,
        **agency_shape(newest.agency, shelf.registry),
        "reports": [_row(each) for each in reports],
        "missing_years": missing,
        "series": {
            metric: {str(point.year): number(point.value) for point in each.points} for metric, each in own.items()
        },
        "lives": {
            "before": [passage_shape(each, shelf.registry) for each in past.before],
            "after": [passage_shape(each, shelf.registry) for each in past.after],
        },
        "series_before": {metric: _under_other_names(each, id_) for metric, each in every.items()},
        "ledger": [_passage(passage) for passage in passages],
    }
    beside = neighbours(shelf, newest.agency)
    context = {
        "agency": newest.agency,
        "reports": reports,
        "verdicts": {each.id: Counter(f.verdict for f in each.report.findings) for each in (*earlier, *reports)},
        "missing": missing,
        "past": past,
        "all_names": search_address(where(agency=(id_, *_others(past)))),
        "span": range(min(each.report.year for each in (*earlier, *reports)), years[-1] + 1),
        "by_year": {each.report.year: each for each in (*earlier, *reports)},
        "places": [(code, shelf.registry.get(code)) for code in shelf.registry.ancestors(newest.agency.region)],
        "charts": tuple(_charts(shelf, every)),
        "passages": passages,
        "columns": applicants(),
        "outcomes": outcomes(newest),
        "latest": reports[-1],
        "beside": beside if len(beside) > 1 else (),
    }
    return View("agency.html", body, context, version=str(shelf.holdings.revision))


def _charts(shelf: Catalog, every: Mapping[str, Series]) -> Iterator[tuple[tuple[str, ...], LineChart, list[Series]]]:
    for metrics in PICTURES:
        several = [every[metric] for metric in metrics]
        if (chart := chart_of(shelf, several)) is not None:
            yield metrics, chart, several


def series_of(shelf: Catalog, reports: Sequence[Stored], metric: str) -> Series:
    """A metric over reports of one agency."""
    points = tuple(
        _point(shelf, each, metric, values[metric])
        for each in reports
        if metric in (values := metric_values(each.report))
    )
    return Series(shelf.metric_name(metric, chosen_language()), metric, points)


def _point(shelf: Catalog, stored: Stored, metric: str, value: Decimal) -> Point:
    report = stored.report
    least = shelf.metrics[metric].least
    over = denominator(shelf.metrics[metric], report) if least else None
    return Point(
        stored.id,
        report.agency.name,
        report.agency.id,
        report.agency.region,
        report.year,
        report.form,
        value,
        cases=over,
        small=over is not None and over < least,
    )


def _under_other_names(line: Series, own: str) -> dict[str, object]:
    """The values of a line that stand in reports under earlier names, by year."""
    return {
        str(point.year): {"value": number(point.value), "agency": point.agency_id, "report": point.report}
        for point in line.points
        if point.agency_id != own
    }


def _others(past: Past) -> list[str]:
    """The ids of all that a body was and became, each once."""
    return list(dict.fromkeys((*past.ids, *(p.was_id for p in past.before), *(p.who_id for p in past.after))))


def _row(stored: Stored) -> dict[str, object]:
    report = stored.report
    return {
        "id": stored.id,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "url": stored.snapshot.url,
        "findings": dict(Counter(finding.verdict for finding in report.findings)),
    }


def _passage(passage: Passage) -> dict[str, object]:
    return {
        "from": passage.before.report.year,
        "to": passage.after.report.year,
        "columns": {
            pair.column.key: {
                "carried_out": number(pair.out.value) if pair.out else None,
                "carried_in": number(pair.into.value) if pair.into else None,
                "agree": pair.agree,
            }
            for pair in passage.pairs
        },
    }
