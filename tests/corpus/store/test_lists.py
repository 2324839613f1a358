"""Lists of the analyses: however they are asked for, a list is as long as it says and its pages make up the whole."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from corpus.analysis.promises import follow_promises
from corpus.analysis.repetition import find_repetitions
from corpus.sample.generate import generate, sample_regions
from corpus.store import Store
from corpus.store.contradictions import SORTS, Contradiction
from tests.bench.serve import keep

REGIONS, YEARS = ("", "90", "9001", "900101", "11"), (None, 2012, 2020, 1999)
Listed = Callable[..., tuple[int, tuple[object, ...]]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("lists")) as store:
        store.add_regions(sample_regions(1, 120))
        with store.batch():
            for report in generate(seed=4, provinces=1, reports=120):
                keep(store, report)
        find_repetitions(store)
        ids = sorted(each.id for each in store.most_copied("copied", region="", year=None, most=None)[1])
        found = [
            Contradiction(id_, SORTS[at % 4], "I1", at % 3 + 1, "a", float(at % 7), id_, "b", 9.0)
            for at, id_ in enumerate(ids)
        ]
        store.contradictions.put(ids, [each for each in found for _ in range(each.sure)])
        store.contradictions.reached(store.revision())
        follow_promises(store)
        yield store


def lists(store: Store) -> dict[str, Listed]:
    return {
        "promises": store.promises.listed,
        "contradictions": store.contradictions.listed,
        "copied": lambda **asked: store.most_copied("copied", **{"region": "", "year": None, **asked}),
    }


def id_of(row: object) -> str:
    """The report of a row of any of the lists."""
    kept: Any = getattr(row, "promise", None) or getattr(row, "contradiction", None) or row
    return str(kept.id)


@pytest.mark.parametrize("name", ["promises", "contradictions", "copied"])
def test_pages_make_up_the_list_and_filters_part_of_it(store: Store, name: str) -> None:
    listed = lists(store)[name]
    total, whole = listed(first=0, most=None)
    assert total == len(whole) > 0
    for region, year in itertools.product(REGIONS, YEARS):
        count, found = listed(region=region, year=year, first=0, most=None)
        inside = [row for row in whole if id_of(row).startswith(region) and year in (None, int(id_of(row)[7:11]))]
        assert (count, list(found)) == (len(inside), inside), (region, year)
        pages = [listed(region=region, year=year, first=at, most=7)[1] for at in range(0, count + 1, 7)]
        assert list(itertools.chain(*pages)) == inside


def test_what_is_hidden_is_in_no_list_before_anything_is_read_together_again(store: Store) -> None:
    before = {name: listed(first=0, most=None)[1] for name, listed in lists(store).items()}
    hidden = id_of(before["promises"][0])
    store.withhold(hidden, "令 2 号")
    for name, listed in lists(store).items():
        total, found = listed(first=0, most=None)
        left = [row for row in before[name] if id_of(row) != hidden]
        assert (total, [id_of(row) for row in found]) == (len(left), [id_of(row) for row in left]), name
