"""Metrics: what they mean, how they are spread, who is highest, and how they went over the years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from flask import Blueprint, abort, request, url_for

from corpus.form import indicators
from corpus.metrics import Metric
from corpus.model import FormId
from indexer.request import MetricRange, SearchRequest, where
from webui.addresses import SearchAddresses, report_address, search_address
from webui.areamap import area_map
from webui.cases import with_cases
from webui.catalog import Catalog, catalog
from webui.charts import chart_of
from webui.facet_choices import Choice, Facets, Group
from webui.filters import in_english
from webui.formula import in_words
from webui.language import chosen_language
from webui.pages.search import namer
from webui.params import metric_range, parse
from webui.ranges import boxes
from webui.ranking import LEASTS, Place, least_asked, ranking
from webui.respond import View, page
from webui.series import Point, Series, points, series
from webui.shapes import Json, number, region_shape
from webui.tilemap import tile_map

blueprint = Blueprint("metric", __name__)

SUBJECTS = ("applications", "remedies", "disclosure", "statistics")
"""Tables of the forms, those asked for most first."""
_RANKED = 20
_LINES = 8


@page(blueprint, "/metrics")
def metrics() -> View:
    """Every metric there is."""
    shelf = catalog()
    body = {"ok": True, "metrics": [metric_shape(metric) for metric in shelf.metrics.values()]}
    groups: dict[str, list[Metric]] = {subject: [] for subject in (*SUBJECTS, "checks", "totals")}
    for each in shelf.metrics.values():
        groups["totals" if each.formula == each.id else _subject(shelf, each)].append(each)
    return View("metrics.html", body, {"groups": groups}, version="metrics")


def _subject(shelf: Catalog, asked: Metric) -> str:
    """The statutory table that it is made of, today's before that of 2014; ``checks`` where it counts findings."""
    known = indicators()
    tables = {known[cell].table for cell in shelf.cells(asked.id) if cell in known}
    return next((subject for subject in SUBJECTS if subject in tables), "checks")


@page(blueprint, "/metrics/<id_>")
def metric(id_: str) -> View:
    """One metric: definition, distribution, ranking, map, series. Filters are those of a search."""
    shelf = catalog()
    asked = shelf.metrics.get(id_)
    if asked is None:
        abort(404)
    language = chosen_language()
    query = replace(parse(request.args, shelf.holdings.vocabulary), facet_metrics=(id_,), sort=f"-{id_}", page=1)
    if not query.years:
        newest = newest_year(shelf, id_)
        query = query.choosing(year=(str(newest),) if newest else ())
    result = shelf.engine.search(replace(query, size=0))
    name = namer(shelf, language)
    facets = Facets(SearchAddresses(query), shelf.registry, name).groups(result)
    bars = next((group.choices for group in facets if group.name == "metric"), ())
    least = least_asked(asked, request.args.get("least", "").strip())
    ranked = ranking(shelf, asked, query, least, _RANKED)
    provinces = points(shelf.engine, where(level="province", kind="government", year=query.chosen("year")), id_)
    by_code = {point.region: point for point in provinces}
    highest = sorted(provinces, key=lambda point: -point.value)[:_LINES]
    several = [_line(shelf, point, id_) for point in highest]
    body = {
        "ok": True,
        **metric_shape(asked),
        "year": _year(query),
        "ranking_least": least,
        "distribution": [{"value": value.value, "count": value.count} for value in result.facets.get("metric", ())],
        "ranking": [_place_shape(shelf, id_, place) for place in ranked],
        "provinces": {point.region: number(point.value) for point in provinces},
        "series": {each.label: _by_year(each) for each in several},
    }
    context = {
        "metric": asked,
        "formula": tuple(
            in_words(
                asked.formula,
                shelf.metrics,
                lambda id_: shelf.metric_name(id_, language),
                in_english if language == "en" else str,
            )
        ),
        "cells": {form: _labels(shelf, asked, form) for form in asked.forms},
        "query": query,
        "result": result,
        "year": _year(query),
        "years": _named(facets, "year"),
        "levels": _named(facets, "level"),
        "bars": _filled(bars, rate=asked.unit == "%"),
        "boxes": boxes(query, id_, rate=asked.unit == "%"),
        "ranking": ranked,
        "least": least,
        "leasts": sorted({*LEASTS, least}) if asked.least else (),
        "all_ranked": search_address(query),
        "map": tile_map(by_code, shelf.registry, partial(shelf.quantity, id_), partial(_tile_address, shelf, id_)),
        "areas": area_map(
            shelf.boundaries,
            shelf.registry.provinces(),
            by_code,
            partial(shelf.quantity, id_),
            partial(_tile_address, shelf, id_),
        ),
        "has_map": bool(by_code),
        "chart": chart_of(shelf, several),
        "several": several,
    }
    return View("metric.html", body, context, version=result.generation)


def _line(shelf: Catalog, point: Point, metric: str) -> Series:
    """A government's values over the years."""
    line = series(shelf.engine, point.agency_id, metric, point.agency)
    return with_cases(shelf, line, where(agency=point.agency_id))


def _tile_address(shelf: Catalog, metric: str, code: str, point: Point | None) -> str:
    """Where a tile of the map leads: to the cell behind its value, else to the province."""
    if point is None:
        return url_for("region.region", code=code)
    return report_address(point.report, shelf.first_cell(metric, point.form))


def _by_year(line: Series) -> dict[str, object]:
    return {str(point.year): number(point.value) for point in line.points}


def _named(groups: Sequence[Group], name: str) -> list[Group]:
    return [group for group in groups if group.name == name]


def _place_shape(shelf: Catalog, metric: str, place: Place) -> dict[str, object]:
    return {
        "report": place.hit.id,
        "agency": place.hit.agency,
        "region": region_shape(place.hit.region, shelf.registry),
        "year": place.hit.year,
        "value": number(place.value),
        "cases": number(place.cases),
        "small": place.small,
        "flagged": shelf.mark(place.hit.id, metric) is not None,
    }


def metric_shape(asked: Metric) -> dict[str, object]:
    """A metric's definition for JSON."""
    return {
        "id": asked.id,
        "name_zh": asked.name_zh,
        "name_en": asked.name_en,
        "formula": " ".join(asked.formula.split()),
        "unit": asked.unit,
        "forms": list(asked.forms),
        "breaks": list(asked.breaks),
        "least": asked.least,
        "caveat_zh": asked.caveat_zh,
        "caveat_en": asked.caveat_en,
    }


def newest_year(shelf: Catalog, id_: str) -> int | None:
    """The newest year for which a report has the metric."""
    hits = shelf.engine.search(SearchRequest(metrics=(MetricRange(id_),), sort="-year", size=1)).hits
    return hits[0].year if hits else None


def _year(query: SearchRequest) -> int | None:
    return query.years[0][0] if len(query.years) == 1 and query.years[0][0] == query.years[0][1] else None


def _filled(bars: Sequence[Choice], *, rate: bool) -> list[Choice]:
    """The columns of a histogram with the empty ones between them, which a facet leaves out."""
    lows = [metric_range(choice.value, (choice.value.partition(":")[0],)).minimum for choice in bars]
    known = {low: choice for low, choice in zip(lows, bars, strict=True) if low is not None}
    if not known:
        return list(bars)
    steps = [Decimal(10 * step) for step in range(10)] if rate else [Decimal(0), *(Decimal(10) ** n for n in range(12))]
    empty = Choice("", 0, selected=False, address="")
    reached = [step for step in steps if step <= max(known)]
    return [known.get(low, empty) for low in sorted({*known, *(s for s in reached if s >= min(known))})]


def _labels(shelf: Catalog, asked: Metric, form: FormId) -> list[tuple[str, str]]:
    """(figure, its labels) for each cell behind the metric in one form."""
    wanted = set(shelf.cells(asked.id))
    return [
        (cell, " · ".join(part for part in indicator.labels[form] if part))
        for cell, indicator in indicators().items()
        if cell in wanted and form in indicator.labels
    ]


def point_shape(shelf: Catalog, metric: str, point: Point) -> Json:
    """A value, where it comes from, and whether a cell behind it is in doubt."""
    shape: dict[str, object] = {
        "report": point.report,
        "year": point.year,
        "form": point.form,
        "value": number(point.value),
        "flagged": shelf.mark(point.report, metric) is not None,
    }
    if point.cases is not None:
        shape |= {"cases": number(point.cases), "small": point.small}
    return shape
