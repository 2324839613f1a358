"""Scrapy's scheduler over the kept frontier.

JOBDIR keeps its queues in memory and files that a kill leaves half written; here what is queued is in the store,
and a request comes into being only when its host is free.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Self

from scrapy import Request, Spider
from scrapy.core.scheduler import BaseScheduler

from corpus.store.crawl_queue import QueuedRequest
from crawler.address import key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spider import ReportSpider


_ONCE_MORE = 2

_AT_ONCE = 20
"""Requests that are made before the network has its turn: of hundreds the first would wait for the last."""


class Scheduler(BaseScheduler):
    """Gives the frontier's next fetch as a request, and takes back what redirects make of one."""

    def __init__(self, spider: ReportSpider) -> None:
        self._spider = spider
        self._made = 0
        self._again: deque[Request] = deque()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it, before the engine's heart begins to beat."""
        # Where nothing else goes on, a host that waited (Retry-After) is noticed when the heart beats: 5 s are long.
        beat = max(0.2, crawler.settings.getfloat("DOWNLOAD_DELAY") / 2)
        crawler.engine._SLOT_HEARTBEAT_INTERVAL = beat  # noqa: SLF001 - no setting for it
        return cls(crawler.spider)  # type: ignore[arg-type]  # the process runs no other spider

    def open(self, spider: Spider) -> None:
        """Queue the starts."""
        del spider
        self._spider.frontier.start()

    def has_pending_requests(self) -> bool:
        """Whether the crawl goes on, now or after some waiting."""
        return bool(self._again) or self._spider.frontier.pending()

    def next_request(self) -> Request | None:
        """The next request whose host is free; now and then none, and Scrapy asks again as soon as it may."""
        if self._again:
            return self._again.popleft()
        self._made += 1
        slot = self._spider.crawler.engine._slot  # noqa: SLF001 - Scrapy asks again in the same way behind each answer
        if self._made % _AT_ONCE == 0 and slot is not None:
            slot.nextcall.schedule()
            return None
        queued = self._spider.frontier.next()
        return None if queued is None else self._spider.request(queued)

    def enqueue_request(self, request: Request) -> bool:
        """Take a redirected request: the same page in another form goes on, another page becomes a lead of its own.

        So the duplicate filter, the allowed hosts and the robots rules hold for every hop, and a kill loses none.
        """
        queued: QueuedRequest = request.meta["queued"]
        if key(request.url) != queued.request.key:
            self._spider.moved(queued, request.url)
            return False
        # The same address once more is a cookie that was missing; twice more is a circle.
        if request.meta.get("redirect_urls", []).count(request.url) > _ONCE_MORE:
            self._spider.circled(queued)
            return False
        self._again.append(request)
        return True
