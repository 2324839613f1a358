"""Session cookies: a jar for each host, for the crawl alone. A site may ask for one before it shows anything.

Scrapy's own middleware asks the network which names are public suffixes; jars that no two hosts share need not know.
"""

from __future__ import annotations

from collections import defaultdict

from scrapy import Request
from scrapy.http import Response
from scrapy.http.cookies import CookieJar

from crawler.address import house


class Cookies:
    """Gives each host what it said should be given back to it, and no other host."""

    def __init__(self) -> None:
        self._jars: defaultdict[str, CookieJar] = defaultdict(CookieJar)

    def process_request(self, request: Request) -> None:
        """Send what the host's jar holds."""
        request.headers.pop("Cookie", None)
        self._jars[house(request.url)].add_cookie_header(request)

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep what the host set."""
        self._jars[house(request.url)].extract_cookies(response, request)
        return response
