"""What a site cannot do to the crawler: fill its memory, or lead it into a private network."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path

import pytest
from scrapy.resolver import dnscache
from twisted.internet import reactor
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from corpus.store import Store
from crawler.plan import Plan
from crawler.process import settings
from crawler.resolver import PublicResolver
from tests.crawler.crawling import captured, crawl_sites, keys
from tests.web.server import Answer, serving
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
