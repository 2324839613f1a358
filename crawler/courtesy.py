"""A floor under AutoThrottle's delay for each host: the plan's, 2 s for public hosts, and what robots.txt asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.http import Response

from crawler.address import house, resolves_privately

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

LEAST = 2.0
"""Seconds between two requests to a public host, whatever the operator wishes."""

LONGEST = 60.0
"""Seconds; a robots.txt that asks for more is taken to mean this."""


class Courtesy:
    """Keeps every download slot's delay at or above its floor."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._floors: dict[str, float] = {}
        crawler.signals.connect(self._robots, signals.robots_parsed)
        crawler.signals.connect(self._before, signals.request_reached_downloader)
        crawler.signals.connect(self._after, signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    def floor(self, slot: str) -> float:
        """The least delay of a host, in seconds."""
        plain = self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        # A delay under 2 s was only let through together with private hosts: ask which this one is.
        if plain < LEAST and not resolves_privately(slot.partition(":")[0]):
            plain = LEAST
        return max(plain, self._floors.get(slot, 0.0))

    def _robots(self, robotparser: Any, request: Request) -> None:
        asked = robotparser.crawl_delay(self._crawler.settings["USER_AGENT"])
        slot = house(request.url)
        if asked:
            self._floors[slot] = max(self._floors.get(slot, 0.0), min(float(asked), LONGEST))
            self._raise(slot)

    def _before(self, request: Request, spider: Spider) -> None:
        del spider
        self._raise(request.meta["download_slot"])

    def _after(self, response: Response, request: Request, spider: Spider) -> None:
        del response, spider
        self._raise(request.meta["download_slot"])

    def _raise(self, slot: str) -> None:
        found = self._crawler.engine.downloader.slots.get(slot)
        if found is not None:
            found.delay = max(found.delay, self.floor(slot))
