"""Crawls of miniature sites, and what can be said about them afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.store import Store
from crawler.address import key
from crawler.crawl import CrawlOutcome, crawl
from tests.web.server import Asked, Site

DELAY = 0.02
"""Seconds: loopback only."""


def crawl_sites(store: Store, sites: Iterable[Site]) -> CrawlOutcome:
    """Crawl from the home pages."""
    return crawl(store, start=[site.url for site in sites], delay=DELAY, allow_private=True)


def captured(store: Store, site: Site) -> set[str]:
    """The keys of the site's addresses that gave something to keep."""
    return {
        key(capture.url)
        for digest, _ in store.payloads()
        for capture in store.captures(digest)
        if capture.url.startswith(f"{site.address}/")
    }


def keys(site: Site, paths: Iterable[str]) -> set[str]:
    """Paths of a site as keys."""
    return {key(site.address + path) for path in paths}


def pages(asked: Iterable[Asked]) -> list[Asked]:
    """The requests that count: neither robots.txt nor those answered 429 or 5xx, which come again."""
    return [one for one in asked if one.target != "/robots.txt" and one.status != 429 and one.status < 500]
