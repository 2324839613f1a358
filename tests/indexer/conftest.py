"""What most tests of the indexer need, made once."""

from __future__ import annotations

import pytest

from corpus.metrics import load_metrics
from indexer.names import Names
from indexer.segment import Segmenter, region_words
from tests.indexer.oracle import Oracle
from tests.indexer.province import REGISTRY, documents


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return Segmenter(region_words(REGISTRY))


@pytest.fixture(scope="session")
def names() -> Names:
    return Names(REGISTRY, load_metrics())


@pytest.fixture(scope="session")
def oracle(segmenter: Segmenter) -> Oracle:
    return Oracle(documents(300), segmenter)
