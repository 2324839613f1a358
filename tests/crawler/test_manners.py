"""Budgets, closed rules, hosts that are not ours, two crawls into one store, and a rehearsal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.store import Store
from crawler.crawl import crawl, rehearsal
from crawler.plan import Budget
from crawler.source import Source, from_addresses
from tests.corpus.reports import address_of
from tests.crawler.crawling import DELAY, captured, crawl_sites, keys
from tests.web.home import html
from tests.web.hostile import soft
from tests.web.pages import county, list_page, title
from tests.web.server import Answer, Site, serving
from tests.web.sites import based, tree, trs

pytestmark = pytest.mark.slow

PROGRAM = """
import sys
from pathlib import Path
from corpus.store import Store
from crawler.crawl import crawl
with Store.open(Path(sys.argv[1]), sys.argv[2] or None) as store:
    crawl(store, start=sys.argv[3:], delay=0.02, allow_private=True)
"""


def test_a_budget_leaves_the_rest_for_the_next_crawl(tmp_path: Path) -> None:
    site = trs()
    with serving(site), Store.open(tmp_path) as store:
        first = crawl(store, start=[site.url], delay=DELAY, allow_private=True, budget=Budget(pages=10))
        assert first.requests == 10
        assert first.unfinished == (site.address.removeprefix("http://"),)
        asked = {one.target for one in site.asked}
        site.asked.clear()
        crawl_sites(store, [site])
        assert captured(store, site) == keys(site, site.reports)
        assert not {one.target for one in site.asked} & asked - {"/robots.txt"}, "nothing is asked twice"


def test_rules_that_cannot_be_read_close_a_site_and_missing_ones_open_it(tmp_path: Path) -> None:
    closed, opened = based(), based()
    closed.routes["/robots.txt"] = Answer(b"busy", 503)
    opened.routes["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /", 404)
    with serving(closed, opened), Store.open(tmp_path) as store:
        crawl_sites(store, [closed, opened])
        assert {one.target for one in closed.asked} == {"/robots.txt"}
        assert captured(store, opened) == keys(opened, opened.reports)


def test_a_crawl_never_leaves_its_hosts(tmp_path: Path) -> None:
    other = Site("other", {"/": html("x"), "/2021.html": html("x")})
    site = Site("site")
    with serving(site, other), Store.open(tmp_path) as store:
        links = [(f"{other.address}/2021.html", title(county(), 2021)), ("/go", "政府信息公开年报"), ("/j", "年度报告")]
        site.routes["/"] = html(list_page("政府信息公开年报", links))
        site.routes["/go"] = Answer(b"", 302, headers={"Location": other.address + "/"})
        site.routes["/j"] = html(f"<script>location.href='{other.address}/2021.html'</script>")
        crawl_sites(store, [site])
        assert {one.target for one in site.asked} >= {"/", "/go", "/j"}
        assert other.asked == []


def test_a_site_that_moved_to_https_is_followed_there(tmp_path: Path) -> None:
    site, old = based(), Site("old")
    site.secure = True
    with serving(site, old), Store.open(tmp_path) as store:
        old.routes["/"] = Answer(b"", 301, headers={"Location": site.address + "/"})
        hosts = tuple(one.address.partition("://")[2] for one in (old, site))
        crawl(store, [Source("moved", "", "", (old.url,), hosts)], delay=DELAY, allow_private=True)
        assert captured(store, site) == keys(site, site.reports)


def test_https_at_another_port_is_another_site(tmp_path: Path) -> None:
    site, old = based(), Site("old")
    site.secure = True
    with serving(site, old), Store.open(tmp_path) as store:
        old.routes["/"] = Answer(b"", 301, headers={"Location": site.address + "/"})
        crawl_sites(store, [old])
        assert site.asked == []


def test_two_crawls_share_a_store(tmp_path: Path) -> None:
    sites = [trs(), tree()]
    with serving(*sites):
        store_of = [str(tmp_path), address_of(tmp_path) or ""]
        crawls = [subprocess.Popen([sys.executable, "-c", PROGRAM, *store_of, site.url]) for site in sites]
        assert [one.wait(300) for one in crawls] == [0, 0]
        with Store.open(tmp_path) as store:
            for site in sites:
                assert captured(store, site) == keys(site, site.reports)
            assert all(store.payload(digest) for digest, _ in store.payloads())
        assert len(list((tmp_path / "archive").iterdir())) == 2


def test_a_rehearsal_stores_nothing(tmp_path: Path) -> None:
    site = soft()
    with serving(site):
        chosen = from_addresses([site.url])
        with rehearsal(chosen, delay=DELAY, allow_private=True) as (store, seen):
            folder = store.data
            kept = {event.url.removeprefix(site.address) for event in seen if event.outcome == "kept"}
            # The pictures of a page that says all in pictures come with it.
            assert kept == set(site.reports) | {"/xxgk/nb/1.png", "/xxgk/nb/2.png"}
            assert {event.outcome for event in seen} >= {"kept", "listed", "gone", "blocked", "shell", "picture"}
        assert not folder.exists()
    assert list(tmp_path.iterdir()) == []


def test_the_region_of_a_source_is_remembered_as_a_hint(tmp_path: Path) -> None:
    site = based()
    with serving(site), Store.open(tmp_path) as store:
        crawl(store, start=[site.url], region="410423", delay=DELAY, allow_private=True)
        assert {store.region_hint(digest) for digest, _ in store.payloads()} == {"410423"}


def test_a_crawl_runs_our_crawler_wherever_it_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``python -m crawler`` alone would take the one of the folder in which somebody stands."""
    stranger = tmp_path / "elsewhere" / "crawler"
    stranger.mkdir(parents=True)
    for name in ("__init__.py", "__main__.py"):
        (stranger / name).write_text("raise SystemExit(9)\n", encoding="utf-8")
    monkeypatch.chdir(stranger.parent)
    site = trs()
    with serving(site), Store.open(tmp_path / "data") as store:
        crawl_sites(store, [site])
        assert captured(store, site) == keys(site, site.reports)
