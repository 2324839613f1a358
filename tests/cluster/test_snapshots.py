"""Snapshots of OpenSearch's own as a backup of an index: alias, state and words come back with it."""

from __future__ import annotations

import pytest
from opensearchpy import OpenSearch

from indexer.opensearch_engine import OpenSearchEngine
from indexer.request import SearchRequest
from indexer.segment import Segmenter
from tests.cluster.opensearch import Cluster
from tests.indexer.province import REGISTRY, documents

pytestmark = pytest.mark.slow

REPORTS = documents(30)
KEPT = 20
_WITHIN = {"timeout": "120s", "request_timeout": 130}
_PATIENTLY = {"wait_for_completion": "true", "request_timeout": 120}


def test_a_snapshot_comes_back_and_goes_on_from_its_own_revision(own_cluster: Cluster, segmenter: Segmenter) -> None:
    client = OpenSearch(own_cluster.addresses)
    engine = OpenSearchEngine(f"{own_cluster.engine}/kept?seconds=60", REGISTRY, segmenter=segmenter)
    engine.replace(REPORTS[:KEPT], 1)
    asked = SearchRequest("讨薪", plain=True)
    before, words = engine.search(asked), engine.suggest("政")
    client.snapshot.create_repository(
        repository="yearly", body={"type": "fs", "settings": {"location": str(own_cluster.snapshots)}}
    )
    ours = {"indices": "kept*", "include_global_state": False}
    taken = client.snapshot.create(repository="yearly", snapshot="first", body=ours, params=_PATIENTLY)
    assert (taken["snapshot"]["state"], taken["snapshot"]["shards"]["failed"]) == ("SUCCESS", 0)

    engine.write(REPORTS[KEPT:], [REPORTS[0].id], 2)
    client.indices.delete(index="kept-*")
    client.snapshot.restore(repository="yearly", snapshot="first", body=ours, params=_PATIENTLY)
    # Every shard can be read; whether each has a copy depends on the nodes, and on what other tests left there.
    client.cluster.health(index="kept-*", params={"wait_for_status": "yellow", **_WITHIN})

    status = engine.status()
    assert (status.documents, status.revision, list(engine.faults())) == (KEPT, 1, [])
    again = engine.search(asked)
    assert [(hit.id, hit.score) for hit in again.hits] == [(hit.id, hit.score) for hit in before.hits]
    assert (again.total, again.facets, engine.suggest("政")) == (before.total, before.facets, words)
    # What was committed since the snapshot is told by its revision, and sent again.
    engine.write(REPORTS[KEPT:], [REPORTS[0].id], 2)
    assert engine.ids(SearchRequest()) == {report.id for report in REPORTS[1:]}
    assert not list(engine.faults())
    engine.close()
