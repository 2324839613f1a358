"""Stage 3 over a real store: what changes there is found in the index, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.doubts import Doubt
from corpus.errors import SearchIndexError
from corpus.model import Agency, Figure, Finding, Report, Section
from corpus.store import Store
from indexer.document import document_of
from indexer.index import update_index
from indexer.request import SearchRequest, where
from indexer.segment import Segmenter, region_words
from indexer.whoosh_engine import WhooshEngine, generations
from tests.indexer.province import REGIONS

AGENCY = Agency("石溪市人民政府", "900100", "prefecture", "government")
FIGURE = Figure("applications.received.total", Decimal(12), "12", "number", None)
REPORT = Report(
    agency=AGENCY,
    year=2021,
    title="石溪市人民政府2021年政府信息公开工作年度报告",
    form="2021",
    sections=(
        Section("overview", "一、总体情况", ("全市推进城中村改造。",)),
        Section("unclassified", "附", ("甲段。",)),
        Section("unclassified", "再附", ("乙段。",)),
    ),
    figures={FIGURE.id: FIGURE},
    findings=(Finding("I1", "broken", (FIGURE.id,), Decimal(12), Decimal(11), Doubt("sides_differ")),),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as store:
        store.add_regions(REGIONS)
        yield store


@pytest.fixture
def engine(tmp_path: Path, store: Store) -> WhooshEngine:
    return WhooshEngine(tmp_path / "index", store.registry(), segmenter=Segmenter(region_words(store.registry())))


def accept(store: Store, report: Report, name: str) -> str:
    snapshot = store.keep(
        f"{report.sections} {name}".encode(),
        url=f"http://www.example.gov.cn/{name}.html",
        source=name,
        media_type="text/html",
        captured=datetime(2022, 3, 1, tzinfo=UTC),
    )
    return store.accept(snapshot, report, "1")


def said(report: Report, text: str) -> Report:
    return replace(report, sections=(Section("overview", "一、总体情况", (text,)),))


def test_a_document_holds_what_the_report_says(store: Store) -> None:
    stored = store.get(accept(store, REPORT, "a"))
    assert stored is not None
    document = document_of(stored, store.registry())
    assert document.regions == ("900000", "900100")
    assert document.sections["unclassified"] == "甲段。\n乙段。"
    assert document.facets["finding"] == ("I1", "I1:broken")
    assert document.metrics["applications_received"] == 12
    assert document.metrics["broken_identities"] == 1
    assert document.url == "http://www.example.gov.cn/a.html"
    assert document.fictional


def test_the_index_follows_the_store(store: Store, engine: WhooshEngine) -> None:
    first = accept(store, REPORT, "a")
    report = update_index(store, engine)
    assert (report.added, report.documents, report.rebuilt) == (1, 1, True)
    assert [hit.id for hit in engine.search(SearchRequest("城中村改造")).hits] == [first]

    second = accept(store, replace(said(REPORT, "又一年。"), year=2022, title="2022年报告"), "b")
    accept(store, said(REPORT, "改为停车位。"), "a")
    report = update_index(store, engine)
    assert (report.added, report.changed, report.removed, report.rebuilt) == (1, 1, 0, False)
    assert engine.search(SearchRequest("城中村改造")).total == 0
    assert [hit.id for hit in engine.search(SearchRequest("停车位")).hits] == [first]
    assert engine.search(where(year="2022")).hits[0].id == second

    report = update_index(store, engine)
    assert (report.added, report.changed, report.removed, report.documents) == (0, 0, 0, 2)
    assert engine.status().revision == store.revision()


def test_other_rules_and_a_wish_rebuild(store: Store, engine: WhooshEngine, tmp_path: Path) -> None:
    accept(store, REPORT, "a")
    seen: list[tuple[int, int]] = []
    assert update_index(store, engine, progress=lambda done, expected: seen.append((done, expected))).rebuilt
    assert seen == [(1, 1)]
    assert not update_index(store, engine).rebuilt
    assert update_index(store, engine, rebuild=True).rebuilt
    other = WhooshEngine(tmp_path / "index", store.registry(), segmenter=Segmenter(("另一词典",)))
    assert update_index(store, other).rebuilt


def test_what_a_killed_build_left_is_cleared_unless_somebody_builds(
    store: Store, engine: WhooshEngine, tmp_path: Path
) -> None:
    accept(store, REPORT, "a")
    update_index(store, engine)
    left = tmp_path / "index" / "0123456789ab"
    left.mkdir()
    with generations.writing(tmp_path / "index"):
        assert not update_index(store, engine).rebuilt
        assert left.is_dir()
    assert not update_index(store, engine).rebuilt
    assert not left.exists()
    assert engine.status().documents == 1


@pytest.mark.parametrize(
    "damage", [b"../archive", b"", b".", b"..", b"/", b"0123456789ab/../../archive", b"\xff\x00", b"abc"]
)
def test_a_damaged_pointer_costs_nothing_but_a_rebuild(
    store: Store, engine: WhooshEngine, tmp_path: Path, damage: bytes
) -> None:
    accept(store, REPORT, "a")
    update_index(store, engine)
    evidence = tmp_path / "archive" / "kept.warc.gz"
    evidence.parent.mkdir()
    evidence.write_bytes(b"evidence")
    (tmp_path / "index" / "current").write_bytes(damage)
    with pytest.raises(SearchIndexError, match="--rebuild"):
        engine.search(SearchRequest("城中村改造"))
    assert update_index(store, engine, rebuild=True).rebuilt
    assert evidence.read_bytes() == b"evidence"
    assert engine.search(SearchRequest("城中村改造")).total == 1
