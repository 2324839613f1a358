"""A region: its agencies, its government over the years, the places in it compared, the years that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from flask import Blueprint, abort, request, url_for

from corpus.model import Region, agency_of
from indexer.request import where
from indexer.result import FacetValue, Hit
from webui.addresses import report_address, search_address
from webui.areamap import area_map
from webui.cases import with_cases
from webui.catalog import Catalog, catalog
from webui.charts import chart_of
from webui.language import chosen_language
from webui.neighbours import MOST
from webui.pages.agency import PICTURES
from webui.params import N_, BadParameterError
from webui.pictures import LineChart
from webui.respond import View, page
from webui.series import Point, Series, hits, points, series
from webui.shapes import number, region_shape

blueprint = Blueprint("region", __name__)

_BELOW = {"province": "prefecture", "prefecture": "county", "county": "township"}
DEFAULT = "applications_received"


@dataclass(frozen=True, slots=True)
class Body:
    """An agency of the region: its name and its reports by year, newest first."""

    id: str
    name: str
    kind: str
    reports: tuple[Hit, ...]


@page(blueprint, "/regions/<code>")
def region(code: str) -> View:
    """Everything about one place."""
    shelf = catalog()
    place = shelf.registry.get(code)
    if place is None:
        abort(404)
    metric = metric_asked(shelf)
    bodies = _bodies(shelf, place)
    government = next((body for body in bodies if body.kind == "government"), None)
    counts = {value.value: value.count for value in _flat(shelf, place)}
    children = shelf.registry.children(code)
    year, ranked = _ranked(shelf, place, metric)
    body = {
        "ok": True,
        **region_shape(code, shelf.registry),
        "level": place.level,
        "fictional": place.fictional,
        "reports": counts.get(code, 0),
        "agencies": [_body_shape(each) for each in bodies],
        "places": [
            {**region_shape(child.code, shelf.registry), "reports": counts.get(child.code, 0)} for child in children
        ],
        "compared": {
            "metric": metric,
            "year": year,
            "values": [_ranked_shape(shelf, metric, point) for point in ranked],
        },
    }
    context = {
        "place": place,
        "places": [(each, shelf.registry.get(each)) for each in shelf.registry.ancestors(code)],
        "total": counts.get(code, 0),
        "all_reports": search_address(where(region=code)),
        "bodies": bodies,
        "missing": {each.id: _missing(each.reports) for each in bodies},
        "charts": _charts(shelf, government.id) if government else [],
        "children": [(child, counts.get(child.code, 0)) for child in children],
        "child_address": lambda code: search_address(where(region=code)),
        "beside": tuple(dict.fromkeys(point.agency_id for point in ranked))[:MOST],
        "metric": metric,
        "metric_choices": _metric_choices(shelf),
        "year": year,
        "ranked": ranked,
        "areas": area_map(
            shelf.boundaries,
            children,
            {point.region: point for point in ranked},
            partial(shelf.quantity, metric),
            lambda code, point: _place_address(shelf, metric, code, point),
        ),
        "most": max((point.value for point in ranked), default=Decimal(1)) or Decimal(1),
    }
    return View("region.html", body, context, version=f"{shelf.holdings.revision}")


def _place_address(shelf: Catalog, metric: str, code: str, point: Point | None) -> str:
    """To the cell behind a place's value, else to the place."""
    if point is None:
        return url_for("region.region", code=code)
    return report_address(point.report, shelf.first_cell(metric, point.form))


def _metric_choices(shelf: Catalog) -> list[tuple[str, str]]:
    language = chosen_language()
    return [(id_, shelf.metric_name(id_, language)) for id_ in shelf.metrics if "." not in id_]


def _charts(shelf: Catalog, government: str) -> list[tuple[tuple[str, ...], LineChart, list[Series]]]:
    """The pictures of a government's metrics: those of which there is something to draw."""
    charts = []
    for metrics in PICTURES:
        several = [_own_series(shelf, government, metric) for metric in metrics]
        chart = chart_of(shelf, several)
        if chart is not None:
            charts.append((metrics, chart, [each for each in several if each.points]))
    return charts


def _own_series(shelf: Catalog, agency: str, metric: str) -> Series:
    line = series(shelf.engine, agency, metric, shelf.metric_name(metric, chosen_language()))
    return with_cases(shelf, line, where(agency=agency))


def _body_shape(body: Body) -> dict[str, object]:
    return {
        "id": body.id,
        "name": body.name,
        "kind": body.kind,
        "reports": [{"id": hit.id, "year": hit.year} for hit in body.reports],
        "missing_years": _missing(body.reports),
    }


def _ranked_shape(shelf: Catalog, metric: str, point: Point) -> dict[str, object]:
    return {
        "region": point.region,
        "agency": point.agency,
        "report": point.report,
        "value": number(point.value),
        "flagged": shelf.mark(point.report, metric) is not None,
    }


def metric_asked(shelf: Catalog) -> str:
    """The metric that the address names, else the applications received."""
    metric = request.args.get("metric") or DEFAULT
    if metric not in shelf.metrics:
        raise BadParameterError("metric", N_("There is no metric “%(value)s”; /metrics lists them all."), value=metric)
    return metric


def _bodies(shelf: Catalog, place: Region) -> list[Body]:
    """The agencies that belong to the place itself, its government first."""
    # Townships carry their county's code.
    levels = (place.level, "township") if place.level == "county" else (place.level,)
    found: dict[str, list[Hit]] = {}
    for hit in hits(shelf.engine, replace(where(region=place.code, level=levels), sort="-year"), 5000):
        if hit.region == place.code:
            found.setdefault(agency_of(hit.id), []).append(hit)
    order = ("government", "office", "department", "zone", "township", "ministry")
    bodies = [Body(id_, reports[0].agency, reports[0].kind, tuple(reports)) for id_, reports in found.items()]
    return sorted(bodies, key=lambda body: (order.index(body.kind), body.name))


def _missing(reports: Sequence[Hit]) -> list[int]:
    years = {hit.year for hit in reports}
    return sorted(set(range(min(years), max(years) + 1)) - years)


def _flat(shelf: Catalog, place: Region) -> list[FacetValue]:
    """The counts of the place and of everything in it."""
    waiting = list(shelf.engine.search(replace(where(region=place.code), size=0)).facets.get("region", ()))
    flat: list[FacetValue] = []
    while waiting:
        value = waiting.pop()
        flat.append(value)
        waiting.extend(value.children)
    return flat


def _ranked(shelf: Catalog, place: Region, metric: str) -> tuple[int | None, list[Point]]:
    """The governments of the places directly below in the newest year that most of them have, highest first."""
    level = _BELOW.get(place.level)
    if level is None or level == "township":
        return None, []
    query = where(region=place.code, level=level, kind="government")
    found = points(shelf.engine, query, metric, 5000)
    by_year: dict[int, list[Point]] = {}
    for point in found:
        by_year.setdefault(point.year, []).append(point)
    if not by_year:
        return None, []
    most = max(map(len, by_year.values()))
    year = max(year for year, values in by_year.items() if 2 * len(values) >= most)
    weighed = with_cases(shelf, Series("", metric, tuple(by_year[year])), query.choosing(year=(str(year),)))
    return year, sorted(weighed.points, key=lambda point: (point.small, -point.value))
