"""One state of an index: what it tells of itself, asked once and kept while the state is the live one."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SearchIndexError
from indexer.clauses import Clause, Literal, Near
from indexer.fields import FIELDS
from indexer.normal import normalise
from indexer.opensearch_engine import vocabulary
from indexer.opensearch_engine.cluster import Cluster, Json, Moment
from indexer.opensearch_engine.dsl import EVERYTHING, Dsl, Translation, all_of
from indexer.opensearch_engine.nearby import occurrences
from indexer.opensearch_engine.weights import Leaves, Weights
from indexer.opensearch_engine.window import texts
from indexer.reading import Held
from indexer.score import rarity
from indexer.spelling import Spellings

Kept = TypeVar("Kept")
_REMEMBERED = 1 << 12
"""Answers that are kept of a state; the least recently used go."""
_PAGE = 200
"""Reports whose texts are read together."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The live build with what its last commit has seen."""

    build: str
    number: int
    revision: int
    fingerprint: str

    @property
    def name(self) -> str:
        """The state's own name."""
        return f"{self.build}.{self.number}"


class State:
    """Asks a cluster about one state: a page reads ``moment`` alone, whatever is committed meanwhile."""

    def __init__(self, cluster: Cluster, sight: Sight, moment: Moment) -> None:
        self._cluster = cluster
        self._moment = moment
        self.sight = sight
        self.translation = Translation(self._nearby)
        self.weights = Weights(self.translation)
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._turn = threading.Lock()

    def search(self, body: Json) -> Json:
        """One search."""
        return self._cluster.search(self._moment, body)

    def searches(self, bodies: Sequence[Json]) -> list[Json]:
        """Several in one go."""
        return self._cluster.searches(self._moment, bodies)

    def walk(self, query: Dsl, page: int, source: list[str] | bool) -> Iterator[Json]:  # noqa: FBT001 - as OpenSearch's own
        """All reports that meet a query, by id."""
        return self._cluster.walk(self._moment, query, page, source)

    def buckets(self, query: Dsl, sources: Sequence[Json]) -> Iterator[Json]:
        """How many reports have each combination of values."""
        return self._cluster.buckets(self._moment, query, sources)

    def forget(self) -> None:
        """Let go of the moment. Nobody is told where that fails: the cluster lets go of it by itself."""
        with suppress(SearchIndexError):
            self._cluster.forget(self._moment)

    def counts(self, queries: list[Dsl]) -> list[int]:
        """How many reports meet each query, asked together, and once."""
        names = [("count", repr(query)) for query in queries]
        missing = {name: query for name, query in zip(names, queries, strict=True) if name not in self._kept}
        known = dict(zip(missing, self._cluster.counts(self._moment, missing.values()), strict=True))
        return [self.kept(name, lambda name=name: known[name]) for name in names]  # type: ignore[misc]  # a lambda's default

    def kept(self, name: Hashable, make: Callable[[], Kept]) -> Kept:
        """What follows from this state alone."""
        with self._turn:
            if name in self._kept:
                self._kept.move_to_end(name)
                found: Kept = self._kept[name]
                return found
        made = make()
        with self._turn:
            self._kept[name] = made
            while len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        return made

    @cached_property
    def count(self) -> int:
        """How many reports there are."""
        return self.counts([EVERYTHING])[0]

    @cached_property
    def averages(self) -> NDArray[np.float32]:
        """How long each field is where there is one."""
        aggs = {field.name: {"avg": {"field": f"lengths.{field.name}"}} for field in FIELDS}
        found = self.search({"size": 0, "aggs": aggs})["aggregations"]
        return np.array([found[field.name]["value"] or 0 for field in FIELDS], np.float32)

    @cached_property
    def vocabulary(self) -> Counter[str]:
        """Every token with how often it occurs."""
        return vocabulary.read(self._cluster, self.sight.build)

    @cached_property
    def spellings(self) -> Spellings:
        """The tokens by sound and likeness."""
        return Spellings(self.vocabulary)

    @cached_property
    def agencies(self) -> Mapping[str, str]:
        """The names of the agencies by id."""
        sources = [{"called": {"terms": {"field": "called"}}}]
        found = self.buckets(EVERYTHING, sources)
        return dict(bucket["key"]["called"].split(" ", 1) for bucket in found)

    @cached_property
    def agency_ids(self) -> Mapping[str, str]:
        """The ids of the agencies by their normalised names."""
        return {normalise(name): id_ for id_, name in self.agencies.items()}

    @cached_property
    def held(self) -> Held:
        """What a reader of requests asks."""
        return Held(self.agency_ids, self.agencies, self._is_met, lambda term: self.vocabulary.get(term, 0))

    def rarities(self, leaves: list[Leaves]) -> Mapping[Leaves, float]:
        """How rare each of them is."""
        having = self.counts([self.weights.having(each) for each in leaves])
        return {each: rarity(self.count, found) for each, found in zip(leaves, having, strict=True)}

    def pair(self, text: str) -> Dsl:
        """The reports in which two characters stand in a row."""
        return self.translation.clause(Literal(text))

    def _is_met(self, clause: Clause) -> bool:
        return self.counts([self.translation.clause(clause)])[0] > 0

    def _nearby(self, leaf: Near, field: str) -> Mapping[str, int]:
        return self.kept(("near", leaf, field), lambda: self._read_nearby(leaf, field))

    def _read_nearby(self, leaf: Near, field: str) -> Mapping[str, int]:
        """The reports in a field of which the parts stand near each other, with how often."""
        held = all_of(self.translation.clause(part, field, (field,)) for part in dict.fromkeys(leaf.parts))
        shown = ["id", "shown.cuts." + field, "shown.normal." + field, "shown.report.sections." + field,
                 "shown.report.title", "shown.report.agency"]  # fmt: skip
        found = {}
        for hit in self.walk(held, _PAGE, shown):
            if count := occurrences(leaf, texts(hit["_source"])[field]):
                found[hit["_source"]["id"]] = count
        return found
