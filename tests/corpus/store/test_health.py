"""Every fault of a store is found, says what mends it, and what can be derived again is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from corpus.store import Store
from corpus.store.health import faults, repair
from corpus.store.warc import digest_of
from tests.corpus.reports import MONDAY, change, made, take

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture(name="data")
def filled(tmp_path: Path) -> Path:
    with Store.open(tmp_path) as store:
        for year in (2024, 2025):
            take(store, made(year=year), b"%d" % year, f"http://a.example/{year}")
    return tmp_path


def found(data: Path) -> list[str]:
    with Store.look(data) as store:
        return [fault.place for fault in faults(store)]


def test_a_whole_store_has_none(data: Path) -> None:
    assert found(data) == []


@pytest.mark.parametrize("body", [b"", b"\0", b"\0" * 4096, b"x\x9c{}"])
def test_a_reading_that_is_damaged_is_made_again(data: Path, body: bytes) -> None:
    change(data, "UPDATE editions SET body = :body WHERE year = 2025", body=body)
    assert found(data) == ["report"]
    with Store.open(data) as store:
        repair(store, list(faults(store)))
        assert [snapshot.url for snapshot in store.stale("1")] == ["http://a.example/2025"]
        assert [stored.report.year for stored in store.reports()] == [2024]
        for snapshot in list(store.stale("1")):
            store.accept(snapshot, made(year=2025), "1")
        assert {changed for _, changed, _ in store.changes_since(2)} == {made(year=2025).id}
    assert found(data) == []


def test_findings_across_years_that_are_damaged_are_worked_out_again(data: Path) -> None:
    with Store.open(data) as store:
        store.put_across(made(year=2025).id, made().findings)
        store.compared(store.revision())
    change(data, "UPDATE across SET findings = '[['")
    assert found(data) == ["findings"]
    with Store.open(data) as store:
        repair(store, list(faults(store)))
        assert made(year=2025).id in store.uncompared()
    assert found(data) == []


@pytest.mark.sqlite  # PostgreSQL lets no such row in
def test_a_row_that_points_to_nothing_is_a_fault_of_the_database(data: Path) -> None:
    with sqlite3.connect(data / "nianbao.sqlite") as connection:
        connection.execute("UPDATE captures SET digest = 'f' WHERE number = 1")
    assert found(data) == ["database"]


def test_an_original_that_is_damaged_and_one_that_is_lost_are_told(data: Path) -> None:
    with Store.open(data) as store:
        store.keep(b"lost", url="http://a.example/lost", source="", media_type="", captured=MONDAY)
    change(data, "DELETE FROM captures WHERE url LIKE '%lost'")
    change(data, "DELETE FROM payloads WHERE digest NOT IN (SELECT digest FROM captures)")
    assert found(data) == ["orphan"]
    with Store.open(data) as store:
        repair(store, list(faults(store)))
        assert store.payload(digest_of(b"lost")) == b"lost"
        (capture,) = store.captures(digest_of(b"lost"))
        assert (capture.url, capture.captured) == ("http://a.example/lost", MONDAY)
    assert found(data) == []
    file = min((data / "archive").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    file.write_bytes(file.read_bytes()[:-30])
    assert "original" in found(data)
