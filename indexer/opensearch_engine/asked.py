"""A request as one state of the index understands it, and what the cluster finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from corpus.metrics import Metric
from corpus.regions import Registry
from indexer.clauses import Clause, Everything, Leaf, Query
from indexer.describe import meaning
from indexer.evaluate import ANYWHERE, Evaluation
from indexer.facet_counts import Matches
from indexer.hits import Ranked, marks, show
from indexer.opensearch_engine.cluster import Json
from indexer.opensearch_engine.counts import Counts
from indexer.opensearch_engine.dsl import Dsl, all_of
from indexer.opensearch_engine.state import State
from indexer.opensearch_engine.weights import weighed
from indexer.opensearch_engine.window import Source, Window
from indexer.rank import page, sort_metric
from indexer.reading import Reader
from indexer.relax import Part, conjuncts, part
from indexer.request import SearchRequest
from indexer.result import FacetValue, Hit, Statistics
from indexer.score import Collection, Scorer, Scores, norms
from indexer.standing import Standing
from indexer.statistics import statistics
from indexer.subject import Subject

BEST = 100
"""Of the reports that the cluster puts first so many are weighed again, exactly: rank.py chooses the top from these."""
_WITHIN_REACH = 10_000
"""What OpenSearch skips by itself (index.max_result_window); further pages are walked to."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Reports as a query."""

    query: Dsl
    state: State

    def __and__(self, other: Meeting) -> Meeting:
        """Those that meet both."""
        return Meeting(all_of([self.query, other.query]), self.state)

    @property
    def count(self) -> int:
        """How many they are."""
        return self.state.counts([self.query])[0]


@dataclass(frozen=True, eq=False)
class Asked:
    """What was asked, in the order that its words ask for, and what it means and finds in ``state``."""

    request: SearchRequest
    query: Query
    subject: Subject | None
    state: State
    reader: Reader
    registry: Registry

    @property
    def meaning(self) -> Mapping[str, object]:
        """The query, ready for JSON."""
        return meaning(self.query)

    @property
    def generation(self) -> str:
        """The name of the state."""
        return self.state.sight.name

    @cached_property
    def met(self) -> Dsl:
        """The reports that were found, as a query."""
        return self.state.translation.request(self.request, self.query.clause)

    @cached_property
    def total(self) -> int:
        """How many they are."""
        return self.state.counts([self.met])[0]

    @property
    def groups(self) -> int | None:
        """How many groups they fold into; None where they are not folded."""
        if not self.request.group:
            return None
        sources = [{"agency": {"terms": {"field": "agency", "missing_bucket": True}}}]
        return sum(1 for _ in self.state.buckets(self.met, sources))

    def hits(self) -> tuple[Hit, ...]:
        """The page that was asked for."""
        return self._page(self.request, self.met)

    def shown(self, reports: Meeting, most: int, instead: Sequence[Clause]) -> tuple[Hit, ...]:
        """So many of other reports, found by weaker clauses."""
        return self._page(replace(self.request, page=1, size=most), reports.query, instead)

    def facets(self, rates: frozenset[str]) -> Mapping[str, Sequence[FacetValue]]:
        """Every facet."""
        return Counts(self.state, self.request, self.query.clause, self.registry, rates).facets()

    def statistics(self, metric: Metric) -> Statistics:
        """A metric summed up: how many reports have each value, by year and region, laid out as columns again."""
        fields = {"year": "year", "region": "region", "value": f"metrics.{metric.id}"}
        if metric.denominator:
            fields["cases"] = f"metrics.{metric.denominator}"
        sources = [{name: {"terms": {"field": field, "missing_bucket": True}}} for name, field in fields.items()]
        rows: list[Source] = []
        for bucket in self.state.buckets(self.met, sources):
            key = bucket["key"]
            values = {metric.id: key["value"], metric.denominator: key.get("cases")}
            rows += [_row(key["year"], key["region"], values)] * bucket["doc_count"]
        view = Window(rows, self.registry)
        request = SearchRequest().choosing(region=self.request.chosen("region"))
        bits = np.full(len(rows), ANYWHERE)
        return statistics(Matches(view, request, bits, {}), metric, self.registry)

    def spellings(self) -> Sequence[str]:
        """The text with one word spelt otherwise, the likeliest first."""
        pairs: dict[str, int] = {}

        def looked_at(pair: str) -> int:
            return pairs.setdefault(pair, 1)

        # Once to see which pairs are asked for, and once with how many reports have each: together, not one by one.
        self.state.spellings.corrections(self.query, looked_at)
        counted = self.state.counts([self.state.pair(pair) for pair in pairs])
        having = dict(zip(pairs, counted, strict=True))
        return self.state.spellings.corrections(self.query, having.__getitem__)

    def total_of(self, text: str) -> int:
        """How many reports another text finds by its words alone."""
        request = replace(self.request, text=text)
        held = self.state.held
        query = self.reader.query(request, self.reader.read(request, held), held)
        return self.state.counts([self.state.translation.request(request, query.clause)])[0]

    def parts(self) -> list[Part]:
        """What must all be met, each part with what meets it alone: the clauses and the filters."""
        section = self.request.chosen("section")
        plain = SearchRequest(filters={"section": section} if section else {})

        def met(clause: Clause) -> Meeting:
            return Meeting(self.state.translation.request(plain, clause), self.state)

        clauses = [part(text, clause, met) for text, clause in conjuncts(self.query.clause)]
        filters = self.state.translation.filters(self.request)
        return clauses + [Part(name, Meeting(query, self.state)) for name, query in filters.items()]

    def _page(self, request: SearchRequest, met: Dsl, instead: Sequence[Clause] = ()) -> tuple[Hit, ...]:
        if not request.size:
            return ()
        first = (request.page - 1) * request.size
        scored = not isinstance(self.query.clause, Everything)
        body = self._body(request, met, scored=scored)
        if scored and request.sort == "relevance" and first < BEST:
            sources = self._slice(body, 0, max(BEST, first + request.size))
        else:
            sources, first = self._slice(body, first, request.size), 0
        view = Window(sources, self.registry)
        evaluation = Evaluation(view)
        scores = self._scores(evaluation, request) if scored else np.zeros(len(sources))
        order = list(range(len(sources)))
        if scored and request.sort == "relevance" and len(sources):
            best = np.arange(min(BEST, len(sources)))
            top = page(view, best, scores[best], replace(request, page=1, size=BEST))
            order = [*top.tolist(), *order[BEST:]]
        chosen = {document: float(scores[document]) for document in order[first : first + request.size]}
        ranked = Ranked(chosen, marks(Standing(view), (self.query.clause, *instead)))
        return show(ranked, request, view.columns, view.report)

    def _scores(self, evaluation: Evaluation, request: SearchRequest) -> Scores:
        def having(leaves: tuple[Leaf, ...], fields: tuple[str, ...]) -> int:
            return self.state.counts([self.state.weights.having((leaves, fields))])[0]

        view = evaluation.view
        collection = Collection(self.state.count, self.state.averages, having)
        scorer = Scorer(evaluation, view, norms(view.columns, self.state.averages), collection)
        return scorer.scores(self.query, request.chosen("section"), self.reader.known(self.query))

    def _rare(self, request: SearchRequest) -> Mapping[Any, float]:
        return self.state.rarities(weighed(self.query, request))

    def _body(self, request: SearchRequest, met: Dsl, *, scored: bool) -> Json:
        """The search for a page: what is met, in which order, one of each group."""
        query, order = met, _order(request.sort)
        if scored:
            query = self.state.weights.scored(self.query, met, self.reader.known(self.query), self._rare(request))
            order = order if request.sort != "relevance" else [{"_score": "desc"}]
        body = {"query": query, "sort": [*order, {"id": "asc"}], "track_total_hits": False}
        return {**body, "collapse": {"field": "agency"}} if request.group else body

    def _slice(self, body: Json, first: int, size: int) -> list[Source]:
        """So many hits from the ``first`` on."""
        if first + size <= _WITHIN_REACH:
            found = self.state.search({**body, "from": first, "size": size})["hits"]["hits"]
            return [hit["_source"] for hit in found]
        return [hit["_source"] for hit in self._walked(body, first, size)]

    def _walked(self, body: Json, first: int, size: int) -> Iterator[Json]:
        """Beyond what is skipped: from hit to hit, the texts of the last ones only."""
        after: list[Any] = []
        left = first
        while left:
            step = min(left, _WITHIN_REACH)
            asked = {**body, "size": step, "_source": False, **({"search_after": after} if after else {})}
            hits = self.state.search(asked)["hits"]["hits"]
            if len(hits) < step:
                return
            after, left = hits[-1]["sort"], left - step
        yield from self.state.search({**body, "size": size, "search_after": after})["hits"]["hits"]


def understand(request: SearchRequest, state: State, reader: Reader, registry: Registry) -> Asked:
    """Read a request by what the index holds."""
    request, query, subject = reader.understand(request, state.held)
    return Asked(request, query, subject, state, reader, registry)


def _order(sort: str) -> list[Json]:
    """The order without a score: reports without a value last."""
    if sort == "relevance":
        return [{"year": "desc"}]
    name, way = sort.removeprefix("-"), "desc" if sort.startswith("-") else "asc"
    field = name if sort_metric(sort) is None else f"metrics.{name}"
    return [{field: {"order": way, "missing": "_last"}}]


def _row(year: int, region: str, values: Mapping[str, int | None]) -> Source:
    """A report as far as numbers are summed up over it."""
    return {"id": "", "year": year, "region": region, "captured": 0, "published": None, "lengths": {"title": 1},
            "metrics": {name: value for name, value in values.items() if value is not None}}  # fmt: skip
