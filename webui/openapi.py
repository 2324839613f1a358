"""The description of the interface for programs: OpenAPI 3.1, written from the same lists that check the addresses."""

from __future__ import annotations

import re
from collections.abc import Collection

import msgspec

from corpus.store.listing import WHATS
from indexer.facets import FACETS, YEARS, Facet
from indexer.rank import ORDERS
from indexer.request import GROUPS, MAX_PAGE
from webui.analysis_operations import analysis_operations
from webui.answers import Answer, ErrorShape, Home, Package, Report, Trend
from webui.operations import AGENCY, LANG, METRIC, ONE_YEAR, REGION, REPORT, Json, file, in_path, many, one, operation
from webui.params import FLAGS, MOST_METRICS
from webui.search_answers import SearchShape
from webui.tables import TABLES

_BOUND = r"(-?[0-9]{1,12}(\.[0-9]{1,6})?%?)?"
_YEAR = f"^{YEARS}$"


def description(metrics: Collection[str], regions: Collection[str]) -> Json:
    """The whole document: what may be asked of a site with these metrics and regions."""
    search = _search_parameters(metrics)
    what = one("what", {"type": "string", "enum": list(TABLES)}, "the table to take away")
    compared = [
        many("agency", {"type": "string", "pattern": AGENCY}, "an agency's id", 5),
        many("metric", METRIC, "a metric's id", 4),
        many("year", {"type": "string", "pattern": _YEAR}, "2019 or 2019..2022"),
        LANG,
    ]
    paths: Json = {
        "/index.json": operation("What is in here", "Home", [LANG]),
        "/search.json": operation("Search", "SearchShape", [*search, LANG]),
        "/trend.json": operation("How many reports mention it, by year and by region", "Trend", [*search, LANG]),
        "/trend.csv": file("The same as CSV", "text/csv", [*search, LANG]),
        "/reports/{id}.json": operation("A report", "Report", [REPORT, LANG]),
        "/reports/{id}/changes.json": operation(
            "A report against that of the year before",
            "Answer",
            [REPORT, LANG],
        ),
        "/reports/{id}/cells/{figure}.json": operation(
            "A cell of a report",
            "Answer",
            [REPORT, in_path("figure", r"^[a-z0-9_.]+$"), LANG],
        ),
        "/reports/{id}/source.json": operation(
            "Where the stored original of a report lies",
            "Answer",
            [
                REPORT,
                one("cell", {"type": "string"}, "a cell's id"),
                LANG,
            ],
        ),
        "/reports/{id}/versions/{version}.json": operation(
            "What a version of a report changed since the one before it",
            "Answer",
            [
                REPORT,
                in_path("version", r"^[1-9][0-9]{0,3}$"),
                one("view", {"type": "string", "enum": ["inline", "beside"]}, "how the page shows the text"),
                LANG,
            ],
        ),
        "/agencies/{id}.json": operation("An agency", "Answer", [in_path("id", AGENCY), LANG]),
        "/regions/{code}.json": operation(
            "A place",
            "Answer",
            [in_path("code", r"^[0-9]{6}$"), one("metric", METRIC, "compared"), LANG],
        ),
        "/metrics.json": operation("All metrics", "Answer", [LANG]),
        "/metrics/{id}.json": operation(
            "A metric",
            "Answer",
            [
                in_path("id", r"^[a-z0-9_.]+$"),
                *search,
                one(
                    "least",
                    {"type": "integer", "minimum": 0, "maximum": 999_999},
                    "cases that a ranked rate is taken over",
                ),
                LANG,
            ],
        ),
        "/compare.json": operation(
            "Agencies side by side",
            "Answer",
            [
                *compared,
                one("beside", {"type": "string", "pattern": AGENCY}, "leads to the agency with its neighbours"),
            ],
        ),
        "/coverage.json": operation("What is here of what must exist", "Answer", [LANG]),
        "/coverage/{what}.json": operation(
            "The documents that a number of the coverage counts",
            "Answer",
            [
                {"name": "what", "in": "path", "required": True, "schema": {"type": "string", "enum": list(WHATS)}},
                one("region", REGION, "a place, for what is a report; what lies in it is included"),
                one("year", {"type": "string", "pattern": ONE_YEAR}, "the year a report is of"),
                one("reason", {"type": "string"}, "why it is no report, for unreadable"),
                one("page", {"type": "integer", "minimum": 1, "maximum": 9999}, "a page of a hundred"),
                LANG,
            ],
        ),
        "/coverage/sources.json": operation("What came of each site that was crawled", "Answer", [LANG]),
        **analysis_operations(),
        "/slices/{digest}.json": operation(
            "Whether a search gives what had a digest", "Answer", [in_path("digest", "^[0-9a-f]{64}$"), *search, LANG]
        ),
        "/methods.json": operation("How the analyses are made", "Answer", [LANG]),
        "/withheld.json": operation("What is withheld, why and since when", "Answer", [LANG]),
        "/about.json": operation("Help", "Answer", [LANG]),
        "/download.json": operation("The files of a search, and what their columns mean", "Answer", [*search, LANG]),
        "/suggest.json": operation(
            "What to offer while somebody types", "Answer", [one("q", {"type": "string"}, ""), LANG]
        ),
        "/healthz": operation("Whether the site runs, and what it holds", "Answer", []),
        "/readyz": operation("Whether it can answer: store, index, originals", "Answer", []),
        "/datapackage.json": operation("What an export holds", "Package", [*search, what, LANG]),
        "/search.csv": file("CSV", "text/csv", [*search, what, LANG]),
        "/search.ndjson": file("NDJSON", "application/x-ndjson", [*search, what, LANG]),
        "/chart.csv": file("The values of a comparison's picture as CSV", "text/csv", compared),
        "/search.atom": file("Atom feed", "application/atom+xml", [*search, LANG]),
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


def _search_parameters(metrics: Collection[str]) -> list[Json]:
    ranges = f"^({'|'.join(map(re.escape, metrics))}):{_BOUND}\\.\\.{_BOUND}$"
    orders = [*ORDERS, *metrics, *(f"-{metric}" for metric in metrics)]
    return [
        one("q", {"type": "string", "maxLength": 500}, "words and “phrases”"),
        one("like", {"type": "string", "maxLength": 500}, "a passage: reports with passages like it"),
        *(many(facet.name, _value(facet), facet.meaning) for facet in FACETS),
        many("metric", {"type": "string", "pattern": ranges}, "<id>:<min>..<max>"),
        many("facet_metric", METRIC, "count the hits by this metric's values", MOST_METRICS),
        many("stats", METRIC, "count, sum, quartiles of this metric over the result", MOST_METRICS),
        one("since", {"type": "string", "format": "date"}, "captured on that day (UTC) or later"),
        one("group", {"type": "string", "enum": list(GROUPS)}, "of each only the first hit"),
        one("sort", {"type": "string", "enum": orders}, ""),
        *(one(name, {"type": "string", "enum": ["0", "1"]}, "a switch") for name in FLAGS),
        one("page", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE}, ""),
    ]


def _value(facet: Facet) -> Json:
    """What a value of a facet may be."""
    if facet.values:
        return {"type": "string", "enum": list(facet.values)}
    return REGION if facet.nature == "region" else {"type": "string", "pattern": f"^({facet.pattern})$"}


def _codes(metrics: Collection[str], regions: Collection[str]) -> Json:
    return {
        "RegionCode": {"type": "string", "enum": sorted(regions)},
        "MetricId": {"type": "string", "enum": list(metrics)},
    }


_ANSWERS = (Answer, ErrorShape, Home, Package, Report, SearchShape, Trend)


def _schemas() -> Json:
    """The types of the answers, and of all that they hold, as JSON Schema."""
    return msgspec.json.schema_components(_ANSWERS, ref_template="#/components/schemas/{name}")[1]
