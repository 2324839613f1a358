"""The fixture of a running OpenSearch."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.cluster.opensearch import MISSING, Cluster, Nodes, jars

GIVEN = "NIANBAO_TEST_OPENSEARCH"
"""Names a cluster that runs already, of whatever version: http://host:9200,http://other:9200."""


@pytest.fixture(name="cluster", scope="session")
def running() -> Iterator[Nodes]:
    """One node, or the cluster given; without Java or Maven the test is left out and says what is missing."""
    if given := os.environ.get(GIVEN):
        yield Nodes(given.split(","))
        return
    folder = jars()
    if folder is None:
        pytest.skip(MISSING)
    with Cluster(folder) as cluster:
        yield cluster
