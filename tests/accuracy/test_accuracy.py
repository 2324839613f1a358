"""A shortened run of ``make accuracy``: every fault in a third of the formats, some in the slow ones, a few pairs."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from corpus.regions import Registry
from tests.accuracy.faults import faults_of
from tests.accuracy.floors import breaches, load_floors
from tests.accuracy.harness import FORMATS, available, papers, run, sample_registry
from tests.accuracy.pairs import pairs_of
from tests.accuracy.paper import Paper

_PRINTED = ("pdf", "pdf_unruled")
_SHARE = 3
"""A format is tried with one of so many faults, its neighbour with the next; ``make accuracy`` tries all with all."""
_SEED = 1


@pytest.fixture(scope="module")
def registry() -> Registry:
    return sample_registry(600)


@pytest.fixture(scope="module")
def some() -> list[Paper]:
    return papers(1)


@pytest.mark.parametrize("format_", [name for name in FORMATS if name not in _PRINTED])
def test_every_fault_alone(format_: str, some: list[Paper], registry: Registry) -> None:
    if format_ not in available():
        pytest.skip("bsdtar is not installed here")
    first = list(FORMATS).index(format_) % _SHARE
    for name in islice(faults_of(format_), first, None, _SHARE):
        score = run(format_, some, [name], registry, _SEED)
        assert not breaches(format_, [name], score, load_floors()), (name, score.failures[:5])


@pytest.mark.slow
@pytest.mark.parametrize("format_", _PRINTED)
@pytest.mark.parametrize("name", ["clean", "row_split", "broken_labels", "rows_moved"])
def test_printed_pages(format_: str, name: str, some: list[Paper], registry: Registry) -> None:
    score = run(format_, some, [name], registry, _SEED)
    assert not breaches(format_, [name], score, load_floors()), score.failures[:5]


@pytest.mark.parametrize("format_", ["html", "text_rows", "csv"])
def test_pairs_of_faults(format_: str, some: list[Paper], registry: Registry) -> None:
    for names in pairs_of(format_, 12, random.Random(_SEED)):  # noqa: S311 - a test, no secret
        score = run(format_, some, names, registry, _SEED)
        assert not breaches(format_, names, score, load_floors()), (names, score.failures[:5])


def test_the_number_of_a_label_is_no_value_where_every_letter_stands_alone(registry: Registry) -> None:
    statistics = [each for each in papers(12) if any(figure.startswith("statistics.") for figure in each.values)]
    score = run("text_one_line", statistics, ["spaced_labels"], registry, _SEED)
    assert score.silent == 0
    assert score.accuracy > 0.9


def test_blank_rows_whose_labels_are_lines_of_their_own_are_read_or_told(registry: Registry) -> None:
    nearly_blank = [each for each in papers(12) if each.name.startswith("900321-2025")]
    score = run("text_broken_lines", nearly_blank, ["repeated_groups"], registry, _SEED)
    assert nearly_blank
    assert score.silent == 0


def test_a_wrong_cell_is_not_right(some: list[Paper], registry: Registry) -> None:
    wrong = some[-1]
    figure = next(figure for figure, value in wrong.values.items() if value)
    original = wrong.values[figure]
    wrong.values[figure] = None
    score = run("html", [wrong], ["clean"], registry)
    wrong.values[figure] = original
    assert score.flagged + score.silent == 1
    assert figure in score.failures[0]
