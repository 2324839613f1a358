"""Agencies × years × metrics, up to twenty lines: pictures, tables, and one address to share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, abort, redirect, request

from corpus.model import agency_of
from indexer.request import SearchRequest
from webui.addresses import search_address
from webui.catalog import Catalog, catalog
from webui.charts import chart_of
from webui.comparison import MOST, Comparison, comparison, comparison_address, held, years_of
from webui.language import chosen_language
from webui.neighbours import neighbours
from webui.pages.metric import point_shape
from webui.pictures import LineChart
from webui.respond import View, page, wants_page
from webui.series import Series, hits

blueprint = Blueprint("compare", __name__)

_FOUND = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """An agency or a metric, and the address with it or without it."""

    id: str
    label: str
    address: str


Picture = tuple[str, LineChart | None, Sequence[Series]]
"""A metric, what is drawn of it, and the lines."""


@page(blueprint, "/compare")
def compare() -> View:
    """Lines of several agencies side by side, one picture for each metric."""
    shelf = catalog()
    asked = comparison(shelf)
    years = years_of(asked.query)
    if beside := request.args.get("beside", ""):
        path = "/compare" if wants_page() else "/compare.json"
        abort(redirect(comparison_address(_beside(shelf, beside), asked.metrics, years, path)))
    language = chosen_language()
    pictures: list[Picture] = []
    for metric in asked.metrics:
        several = asked.lines(shelf, metric)
        pictures.append((metric, chart_of(shelf, several, years), several))
    wanted = request.args.get("find", "").strip()[:100]
    context = {
        "pictures": pictures,
        "chosen": [
            Choice(agency, name, comparison_address(_without(asked.agencies, agency), asked.metrics, years))
            for agency, name in asked.agencies.items()
        ],
        "measured": [
            Choice(
                metric,
                shelf.metric_name(metric, language),
                comparison_address(asked.agencies, _without(asked.metrics, metric), years),
            )
            for metric in asked.metrics
        ],
        "wanted": wanted,
        "found": _find(shelf, wanted, asked) if wanted else [],
        "metric_choices": [
            (id_, shelf.metric_name(id_, language)) for id_ in shelf.metrics if id_ not in asked.metrics
        ],
        "held": held(asked.agencies, asked.metrics, years),
        "most": MOST,
        "files": [(each.upper(), _file(asked.query, each)) for each in ("csv", "xlsx")] if asked.agencies else [],
    }
    return View("compare.html", partial(_body, shelf, asked, pictures), context, index=not asked.agencies)


def _body(shelf: Catalog, asked: Comparison, pictures: Sequence[Picture]) -> dict[str, object]:
    return {
        "ok": True,
        "agencies": [{"id": agency, "name": name} for agency, name in asked.agencies.items()],
        "metrics": list(asked.metrics),
        "series": [
            _line_shape(shelf, agency, each)
            for _, _, several in pictures
            for agency, each in zip(asked.agencies, several, strict=True)
        ],
    }


def _file(query: SearchRequest, ending: str) -> str:
    """The reports that a comparison draws, as a wide table: bodies × years down, metrics across."""
    return f"{search_address(query, f'.{ending}')}&what=wide"


def _beside(shelf: Catalog, agency: str) -> tuple[str, ...]:
    """An agency and its neighbours; 404 for one that has no report here."""
    reports = shelf.store.of_agency(agency)
    if not reports:
        abort(404)
    return neighbours(shelf, reports[-1].report.agency)


def _without(chosen: Iterable[str], dropped: str) -> list[str]:
    return [each for each in chosen if each != dropped]


def _line_shape(shelf: Catalog, agency: str, line: Series) -> dict[str, object]:
    return {
        "agency": agency,
        "metric": line.metric,
        "breaks": list(shelf.metrics[line.metric].breaks),
        "values": [point_shape(shelf, line.metric, point) for point in line.points],
    }


def _find(shelf: Catalog, wanted: str, asked: Comparison) -> list[Choice]:
    """Agencies by name, each with the address that adds it."""
    text = "机关:" + wanted.replace('"', "").replace(":", "").replace(" ", "")
    found: dict[str, str] = {}
    named = hits(shelf.engine, SearchRequest(text=text, sort="-year"), 100)
    for hit in sorted(named, key=lambda hit: hit.kind != "government"):  # a place's name means its government first
        found.setdefault(agency_of(hit.id), hit.agency)
    years = years_of(asked.query)
    return [
        Choice(agency, name, comparison_address((*asked.agencies, agency), asked.metrics, years))
        for agency, name in found.items()
        if agency not in asked.agencies
    ][:_FOUND]
