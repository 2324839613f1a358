"""The description of the interface for programs: OpenAPI 3.1, written from the same lists that check the addresses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from corpus.doubts import LANGUAGES
from corpus.model import KINDS, LEVELS
from corpus.store.contradictions import SORTS
from corpus.store.listing import WHATS
from corpus.store.lives import HOWS
from corpus.store.promises import OUTCOMES as PROMISES
from corpus.store.ranking import SHARES
from indexer.facets import BY_NAME, FACETS, YEARS, Facet
from indexer.rank import ORDERS
from indexer.request import GROUPS, MAX_PAGE
from webui.answers import Answer, ErrorShape, Home, Package, Report, SearchShape, Trend
from webui.pages.calendar import WHATS as DUTIES
from webui.params import FLAGS, MOST_METRICS
from webui.tables import TABLES

Json = dict[str, Any]

_LANG: Json = {"name": "lang", "in": "query", "schema": {"type": "string", "enum": list(LANGUAGES)}}
_ERROR: Json = {"$ref": "#/components/schemas/ErrorShape"}
_BOUND = r"(-?[0-9]{1,12}(\.[0-9]{1,6})?%?)?"
_YEAR = f"^{YEARS}$"
_ONE_YEAR = "^(19|20|21)[0-9]{2}$"
_AGENCY = f"^{BY_NAME['agency'].pattern}$"
_REGION: Json = {"$ref": "#/components/schemas/RegionCode"}
_METRIC: Json = {"$ref": "#/components/schemas/MetricId"}


def description(metrics: Collection[str], regions: Collection[str]) -> Json:
    """The whole document: what may be asked of a site with these metrics and regions."""
    search = _search_parameters(metrics)
    what = _one("what", {"type": "string", "enum": list(TABLES)}, "the table to take away")
    compared = [
        _many("agency", {"type": "string", "pattern": _AGENCY}, "an agency's id", 5),
        _many("metric", _METRIC, "a metric's id", 4),
        _many("year", {"type": "string", "pattern": _YEAR}, "2019 or 2019..2022"),
        _LANG,
    ]
    paths: Json = {
        "/index.json": _path("What is in here", "Home", [_LANG]),
        "/search.json": _path("Search", "SearchShape", [*search, _LANG]),
        "/trend.json": _path("How many reports mention it, by year and by region", "Trend", [*search, _LANG]),
        "/trend.csv": _file("The same as CSV", "text/csv", [*search, _LANG]),
        "/reports/{id}.json": _path("A report", "Report", [_in_path("id", r"^[0-9]{6}-[0-9]{4}-[0-9a-f]{8}$"), _LANG]),
        "/reports/{id}/changes.json": _path(
            "A report against that of the year before",
            "Answer",
            [_in_path("id", r"^[0-9]{6}-[0-9]{4}-[0-9a-f]{8}$"), _LANG],
        ),
        "/reports/{id}/cells/{figure}.json": _path(
            "A cell of a report",
            "Answer",
            [_in_path("id", r"^[0-9]{6}-[0-9]{4}-[0-9a-f]{8}$"), _in_path("figure", r"^[a-z0-9_.]+$"), _LANG],
        ),
        "/reports/{id}/source.json": _path(
            "Where the stored original of a report lies",
            "Answer",
            [
                _in_path("id", r"^[0-9]{6}-[0-9]{4}-[0-9a-f]{8}$"),
                _one("cell", {"type": "string"}, "a cell's id"),
                _LANG,
            ],
        ),
        "/reports/{id}/versions/{version}.json": _path(
            "What a version of a report changed since the one before it",
            "Answer",
            [
                _in_path("id", r"^[0-9]{6}-[0-9]{4}-[0-9a-f]{8}$"),
                _in_path("version", r"^[1-9][0-9]{0,3}$"),
                _one("view", {"type": "string", "enum": ["inline", "beside"]}, "how the page shows the text"),
                _LANG,
            ],
        ),
        "/agencies/{id}.json": _path("An agency", "Answer", [_in_path("id", _AGENCY), _LANG]),
        "/regions/{code}.json": _path(
            "A place",
            "Answer",
            [_in_path("code", r"^[0-9]{6}$"), _one("metric", _METRIC, "compared"), _LANG],
        ),
        "/metrics.json": _path("All metrics", "Answer", [_LANG]),
        "/metrics/{id}.json": _path(
            "A metric",
            "Answer",
            [
                _in_path("id", r"^[a-z0-9_.]+$"),
                *search,
                _one(
                    "least",
                    {"type": "integer", "minimum": 0, "maximum": 999_999},
                    "cases that a ranked rate is taken over",
                ),
                _LANG,
            ],
        ),
        "/compare.json": _path(
            "Agencies side by side",
            "Answer",
            [
                *compared,
                _one("beside", {"type": "string", "pattern": _AGENCY}, "leads to the agency with its neighbours"),
            ],
        ),
        "/coverage.json": _path("What is here of what must exist", "Answer", [_LANG]),
        "/coverage/{what}.json": _path(
            "The documents that a number of the coverage counts",
            "Answer",
            [
                {"name": "what", "in": "path", "required": True, "schema": {"type": "string", "enum": list(WHATS)}},
                _one("region", _REGION, "a place, for what is a report; what lies in it is included"),
                _one("year", {"type": "string", "pattern": _ONE_YEAR}, "the year a report is of"),
                _one("reason", {"type": "string"}, "why it is no report, for unreadable"),
                _one("page", {"type": "integer", "minimum": 1, "maximum": 9999}, "a page of a hundred"),
                _LANG,
            ],
        ),
        "/coverage/sources.json": _path("What came of each site that was crawled", "Answer", [_LANG]),
        "/boilerplate.json": _path(
            "The reports by how much of them is repeated", "Answer", [*_analysis(SHARES), _LANG]
        ),
        "/boilerplate.csv": _file("The same as CSV, all rows", "text/csv", [*_analysis(SHARES), _LANG]),
        "/reports/{id}/boilerplate.json": _path(
            "Which sentences of a report stood in earlier ones",
            "Answer",
            [_in_path("id", r"^[0-9]{6}-[0-9]{4}-[0-9a-f]{8}$"), _LANG],
        ),
        "/calendar.json": _path(
            "Who owed which year's report, and what came of it", "Answer", [*_listed(DUTIES), _LANG]
        ),
        "/calendar.csv": _file("Every body and year that was due", "text/csv", [*_listed(DUTIES), _LANG]),
        "/calendar.atom": _file("The gaps as a feed", "application/atom+xml", [*_listed(DUTIES), _LANG]),
        "/revisions.json": _path("What was changed after publication", "Answer", [*_listed(("silent", "told")), _LANG]),
        "/revisions.csv": _file("Every cell and sentence of it", "text/csv", [*_listed(("silent", "told")), _LANG]),
        "/revisions.atom": _file("The same as a feed", "application/atom+xml", [*_listed(("silent", "told")), _LANG]),
        "/contradictions.json": _path("Numbers that cannot both be right", "Answer", [*_listed(SORTS), _LANG]),
        "/contradictions.csv": _file("All of them as CSV", "text/csv", [*_listed(SORTS), _LANG]),
        "/reports/{id}/contradictions.json": _path(
            "Those of one report", "Answer", [_in_path("id", r"^[0-9]{6}-[0-9]{4}-[0-9a-f]{8}$"), _LANG]
        ),
        "/refusals.json": _path("What became of applications, by reason", "Answer", [*_counted(), _LANG]),
        "/refusals.csv": _file("The same by year and applicant", "text/csv", [*_counted(), _LANG]),
        "/reports/{id}/refusals.json": _path(
            "That of one report, beside its peers",
            "Answer",
            [_in_path("id", r"^[0-9]{6}-[0-9]{4}-[0-9a-f]{8}$"), _LANG],
        ),
        "/agencies/{id}/peers.json": _path(
            "A body in a metric among bodies like it", "Answer", [_in_path("id", _AGENCY), *_measured(), _LANG]
        ),
        "/agencies/{id}/peers.csv": _file(
            "The body and its peers", "text/csv", [_in_path("id", _AGENCY), *_measured(), _LANG]
        ),
        "/promises.json": _path("What reports promise, and what came of it", "Answer", [*_listed(PROMISES), _LANG]),
        "/promises.csv": _file("All of them as CSV", "text/csv", [*_listed(PROMISES), _LANG]),
        "/reports/{id}/promises.json": _path(
            "Those of one report", "Answer", [_in_path("id", r"^[0-9]{6}-[0-9]{4}-[0-9a-f]{8}$"), _LANG]
        ),
        "/lives.json": _path("Which bodies became which", "Answer", [*_listed(HOWS), _LANG]),
        "/lives.csv": _file("All of them as CSV", "text/csv", [*_listed(HOWS), _LANG]),
        "/slices/{digest}.json": _path(
            "Whether a search gives what had a digest", "Answer", [_in_path("digest", "^[0-9a-f]{64}$"), *search, _LANG]
        ),
        "/methods.json": _path("How the analyses are made", "Answer", [_LANG]),
        "/withheld.json": _path("What is withheld, why and since when", "Answer", [_LANG]),
        "/about.json": _path("Help", "Answer", [_LANG]),
        "/download.json": _path("The files of a search, and what their columns mean", "Answer", [*search, _LANG]),
        "/suggest.json": _path(
            "What to offer while somebody types", "Answer", [_one("q", {"type": "string"}, ""), _LANG]
        ),
        "/healthz": _path("Whether the site runs, and what it holds", "Answer", []),
        "/readyz": _path("Whether it can answer: store, index, originals", "Answer", []),
        "/datapackage.json": _path("What an export holds", "Package", [*search, what, _LANG]),
        "/search.csv": _file("CSV", "text/csv", [*search, what, _LANG]),
        "/search.ndjson": _file("NDJSON", "application/x-ndjson", [*search, what, _LANG]),
        "/chart.csv": _file("The values of a comparison's picture as CSV", "text/csv", compared),
        "/search.atom": _file("Atom feed", "application/atom+xml", [*search, _LANG]),
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Nianbao",
            "version": "1",
            "description": "Search and figures of China's yearly open-government reports.",
            "license": {"name": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "paths": paths,
        "components": {"schemas": {**_schemas(), **_codes(metrics, regions)}},
    }


def _analysis(by: Collection[str]) -> list[Json]:
    """What the page of an analysis is asked for."""
    return [
        _one("region", _REGION, "a place; what lies in it is included"),
        _one("year", {"type": "string", "pattern": _ONE_YEAR}, "a year"),
        _one("by", {"type": "string", "enum": list(by)}, "the order, or what is listed"),
        _one("page", {"type": "integer", "minimum": 1, "maximum": 9999}, "a page"),
    ]


def _measured() -> list[Json]:
    """A metric in a year."""
    return [_one("metric", _METRIC, "a metric's id"), *(each for each in _analysis(()) if each["name"] == "year")]


def _counted() -> list[Json]:
    """What the sums of a sort of bodies are asked for."""
    return [
        *(each for each in _analysis(()) if each["name"] in {"region", "year"}),
        _one("level", {"type": "string", "enum": list(LEVELS)}, "where the bodies stand"),
        _one("kind", {"type": "string", "enum": list(KINDS)}, "what sort of bodies"),
    ]


def _listed(what: Collection[str]) -> list[Json]:
    """The same, of a page that lists one of several things."""
    return [parameter | ({"name": "what"} if parameter["name"] == "by" else {}) for parameter in _analysis(what)]


def _search_parameters(metrics: Collection[str]) -> list[Json]:
    ranges = f"^({'|'.join(map(re.escape, metrics))}):{_BOUND}\\.\\.{_BOUND}$"
    orders = [*ORDERS, *metrics, *(f"-{metric}" for metric in metrics)]
    return [
        _one("q", {"type": "string", "maxLength": 500}, "words and “phrases”"),
        _one("like", {"type": "string", "maxLength": 500}, "a passage: reports with passages like it"),
        *(_many(facet.name, _value(facet), facet.meaning) for facet in FACETS),
        _many("metric", {"type": "string", "pattern": ranges}, "<id>:<min>..<max>"),
        _many("facet_metric", _METRIC, "count the hits by this metric's values", MOST_METRICS),
        _many("stats", _METRIC, "count, sum, quartiles of this metric over the result", MOST_METRICS),
        _one("since", {"type": "string", "format": "date"}, "captured on that day (UTC) or later"),
        _one("group", {"type": "string", "enum": list(GROUPS)}, "of each only the first hit"),
        _one("sort", {"type": "string", "enum": orders}, ""),
        *(_one(name, {"type": "string", "enum": ["0", "1"]}, "a switch") for name in FLAGS),
        _one("page", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE}, ""),
    ]


def _value(facet: Facet) -> Json:
    """What a value of a facet may be."""
    if facet.values:
        return {"type": "string", "enum": list(facet.values)}
    return _REGION if facet.nature == "region" else {"type": "string", "pattern": f"^({facet.pattern})$"}


def _one(name: str, schema: Json, words: str) -> Json:
    return {"name": name, "in": "query", "schema": schema, "description": words}


def _many(name: str, schema: Json, words: str, most: int = 50) -> Json:
    array = {"type": "array", "items": schema, "maxItems": most}
    return {"name": name, "in": "query", "schema": array, "description": words, "style": "form", "explode": True}


def _in_path(name: str, pattern: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": pattern}}


def _path(summary: str, schema: str, parameters: list[Json]) -> Json:
    answer = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": _responses(answer, parameters)}}


def _file(summary: str, media_type: str, parameters: list[Json]) -> Json:
    answer = {media_type: {"schema": {"type": "string"}}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": _responses(answer, parameters)}}


def _responses(answer: Json, parameters: Iterable[Json]) -> Json:
    error = {"application/json": {"schema": _ERROR}}
    responses: Json = {
        "200": {"description": "Done", "content": answer},
        "400": {"description": "A parameter means nothing; the error names it", "content": error},
        "503": {"description": "The index is not ready", "content": error},
    }
    if any(parameter["name"] == "beside" for parameter in parameters):
        responses["302"] = {"description": "It is the comparison of the agency with its neighbours"}
        responses["404"] = {"description": "There is nothing here", "content": error}
    if any(parameter["in"] == "path" for parameter in parameters):
        responses["301"] = {"description": "The id has become another one"}
        responses["410"] = {"description": "It is withheld; the answer says why and since when", "content": error}
        responses["404"] = {"description": "There is nothing here", "content": error}
    return responses


def _codes(metrics: Collection[str], regions: Collection[str]) -> Json:
    return {
        "RegionCode": {"type": "string", "enum": sorted(regions)},
        "MetricId": {"type": "string", "enum": list(metrics)},
    }


_ANSWERS = (Answer, ErrorShape, Home, Package, Report, SearchShape, Trend)


def _schemas() -> Json:
    """The types of the answers, and of all that they hold, as JSON Schema."""
    return msgspec.json.schema_components(_ANSWERS, ref_template="#/components/schemas/{name}")[1]
