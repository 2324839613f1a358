"""The fixed mix of queries (queries.toml), each as our engine gets it and as the clauses that the others are given."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, cast

from corpus.metrics import load_metrics
from corpus.model import Level
from indexer.clauses import Clause
from indexer.facets import spelled_years
from indexer.names import Names
from indexer.parse import parse
from indexer.request import SearchRequest
from tests.bench.reports import registry, segmenter

METRIC = "applications_received"
"""The one metric whose buckets are counted."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; empty for nothing."""

    name: str
    years: tuple[int, int] | None = None
    region: str = ""
    level: Level | None = None

    def without(self, facet: str) -> Filters:
        """The filters that a facet's counts heed: all but its own."""
        return Filters(
            self.name,
            None if facet == "year" else self.years,
            "" if facet == "region" else self.region,
            None if facet == "level" else self.level,
        )


@dataclass(frozen=True, slots=True)
class Question:
    """``clause`` holds the tokens as our parser found them; ``query`` is all of it as our engine gets it."""

    kind: str
    text: str
    clause: Clause
    filters: Filters
    query: SearchRequest


def questions(reports: int) -> tuple[Question, ...]:
    """The whole mix."""
    return tuple(_questions(reports))


def _questions(reports: int) -> Iterator[Question]:
    data = tomllib.loads((files("tests.bench") / "queries.toml").read_text(encoding="utf-8"))
    names = Names(registry(reports), load_metrics())
    for entry in data["questions"]:
        for text in entry["texts"]:
            clause = parse(text, names, segmenter(reports)).clause
            for given in data["filters"]:
                filters = _filters(given)
                yield Question(entry["class"], text, clause, filters, _query(text, filters))


def _query(text: str, filters: Filters) -> SearchRequest:
    """Without synonyms, every report by itself."""
    return SearchRequest(text=text, facet_metrics=(METRIC,), plain=True, apart=True).choosing(
        year=(spelled_years(*filters.years),) if filters.years else (),
        region=(filters.region,) if filters.region else (),
        level=(filters.level,) if filters.level else (),
    )


def _filters(given: dict[str, Any]) -> Filters:
    years = cast("tuple[int, int] | None", tuple(given["years"]) if "years" in given else None)
    return Filters(given["name"], years, given.get("region", ""), given.get("level"))
