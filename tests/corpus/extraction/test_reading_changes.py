"""Re-extraction says what it reads otherwise, and loses nothing without a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from corpus.extraction.file_import import take_in
from corpus.extraction.interpret import interpret
from corpus.extraction.reading_changes import Change, changes
from corpus.extraction.stage import extract
from corpus.model import Figure, Report
from corpus.readers.formats import read
from corpus.regions import Registry
from corpus.store import Store

GOLDEN = Path(__file__).parents[2] / "golden" / "jiyuan-2022.txt"
CELL = "applications.received.total"


def _golden() -> Report:
    return interpret(read(GOLDEN.read_bytes(), name=GOLDEN.name), Registry.load())


def _with(report: Report, figure: Figure) -> Report:
    return replace(report, figures={**report.figures, figure.id: figure})


def test_equal_reports_differ_in_nothing() -> None:
    assert list(changes(_golden(), _golden())) == []


def test_cell_by_cell() -> None:
    before = _golden()
    after = _with(before, Figure(CELL, None, "", "blank", None))
    assert list(changes(before, after)) == [Change(before.id, CELL, "18", "blank")]


def test_a_report_that_is_none_any_more_is_named() -> None:
    report = _golden()
    assert list(changes(report, None, "empty")) == [Change(report.id, "report", report.title, "no report: empty")]


def test_extracting_everything_again_heals_and_reports_it(tmp_path: Path) -> None:
    right = _golden()
    wrong = _with(right, Figure(CELL, Decimal(81), "81", "number", None))
    with Store.open(tmp_path) as store:
        snapshot = store.keep(
            GOLDEN.read_bytes(),
            url="",
            source=GOLDEN.name,
            media_type="text/plain",
            captured=datetime(2026, 1, 1, tzinfo=UTC),
        )
        store.accept(snapshot, wrong, "0")
        said: list[Change] = []
        extract(store, everything=True, changed=said.append)
        assert said == [Change(right.id, CELL, "81", "18")]
        stored = store.get(right.id)
        assert stored is not None
        assert stored.report.figures[CELL].value == 18
        extract(store, everything=True, changed=said.append)
        assert len(said) == 1
        assert extract(store).accepted == 0


def test_a_damaged_original_keeps_what_was_read_and_stops_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        take_in(store, [GOLDEN])
        [archive] = (tmp_path / "archive").iterdir()
        torn = bytearray(archive.read_bytes())
        torn[-200] ^= 0xFF
        archive.write_bytes(torn)
        other = tmp_path / "other.txt"
        other.write_text(GOLDEN.read_text(encoding="utf-8").replace("2022 年", "2023 年"), encoding="utf-8")
        take_in(store, [other])
        outcome = extract(store, everything=True)
        assert (outcome.accepted, len(outcome.damaged)) == (1, 1)
        assert "restore it from a copy" in outcome.damaged[0]
        assert store.get(_golden().id) is not None
