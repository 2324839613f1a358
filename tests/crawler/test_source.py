"""Sources: the registry, what the operator adds, what may not be crawled, when each is due, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from corpus.errors import UsageError
from corpus.regions import Registry
from corpus.store import Store
from corpus.store.crawl_queue import CrawlRequest
from corpus.store.crawl_runs import Run
from crawler.address import allowed
from crawler.crawl import crawl
from crawler.due import due, rhythm
from crawler.outcomes import missing_years
from crawler.plan import Budget, Plan
from crawler.source import Source, add_sources, choose, from_addresses, registry, sources

SITE = Source("czj.yunxi.gov.cn", "云溪县财政局", "410423", ("http://czj.yunxi.gov.cn/nb/",), ("czj.yunxi.gov.cn",), 9)
NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(name="store")
def opened(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


def test_the_registry_is_whole_and_unverified() -> None:
    regions = Registry.load()
    found = registry()
    assert len(found) == len({source.id for source in found}) > 200
    for source in found:
        assert not source.verified
        assert source.agency
        assert source.region == "000000" or regions.get(source.region) is not None, source
        for start in source.starts:
            assert allowed(start, source.hosts)
            name = urlsplit(start).hostname or ""
            assert name.endswith(".gov.cn")


def test_added_sources_count_and_are_found_by_id_agency_and_region(store: Store) -> None:
    add_sources(store, [SITE])
    assert SITE in sources(store)
    assert choose(store, ["czj.yunxi.gov.cn"]) == choose(store, ["云溪县财政局"]) == (SITE,)
    assert SITE in choose(store, ["410423"])
    with pytest.raises(UsageError, match="nianbao sources"):
        choose(store, ["nowhere"])
    with pytest.raises(UsageError, match="six digits"):
        add_sources(store, [Source("x", "", "41", ("http://x.gov.cn/",), ("x.gov.cn",))])


def test_addresses_become_a_source_for_each_site() -> None:
    made = from_addresses(["http://www.a.gov.cn/1", "https://a.gov.cn/2", "http://b.gov.cn:8080/"], "410400")
    assert [(source.id, len(source.starts), source.region) for source in made] == [
        ("a.gov.cn", 2, "410400"),
        ("b.gov.cn:8080", 1, "410400"),
    ]
    for nonsense in ("ftp://a.gov.cn/", "a.gov.cn", "http://", "http://a:x/"):
        with pytest.raises(UsageError, match="no web address"):
            from_addresses([nonsense])


@pytest.mark.parametrize(
    ("start", "options", "sentence"),
    [
        ("http://127.0.0.1:9/", {}, "--allow-private"),
        ("http://localhost/", {"delay": 5.0}, "--allow-private"),
        ("http://[::1]/", {}, "--allow-private"),
        ("http://www.a.gov.example/", {}, "NIANBAO_CONTACT"),
        ("http://www.a.gov.example/", {"delay": 1.0, "contact": "x"}, "2 seconds"),
    ],
)
def test_what_may_not_be_crawled_is_said_before_anything_is_asked(
    store: Store, start: str, options: dict[str, float], sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        crawl(store, start=[start], **options)  # type: ignore[arg-type]  # options of both kinds
    assert store.crawl_runs.origins() == ()
    with pytest.raises(UsageError, match="Nothing to crawl"):
        crawl(store)


def test_a_plan_survives_the_pipe() -> None:
    plan = Plan(Path("/x"), None, (SITE,), 2.5, contact="a@b.cn", night=(22, 6), budget=Budget(pages=7))
    assert Plan.from_json(plan.to_json()) == plan
    assert plan.user_agent == "Nianbao/0.1 (+a@b.cn)"


def test_due_is_what_was_never_crawled_or_interrupted_or_is_old(store: Store) -> None:
    done, old, broken = (Source(name, "", "", ("http://x/",), ("x",)) for name in ("done", "old", "broken"))
    for source, began in ((done, NOW - timedelta(days=2)), (old, NOW - timedelta(days=40)), (broken, NOW)):
        run = store.crawl_runs.begin([source.id], "me:1", began, {})[source.id]
        if source is not broken:
            store.crawl_runs.end(run, began)
    assert due(store, [done, old, broken, SITE], NOW) == (broken, SITE, old)
    assert rhythm(datetime(2026, 2, 1, tzinfo=UTC)) < rhythm(datetime(2026, 7, 1, tzinfo=UTC))


def _crawled(store: Store, name: str, ended: datetime, outcome: str, stored: int = 0) -> Source:
    """A source whose last crawl came to one outcome at its start."""
    source = Source(name, "", "", (f"http://{name}/",), (name,))
    run = store.crawl_runs.begin([name], "me:1", ended, {})[name]
    store.crawl_queue.add(name, [CrawlRequest(f"{name}/", f"http://{name}/", name, "list", 30)])
    queued = store.crawl_queue.next(name, name, ended)
    assert queued is not None
    store.crawl_queue.finish(queued, outcome, ended)
    store.crawl_runs.tick(run, ended, requests=1, stored=stored)
    store.crawl_runs.end(run, ended)
    return source


def test_a_site_that_was_down_is_due_the_next_day(store: Store) -> None:
    down = _crawled(store, "down", NOW, "failed")
    up = _crawled(store, "up", NOW, "listed")
    assert due(store, [up, down], NOW + timedelta(hours=4)) == ()
    assert due(store, [up, down], NOW + timedelta(days=1)) == (down,)


def test_what_changed_lately_comes_before_what_did_not(store: Store) -> None:
    long_ago = NOW - timedelta(days=60)
    still = _crawled(store, "still", long_ago, "listed")
    changed = _crawled(store, "changed", long_ago + timedelta(days=9), "listed", stored=3)
    never = Source("never", "", "", ("http://never/",), ("never",))
    assert due(store, [still, changed, never], NOW) == (never, changed, still)


def test_a_run_belongs_to_one_process_until_that_is_gone(store: Store) -> None:
    def begin(origin: str, owner: str, now: datetime, alive: dict[str, bool]) -> Run | None:
        return store.crawl_runs.begin([origin], owner, now, alive).get(origin)

    first = begin("x", "here:1", NOW, {})
    assert first is not None
    assert begin("x", "here:2", NOW, {"here:1": True}) is None
    taken = begin("x", "here:2", NOW, {"here:1": False})
    assert taken is not None
    assert taken.number == first.number, "the interrupted run goes on"
    assert begin("x", "there:3", NOW + timedelta(minutes=1), {}) is None, "another machine is believed for a while"
    assert begin("x", "there:3", NOW + timedelta(minutes=9), {}) is not None
    assert begin("y", "there:3", NOW, {}) is not None


def test_missing_years_end_with_the_last_one_due() -> None:
    assert missing_years({2019: 1, 2021: 2}, date(2024, 3, 31)) == (2020, 2022)
    assert missing_years({2019: 1, 2021: 2}, date(2024, 4, 1)) == (2020, 2022, 2023)
    assert missing_years({}, date(2024, 4, 1)) == ()
