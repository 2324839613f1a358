"""Clauses → queries of OpenSearch that are met by exactly the same reports (indexer/evaluate.py says what that is).

A clause is met in some fields, and anywhere: And, Or and Not are taken for one of these at a time. So a search held to
some sections is the alternative of what it is in each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from indexer.addresses import REPORT_ID, address_tag
from indexer.clauses import (
    Address,
    And,
    Clause,
    Condition,
    Everything,
    Expanded,
    Filter,
    Leaf,
    Literal,
    Misread,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    ReportId,
    Scope,
    Some,
    Term,
    Word,
)
from indexer.facets import BY_NAME, year_span
from indexer.fields import FIELDS
from indexer.masks import midnight
from indexer.opensearch_engine import lanes
from indexer.request import MetricRange, SearchRequest
from indexer.view import bounds

Dsl = Mapping[str, Any]

EVERYTHING: Dsl = {"match_all": {}}
NOTHING: Dsl = {"match_none": {}}
NAMES = tuple(field.name for field in FIELDS)
_REPORT = re.compile(REPORT_ID)

Nearby = Callable[[Near, str], Mapping[str, int]]
"""The reports in a field of which words stand near each other, with how often: more than postings can be asked for."""


class Translation:
    """The queries of one search; ``nearby`` finds what stands near each other."""

    def __init__(self, nearby: Nearby) -> None:
        self.nearby = nearby

    def request(self, request: SearchRequest, clause: Clause, without: str = "") -> Dsl:
        """The reports that meet a clause and every filter of a request but the one named."""
        sections = request.chosen("section") if without != "section" else ()
        wanted = (
            any_of(all_of([self.clause(clause, section), present([section])]) for section in sections)
            if sections
            else self.clause(clause)
        )
        return all_of([wanted, *(query for name, query in self.filters(request).items() if name != without)])

    @staticmethod
    def filters(request: SearchRequest) -> dict[str, Dsl]:
        """Each filter of a request by its facet, a metric's by ``metric:<id>``.

        Sections are no filter of reports here: they say where the words must occur.
        """
        found = {
            name: property_of(name, values)
            for name, values in request.filters.items()
            if values and BY_NAME[name].nature != "section"
        }
        for metric in dict.fromkeys(entry.metric for entry in request.metrics):
            found[f"metric:{metric}"] = any_of(_within(entry) for entry in request.metrics if entry.metric == metric)
        if request.since is not None:
            found["since"] = {"range": {"captured": {"gte": midnight(request.since)}}}
        return found

    def clause(self, clause: Clause, field: str = "", held: Sequence[str] = NAMES) -> Dsl:  # noqa: C901, PLR0911, PLR0912 - a case for each clause
        """The reports that meet a clause in a field, or anywhere; ``held`` are the fields that count."""
        match clause:
            case Everything():
                return EVERYTHING
            case Term() | Literal() | Phrase() | Near() | Prefix():
                return any_of(self._leaf(clause, name) for name in held if field in ("", name))
            case Word():
                return all_of(self.clause(part, field, held) for part in clause.parts)
            case And():
                return all_of(self.clause(part, field, held) for part in clause.clauses)
            case Or():
                return any_of(self.clause(part, field, held) for part in clause.clauses)
            case Some():
                parts = [self.clause(part, field, held) for part in clause.clauses]
                return {"bool": {"should": parts, "minimum_should_match": clause.least}}
            case Expanded():
                return self._expanded(clause, field, held)
            case Misread():
                return self.clause(clause.clause, field, held)
            case Not():
                # A negated word must occur nowhere, whatever sections the others are asked to occur in.
                return none_of(self.clause(clause.clause, "", held))
            case Scope():
                return all_of([self.clause(clause.clause, "", clause.fields), present(clause.fields)])
            case Filter():
                return property_of(clause.kind, clause.values)
            case ReportId():
                return {"term": {"id": clause.id}}
            case Address():
                named = _REPORT.findall(clause.url)
                return {"term": {"id": named[0]} if named else {"address": address_tag(clause.url)}}
            case Condition():
                return _within(clause.range)

    def _expanded(self, clause: Expanded, field: str, held: Sequence[str]) -> Dsl:
        """The word or one of its equals. A report of the place meets it in no section: there it must be named."""
        others = [other for other in clause.alternatives if not isinstance(other, Filter)]
        places = [other for other in clause.alternatives if isinstance(other, Filter)]
        counted = places if not field and tuple(held) == NAMES else []
        return any_of(self.clause(other, field, held) for other in (clause.clause, *others, *counted))

    def _leaf(self, leaf: Leaf, field: str) -> Dsl:
        match leaf:
            case Term():
                return {"term": {f"words.{field}": lanes.kept(leaf.text)}}
            case Prefix():
                return {"prefix": {f"words.{field}": lanes.kept(leaf.text)}}
            case Phrase():
                return _phrase(f"words.{field}", [(offset, word) for word, offset in leaf.words])
            case Literal():
                return _literal(f"pairs.{field}", leaf.text)
            case Near():
                return {"terms": {"id": sorted(self.nearby(leaf, field))}}


def all_of(parts: Iterable[Dsl]) -> Dsl:
    """Reports that meet all."""
    return _one_or(list(parts), lambda some: {"bool": {"filter": some}})


def any_of(parts: Iterable[Dsl]) -> Dsl:
    """Reports that meet any; none where there are no parts."""
    return _one_or(list(parts), lambda some: {"bool": {"should": some, "minimum_should_match": 1}} if some else NOTHING)


def none_of(part: Dsl) -> Dsl:
    """Reports that do not meet it."""
    return {"bool": {"must_not": [part]}}


def property_of(facet: str, values: Sequence[str]) -> Dsl:
    """Reports with one of the values in a facet."""
    match BY_NAME[facet].nature:
        case "region":
            return {"terms": {"regions": list(values)}}
        case "year":
            spans = map(year_span, values)
            return any_of({"range": {"year": {"gte": first, "lte": last}}} for first, last in spans)
        case "section":
            return present(values)
        case _:
            return {"terms": {facet: list(values)}}


def _within(entry: MetricRange) -> Dsl:
    return in_range(entry.metric, *bounds(entry.minimum, entry.maximum))


def in_range(metric: str, low: int, high: int) -> Dsl:
    """Reports with a scaled value of a metric from one to another, both included."""
    return {"range": {f"metrics.{metric}": {"gte": low, "lte": high}}}


def present(fields: Iterable[str]) -> Dsl:
    """Reports that have one of the fields."""
    return {"terms": {"present": list(fields)}}


def _literal(field: str, text: str) -> Dsl:
    """Characters in a row: pairs that cover them, each at its place; one alone begins a pair."""
    if len(text) == 1:
        return {"prefix": {field: lanes.kept(text)}}
    offsets = sorted({*range(0, len(text) - 1, 2), len(text) - 2})
    return _phrase(field, [(offset, text[offset : offset + 2]) for offset in offsets])


def _phrase(field: str, standing: Iterable[tuple[int, str]]) -> Dsl:
    """Tokens, each at its place after the first: the lane of them, cut as that of a report is."""
    return {"match_phrase": {field: {"query": lanes.lane(standing), "slop": 0}}}


def _one_or(parts: list[Dsl], joined: Callable[[list[Dsl]], Dsl]) -> Dsl:
    return parts[0] if len(parts) == 1 else joined(parts)
