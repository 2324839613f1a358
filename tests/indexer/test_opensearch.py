"""Queries of OpenSearch are met by exactly the reports that meet our clauses, as reading every document finds them."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from opensearchpy import OpenSearch

from indexer.names import Names
from indexer.opensearch_engine.storage import Storage
from indexer.request import MetricRange, SearchRequest
from indexer.segment import Segmenter
from tests.cluster.opensearch import Cluster
from tests.indexer import random_queries
from tests.indexer.conformance import QUESTIONS, random_query
from tests.indexer.laws import ByReading
from tests.indexer.oracle import Oracle
from tests.indexer.province import METRICS, documents

pytestmark = pytest.mark.slow
DRAWN = 300


@pytest.fixture(name="oracle", scope="module")
def read(segmenter: Segmenter) -> Oracle:
    return Oracle(documents(240), segmenter)


@pytest.fixture(name="storage", scope="module")
def filled(cluster: Cluster, segmenter: Segmenter, oracle: Oracle) -> Iterator[Storage]:
    with OpenSearch(cluster.addresses, timeout=60) as client:
        storage = Storage(client, "reports", segmenter, METRICS)
        storage.make()
        storage.fill([*oracle.documents, *oracle.documents[:20]])
        yield storage


def test_random_queries_find_what_reading_everything_finds(
    storage: Storage, oracle: Oracle, names: Names, segmenter: Segmenter
) -> None:
    draw = random.Random(29)  # noqa: S311 - a seeded draw, no secret
    reading = ByReading(oracle, names, segmenter)
    asked = [
        *map(SearchRequest, QUESTIONS),
        *(random_query(draw) for _ in range(DRAWN // 2)),
        *(SearchRequest(random_queries.text(draw), random_queries.filters(draw)) for _ in range(DRAWN // 2)),
        SearchRequest(metrics=(MetricRange("reviews"),)),
    ]
    found = 0
    for request in asked:
        ids = storage.ids(request, reading.read(request.text).clause)
        assert ids == reading.met(request), request
        found += bool(ids)
    assert found > len(asked) // 3, "most questions that find nothing show nothing"
