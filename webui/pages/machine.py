"""What only machines ask for: rules for robots, sitemaps, how to search here, the interface's description."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request, url_for

from corpus.model import agency_of
from indexer.request import SearchRequest, where
from webui.addresses import absolute, search_address
from webui.catalog import catalog
from webui.openapi import description
from webui.series import hits

blueprint = Blueprint("machine", __name__)

_MOST = 50_000
"""Addresses in one sitemap (sitemaps.org)."""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Reports are for everybody; searches are endless, so robots stay out of them."""
    lines = [
        "User-agent: *",
        "Disallow: /search?",
        *(f"Disallow: /search.{ending}" for ending in ("json", "csv", "ndjson", "xlsx", "parquet", "atom")),
        "Disallow: /trend?",
        *(f"Disallow: /trend.{ending}" for ending in ("json", "csv")),
        "Disallow: /reports/*mark=",
        "Disallow: /datapackage.json",
        "Disallow: /compare?",
        "Disallow: /compare.json",
        "Disallow: /metrics/*?",
        "Disallow: /snapshots/",
        "Disallow: /reports/*/original",
        "Disallow: /reports/*/source",
        f"Sitemap: {absolute('/sitemap.xml', catalog().settings)}",
    ]
    return _text("\n".join([*lines, ""]), "text/plain")


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """The icon, where browsers look for it beside what has no head: a feed, a file of JSON."""
    return current_app.send_static_file("icon.svg")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """The sitemaps: one for places and agencies, one for the reports of each year."""
    found = catalog().engine.search(SearchRequest(size=0)).facets.get("year", ())
    return _text(render_template("sitemap.xml", years=[value.value for value in found]), "application/xml")


@blueprint.get("/sitemaps/<part>.xml")
def sitemap_of(part: str) -> Response:
    """One sitemap: ``places`` or a year."""
    shelf = catalog()
    if part == "places":
        reporting = {agency_of(hit.id) for hit in hits(shelf.engine, SearchRequest(sort="-year"), _MOST)}
        codes = {code for id_ in reporting for code in shelf.registry.ancestors(id_[:6])}
        addresses = [url_for("region.region", code=code) for code in sorted(codes)]
        addresses += [url_for("agency.agency", id_=id_) for id_ in sorted(reporting)]
        addresses += [url_for("metric.metric", id_=id_) for id_ in shelf.metrics]
    elif part.isascii() and part.isdigit() and len(part) == 4:
        year = int(part)
        query = where(year=str(year))
        addresses = [url_for("report.report", id_=hit.id) for hit in hits(shelf.engine, query, _MOST)]
    else:
        abort(404)
    return _text(render_template("sitemap.xml", addresses=addresses[:_MOST]), "application/xml")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """How a browser searches here (OpenSearch 1.1)."""
    return _text(render_template("opensearch.xml"), "application/opensearchdescription+xml")


@blueprint.get("/suggest.json")
def suggest() -> Response:
    """What to offer to somebody who has typed so much: places, metrics, agencies, words."""
    typed = request.args.get("q", "")[:50]
    shelf = catalog()
    offers = [
        {
            "kind": each.kind,
            "text": each.text,
            "value": each.value,
            "address": _offered(each.kind, each.value, each.text),
        }
        for each in shelf.engine.suggest(typed)
    ]
    return jsonify(ok=True, suggestions=offers)


def _offered(kind: str, value: str, text: str) -> str:
    if kind == "region":
        return url_for("region.region", code=value)
    if kind == "agency":
        return url_for("agency.agency", id_=value)
    if kind == "metric":
        return url_for("metric.metric", id_=value)
    return search_address(SearchRequest(text=text))


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The interface for programs (OpenAPI 3.1)."""
    response = jsonify(description(catalog().metrics, catalog().holdings.vocabulary.regions))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _text(text: str, media_type: str) -> Response:
    return current_app.response_class(text, mimetype=media_type)
