"""Fair peers: where a body stands in a metric among bodies like it, and beside its own years before."""

from __future__ import annotations

import re
from dataclasses import asdict

from flask import Blueprint, Response, abort, request, url_for

from corpus.metrics import Metric
from corpus.model import Agency
from webui.asked import asked_year
from webui.catalog import Catalog, catalog
from webui.funnel import funnel
from webui.language import chosen_language
from webui.pages.agency import series_of
from webui.pages.metric import metric_shape, point_shape
from webui.params import N_, BadParameterError
from webui.peers import Among, Compared, among_peers
from webui.respond import View, page
from webui.rows_file import rows_file
from webui.shapes import Json, agency_shape, number

blueprint = Blueprint("peers", __name__)

DEFAULT = "refusal_rate"
_ID = re.compile(r"\d{6}-[0-9a-f]{8}")
_COLUMNS = ("report", "agency_id", "agency", "region", "year", "metric", "value", "cases", "own")
_SHOWN = 50


@page(blueprint, "/agencies/<id_>/peers")
def peers(id_: str) -> View:
    """The body among its peers."""
    shelf = catalog()
    agency, metric, years, year, found = _asked(shelf, id_)
    if found is not None:
        shelf.look_up_flaws([found.own.report, *(p.report for p in (*found.before, *found.peers[:_SHOWN]))])
    body = {"ok": True, **agency_shape(agency, shelf.registry), "metric": metric_shape(metric), "year": year}
    drawn = None
    if found is not None:
        body |= _shape(shelf, metric, found)
        if found.beside.by and found.peers:
            drawn = funnel(found.own, found.peers, found.beside.by)
    context = {
        "agency": agency,
        "metric": metric,
        "metrics": [(id_, shelf.metric_name(id_, chosen_language())) for id_ in _offered(shelf)],
        "years": years,
        "year": year,
        "found": found,
        "drawn": drawn,
        "shown": found.peers[:_SHOWN] if found else (),
        "asked": {"metric": metric.id, "year": year},
        "here": lambda **changed: url_for("peers.peers", **{"id_": id_, "metric": metric.id, "year": year, **changed}),
    }
    return View(
        "peers.html", body, context, index=False, version=f"{shelf.holdings.revision} {shelf.engine.generation}"
    )


@blueprint.get("/agencies/<id_>/peers.csv")
def as_csv(id_: str) -> Response:
    """The body and all of its peers."""
    _, metric, _, _, found = _asked(catalog(), id_)
    everyone = (found.own, *found.peers) if found else ()
    rows = (
        (p.report, p.agency_id, p.agency, p.region, p.year, metric.id, p.value, p.cases, at == 0)
        for at, p in enumerate(everyone)
    )
    return rows_file("peers", _COLUMNS, rows)


def _asked(shelf: Catalog, id_: str) -> tuple[Agency, Metric, list[int], int | None, Among | None]:
    """The body, the metric, the years that it has it in, the one asked for or the newest, and what is found."""
    reports = shelf.store.of_agency(id_) if _ID.fullmatch(id_) else ()
    if not reports:
        abort(404)
    name = request.args.get("metric") or DEFAULT
    metric = shelf.metrics.get(name)
    if metric is None:
        raise BadParameterError("metric", N_("No metric has the id %(value)s."), value=name)
    history = series_of(shelf, reports, metric.id).points
    years = [point.year for point in history]
    year = asked_year() or (years[-1] if years else None)
    agency = reports[-1].report.agency
    found = among_peers(shelf, agency, metric.id, history, year) if year else None
    return agency, metric, years, year, found


def _offered(shelf: Catalog) -> list[str]:
    """The metrics with names of their own, rates first: only these have a funnel."""
    named = [each for each in shelf.metrics.values() if each.formula != each.id]
    return [each.id for each in sorted(named, key=lambda each: each.unit != "%")]


def _shape(shelf: Catalog, metric: Metric, found: Among) -> Json:
    return {
        **point_shape(shelf, metric.id, found.own),
        "basis": {"province": found.basis.province, "volume": found.basis.volume},
        "among_peers": _compared(found.beside),
        "against_its_own_years": {
            **_compared(found.since),
            "change": number(found.change),
            "years": {str(point.year): number(point.value) for point in found.before},
        },
        "peers": [{"agency": point.agency, **point_shape(shelf, metric.id, point)} for point in found.peers[:_SHOWN]],
    }


def _compared(each: Compared) -> Json:
    return {
        "others": each.others,
        "percentile": each.percentile,
        "expected": asdict(each.by) if each.by else None,
        "probability": each.probability,
        "standing": each.standing,
    }
