"""Which of several processes runs which tests: those of a file share fixtures, and a cluster is started once."""

from __future__ import annotations

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

CLUSTERED = (
    "tests/browser/test_journeys.py",
    "tests/cluster/",
    "tests/corpus/store/test_postgres.py",
    "tests/indexer/test_opensearch.py",
    "tests/webui/test_engines.py",
)
"""What asks OpenSearch or PostgreSQL."""


class Together(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Tests in the groups that go to a process as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        return "cluster" if nodeid.startswith(CLUSTERED) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """As xdist asks, where it is."""
    return Together(config, log)
