"""What is asked once for each request of a crawl, or each payload, costs the same however long the queue is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from corpus.sample.generate import generate
from corpus.store import Store
from corpus.store.crawl_queue import CrawlRequest, QueuedRequest
from tests.analyses.planted import fill

pytestmark = pytest.mark.sqlite
NOW = datetime(2026, 1, 2, tzinfo=UTC)
REQUEST = CrawlRequest("a.example/1", "http://a.example/1", "a.example", "list", 0)
WHOLE = ("SCAN fetches", "SCAN captures", "SCAN sources", "SCAN crawl_contexts")
QUEUED = QueuedRequest(1, "a", REQUEST, 0, "", "", "")


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.region_hint("0" * 64),
        lambda store: store.crawl_queue.shape_known(QUEUED, "abc"),
        lambda store: store.crawl_queue.reclassify("a", "abc", ["list"], "same"),
        lambda store: store.crawl_queue.release("a", "place", 4),
        lambda store: store.crawl_queue.known("a", "a.example/1"),
        lambda store: store.crawl_queue.next("a", "a.example", NOW),
    ],
    ids=["region_hint", "shape_known", "reclassify", "release", "known", "next"],
)
def test_no_question_of_a_crawl_reads_the_whole_queue(tmp_path: Path, ask: Callable[[Store], Any]) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with Store.open(tmp_path) as store:
        event.listen(Engine, "before_cursor_execute", note)
        try:
            ask(store)
        finally:
            event.remove(Engine, "before_cursor_execute", note)
    with sqlite3.connect(tmp_path / "nianbao.sqlite") as connection:
        of_queue = [one for one in asked if "fetches" in one[0]]
        assert of_queue
        for statement, parameters in of_queue:
            steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            whole = [step for step in steps if step.startswith(WHOLE) or step.endswith("(origin=?)")]
            assert not whole, steps


def test_the_reports_of_a_body_are_not_looked_for_among_all(tmp_path: Path) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    with fill(tmp_path, generate(seed=2, reports=200), reports=200) as store:
        store.take_stock()
        body = next(iter(store.reports())).report.agency.id
    with Store.look(tmp_path) as store:
        event.listen(Engine, "before_cursor_execute", note)
        try:
            assert store.of_agency(body)
            assert store.narrated_by([body])
        finally:
            event.remove(Engine, "before_cursor_execute", note)
    with sqlite3.connect(tmp_path / "nianbao.sqlite") as connection:
        of_reports = [one for one in asked if "editions" in one[0]]
        assert len(of_reports) == 2
        for statement, parameters in of_reports:
            steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            assert any("ix_editions_agency_id" in step for step in steps), steps
