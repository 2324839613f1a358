"""The operations of the analyses (docs/analyses.md), for the description of the interface."""

from __future__ import annotations

from collections.abc import Collection

from corpus.model import KINDS, LEVELS
from corpus.store.contradictions import SORTS
from corpus.store.lives import HOWS
from corpus.store.promises import OUTCOMES as PROMISES
from corpus.store.ranking import SHARES
from webui.operations import AGENCY, LANG, METRIC, ONE_YEAR, REGION, REPORT, Json, file, in_path, one, operation
from webui.pages.calendar import WHATS as DUTIES


def analysis_operations() -> Json:
    """Address → operation, of every page and file of an analysis."""
    return {
        "/boilerplate.json": operation(
            "The reports by how much of them is repeated", "Answer", [*_analysis(SHARES), LANG]
        ),
        "/boilerplate.csv": file("The same as CSV, all rows", "text/csv", [*_analysis(SHARES), LANG]),
        "/reports/{id}/boilerplate.json": operation(
            "Which sentences of a report stood in earlier ones",
            "Answer",
            [REPORT, LANG],
        ),
        "/calendar.json": operation(
            "Who owed which year's report, and what came of it", "Answer", [*_listed(DUTIES), LANG]
        ),
        "/calendar.csv": file("Every body and year that was due", "text/csv", [*_listed(DUTIES), LANG]),
        "/calendar.atom": file("The gaps as a feed", "application/atom+xml", [*_listed(DUTIES), LANG]),
        "/revisions.json": operation(
            "What was changed after publication", "Answer", [*_listed(("silent", "told")), LANG]
        ),
        "/revisions.csv": file("Every cell and sentence of it", "text/csv", [*_listed(("silent", "told")), LANG]),
        "/revisions.atom": file("The same as a feed", "application/atom+xml", [*_listed(("silent", "told")), LANG]),
        "/contradictions.json": operation("Numbers that cannot both be right", "Answer", [*_listed(SORTS), LANG]),
        "/contradictions.csv": file("All of them as CSV", "text/csv", [*_listed(SORTS), LANG]),
        "/reports/{id}/contradictions.json": operation("Those of one report", "Answer", [REPORT, LANG]),
        "/refusals.json": operation("What became of applications, by reason", "Answer", [*_counted(), LANG]),
        "/refusals.csv": file("The same by year and applicant", "text/csv", [*_counted(), LANG]),
        "/reports/{id}/refusals.json": operation(
            "That of one report, beside its peers",
            "Answer",
            [REPORT, LANG],
        ),
        "/agencies/{id}/peers.json": operation(
            "A body in a metric among bodies like it", "Answer", [in_path("id", AGENCY), *_measured(), LANG]
        ),
        "/agencies/{id}/peers.csv": file(
            "The body and its peers", "text/csv", [in_path("id", AGENCY), *_measured(), LANG]
        ),
        "/promises.json": operation("What reports promise, and what came of it", "Answer", [*_listed(PROMISES), LANG]),
        "/promises.csv": file("All of them as CSV", "text/csv", [*_listed(PROMISES), LANG]),
        "/reports/{id}/promises.json": operation("Those of one report", "Answer", [REPORT, LANG]),
        "/lives.json": operation("Which bodies became which", "Answer", [*_listed(HOWS), LANG]),
        "/lives.csv": file("All of them as CSV", "text/csv", [*_listed(HOWS), LANG]),
    }


def _analysis(by: Collection[str]) -> list[Json]:
    """What the page of an analysis is asked for."""
    return [
        one("region", REGION, "a place; what lies in it is included"),
        one("year", {"type": "string", "pattern": ONE_YEAR}, "a year"),
        one("by", {"type": "string", "enum": list(by)}, "the order, or what is listed"),
        one("page", {"type": "integer", "minimum": 1, "maximum": 9999}, "a page"),
    ]


def _measured() -> list[Json]:
    """A metric in a year."""
    return [one("metric", METRIC, "a metric's id"), *(each for each in _analysis(()) if each["name"] == "year")]


def _counted() -> list[Json]:
    """What the sums of a sort of bodies are asked for."""
    return [
        *(each for each in _analysis(()) if each["name"] in {"region", "year"}),
        one("level", {"type": "string", "enum": list(LEVELS)}, "where the bodies stand"),
        one("kind", {"type": "string", "enum": list(KINDS)}, "what sort of bodies"),
    ]


def _listed(what: Collection[str]) -> list[Json]:
    """The same, of a page that lists one of several things."""
    return [parameter | ({"name": "what"} if parameter["name"] == "by" else {}) for parameter in _analysis(what)]
