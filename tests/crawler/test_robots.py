"""robots.txt that cannot be had closes a site until it can (RFC 9309, 2.3.1); it is one more request to its host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.store import Store
from crawler.crawl import crawl
from crawler.source import sources
from tests.crawler.crawling import captured, crawl_sites, keys
from tests.web.server import Answer, Route, Site, serving
from tests.web.style import Style
from tests.web.town import Town

pytestmark = pytest.mark.slow


def _site(robots: Route | None = None) -> Site:
    def fill(town: Town) -> None:
        town.column("/gk/nb/", town.reports("/gk/nb/", bodies=1))

    site = Style("robots", "", 0, fill).make()
    if robots is not None:
        site.routes["/robots.txt"] = robots
    return site


def _after(refusals: int, refusal: Answer) -> Callable[[str, str], Answer]:
    """Refuse so often, then forbid a folder."""
    tries: Iterator[int] = iter(range(99))
    rules = Answer(b"User-agent: *\nDisallow: /closed/\n", media_type="text/plain")
    return lambda *_: refusal if next(tries) < refusals else rules


@pytest.fixture(name="store")
def opened(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


@pytest.mark.parametrize(
    "refusal",
    [Answer(b"busy", 503), Answer(b"slow down", 429), Answer(b"User-agent: *", cut=True), Answer(b"", cut=True)],
    ids=["503", "429", "broken off", "empty and broken off"],
)
def test_rules_that_come_late_are_waited_for_and_kept(store: Store, refusal: Answer) -> None:
    site = _site(_after(2, refusal))
    site.routes["/"] = Answer(site.routes["/"].body + b"<a href='/closed/nb.html'>x</a>")  # type: ignore[union-attr]
    with serving(site):
        crawl_sites(store, [site])
        assert captured(store, site) == keys(site, site.reports)
        asked = [one.target for one in site.asked]
        assert asked[:4] == ["/robots.txt"] * 3 + ["/"]
        assert "/closed/nb.html" not in asked


@pytest.mark.parametrize("refusal", [Answer(b"busy", 500), Answer(b"x", cut=True)], ids=["500", "broken off"])
def test_rules_that_never_come_close_the_site(store: Store, refusal: Answer) -> None:
    site = _site(refusal)
    with serving(site):
        done = crawl_sites(store, [site])
        assert {one.target for one in site.asked} == {"/robots.txt"}
        assert len(site.asked) == 4, "as often as any page"
        assert done.unfinished == (), "the run is over; another day it is tried again"
        [source] = [source for source in sources(store) if source.starts == (site.url,)]
        assert store.crawl_findings.down([source.id]) == {source.id}
        site.asked.clear()
        del site.routes["/robots.txt"]
        crawl_sites(store, [site])
        assert captured(store, site) == keys(site, site.reports)


def test_no_rules_open_a_site(store: Store) -> None:
    site, moved = _site(Answer(b"User-agent: *\nDisallow: /", 403)), _site()
    moved.routes["/robots.txt"] = Answer(b"", 302, headers={"Location": "/rules.txt"})
    moved.routes["/rules.txt"] = Answer(b"User-agent: *\nDisallow: /gk/", media_type="text/plain")
    with serving(site, moved):
        crawl_sites(store, [site, moved])
        assert captured(store, site) == keys(site, site.reports)
        assert captured(store, moved) == set()


def test_the_delay_holds_between_the_rules_and_the_first_page(store: Store) -> None:
    site = _site()
    with serving(site):
        crawl(store, start=[site.url], delay=0.5, allow_private=True)
        rules, first = site.asked[:2]
        assert (rules.target, first.target) == ("/robots.txt", "/")
        assert first.began - rules.began >= 0.45, "half a second, less what a clock may err"
