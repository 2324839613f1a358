"""Contradictions: those planted are told and no others; parts are held only against a whole that sums them up."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from corpus.analysis.contradictions import find_contradictions, of_findings
from corpus.doubts import Doubt
from corpus.model import Agency, Figure, Finding, Report
from corpus.store import Store
from tests.analyses.contradictions import outcome
from tests.webui.shelf import REGIONS, made, take

CITY = Agency("青汀市人民政府", "990100", "prefecture", "government")
COUNTIES = (
    Agency("松陂区人民政府", "990101", "county", "government"),
    Agency("鹿鸣县人民政府", "990122", "county", "government"),
)
RECEIVED = "applications.received.total"


def test_planted_ones_are_told_and_no_others(tmp_path: Path) -> None:
    found = outcome(1, tmp_path, reports=90)
    assert found.planted > 3
    assert found.clean > 30
    assert (found.false, found.missing) == ([], [])


def counted(agency: Agency, received: int | None, words: str = "") -> Report:
    report = made(agency, 2022, random.Random(1), words=words)  # noqa: S311 - figures, not secrets
    value = None if received is None else Decimal(received)
    cells = {RECEIVED: value, "review.total": Decimal(0)}
    figures = {
        id_: Figure(id_, each, str(each), "blank" if each is None else "number", None) for id_, each in cells.items()
    }
    return replace(report, figures=figures, findings=())


def test_parts_exceed_only_a_whole_that_sums_them_up(tmp_path: Path) -> None:
    summing = "本报告数据汇总了所辖各县区和市直部门的情况，统一计算。"
    with Store.open(tmp_path) as store:
        store.add_regions(REGIONS)
        take(store, counted(CITY, 30))
        for county in COUNTIES:
            take(store, counted(county, 20))
        find_contradictions(store)
        assert store.contradictions.listed() == (0, ())  # it may tell of its own offices alone
    with Store.open(tmp_path / "summing") as store:
        store.add_regions(REGIONS)
        take(store, counted(CITY, 30, summing))
        take(store, counted(COUNTIES[0], 20))
        find_contradictions(store)
        assert store.contradictions.listed() == (0, ())  # the others may have 10
        take(store, counted(COUNTIES[1], None))
        find_contradictions(store)
        assert store.contradictions.listed() == (0, ())  # a blank is not 0, nor anything else
    with Store.open(tmp_path / "exceeding") as store:
        store.add_regions(REGIONS)
        whole = take(store, counted(CITY, 30, summing))
        for county in COUNTIES:
            take(store, counted(county, 20))
            find_contradictions(store)
        total, (lead,) = store.contradictions.listed()
        c = lead.contradiction
        assert (total, c.id, c.sort, c.value, c.other_value) == (1, whole, "parts", 30.0, 40.0)
        assert 0 < c.parts <= c.parts_of
        assert store.contradictions.listed(region="9902") == (0, ())
        assert find_contradictions(store) == 0


def test_a_doubt_about_our_reading_makes_it_less_sure(tmp_path: Path) -> None:
    cells = ("applications.granted.natural_person", "applications.granted.total")
    broken = Finding("I3", "broken", cells, Decimal(13), Decimal(0), Doubt("sides_differ"), note="slip_of_source")
    doubt = Finding("reading", "undecidable", cells[1:], None, None, Doubt("row_out_of_place"))
    text = replace(broken, rule="T1", quote="全年收到申请13件。")
    held = replace(broken, verdict="holds_if_blank_is_zero")
    with Store.open(tmp_path) as store:
        store.add_regions(REGIONS)
        told: dict[int, list[int]] = {}
        for findings in ((broken,), (broken, doubt), (text,), (held,)):
            id_ = take(store, replace(counted(CITY, 3), year=2015 + len(told), findings=findings))
            stored = store.get(id_)
            assert stored is not None
            told[len(told)] = [each.sure for each in of_findings(stored)]
        assert told == {0: [3], 1: [1], 2: [2], 3: []}
