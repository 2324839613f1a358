"""The fixture of a running OpenSearch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cluster.opensearch import MISSING, Cluster, jars


@pytest.fixture(name="cluster", scope="session")
def running() -> Iterator[Cluster]:
    """One node; without Java or Maven the test is left out and says what is missing."""
    folder = jars()
    if folder is None:
        pytest.skip(MISSING)
    with Cluster(folder) as cluster:
        yield cluster
