"""A cluster behind TLS and a user."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from corpus.errors import SearchIndexError
from indexer.opensearch_engine import OpenSearchEngine
from indexer.request import SearchRequest
from indexer.segment import Segmenter
from tests.cluster.opensearch import Nodes
from tests.cluster.proxy import MISSING, PASSWORD, USER, secured
from tests.indexer.province import REGISTRY, documents

pytestmark = pytest.mark.slow


@pytest.fixture(name="port")
def before_a_node(cluster: Nodes, tmp_path: Path) -> Iterator[int]:
    if shutil.which("nginx") is None:
        pytest.skip(MISSING)
    with secured(cluster.addresses[0], tmp_path) as port:
        yield port


def test_tls_and_a_user_let_in_who_knows_both(port: int, tmp_path: Path, segmenter: Segmenter) -> None:
    def engine(who: str, *, trusted: bool = True) -> OpenSearchEngine:
        ca = f"&ca={tmp_path / 'certificate.pem'}" if trusted else ""
        address = f"opensearch+https://{who}127.0.0.1:{port}/secured?seconds=60{ca}"
        return OpenSearchEngine(address, REGISTRY, segmenter=segmenter)

    known = engine(f"{USER}:{quote(PASSWORD)}@")
    known.replace(documents(20), 1)
    assert known.search(SearchRequest()).total == 20
    for who in ("", f"{USER}:guessed@"):
        with pytest.raises(SearchIndexError, match="does not let us in: look at user and password"):
            engine(who).search(SearchRequest())
    with pytest.raises(SearchIndexError, match="certificate"):
        engine(f"{USER}:{quote(PASSWORD)}@", trusted=False).search(SearchRequest())
    known.close()
