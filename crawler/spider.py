"""The spider: each answer becomes, in one transaction, an archived capture, new leads and a finished fetch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from corpus.store.crawl_queue import QueuedRequest
from crawler.address import absolute, house
from crawler.browser import render
from crawler.frontier import Frontier
from crawler.plan import Progress
from crawler.requests import implied
from crawler.response_handler import ResponseHandler
from crawler.robots import RulesUnknown
from crawler.take_step import located

_WHOLE = 10**9
"""A batch that commits only at its end."""

_LONGEST = 300
"""Characters of an error that are kept."""


class ReportSpider(Spider):
    """CrawlQueue what the frontier gives; reads of a page only what it needs to go on."""

    name = "nianbao"

    def __init__(self, frontier: Frontier, watch: Callable[[Progress], None], browser: str = "", **more: Any) -> None:
        super().__init__(**more)
        self.frontier = frontier
        self._store = frontier.store
        self._handler = ResponseHandler(frontier, render=bool(browser))
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

    def request(self, queued: QueuedRequest) -> Request:
        """The request for a fetch; conditional if an earlier answer left something to compare with."""
        request = queued.request
        headers = {"If-None-Match": queued.etag, "If-Modified-Since": queued.modified}
        if request.form:
            is_json = request.form.startswith(("{", "["))
            headers["Content-Type"] = "application/json" if is_json else "application/x-www-form-urlencoded"
        if request.kind in {"api", "article"} or (request.kind == "next" and request.context):
            # What a page's script asks for is asked for as scripts do: interfaces send others to the home page.
            headers["X-Requested-With"] = "XMLHttpRequest"
        return Request(
            request.url,
            method="POST" if request.form else "GET",
            body=request.form,
            headers={name: value for name, value in headers.items() if value},
            callback=self.parse,
            errback=self.failed,
            dont_filter=True,
            meta={"queued": queued, "download_slot": house(request.url)},
        )

    async def parse(self, response: Response, **more: Any) -> None:
        """Commit what an answer means; what only a script fills is rendered first, if that was asked for."""
        del more
        queued: QueuedRequest = response.meta["queued"]
        size = len(response.body)
        with self._store.batch(_WHOLE):
            outcome = self._handler.take(queued, response)
            self._tick(queued, size, stored=outcome in {"kept", "picture"}, unchanged=outcome == "unchanged")
        if outcome == "unfilled":
            # Queued still: a crawl that is killed now asks for the page again.
            self.frontier.spend(queued, size)
            self._watch(Progress(queued.origin, response.url, outcome, response.status, size))
            html = await self._rendered(queued, response)
            size = len(html.encode())
            with self._store.batch(_WHOLE):
                outcome = self._handler.take_rendered(queued, response, html)
                self._tick(queued, size)
        self._done(queued, outcome, response.url, response.status, size)

    async def _rendered(self, queued: QueuedRequest, response: Response) -> str:
        """A page as a browser shows it: for its host one more request, as far from the others as any two."""
        pause = self.crawler.engine.downloader.slots[response.meta["download_slot"]].delay
        await asyncio.sleep(pause)
        async with self._one_at_a_time:
            html = await asyncio.to_thread(
                render,
                self._browser,
                located(queued.request, response.url),
                agent=self.crawler.settings["USER_AGENT"],
                hosts=self.frontier.source(queued.origin).hosts,
            )
        await asyncio.sleep(pause)
        return html

    def _tick(self, queued: QueuedRequest, size: int, **done: bool) -> None:
        run, now = self.frontier.runs[queued.origin], self.frontier.clock()
        self._store.crawl_runs.tick(run, now, requests=1, bytes=size, **done)

    def failed(self, failure: Failure) -> None:
        """Note a request without an answer."""
        queued: QueuedRequest = failure.request.meta["queued"]  # type: ignore[attr-defined]  # Scrapy sets it
        why = f"{type(failure.value).__name__}: {failure.value}"[:_LONGEST]
        if isinstance(failure.value, RulesUnknown):
            with self._store.batch(_WHOLE):
                outcome = self.frontier.closed(queued, str(failure.value)[:_LONGEST])
        elif isinstance(failure.value, IgnoreRequest):
            outcome = self._handler.finish(queued, "robots" if "robots" in why else "failed", detail=why)
        else:
            outcome = self.frontier.retry(queued, why)
        self._done(queued, outcome)

    def moved(self, queued: QueuedRequest, url: str) -> None:
        """Note an address that redirects to another page."""
        with self._store.batch(_WHOLE):
            outcome = self._handler.moved(queued, url)
        self._done(queued, outcome)

    def circled(self, queued: QueuedRequest) -> None:
        """Note an address that redirects to itself."""
        self._done(queued, self._handler.finish(queued, "circle", detail="redirects to itself"))

    def broken(self, failure: Failure, response: Response, spider: Spider) -> None:
        """Note a page that our own code cannot take; it must not stop its host. The log has the traceback."""
        del spider
        queued: QueuedRequest = response.meta["queued"]
        outcome = self._handler.finish(
            queued, "failed", status=response.status, detail=f"not understood: {failure.value}"[:_LONGEST]
        )
        self._done(queued, outcome, response.url, response.status, len(response.body))

    def note_encoding(self, response: Response, request: Request, spider: Spider) -> None:
        """Remember the encoding on the wire, which decoding removes from the headers."""
        del spider
        request.meta["wire_encoding"] = (response.headers.get("Content-Encoding") or b"").decode("latin-1")

    def sitemaps(self, robotparser: Any, request: Request) -> None:
        """Take the site maps that a robots.txt names."""
        queued: QueuedRequest | None = request.meta.get("queued")
        if queued is not None:
            named = (absolute(url, request.url) for url in list(getattr(robotparser.rp, "sitemaps", ()))[:5])
            self.frontier.add(queued.origin, [implied(queued.request, url, "api") for url in named if url])

    def _done(
        self, queued: QueuedRequest, outcome: str, url: str = "", status: int | None = None, size: int = 0
    ) -> None:
        self.frontier.release(queued, size)
        self._watch(Progress(queued.origin, url or queued.request.url, outcome, status, size))
