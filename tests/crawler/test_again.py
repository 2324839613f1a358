"""The second crawl: nothing stored anew, most answered 304; what changed or vanished is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.extraction.stage import extract
from corpus.sample.generate import sample_regions
from corpus.store import Store
from corpus.store.records import records
from crawler.outcomes import outcome
from crawler.source import sources
from tests.crawler.account import TODAY
from tests.crawler.crawling import captured, crawl_sites, keys, pages
from tests.web.home import html
from tests.web.pages import bodies, report_page, title
from tests.web.server import Answer, serving
from tests.web.sites import attached, numbered, tree, trs

pytestmark = pytest.mark.slow


def test_an_unchanged_web_costs_little(tmp_path: Path) -> None:
    sites = [trs(), tree(), attached(), numbered()]
    with serving(*sites), Store.open(tmp_path) as store:
        first = crawl_sites(store, sites)
        held = list(store.payloads())
        for site in sites:
            site.asked.clear()
        second = crawl_sites(store, sites)
        assert list(store.payloads()) == held
        assert second.stored == 0
        assert second.requests <= first.requests
        for site in sites:
            asked = pages(site.asked)
            same = [one for one in asked if one.status == 304]
            if site.validators:
                assert len(same) >= 0.9 * len(asked)
            else:
                assert not same
        kinds = [kind for path in sorted((tmp_path / "archive").iterdir()) for kind, _, _ in records(path)]
        assert kinds.count("response") == len(held)
        assert kinds.count("revisit") >= len(held)


def test_change_growth_and_loss_are_noticed(tmp_path: Path) -> None:
    site = trs()
    with serving(site), Store.open(tmp_path) as store:
        crawl_sites(store, [site])
        changed, lost = sorted(site.reports)[:2]
        before = store.digest_at(site.address + changed)
        site.routes[changed] = html(report_page(bodies()[5], 2020))
        gone = store.digest_at(site.address + lost)
        assert gone is not None
        del site.routes[lost]
        column = "/zwgk/zfxxgk/zfxxgknb/"
        new = f"{column}202601/t20260301_999.html"
        site.routes[new] = html(report_page(bodies()[5], 2021))
        front = site.routes[column]
        assert isinstance(front, Answer)
        link = f"<li><a href='./202601/t20260301_999.html'>{title(bodies()[5], 2021)}</a></li>".encode()
        site.routes[column] = html(front.body.replace(b"<ul class='list'>", b"<ul class='list'>" + link).decode())
        again = crawl_sites(store, [site])
        assert again.stored == 2
        assert store.digest_at(site.address + changed) != before
        moment = store.captures(gone)[0].gone
        assert moment is not None
        store.add_regions(sample_regions())
        extract(store)
        vanished = {each.snapshot.url: each.vanished for each in store.reports() if each.vanished is not None}
        assert vanished == {site.address + lost: moment.date()}
        assert keys(site, [new]) <= captured(store, site)


@pytest.mark.parametrize(("status", "reason"), [(404, "gone"), (410, "gone"), (403, "blocked")])
def test_a_dead_link_to_a_report_is_a_loss_and_a_vanished_report_is_none(
    tmp_path: Path, status: int, reason: str
) -> None:
    site = trs()
    dead, *others = sorted(site.reports)
    answer = site.routes[dead]
    site.routes[dead] = Answer(b"", status)
    with serving(site), Store.open(tmp_path) as store:
        crawl_sites(store, [site])
        (source,) = [one for one in sources(store) if site.url in one.starts]
        assert outcome(store, source, TODAY).reason == reason, "the page was never seen"
        site.routes[dead] = answer
        crawl_sites(store, [site])
        site.routes[others[0]] = Answer(b"", 404)
        crawl_sites(store, [site])
        assert outcome(store, source, TODAY).reason == "", "one that vanished is in the archive"
