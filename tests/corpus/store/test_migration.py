"""Stores of older layouts open and are brought to the present one; what they hold as sentences stays as it is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from corpus.doubts import recalled, said
from corpus.errors import StoreError
from corpus.store import Store
from corpus.store.migration import is_current
from corpus.store.schema import VERSION
from tests.corpus.reports import change, made, take

SCHEMA_1 = Path(__file__).with_name("schema_1.sql")
"""A store as version 1 of the schema kept it: one report and one payload that is none, doubts as sentences."""
ID = "990101-2025-f1d27510"


@pytest.fixture(name="data")
def of_schema_1(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "nianbao.sqlite") as connection:
        connection.executescript(SCHEMA_1.read_text("utf-8"))
    return tmp_path


@pytest.mark.sqlite
def test_an_old_store_opens_with_its_sentences_whole(data: Path) -> None:
    with Store.open(data) as store:
        stored = store.get(ID)
        assert stored is not None
        (warning,), (finding,) = stored.report.warnings, stored.report.findings
        assert said(warning, "zh-CN") == said(warning, "en") == "题目；与统计期限不一致"
        assert said(finding.doubt) == "13 不等于 0"
        assert said(recalled(finding.note)) == "各格的标签、位置与格数一致：更可能是原文有误"
        ((reason, number),) = store.counts().rejected.items()
        assert (said(recalled(reason)), number) == (
            "The title is that of something else than a report (解读): 解读", 1
        )  # fmt: skip


@pytest.mark.sqlite
def test_an_old_store_is_brought_to_the_present_schema_once(data: Path) -> None:
    for _ in range(2):
        Store.open(data).close()
        with sqlite3.connect(data / "nianbao.sqlite") as connection:
            assert connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone() == (VERSION,)
            columns = [row[1] for row in connection.execute("PRAGMA table_info(payloads)")]
            assert columns.count("reason_values") == 1


@pytest.mark.usefixtures("either_database")
def test_what_an_older_store_lacks_is_made_and_what_it_has_stays(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        id_ = take(store, made(), b"one", "http://a.example/1")
    for older in ("DROP INDEX fetches_of_shape", "ALTER TABLE payloads DROP COLUMN reason_values", "DROP TABLE parts"):
        Store.open(tmp_path).close()
        change(tmp_path, older)
    change(tmp_path, "UPDATE meta SET value = 1 WHERE name = 'schema'")
    with Store.open(tmp_path) as store, store.database.reading() as connection:
        assert is_current(connection)
        assert [stored.id for stored in store.reports()] == [id_]


@pytest.mark.usefixtures("either_database")
def test_a_store_of_a_newer_nianbao_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    change(tmp_path, "UPDATE meta SET value = :newer WHERE name = 'schema'", newer=VERSION + 1)
    with pytest.raises(StoreError, match="use the version that made it"):
        Store.open(tmp_path)
