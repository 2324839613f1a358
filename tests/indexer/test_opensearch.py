"""The engine over OpenSearch: the conformance suite of all engines, and what only a cluster can show."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import ClassVar

import pytest

from indexer.engine import Engine
from indexer.opensearch_engine import OpenSearchEngine
from indexer.segment import Segmenter
from tests.cluster.opensearch import Nodes
from tests.indexer.conformance import Conformance
from tests.indexer.province import REGISTRY

pytestmark = pytest.mark.slow


class TestOpenSearchEngine(Conformance):
    """The suite over one node."""

    nodes: ClassVar[str] = ""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _running(cls, cluster: Nodes) -> None:
        cls.nodes = cluster.engine

    @classmethod
    def engine(cls, directory: Path, segmenter: Segmenter) -> Engine:
        name = hashlib.sha256(str(directory).encode()).hexdigest()[:12]
        return OpenSearchEngine(f"{cls.nodes}/{name}?seconds=60", REGISTRY, segmenter=segmenter)
