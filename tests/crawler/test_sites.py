"""Every style of site: all reports found, nothing else kept, few requests, and the manners that the log proves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pytest

from corpus.extraction.stage import extract
from corpus.sample.generate import sample_regions
from corpus.store import Store
from corpus.store.warc import digest_of
from crawler.address import key
from crawler.crawl import CrawlOutcome
from crawler.outcomes import outcome
from crawler.source import sources
from tests.crawler.crawling import DELAY, captured, crawl_sites, keys, pages
from tests.web.server import Answer, Site, serving
from tests.web.sites import STYLES

pytestmark = pytest.mark.slow
NAMES = [style.__name__ for style in STYLES]


@dataclass(frozen=True)
class Crawled:
    """All sites after one crawl."""

    sites: dict[str, Site]
    store: Store
    outcome: CrawlOutcome


@pytest.fixture(name="crawled", scope="module")
def crawled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    sites = {style.__name__: style() for style in STYLES}
    with serving(*sites.values()), Store.open(tmp_path_factory.mktemp("crawl")) as store:
        yield Crawled(sites, store, crawl_sites(store, sites.values()))


@pytest.mark.parametrize("name", NAMES)
def test_every_report_is_found_and_nothing_else_kept(crawled: Crawled, name: str) -> None:
    site = crawled.sites[name]
    found, wanted = captured(crawled.store, site), keys(site, site.reports)
    # Pictures of a report are kept as evidence, with their page; extraction will say that it holds no text.
    folder = "/xxgk/nb/"
    pictures = keys(site, [f"{folder}2019.html", f"{folder}1.png", f"{folder}2.png"]) if name == "soft" else set()
    assert wanted <= found
    assert found - wanted == pictures


@pytest.mark.parametrize("name", NAMES)
def test_few_requests_are_needed(crawled: Crawled, name: str) -> None:
    site = crawled.sites[name]
    assert len(pages(site.asked)) <= 2 * len(site.reports.keys() | site.lists)


@pytest.mark.parametrize("name", NAMES)
def test_one_request_at_a_time_and_never_faster_than_the_delay(crawled: Crawled, name: str) -> None:
    asked = sorted(crawled.sites[name].asked, key=lambda one: one.began)
    for one, following in pairwise(asked):
        assert following.began >= one.ended - 0.005, "the next request waits for the answer"
    # The whole span is a lower bound that no slow machine can break.
    least = 0.2 if name == "ruled" else DELAY
    assert asked[-1].began - asked[0].began >= least * (len(asked) - 2)


def test_robots_rules_are_asked_first_and_kept(crawled: Crawled) -> None:
    for site in crawled.sites.values():
        assert site.asked[0].target == "/robots.txt"
        assert all(one.agent.startswith("Nianbao/") for one in site.asked)
        assert not [one.target for one in site.asked if site.forbidden and one.target.startswith(site.forbidden)]


def test_outcomes_are_honest(crawled: Crawled) -> None:
    by_start = {source.starts[0]: source for source in sources(crawled.store)}

    def mishaps(name: str, folder: str) -> dict[str, str]:
        site = crawled.sites[name]
        came = outcome(crawled.store, by_start[site.url], date(2026, 11, 21))
        beginning = site.address + folder
        return {m.url.removeprefix(beginning): m.outcome for m in came.mishaps if m.url.startswith(beginning)}

    assert mishaps("soft", "/xxgk/nb/") == {
        "2016.html": "gone",
        "2017.html": "blocked",
        "2018.html": "shell",
        "2019.html": "picture",
    }
    # What only the site map names is no dead end for a reader.
    assert mishaps("ruled", "/closed/") == dict.fromkeys(("nb/2017.html", "nb/2018.html"), "robots")
    assert mishaps("failing", "/xxgk/") == {}
    assert crawled.outcome.unfinished == ()


def test_extraction_makes_of_them_the_reports_that_were_written(crawled: Crawled) -> None:
    store = crawled.store
    store.add_regions(sample_regions())
    extract(store)
    truth: dict[str, set[str]] = {}
    for site in crawled.sites.values():
        for path, id_ in site.reports.items():
            truth.setdefault(id_, set()).add(key(site.address + path))
    found = {stored.id: {key(address) for address in store.addresses(stored.id)} for stored in store.reports()}
    assert found.keys() == truth.keys(), "no report is missing, nothing else is one"
    for id_, addresses in truth.items():
        assert found[id_] == addresses, "every copy's address is kept"
    assert sum(store.counts().rejected.values()) == 3, "the page of pictures, and these"
    assert store.counts().rejected["pictures_in_page"] == 1


def test_what_is_stored_is_what_a_reader_saw(crawled: Crawled) -> None:
    for name in ("numbered", "attached", "trs"):
        site = crawled.sites[name]
        for path in site.reports:
            route = site.routes[path]
            assert isinstance(route, Answer)
            digest = digest_of(route.body)
            assert crawled.store.payload(digest) == route.body
            assert site.address + path in {capture.url for capture in crawled.store.captures(digest)}


def test_retries_wait_as_the_server_asks(crawled: Crawled) -> None:
    asked = [one for one in crawled.sites["failing"].asked if one.target.endswith("/2020.html")]
    assert [one.status for one in asked] == [429, 200]
    assert asked[1].began - asked[0].ended >= 1.0
