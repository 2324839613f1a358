"""What a site cannot do to the crawler: fill its memory, hold it up, or lead it into a private network."""

from __future__ import annotations

import base64
import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.resolver import dnscache
from scrapy.settings import Settings
from twisted.internet import reactor
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from corpus.store import Store
from crawler.address import key
from crawler.outcomes import outcome
from crawler.plan import Plan
from crawler.process import settings
from crawler.resolver import PublicResolver
from crawler.source import Source, add_sources, from_addresses
from tests.corpus.reports import address_of
from tests.crawler.account import TODAY
from tests.crawler.crawling import captured, crawl_sites, keys
from tests.web.server import Answer, Site, serving
from tests.web.style import Style
from tests.web.town import Link, Town

SIZE = 68_000_000
"""Bytes, more than are taken of one answer."""

BOMBS = {
    "gzip": gzip.compress(b"0" * SIZE, 1),
    "br": base64.b64decode(
        "y///P/glYOKxQCD3/o///3/wSwDEYRGA7v0f////4JcAiMMCAN37P/7//8EvARCHBQC693/8//+DXwIgDgsAdO//+P//B78EQBwWAOje//H//w9+"
        "CYA4LADQvf/j//8f/BIAcVgAoHv/V/+YjV8CIA4LAHQhGwA="
    ),
}
"""So many zeros, packed."""


OUTSIDE, INSIDE = "open.example.gov.cn", "inside.example.gov.cn"

PROGRAM = f"""
import sys
from scrapy.resolver import dnscache
from scrapy.settings import Settings
import crawler.courtesy, crawler.resolver
from crawler.plan import Plan
from crawler.process import run

# Nobody's network is asked: this machine's own addresses play public ones, all but those that are named.
dnscache.update({{"{OUTSIDE}": "127.0.0.1", "{INSIDE}": "127.0.0.2"}})
crawler.resolver.private = sys.argv[1:].__contains__
crawler.courtesy.LEAST = 0.02
run(Plan.from_json(sys.stdin.readline()))
"""

PLAIN = """
import sys
from crawler.plan import Plan
from crawler.process import run
run(Plan.from_json(sys.stdin.readline()))
"""


def _run(plan: Plan, program: str, *private: str) -> None:
    """A crawl in a process of its own, as crawl.crawl starts it, by a plan that no command would make."""
    subprocess.run(
        [sys.executable, "-c", program, *private], input=plan.to_json() + "\n", text=True, check=True, timeout=120
    )


@pytest.mark.slow
@pytest.mark.parametrize("private", [("127.0.0.2",), ()], ids=["private", "public"])
def test_a_redirect_to_a_name_that_stands_for_a_private_address_is_refused(
    tmp_path: Path, private: tuple[str, ...]
) -> None:
    def fill(town: Town) -> None:
        links = town.reports("/gk/nb/", bodies=1, years=2)
        town.column("/gk/nb/", [*links, Link("/gk/nb/moved.html", town.title("财政局", 2018))])

    site, inside = Style("open", "", 1, fill).make(), Site("inside", {"/nb/1.html": Answer(b"<h1>x</h1>")})
    inside.host = "127.0.0.2"
    with serving(site, inside), Store.open(tmp_path) as store:
        target = inside.address.replace(inside.host, INSIDE) + "/nb/1.html"
        site.routes["/gk/nb/moved.html"] = Answer(b"", 302, headers={"Location": target})
        site.address = site.address.replace(site.host, OUTSIDE)
        source = Source("open", "", "", (site.url,), (".example.gov.cn",))
        add_sources(store, [source])
        _run(Plan(tmp_path, address_of(tmp_path), (source,), delay=0.02), PROGRAM, *private)
        assert "/gk/nb/moved.html" in {one.target for one in site.asked}
        assert captured(store, site) == keys(site, site.reports)
        assert [one.target for one in inside.asked] == ([] if private else ["/robots.txt", "/nb/1.html"])
        if private:
            came, why = store.crawl_queue.came_of("open", key(target))
            assert came == "failed"
            assert INSIDE in why
            assert outcome(store, source, TODAY).reason == "failed"


@pytest.mark.slow
def test_rules_that_never_arrive_close_the_site_and_hold_up_no_other(tmp_path: Path) -> None:
    def fill(town: Town) -> None:
        town.column("/gk/nb/", town.reports("/gk/nb/", bodies=1, years=2))

    silent, other = (Style(name, "", number, fill).make() for number, name in enumerate(("silent", "other")))
    silent.routes["/robots.txt"] = Answer(b"User-agent: *\nAllow: /\n", seconds=3)
    with serving(silent, other), Store.open(tmp_path) as store:
        chosen = from_addresses([silent.url, other.url])
        add_sources(store, chosen)
        _run(Plan(tmp_path, address_of(tmp_path), chosen, delay=0.02, allow_private=True, timeout=0.4), PLAIN)
        assert captured(store, silent) == set()
        assert {one.target for one in silent.asked} <= {"/robots.txt"}
        assert captured(store, other) == keys(other, other.reports)
        assert store.crawl_findings.down([one.id for one in chosen]) == {chosen[0].id}


@pytest.mark.slow
def test_what_unpacks_without_end_is_cut(tmp_path: Path) -> None:
    def fill(town: Town) -> None:
        links = town.reports("/gk/nb/", bodies=1)
        for coding, packed in BOMBS.items():
            town.aside(f"/gk/nb/{coding}.html", Answer(packed, headers={"Content-Encoding": coding}))
            links.append(Link(f"/gk/nb/{coding}.html", town.title("财政局", 2018)))
        town.column("/gk/nb/", links)

    site = Style("bombs", "", 1, fill).make()
    with serving(site), Store.open(tmp_path) as store:
        done = crawl_sites(store, [site])
        assert captured(store, site) == keys(site, site.reports)
        assert done.outcomes["failed"] == 2
        assert done.bytes < SIZE


@pytest.mark.parametrize("address", ["10.0.0.7", "192.0.2.1", "127.0.0.1", "8.8.8.8"])
def test_a_name_that_stands_for_a_private_address_is_not_asked(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setitem(dnscache, "inside.example.gov.cn", address)
    resolver = PublicResolver(reactor, 10, 1.0)
    came: list[str | Failure] = []
    resolver.getHostByName("inside.example.gov.cn").addBoth(came.append)
    [answer] = came
    if address == "8.8.8.8":
        assert answer == address
    else:
        assert isinstance(answer, Failure)
        assert isinstance(answer.value, DNSLookupError)


def test_only_a_crawl_of_private_hosts_resolves_them() -> None:
    plan = Plan(Path("/x"), None, ())
    assert settings(plan)["TWISTED_DNS_RESOLVER"] is PublicResolver
    assert settings(Plan(Path("/x"), None, (), allow_private=True))["TWISTED_DNS_RESOLVER"] is not PublicResolver


def test_nothing_of_scrapy_is_loaded_that_nobody_named() -> None:
    """Its own list has consoles: one opens a port and runs the code that it is sent."""
    loaded = Settings(settings(Plan(Path("/x"), None, ()))).getwithbase("EXTENSIONS")
    assert {getattr(one, "__name__", one) for one in loaded} == {"AutoThrottle", "Courtesy"}
