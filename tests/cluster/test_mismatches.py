"""What is at an address and is not what we need is told by name."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from opensearchpy import OpenSearch

from corpus.errors import AwayError, SearchIndexError
from indexer.opensearch_engine import OpenSearchEngine
from indexer.opensearch_engine.address import Address
from indexer.opensearch_engine.cluster import Cluster, Json
from indexer.opensearch_engine.mapping import mapping
from indexer.request import SearchRequest
from indexer.segment import Segmenter
from tests.cluster.opensearch import Nodes
from tests.indexer.province import REGISTRY, documents

SERVICES: Mapping[str, Json] = {
    "elasticsearch 8.11.0": {"version": {"number": "8.11.0"}},
    "opensearch 1.3.20": {"version": {"distribution": "opensearch", "number": "1.3.20"}},
    "opensearch 2.9.0": {"version": {"distribution": "opensearch", "number": "2.9.0"}},
    "another service": {"couchdb": "Welcome", "version": "3.3.2"},
}


@pytest.fixture(name="index")
def named(cluster: Nodes) -> Iterator[str]:
    """A name that no former run left to a running cluster. What it names goes again: one node holds no copies."""
    name = f"mismatched{uuid.uuid4().hex[:8]}"
    yield name
    OpenSearch(cluster.addresses).indices.delete(index=f"{name}*")


@contextmanager
def service(greeting: Json, refusal: Json | None = None) -> Iterator[str]:
    """A service that says what it is, at host:port, and refuses whatever else is asked of it."""

    class Greeting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, greeting)

        def do_POST(self) -> None:
            self._answer(int(refusal["status"]) if refusal else 404, refusal or {})

        def _answer(self, status: int, told: Json) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Greeting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("name", SERVICES)
def test_another_service_is_told_by_its_name(name: str, segmenter: Segmenter) -> None:
    with service(SERVICES[name]) as host:
        engine = OpenSearchEngine(f"opensearch+http://{host}/years", REGISTRY, segmenter=segmenter)
        with pytest.raises(SearchIndexError, match=rf"is {name}: OpenSearch 2\.19 or newer is needed"):
            engine.search(SearchRequest())
        engine.close()


@pytest.mark.parametrize(
    ("status", "word", "told"),
    [
        (429, "circuit_breaking_exception", "has too much to do now"),
        (503, "no_shard_available_action_exception", "lacks a part of the index now"),
    ],
)
def test_why_a_cluster_refuses_is_told_in_its_own_word(status: int, word: str, told: str) -> None:
    refusal = {"status": status, "error": {"type": word, "reason": "as OpenSearch says it"}}
    with service(SERVICES["opensearch 2.9.0"], refusal) as host:
        asked = Cluster(Address.read(f"opensearch+http://{host}/years"))
        with pytest.raises(AwayError, match=rf"{told} \({word}\): try again in a minute"):
            asked.moment("years")
        asked.close()


@pytest.mark.slow
def test_an_index_that_is_none_of_ours_is_left_alone(cluster: Nodes, segmenter: Segmenter, index: str) -> None:
    client = OpenSearch(cluster.addresses)
    client.indices.create(index=index, body={"mappings": {"properties": {"price": {"type": "long"}}}})
    engine = OpenSearchEngine(f"{cluster.engine}/{index}?seconds=60", REGISTRY, segmenter=segmenter)
    with pytest.raises(SearchIndexError, match=f"The index {index} of the cluster is none of ours"):
        engine.status()
    with pytest.raises(SearchIndexError, match=index):
        engine.replace(documents(5), 1)
    assert client.indices.exists(index=index)
    assert client.indices.get(index=f"{index}-*").keys() <= {f"{index}-writer"}
    engine.close()


@pytest.mark.slow
def test_an_index_made_by_other_rules_is_told(cluster: Nodes, segmenter: Segmenter, index: str) -> None:
    address = f"{cluster.engine}/{index}?seconds=60"
    former = OpenSearchEngine(address, REGISTRY, {}, segmenter=segmenter)
    former.replace([], 1)
    former.close()
    engine = OpenSearchEngine(address, REGISTRY, segmenter=segmenter)
    for use in (lambda: engine.search(SearchRequest()), lambda: engine.write(documents(5), [], 2)):
        with pytest.raises(SearchIndexError, match="made by other rules: run `nianbao index --rebuild`"):
            use()
    engine.close()


@pytest.mark.slow
def test_a_mapping_that_lacks_a_field_is_told_by_the_field(cluster: Nodes, segmenter: Segmenter, index: str) -> None:
    engine = OpenSearchEngine(f"{cluster.engine}/{index}?seconds=60", REGISTRY, segmenter=segmenter)
    body = mapping([], 1)  # of a version that knew no metrics
    state = {"number": 0, "revision": 1, "fingerprint": engine.fingerprint, "documents": 0}
    mapped = {**body["mappings"], "_meta": state}
    client = OpenSearch(cluster.addresses)
    client.indices.create(index=f"{index}-0123456789ab", body={**body, "mappings": mapped, "aliases": {index: {}}})
    client.indices.create(index=f"{index}-0123456789ab-words")
    report = next(report for report in documents(20) if report.metrics)
    with pytest.raises(SearchIndexError, match=rf"does not take {report.id}: .*{next(iter(report.metrics))}"):
        engine.write([report], [], 2)
    engine.close()
