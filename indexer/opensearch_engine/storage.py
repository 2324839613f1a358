"""An index of OpenSearch: made, filled, and asked which reports meet a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.helpers import streaming_bulk

from indexer.clauses import Clause, Near
from indexer.document import Document
from indexer.opensearch_engine.dsl import Dsl, Translation, all_of
from indexer.opensearch_engine.mapping import mapping, source
from indexer.opensearch_engine.nearby import stands
from indexer.request import SearchRequest
from indexer.segment import Segmenter

_PAGE = 5_000
"""Reports in one answer."""
_KEEP = "1m"
"""How long OpenSearch keeps a state of the index between two pages."""


class Storage:
    """One index by name; ``metrics`` are those that its documents may have."""

    def __init__(self, client: OpenSearch, name: str, segmenter: Segmenter, metrics: Iterable[str]) -> None:
        self._client = client
        self._name = name
        self._segmenter = segmenter
        self._metrics = frozenset(metrics)
        self._translation = Translation(self._nearby)

    def make(self) -> None:
        """Make the index, which must not be there."""
        self._client.indices.create(index=self._name, body=mapping(sorted(self._metrics)))

    def fill(self, documents: Iterable[Document]) -> None:
        """Add or renew documents, seen at once. The id is the document's: what is sent twice is kept once."""
        actions = (
            {"_index": self._name, "_id": document.id, "_source": source(document, self._segmenter, self._metrics)}
            for document in documents
        )
        # A cluster that has too much to do refuses (429): the same is sent again, after twice as long each time.
        for _ in streaming_bulk(self._client, actions, max_retries=8, initial_backoff=1):
            pass
        self._client.indices.refresh(index=self._name)

    def ids(self, request: SearchRequest, clause: Clause) -> frozenset[str]:
        """The ids of all reports that meet a clause and the filters of a request."""
        return frozenset(hit["sort"][0] for hit in self._hits(self._translation.request(request, clause)))

    def _nearby(self, leaf: Near, field: str) -> Iterator[str]:
        """The reports in a field of which the parts stand near each other."""
        held = all_of(self._translation.clause(part, field, (field,)) for part in dict.fromkeys(leaf.parts))
        for hit in self._hits(held, f"shown.normal.{field}"):
            if stands(leaf, hit["_source"]["shown"]["normal"][field], self._segmenter):
                yield hit["sort"][0]

    def _hits(self, query: Dsl, *shown: str) -> Iterator[Any]:
        """All reports that meet a query, by id, over one state of the index."""
        state = self._client.create_pit(index=self._name, params={"keep_alive": _KEEP})["pit_id"]
        body: dict[str, Any] = {"query": query, "size": _PAGE, "sort": [{"id": "asc"}], "_source": list(shown) or False}
        body["pit"] = {"id": state, "keep_alive": _KEEP}
        try:
            while hits := self._client.search(body=body)["hits"]["hits"]:
                yield from hits
                body["search_after"] = hits[-1]["sort"]
        finally:
            self._client.delete_pit(body={"pit_id": [state]})
