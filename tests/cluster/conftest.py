from __future__ import annotations

import pytest

from indexer.segment import Segmenter, region_words
from tests.indexer.province import REGISTRY
from tests.webui.shelf import Shelf, build


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    """Cuts as the engines do that know the province of the tests of search."""
    return Segmenter(region_words(REGISTRY))


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The small store with its index."""
    return build(tmp_path_factory.mktemp("clustered"))
