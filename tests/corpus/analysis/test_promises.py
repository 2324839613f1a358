"""Promises: followed to the sentence that tells what came of them; planted ones are found and few others told."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.analysis.promises import follow_promises
from corpus.model import Agency, Report, Section
from corpus.store import Store
from corpus.store.promises import Promise
from tests.analyses.promises import score
from tests.webui.shelf import REGIONS, made, take

COUNTY = Agency("松陂区人民政府", "990101", "county", "government")
PROMISE = "下一步将更换桥头阅报栏的玻璃罩。"


def test_planted_promises_are_followed(tmp_path: Path) -> None:
    found = score(1, tmp_path, reports=200)
    assert found.planted > 20
    assert found.precision >= 0.95
    assert found.recall >= 0.75


def report(year: int, words: str, body: Agency = COUNTY) -> Report:
    known = made(body, year, random.Random(year))  # noqa: S311 - figures, not secrets
    sections = tuple(Section(each.kind, each.heading, (words,)) for each in known.sections if each.kind == "problems")
    return replace(known, sections=sections)


@pytest.mark.parametrize(
    ("later", "outcome"),
    [
        ("桥头阅报栏的玻璃罩已更换完毕。", "done"),
        ("桥头阅报栏的玻璃罩仍有裂缝。", "repeated"),
        ("下一步将更换桥头阅报栏的玻璃罩和灯管。", "repeated"),
        ("渡口候船室的长椅已更换完毕。", "silent"),
    ],
)
def test_a_later_report_says_what_came_of_it(tmp_path: Path, later: str, outcome: str) -> None:
    with Store.open(tmp_path) as store:
        store.add_regions(REGIONS)
        take(store, report(2021, PROMISE))
        assert follow_promises(store) == 1
        _, (alone,) = store.promises.listed()
        assert (alone.promise.outcome, alone.promise.age) == ("open", 0)
        take(store, report(2022, later))
        assert follow_promises(store) == 1
        assert follow_promises(store) == 0
        _, found = store.promises.listed(year=2021)
        (promise,) = (each.promise for each in found)
        assert (promise.outcome, promise.age) == (outcome, 1)
        assert (promise.told in later) is True
        again = [each.promise.since for each in store.promises.listed(year=2022)[1]]
        assert all(since == 2021 for since in again)


WORDS = (
    PROMISE,
    "下一步将更换桥头阅报栏的玻璃罩和灯管。",
    "桥头阅报栏的玻璃罩仍有裂缝。",
    "桥头阅报栏的玻璃罩已更换完毕。",
    "渡口候船室的长椅缺了两条。下一步将添置渡口候船室长椅。",
    "渡口候船室的长椅已添置。桥头阅报栏的玻璃罩仍有裂缝。",
)
BODIES = (COUNTY, Agency("鹿鸣县人民政府", "990122", "county", "government"))
YEARS = range(2018, 2022)
PLACES = [(body, year) for body in BODIES for year in YEARS]


def every(store: Store) -> list[Promise]:
    _, found = store.promises.listed(most=None)
    return sorted((each.promise for each in found), key=lambda promise: (promise.id, promise.number))


def told_anew(reports: Iterable[Report]) -> list[Promise]:
    with TemporaryDirectory() as data, Store.open(Path(data)) as store:
        store.add_regions(REGIONS)
        for each in reports:
            take(store, each)
        follow_promises(store)
        return every(store)


@settings(max_examples=3, deadline=None)
@given(
    said=st.lists(st.sampled_from(WORDS), min_size=len(PLACES), max_size=len(PLACES)),
    order=st.permutations(range(len(PLACES))),
    withheld=st.sampled_from(range(len(PLACES))),
)
def test_followed_report_by_report_is_as_followed_all_at_once(said: list[str], order: list[int], withheld: int) -> None:
    reports = [report(year, words, body) for (body, year), words in zip(PLACES, said, strict=True)]
    with TemporaryDirectory() as data, Store.open(Path(data)) as store:
        store.add_regions(REGIONS)
        for number in order:
            take(store, reports[number])
            follow_promises(store)
        assert every(store) == told_anew(reports)
        gone = reports.pop(withheld)
        store.withhold(gone.id, "personal data")
        follow_promises(store)
        assert every(store) == told_anew(reports)
        assert gone.id not in {id_ for each in every(store) for id_ in (each.id, each.later)}
