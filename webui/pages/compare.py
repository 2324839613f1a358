"""Agencies × years × metrics, up to twenty lines: pictures, tables, and one address to share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, request

from corpus.model import agency_of
from indexer.request import SearchRequest, where
from webui.addresses import search_address
from webui.cases import with_cases
from webui.catalog import Catalog, catalog
from webui.language import chosen_language, explicit_language
from webui.neighbours import neighbours
from webui.pages.agency import chart_of
from webui.pages.metric import point_shape
from webui.params import N_, BadParameterError, parse, spelled
from webui.respond import View, page, wants_page
from webui.series import Series, hits, series

blueprint = Blueprint("compare", __name__)

MOST = 20
DEFAULT = ("applications_received", "disclosure_rate")
_ID = re.compile(r"[a-z0-9_.]+")
_FOUND = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """An agency or a metric, and the address with it or without it."""

    id: str
    label: str
    address: str


@page(blueprint, "/compare")
def compare() -> View:
    """Lines of several agencies side by side, one picture for each metric."""
    shelf = catalog()
    query = parse(_Shared(), shelf.holdings.vocabulary)
    metrics = _metrics(shelf)
    if beside := request.args.get("beside", ""):
        ending = "" if wants_page() else ".json"
        abort(redirect(address(_beside(shelf, beside), metrics, query, ending)))
    if len(query.chosen("agency")) * len(metrics) > MOST:
        raise BadParameterError(
            "agency", N_("A comparison has %(most)s lines at most: take fewer agencies or metrics."), most=MOST
        )
    language = chosen_language()
    names = {agency: _name(shelf, agency) for agency in query.chosen("agency")}
    pictures = []
    for metric in metrics:
        several = [_line(shelf, agency, metric, names[agency], query) for agency in query.chosen("agency")]
        pictures.append((metric, chart_of(shelf, several), several))
    wanted = request.args.get("find", "").strip()[:100]
    body = {
        "ok": True,
        "agencies": [{"id": agency, "name": name} for agency, name in names.items()],
        "metrics": list(metrics),
        "series": [
            _line_shape(shelf, agency, each)
            for _, _, several in pictures
            for agency, each in zip(query.chosen("agency"), several, strict=True)
        ],
    }
    context = {
        "pictures": pictures,
        "chosen": [
            Choice(agency, name, address(_without(query.chosen("agency"), agency), metrics, query))
            for agency, name in names.items()
        ],
        "measured": [
            Choice(
                metric,
                shelf.metric_name(metric, language),
                address(query.chosen("agency"), _without(metrics, metric), query),
            )
            for metric in metrics
        ],
        "wanted": wanted,
        "found": _find(shelf, wanted, query, metrics) if wanted else [],
        "metric_choices": [(id_, shelf.metric_name(id_, language)) for id_ in shelf.metrics if id_ not in metrics],
        "held": _pairs(query.chosen("agency"), metrics, query),
        "most": MOST,
        "files": [(each.upper(), _file(query, each)) for each in ("csv", "xlsx")] if names else [],
    }
    return View("compare.html", body, context, index=not query.chosen("agency"))


def address(agencies: Iterable[str], metrics: Iterable[str], query: SearchRequest, ending: str = "") -> str:
    """The address of a comparison, ``ending`` ``.json`` for its twin."""
    pairs = _pairs(agencies, metrics, query)
    language = explicit_language()
    if language:
        pairs.append(("lang", language))
    return f"{request.script_root}/compare{ending}" + (f"?{urlencode(pairs)}" if pairs else "")


def _file(query: SearchRequest, ending: str) -> str:
    """The reports that a comparison draws, as a wide table: bodies × years down, metrics across."""
    return f"{search_address(query, f'.{ending}')}&what=wide"


def _beside(shelf: Catalog, agency: str) -> tuple[str, ...]:
    """An agency and its neighbours; 404 for one that has no report here."""
    reports = shelf.store.of_agency(agency)
    if not reports:
        abort(404)
    return neighbours(shelf, reports[-1].report.agency)


def _pairs(agencies: Iterable[str], metrics: Iterable[str], query: SearchRequest) -> list[tuple[str, str]]:
    """The parameters of a comparison."""
    pairs = [("agency", each) for each in agencies] + [("metric", each) for each in metrics]
    return pairs + [("year", each) for each in spelled(query, "year")]


def _without(chosen: Iterable[str], dropped: str) -> list[str]:
    return [each for each in chosen if each != dropped]


def _line_shape(shelf: Catalog, agency: str, line: Series) -> dict[str, object]:
    return {
        "agency": agency,
        "metric": line.metric,
        "breaks": list(shelf.metrics[line.metric].breaks),
        "values": [point_shape(shelf, line.metric, point) for point in line.points],
    }


class _Shared:
    """The arguments that a comparison shares with a search; ``metric`` means something else here."""

    def getlist(self, key: str) -> list[str]:
        """As werkzeug's MultiDict gives it."""
        return request.args.getlist(key) if key in ("agency", "year") else []


def _metrics(shelf: Catalog) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(each for each in request.args.getlist("metric") if each))
    for each in named:
        if not _ID.fullmatch(each) or each not in shelf.metrics:
            raise BadParameterError(
                "metric", N_("There is no metric “%(value)s”; /metrics lists them all."), value=each
            )
    return named or DEFAULT


def _name(shelf: Catalog, agency: str) -> str:
    found = shelf.engine.search(replace(where(agency=agency), sort="-year", size=1)).hits
    return found[0].agency if found else agency


def _line(shelf: Catalog, agency: str, metric: str, name: str, query: SearchRequest) -> Series:
    each = series(shelf.engine, agency, metric, name)
    return _within(with_cases(shelf, each, where(agency=agency)), query)


def _within(each: Series, query: SearchRequest) -> Series:
    if not query.years:
        return each
    kept = tuple(point for point in each.points if any(first <= point.year <= last for first, last in query.years))
    return replace(each, points=kept)


def _find(shelf: Catalog, wanted: str, query: SearchRequest, metrics: tuple[str, ...]) -> list[Choice]:
    """Agencies by name, each with the address that adds it."""
    text = "机关:" + wanted.replace('"', "").replace(":", "").replace(" ", "")
    found: dict[str, str] = {}
    named = hits(shelf.engine, SearchRequest(text=text, sort="-year"), 100)
    for hit in sorted(named, key=lambda hit: hit.kind != "government"):  # a place's name means its government first
        found.setdefault(agency_of(hit.id), hit.agency)
    return [
        Choice(agency, name, address((*query.chosen("agency"), agency), metrics, query))
        for agency, name in found.items()
        if agency not in query.chosen("agency")
    ][:_FOUND]
