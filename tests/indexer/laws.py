"""The laws of sets and the answer of reading everything, held against one engine: a round of each draws its queries."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from indexer.clauses import Query
from indexer.engine import Engine
from indexer.misread import with_misreadings
from indexer.names import Names
from indexer.normal import normalise
from indexer.parse import parse
from indexer.phrasing import Phrasing
from indexer.query_expansion import expand
from indexer.request import SearchRequest
from indexer.segment import Segmenter
from indexer.touching import read_touching
from tests.indexer import random_queries
from tests.indexer.oracle import Oracle, flat

SIGNS = ("-", "!", "NOT ", "–", "！")
Ids = Callable[[SearchRequest], frozenset[str]]
"""The ids of all reports that a request finds."""
COUNTED = ("section", "level", "region", "form")


def found(engine: Engine, request: SearchRequest) -> set[str]:
    """The ids of all reports that a request finds."""
    return {hit.id for hit in engine.search(replace(request, size=1000, apart=True, bare=True)).hits}


def hold_laws(ids: Ids, draw: random.Random, every: frozenset[str]) -> None:
    """Two queries: complement, intersection, union; a filter beside them only leaves out."""
    first, second = random_queries.text(draw), random_queries.text(draw)
    one, other = (ids(SearchRequest(f"({asked})")) for asked in (first, second))
    for sign in draw.sample(SIGNS, 3):
        assert ids(SearchRequest(f"{sign}({first})")) == every - one, (sign, first)
    assert ids(SearchRequest(f"({first}) AND ({second})")) == one & other, (first, second)
    assert ids(SearchRequest(f"({first}) OR ({second})")) == one | other, (first, second)
    held = SearchRequest(first, random_queries.filters(draw))
    narrowed = ids(held)
    assert narrowed <= ids(SearchRequest(first)), held
    assert narrowed <= ids(held.choosing(section=())), held
    assert narrowed.isdisjoint(ids(replace(held, text=f"NOT ({first})"))), held


def hold_counts(engine: Engine, draw: random.Random) -> None:
    """One query: a facet's count of a value is the total once the value is chosen."""
    asked = SearchRequest(random_queries.text(draw), random_queries.filters(draw))
    facets = engine.search(replace(asked, size=0)).facets
    for name in COUNTED:
        for value, count in flat(facets[name]).items():
            chosen = replace(asked.choosing(**{name: (value,)}), size=0)
            assert engine.search(chosen).total == count, (asked, name, value)


class ByReading:
    """What reading every document finds, understood as the engine understands it."""

    def __init__(self, oracle: Oracle, names: Names, segmenter: Segmenter) -> None:
        self._oracle = oracle
        self._names = names
        self._segmenter = segmenter
        self._phrasing = Phrasing(names)
        self._agencies = tuple(dict.fromkeys(normalise(document.agency) for document in oracle.documents))

    def read(self, text: str) -> Query:
        """A query as an engine over these documents reads it."""
        said = self._phrasing.read(text, self._agencies)
        query = expand(parse(said, self._names, self._segmenter), self._names, self._segmenter)
        query = with_misreadings(query, self._oracle.found)
        return read_touching(query, self._segmenter, self._oracle.found)

    def met(self, request: SearchRequest) -> set[str]:
        """The ids of the documents that meet the request."""
        return {document.id for document in self._oracle.met(self.read(request.text).clause, request)}

    def agrees(self, engine: Engine, draw: random.Random) -> None:
        """One query: sections, negation, words near each other and synonyms, filters beside them."""
        request = SearchRequest(random_queries.text(draw), random_queries.filters(draw))
        assert found(engine, request) == self.met(request), request
