"""The spider: each answer becomes, in one transaction, an archived capture, new leads and a finished fetch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from corpus.store.fetches import Fetch
from crawler.address import absolute, house
from crawler.answer import header
from crawler.browser import render
from crawler.frontier import Frontier
from crawler.intake import Intake, located

_WHOLE = 10**9
"""A batch that commits only at its end."""

_LONGEST = 300
"""Characters of an error that are kept."""


@dataclass(frozen=True, slots=True)
class Event:
    """One request done, for whoever watches the crawl: of which source, which address, what came of it."""

    origin: str
    url: str
    outcome: str
    status: int | None
    size: int


class ReportSpider(Spider):
    """Fetches what the frontier gives; reads of a page only what it needs to go on."""

    name = "nianbao"

    def __init__(self, frontier: Frontier, watch: Callable[[Event], None], browser: str = "", **more: Any) -> None:
        super().__init__(**more)
        self.frontier = frontier
        self._store = frontier.store
        self._intake = Intake(frontier, render=bool(browser))
        self._watch = watch
        self._browser = browser
        self._one_at_a_time = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **more: Any) -> ReportSpider:
        """As Scrapy makes it."""
        spider = super().from_crawler(crawler, *args, **more)
        crawler.signals.connect(spider.note_encoding, signals.response_downloaded)
        crawler.signals.connect(spider.broken, signals.spider_error)
        crawler.signals.connect(spider.sitemaps, signals.robots_parsed)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Nothing: the scheduler holds the starts."""
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def request(self, fetch: Fetch) -> Request:
        """The request for a fetch; conditional if an earlier answer left something to compare with."""
        lead = fetch.lead
        headers = {"If-None-Match": fetch.etag, "If-Modified-Since": fetch.modified}
        if lead.form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return Request(
            lead.url,
            method="POST" if lead.form else "GET",
            body=lead.form,
            headers={name: value for name, value in headers.items() if value},
            callback=self.parse,
            errback=self.failed,
            dont_filter=True,
            meta={"fetch": fetch, "download_slot": house(lead.url)},
        )

    async def parse(self, response: Response, **more: Any) -> None:
        """Commit what an answer means; what only a script fills is rendered first, if that was asked for."""
        del more
        fetch: Fetch = response.meta["fetch"]
        size = len(response.body)
        with self._store.batch(_WHOLE):
            outcome = self._intake.take(fetch, response)
            self._tick(fetch, size, stored=outcome in {"kept", "picture"}, unchanged=outcome == "unchanged")
        if outcome == "unfilled":
            # Queued still: a crawl that is killed now asks for the page again.
            self.frontier.spend(fetch, size)
            self._watch(Event(fetch.origin, response.url, outcome, response.status, size))
            html = await self._rendered(fetch, response)
            size = len(html.encode())
            with self._store.batch(_WHOLE):
                outcome = self._intake.take_rendered(fetch, response, html)
                self._tick(fetch, size)
        self._done(fetch, outcome, response.url, response.status, size)

    async def _rendered(self, fetch: Fetch, response: Response) -> str:
        """A page as a browser shows it: for its host one more request, as far from the others as any two."""
        pause = self.crawler.engine.downloader.slots[response.meta["download_slot"]].delay
        await asyncio.sleep(pause)
        async with self._one_at_a_time:
            html = await asyncio.to_thread(
                render,
                self._browser,
                located(fetch, response),
                agent=self.crawler.settings["USER_AGENT"],
                hosts=self.frontier.source(fetch.origin).hosts,
            )
        await asyncio.sleep(pause)
        return html

    def _tick(self, fetch: Fetch, size: int, **done: bool) -> None:
        run, now = self.frontier.runs[fetch.origin], self.frontier.clock()
        self._store.fetches.tick(run, now, requests=1, bytes=size, **done)

    def failed(self, failure: Failure) -> None:
        """Note a request without an answer."""
        fetch: Fetch = failure.request.meta["fetch"]  # type: ignore[attr-defined]  # Scrapy sets it
        why = f"{type(failure.value).__name__}: {failure.value}"[:_LONGEST]
        if isinstance(failure.value, IgnoreRequest):
            outcome = self._intake.finish(fetch, "robots" if "robots" in why else "failed", detail=why)
        else:
            outcome = self.frontier.retry(fetch, why)
        self._done(fetch, outcome)

    def moved(self, fetch: Fetch, url: str) -> None:
        """Note an address that redirects to another page."""
        with self._store.batch(_WHOLE):
            outcome = self._intake.moved(fetch, url)
        self._done(fetch, outcome)

    def broken(self, failure: Failure, response: Response, spider: Spider) -> None:
        """Note a page that our own code cannot take; it must not stop its host. The log has the traceback."""
        del spider
        fetch: Fetch = response.meta["fetch"]
        outcome = self._intake.finish(fetch, "failed", response, detail=f"not understood: {failure.value}"[:_LONGEST])
        self._done(fetch, outcome, response.url, response.status, len(response.body))

    def note_encoding(self, response: Response, request: Request, spider: Spider) -> None:
        """Remember the encoding on the wire, which decoding removes from the headers."""
        del spider
        request.meta["wire_encoding"] = header(response, "Content-Encoding")

    def sitemaps(self, robotparser: Any, request: Request) -> None:
        """Take the site maps that a robots.txt names."""
        fetch: Fetch | None = request.meta.get("fetch")
        if fetch is not None:
            named = (absolute(url, request.url) for url in list(getattr(robotparser.rp, "sitemaps", ()))[:5])
            self.frontier.add(fetch.origin, [self.frontier.also(fetch, url, "api") for url in named if url])

    def _done(self, fetch: Fetch, outcome: str, url: str = "", status: int | None = None, size: int = 0) -> None:
        self.frontier.release(fetch, size)
        self._watch(Event(fetch.origin, url or fetch.lead.url, outcome, status, size))
