"""How an issue comes and goes: reports that mention it by year and by region, among those that exist."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from flask import Blueprint, Response, current_app, request

from corpus.regions import Registry
from indexer.request import SearchRequest
from indexer.trend import Point
from indexer.trend import trend as course
from webui.addresses import search_address
from webui.catalog import catalog
from webui.export import BOM, defused
from webui.facet_choices import chips
from webui.filters import quantity
from webui.language import chosen_language
from webui.pages.search import namer
from webui.params import address_arguments, parse
from webui.pictures import nice_top
from webui.respond import View, page
from webui.shapes import Json, region_shape

blueprint = Blueprint("trend", __name__)

PATH = "/trend"
Narrowed = Callable[[str], SearchRequest]
"""A value → the query for its reports alone."""
LEAST = 30
"""Reports below which a share is not to be compared."""


@dataclass(frozen=True, slots=True)
class Row:
    """A point on the page.

    ``height`` is that of its column, 0…100; ``found`` leads to the reports counted, ``all`` to those
    that exist, ``deeper`` to the trend of what
    lies in a region.
    """

    point: Point
    words: str
    height: int
    small: bool
    found: str
    all: str = ""
    deeper: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What a page and a file show of a trend: the years asked for; the places asked for and what lies in them."""

    query: SearchRequest
    years: tuple[Point, ...]
    regions: tuple[Point, ...]


@page(blueprint, PATH)
def trend() -> View:
    """The trend of a search; its parameters are those of a search."""
    shelf = catalog()
    asked = _asked()
    query = asked.query
    result = shelf.engine.search(replace(query, size=0))
    body = {
        "ok": True,
        "total": result.total,
        "query": {**result.understood, **({"like": query.like} if query.like else {})},
        "years": [{"year": int(point.value), **_shape(point)} for point in asked.years],
        "regions": [{"region": region_shape(point.value, shelf.registry), **_shape(point)} for point in asked.regions],
    }
    context = {
        "query": query,
        "result": result,
        "chips": chips(query, namer(shelf, chosen_language())),
        "years": _rows(asked.years, lambda code: query.choosing(year=(code,))),
        "regions": _rows(asked.regions, lambda code: query.choosing(region=(code,)), shelf.registry),
        "least": LEAST,
        "top": quantity(_top(asked.years), "%"),
        "path": f"{request.script_root}{PATH}",
        "held": [(key, value) for key, value in address_arguments(query) if key != "q"],
        "back": search_address(query),
        "file": search_address(query, ".csv", PATH),
    }
    return View("trend.html", body, context, index=query == SearchRequest(), version=result.generation)


@blueprint.get(f"{PATH}.csv")
def as_csv() -> Response:
    """The same as CSV: one line for each year, then one for each place."""
    asked = _asked()
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(("by", "value", "label", "count", "existing", "share"))
    for by, points in (("year", asked.years), ("region", asked.regions)):
        for point in points:
            share = "" if point.share is None else f"{point.share:.4f}"
            writer.writerow((by, point.value, defused(point.label), point.count, point.existing, share))
    response = current_app.response_class(BOM + lines.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="nianbao-trend.csv"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _asked() -> Course:
    shelf = catalog()
    query = replace(parse(request.args, shelf.holdings.vocabulary), page=1, facet_metrics=(), sort="relevance")
    found = course(shelf.engine, query)
    return Course(query, _years(found.years, query), _regions(found.regions, query, shelf.registry))


def _years(points: Sequence[Point], query: SearchRequest) -> tuple[Point, ...]:
    """The years asked for, those without any report between them too: a gap is not a fall."""

    def wanted(year: int) -> bool:
        return not query.years or any(low <= year <= high for low, high in query.years)

    known = {year: point for point in points if point.existing and wanted(year := int(point.value))}
    span = range(min(known), max(known) + 1) if known else ()
    return tuple(known.get(year) or Point(str(year), str(year), 0, 0) for year in span if wanted(year))


def _regions(points: Sequence[Point], query: SearchRequest, registry: Registry) -> tuple[Point, ...]:
    """The provinces; or each place asked for, and what lies directly in it. The greatest share first."""
    known = {point.value: point for point in points if point.existing}
    if not query.chosen("region"):
        tops = (point for point in known.values() if len(registry.ancestors(point.value)) <= 1)
        return tuple(sorted(tops, key=_rank))
    rows: dict[str, Point] = {}
    for code in query.chosen("region"):
        below = sorted((known[each.code] for each in registry.children(code) if each.code in known), key=_rank)
        rows |= {point.value: point for point in (*filter(None, (known.get(code),)), *below)}
    return tuple(rows.values())


def _rank(point: Point) -> tuple[float, int, str]:
    return -(point.share or 0.0), -point.existing, point.value


def _top(points: Iterable[Point]) -> Decimal:
    """The end of the axis of shares."""
    return min(Decimal(100), nice_top(max((_share(point) for point in points), default=Decimal(0))))


def _share(point: Point) -> Decimal:
    return 100 * Decimal(point.count) / point.existing if point.existing else Decimal(0)


def _rows(points: Sequence[Point], narrowed: Narrowed, registry: Registry | None = None) -> list[Row]:
    top = _top(points)
    return [
        Row(
            point,
            quantity(_share(point), "%") if point.existing else "—",
            round(100 * _share(point) / top),
            small=0 < point.existing < LEAST,
            found=search_address(narrowed(point.value)) if point.existing else "",
            all=search_address(everything(narrowed(point.value))) if point.existing else "",
            deeper=search_address(narrowed(point.value), path=PATH)
            if registry is not None and registry.children(point.value)
            else "",
        )
        for point in points
    ]


def everything(query: SearchRequest) -> SearchRequest:
    """All reports among which a trend counts: the words left out, the filters kept."""
    return replace(query.choosing(section=()), text="", like="")


def _shape(point: Point) -> Json:
    return {
        "count": point.count,
        "existing": point.existing,
        "share": None if point.share is None else round(point.share, 4),
        "small": 0 < point.existing < LEAST,
    }
