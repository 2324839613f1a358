"""Every trait once, on a report of the newest form: nothing silently wrong, nothing lost."""

from __future__ import annotations

import pytest

from corpus.regions import Registry
from tests.accuracy.harness import papers, sample_registry
from tests.accuracy.paper import Paper
from tests.accuracy.traits.catalogue import SLOW, TRAITS, scored


@pytest.fixture(scope="module")
def registry() -> Registry:
    return sample_registry(600)


@pytest.fixture(scope="module")
def report() -> Paper:
    return papers(1)[-1]


@pytest.mark.parametrize("trait", [pytest.param(t, marks=pytest.mark.slow if t in SLOW else ()) for t in TRAITS])
def test_what_misleads_no_person_misleads_no_reader(trait: str, report: Paper, registry: Registry) -> None:
    score = scored(trait, report, registry)
    assert not score.failures, score.failures[:5]
    assert score.right == len(report.values)
