"""Scrapy's robots rules, stricter where a site cannot say them: a server error means "no" until it is over."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response

_CLOSED = b"User-agent: *\nDisallow: /\n"


class Robots(RobotsTxtMiddleware):
    """robots.txt as RFC 9309 has it: 5xx closes the site (2.3.1.4), 4xx opens it (2.3.1.3)."""

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            response = response.replace(body=_CLOSED)
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
