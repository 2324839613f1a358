"""What the frontier gives next: hosts in turn, one request each, within the hours; and that it learns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.store import Store
from corpus.store.crawl_queue import CrawlRequest, QueuedRequest
from crawler.address import house, key
from crawler.frontier import ATTEMPTS, BARREN, Frontier
from crawler.plan import Plan
from crawler.source import from_addresses

MIDNIGHT = datetime(2026, 11, 20, 16, tzinfo=UTC)
"""In China."""


class Clock:
    """A clock that stands until it is set."""

    now = MIDNIGHT

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(name="store")
def opened(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


def _frontier(store: Store, *starts: str, night: tuple[int, int] | None = None) -> tuple[Frontier, Clock]:
    sources = from_addresses(starts)
    clock = Clock()
    runs = store.crawl_runs.begin((source.id for source in sources), "me:1", clock.now, {})
    frontier = Frontier(store, Plan(store.data, None, sources, night=night), runs, clock)
    frontier.start()
    return frontier, clock


def _lead(url: str, kind: str = "list", priority: int = 40) -> CrawlRequest:
    return CrawlRequest(key(url), url, house(url), kind, priority, strong=True, depth=1)


def _next(frontier: Frontier) -> QueuedRequest:
    fetch = frontier.next()
    assert fetch is not None
    return fetch


def test_hosts_take_turns_and_each_has_one_request_under_way(store: Store) -> None:
    frontier, _ = _frontier(store, "http://a.gov.cn/1", "http://a.gov.cn/2", "http://b.gov.cn/1")
    first, second = _next(frontier), _next(frontier)
    assert {first.request.host, second.request.host} == {"a.gov.cn", "b.gov.cn"}
    assert frontier.next() is None
    store.crawl_queue.finish(first, "listed", MIDNIGHT)
    frontier.release(first)
    assert _next(frontier).request.url == "http://a.gov.cn/2"


def test_what_was_under_way_is_queued_for_whoever_comes_after_a_kill(store: Store) -> None:
    frontier, _ = _frontier(store, "http://a.gov.cn/1")
    _next(frontier)
    again, _ = _frontier(store, "http://a.gov.cn/1")
    assert _next(again).request.url == "http://a.gov.cn/1"


def test_the_night_ends_a_crawl(store: Store) -> None:
    frontier, clock = _frontier(store, "http://a.gov.cn/1", night=(22, 6))
    assert frontier.pending()
    clock.now = MIDNIGHT + timedelta(hours=7)
    assert not frontier.pending()
    assert frontier.next() is None
    assert not frontier.finished("a.gov.cn")


def test_tries_come_later_each_time_and_end(store: Store) -> None:
    frontier, clock = _frontier(store, "http://a.gov.cn/1")
    waits = []
    for _ in range(ATTEMPTS - 1):
        fetch = _next(frontier)
        assert frontier.retry(fetch, "HTTP 503", 503) == "retry"
        frontier.release(fetch)
        wake = store.crawl_queue.wake("a.gov.cn", "a.gov.cn")
        assert wake is not None
        assert frontier.next() is None
        waits.append(wake - clock.now)
        clock.now = wake
    assert waits == sorted(waits)
    assert frontier.retry(_next(frontier), "HTTP 503", 503) == "failed"
    assert not frontier.pending() or frontier.next() is None
    assert frontier.finished("a.gov.cn")


def test_a_long_wait_is_left_for_the_next_crawl(store: Store) -> None:
    frontier, _ = _frontier(store, "http://a.gov.cn/1")
    fetch = _next(frontier)
    frontier.retry(fetch, "HTTP 429", 429, after=7200.0)
    frontier.release(fetch)
    assert frontier.next() is None
    assert not frontier.pending() or frontier.next() is None
    assert not frontier.finished("a.gov.cn")


def test_a_family_that_leads_nowhere_is_left_but_not_a_report(store: Store) -> None:
    frontier, _ = _frontier(store, "http://a.gov.cn/")
    for day in range(BARREN):
        frontier.add("a.gov.cn", [_lead(f"http://a.gov.cn/cal?d={day}")])
        known = store.crawl_queue.known("a.gov.cn", key(f"http://a.gov.cn/cal?d={day}"))
        assert known is not None
        frontier.learn(known, fertile=False)
    assert frontier.add("a.gov.cn", [_lead("http://a.gov.cn/cal?d=99")]) == 0
    assert frontier.add("a.gov.cn", [_lead("http://a.gov.cn/cal?d=98", "report")]) == 1
    assert frontier.add("a.gov.cn", [_lead("http://a.gov.cn/nb/1.html")]) == 1


def test_only_leads_that_fit_are_taken(store: Store) -> None:
    frontier, _ = _frontier(store, "http://a.gov.cn/")
    strange = ("http://b.gov.cn/", "http://127.0.0.1/", "http://a.gov.cn/nb/nb/nb/nb/")
    assert frontier.add("a.gov.cn", map(_lead, strange)) == 0
    assert frontier.add("a.gov.cn", [_lead("https://www.a.gov.cn/nb/"), _lead("http://a.gov.cn/nb/index.html")]) == 1
