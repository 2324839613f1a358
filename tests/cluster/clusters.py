"""The fixture of a running OpenSearch."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.cluster.opensearch import MISSING, Cluster, Nodes, jars

GIVEN = "NIANBAO_TEST_OPENSEARCH"
"""Names a cluster that runs already, of whatever version: http://host:9200,http://other:9200."""
NODES = "NIANBAO_TEST_NODES"
"""How many nodes of our own are started where none is given: one, or the three of ``make test-cluster``."""


@pytest.fixture(name="cluster", scope="session")
def running() -> Iterator[Nodes]:
    """One node, or the cluster given; without Java or Maven the test is left out and says what is missing."""
    if given := os.environ.get(GIVEN):
        yield Nodes(given.split(","))
        return
    folder = jars()
    if folder is None:
        pytest.skip(MISSING)
    with Cluster(folder, int(os.environ.get(NODES, "1"))) as cluster:
        yield cluster


@pytest.fixture(name="own_cluster")
def whole(cluster: Nodes) -> Iterator[Cluster]:
    """Nodes of our own, which a test may kill or silence: they are there again after it."""
    if not isinstance(cluster, Cluster):
        pytest.skip(f"kills nodes, and {GIVEN} names somebody else's")
    yield cluster
    cluster.restore()
