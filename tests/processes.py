"""Which of several processes runs which tests: those of a file share fixtures, a cluster and a browser start once."""

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
BROWSER = "tests/browser/"
"""What drives Chromium: two of it on two processors would wait for each other's pages."""


class Together(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Tests in the groups that go to a process as a whole."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(CLUSTERED):
            return "cluster"
        return "browser" if nodeid.startswith(BROWSER) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """As xdist asks, where it is."""
    return Together(config, log)
