"""Counts of reports by their properties, as OpenSearch aggregates them; disjunctive, and each exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from corpus.regions import Registry
from indexer import facet_values
from indexer.clauses import Clause
from indexer.facets import FACETS, Facet
from indexer.opensearch_engine.cluster import Json
from indexer.opensearch_engine.dsl import EVERYTHING, NOTHING, all_of, in_range, present
from indexer.opensearch_engine.state import State
from indexer.region_tree import RegionTree
from indexer.request import SearchRequest
from indexer.result import FacetValue
from indexer.view import bounds

_MOST = 50_000
"""Values of one property: more than there are regions, rules or years."""


class Counts:
    """The facets of one request over one state; ``rates`` are the metrics in per cent."""

    def __init__(
        self, state: State, request: SearchRequest, clause: Clause, registry: Registry, rates: frozenset[str]
    ) -> None:
        self._state = state
        self._request = request
        self._clause = clause
        self._registry = registry
        self._rates = rates

    def facets(self) -> Mapping[str, Sequence[FacetValue]]:
        """Every facet: those that no filter of their own narrows are counted in one search."""
        wanted = {facet.name: self._aggregation(facet) for facet in FACETS if facet.counted}
        asked = {f"metric:{metric}": self._buckets(metric) for metric in self._request.facet_metrics}
        own = {name for name in (*wanted, *asked) if self._is_filtered(name)}
        bodies: dict[str, dict[str, Json]] = {}
        for name, aggregation in (*wanted.items(), *asked.items()):
            bodies.setdefault(name if name in own else "", {})[name] = aggregation
        searches = [
            {"query": self._state.translation.request(self._request, self._clause, without), "size": 0, "aggs": aggs}
            for without, aggs in bodies.items()
        ]
        found: dict[str, Any] = {}
        for answer in self._state.searches(searches):
            found.update(answer["aggregations"])
        listed = {facet.name: self._listed(facet, found[facet.name]) for facet in FACETS if facet.counted}
        for place, metric in enumerate(self._request.facet_metrics):
            listed[f"metric:{metric}" if place else "metric"] = self._metric(metric, found[f"metric:{metric}"])
        return listed

    def _is_filtered(self, name: str) -> bool:
        metric = name.removeprefix("metric:")
        return bool(self._request.chosen(name)) or any(entry.metric == metric for entry in self._request.metrics)

    def _aggregation(self, facet: Facet) -> Json:
        if facet.nature == "section":
            met = self._state.translation.clause
            kinds = {kind: all_of([met(self._clause, kind), present([kind])]) for kind in facet.values}
            return {"filters": {"filters": kinds}}
        return {"terms": {"field": facet.name, "size": _MOST}}

    def _listed(self, facet: Facet, found: Json) -> Sequence[FacetValue]:
        chosen = self._request.chosen(facet.name)
        if facet.nature == "section":
            return facet_values.listed([(kind, found["buckets"][kind]["doc_count"]) for kind in facet.values], chosen)
        counted = {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}
        match facet.nature:
            case "region":
                codes = sorted(counted)
                documents = np.repeat(np.arange(len(codes)), [counted[code] for code in codes])
                return RegionTree(np.array(list(map(int, codes)), np.int64), self._registry).counts(documents, chosen)
            case "year":
                return facet_values.years(counted, self._request.years)
            case "choice":
                return facet_values.listed([(value, counted.get(value, 0)) for value in facet.values], chosen)
        return facet_values.tags(counted, chosen)

    def _buckets(self, metric: str) -> Json:
        """Ranges and the selected ones, each with its count: as filters, which are exact beyond 53 bits."""
        edges, _ = self._edges(metric)
        spans = [(low, high - 1) for low, high in pairwise(edges)]
        ranges = {str(place): span for place, span in enumerate(spans)}
        ranges |= {f"chosen {place}": bounds(*ends) for place, ends in enumerate(self._ranges(metric))}
        return {
            "filters": {
                "filters": {"none": NOTHING, **{name: in_range(metric, *span) for name, span in ranges.items()}}
            }
        }

    def _metric(self, metric: str, found: Json) -> Sequence[FacetValue]:
        edges, step = self._edges(metric)
        count = {name: bucket["doc_count"] for name, bucket in found["buckets"].items()}
        ranges = self._ranges(metric)
        within = {ends: count[f"chosen {place}"] for place, ends in enumerate(ranges)}
        names = facet_values.spans(tuple(edges), step)
        counts = [count[str(place)] for place in range(len(names))]
        return facet_values.buckets(names, counts, ranges, within.__getitem__)

    def _ranges(self, metric: str) -> list[facet_values.Ends]:
        return [(entry.minimum, entry.maximum) for entry in self._request.metrics if entry.metric == metric]

    def _edges(self, metric: str) -> tuple[list[int], int]:
        return self._state.kept(("edges", metric), lambda: self._read_edges(metric))

    def _read_edges(self, metric: str) -> tuple[list[int], int]:
        """Those of the whole index, and the distance of two values."""
        field = f"metrics.{metric}"
        aggs = {"ends": {"stats": {"field": field}}, "fractions": {"filter": {"term": {"fractions": metric}}}}
        found = self._state.search({"query": EVERYTHING, "size": 0, "aggs": aggs})["aggregations"]
        ends = (int(found["ends"]["min"]), int(found["ends"]["max"])) if found["ends"]["count"] else None
        rate = metric in self._rates
        fractions = found["fractions"]["doc_count"] > 0
        return facet_values.edges(ends, rate=rate), facet_values.step(fractions=fractions, rate=rate)
