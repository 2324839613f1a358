"""Both engines give the same answers: a short form of tests/cluster/agreement.py."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from tests.cluster.agreement import TOP, build, compare, requests
from tests.cluster.opensearch import Nodes
from tests.indexer.province import documents

_QUERIES = 60


@pytest.mark.slow
def test_both_engines_give_the_same_answers(cluster: Nodes, tmp_path: Path) -> None:
    here, there = build(cluster.engine, tmp_path, documents(200, seed=17))
    compared = [compare(here, there, *each) for each in enumerate(islice(requests(), _QUERIES))]
    assert [each for each in compared if each.differing] == []
    assert sum(each.total > 0 for each in compared) > _QUERIES / 3
    assert sum(not each.first for each in compared) >= TOP * _QUERIES
    there.close()
