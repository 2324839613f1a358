"""robots.txt as RFC 9309 has it: a site that cannot say its rules is closed until it can.

Scrapy's own middleware takes a robots.txt that times out or breaks off for an empty one, asks for it once in a run, and
outside the delay of its host.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.misc import build_from_crawler, load_object

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

WAIT = 20.0
"""Seconds that a robots.txt may take, where no page may take less."""

_OLD = 24 * 3600.0
"""Seconds after which rules are asked for again (RFC 9309, 2.4)."""

_LONGEST = 512_000
"""Bytes that are read (RFC 9309, 2.5: at least 500 kibibytes)."""


class RulesUnknown(IgnoreRequest):
    """A site did not say its rules: silence, a broken answer, 5xx, 429 (RFC 9309, 2.3.1.4)."""


class Robots:
    """Lets through what a site allows. A host is asked one request at a time, so its rules are asked for once."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._wait = min(WAIT, crawler.settings.getfloat("DOWNLOAD_TIMEOUT"))
        self._rules: dict[str, tuple[float, RobotParser]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest for what the rules forbid, RulesUnknown where nobody can say."""
        if request.meta.get("rules"):
            return
        site = urlsplit(request.url).netloc
        asked, rules = self._rules.get(site, (0.0, None))
        if rules is None or time.monotonic() - asked > _OLD:
            rules = await self._ask(request)
            self._rules[site] = (time.monotonic(), rules)
        if not rules.allowed(request.url, self._agent):
            raise IgnoreRequest("Forbidden by robots.txt")

    async def _ask(self, request: Request) -> RobotParser:
        """A site's rules. The request for them stands in its host's line, so that the delay holds before the page."""
        parts = urlsplit(request.url)
        meta = {"rules": True, "download_slot": request.meta["download_slot"], "download_timeout": self._wait}
        rules = Request(f"{parts.scheme}://{parts.netloc}/robots.txt", callback=NO_CALLBACK, meta=meta)
        body = b""
        try:
            if self._crawler.engine is not None:
                body = _read(await self._crawler.engine.download_async(rules))
        except RulesUnknown:
            raise
        except IgnoreRequest:
            pass  # More redirects than are followed: there are no rules (2.3.1.2).
        except Exception as error:
            raise RulesUnknown(f"robots.txt: {type(error).__name__}: {error}") from error
        parser = load_object(self._crawler.settings["ROBOTSTXT_PARSER"])
        parsed: Any = build_from_crawler(parser, self._crawler, body)
        await self._crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parsed, request=request
        )
        return parsed  # type: ignore[no-any-return]  # what the setting names


def _read(response: Response) -> bytes:
    """The rules in an answer; none where it says that there are none (2.3.1.3)."""
    if response.status >= 500 or response.status == 429:
        raise RulesUnknown(f"robots.txt: HTTP {response.status}")
    return response.body[:_LONGEST] if response.status < 300 else b""
