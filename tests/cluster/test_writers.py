"""One writer at a time, for as long as it gives signs of life."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from opensearchpy import OpenSearch

from corpus.errors import SearchIndexError
from indexer.opensearch_engine import lease
from indexer.opensearch_engine.address import Address
from indexer.opensearch_engine.cluster import Cluster
from indexer.opensearch_engine.lease import Lease
from tests.cluster.opensearch import Nodes

pytestmark = pytest.mark.slow


@pytest.fixture(name="opened")
def writers(cluster: Nodes) -> Iterator[Callable[[], Lease]]:
    client = Cluster(Address.read(f"{cluster.engine}/writers?seconds=60"))

    def call(asked: Callable[[], Any]) -> Any:
        return asked()

    yield lambda: Lease(client, 0, call)
    client.close()


def test_a_second_writer_is_told_who_writes(opened: Callable[[], Lease]) -> None:
    with (
        opened().held(),
        pytest.raises(SearchIndexError, match=r"Another process \(.+, process \d+\) is writing the index"),
        opened().held(),
    ):
        pass
    with opened().held():  # the first has ended
        pass


def test_a_writer_who_gave_no_sign_of_life_stops_once_another_took_over(
    opened: Callable[[], Lease], cluster: Nodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = opened(), opened()
    with first.held():
        with OpenSearch(cluster.addresses) as client:
            client.update(index="writers-writer", id="writer", body={"doc": {"entry": {"until": 0}}})
        with second.held():
            monkeypatch.setattr(lease, "LEASE", 0)  # every sign of life is due
            with pytest.raises(SearchIndexError, match="took over"):
                first.renew()
            second.renew()
