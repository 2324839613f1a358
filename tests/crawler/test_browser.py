"""Lists that only a script fills: honestly unread without a browser, found with one, and nothing kept of its work."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.store import Store
from crawler.browser import find_browser, reachable, render
from crawler.crawl import CrawlOutcome, crawl
from crawler.outcomes import outcome
from crawler.plan import Plan
from crawler.source import from_addresses
from tests.crawler.crawling import captured, keys
from tests.web.home import html
from tests.web.hostile import soft
from tests.web.scripted import unfilled
from tests.web.server import Site, serving

DELAY = 0.3
"""Seconds; long enough to tell the browser's request from the one before."""


def _crawl(store: Store, site: Site, *, with_browser: bool) -> CrawlOutcome:
    return crawl(store, start=[site.url], delay=DELAY, allow_private=True, render=with_browser)


def _unread(store: Store, site: Site) -> dict[str, str]:
    came = outcome(store, from_addresses([site.url])[0], date(2026, 11, 21))
    return {mishap.url.removeprefix(site.address): mishap.outcome for mishap in came.mishaps}


@pytest.mark.slow
@pytest.mark.browser
def test_what_a_script_fills_is_unread_without_a_browser_and_found_with_one(tmp_path: Path) -> None:
    other = Site("other", {"/count.js": html("document.title = 1")})
    with serving(other):
        site = unfilled(other.address)
        with serving(site), Store.open(tmp_path) as store:
            _crawl(store, site, with_browser=False)
            assert captured(store, site) == set()
            assert _unread(store, site) == {"/zwgk/zfxxgknb/": "shell"}
            site.asked.clear()
            done = _crawl(store, site, with_browser=True)
            assert captured(store, site) == keys(site, site.reports), "all reports, and neither list as rendered"
            assert "shell" not in _unread(store, site).values()
            assert done.outcomes["unfilled"] == 2
            assert done.requests >= len(site.reports) + 2 * 2, "a rendering counts as a request"
            assert {one.agent for one in site.asked} == {Plan(Path(), None, ()).user_agent}
        assert other.asked == [], "no other host is asked, whatever the page wishes"
    for path in ("/zwgk/zfxxgknb/", "/zwgk/zfxxgknb/old/"):
        _assert_rendered_with_delays(site, path)


def _assert_rendered_with_delays(site: Site, path: str) -> None:
    twice = sorted((one for one in site.asked if one.target == path), key=lambda one: one.began)
    assert len(twice) == 2
    assert twice[1].began - twice[0].ended >= DELAY
    after = min(one.began for one in site.asked if one.began > twice[1].ended and one.target != "/favicon.ico")
    assert after - twice[1].ended >= DELAY


@pytest.mark.slow
@pytest.mark.browser
def test_refusals_and_single_reports_are_not_rendered(tmp_path: Path) -> None:
    site = soft()
    with serving(site), Store.open(tmp_path) as store:
        done = crawl(store, start=[site.url], delay=0.02, allow_private=True, render=True)
        assert "unfilled" not in done.outcomes
        assert _unread(store, site)["/xxgk/nb/2017.html"] == "blocked"
        targets = [one.target for one in site.asked]
        assert all(one != another for one, another in pairwise(sorted(targets))), "nothing was asked twice"


@pytest.mark.browser
def test_a_page_that_cannot_be_had_renders_to_nothing_worth_reading() -> None:
    assert "<a" not in render(find_browser(), "http://127.0.0.1:9/", agent="Nianbao/0.1", hosts=())


def test_without_chromium_one_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with Store.open(tmp_path / "data") as store, pytest.raises(UsageError, match="install the package chromium"):
        crawl(store, start=["http://127.0.0.1:9/"], allow_private=True, render=True)


def test_the_browser_knows_no_hosts_but_the_source_s() -> None:
    assert reachable((".yx.example", "www.a.example"), "https://a.example:81/x") == (
        "MAP a.example:81 a.example:81, MAP www.a.example:81 www.a.example:81, "
        "EXCLUDE *.yx.example, EXCLUDE yx.example, "
        "MAP a.example a.example, MAP www.a.example www.a.example, MAP * ~NOTFOUND"
    )
