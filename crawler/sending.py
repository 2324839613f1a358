"""Pages that send their readers on, by a refresh, a script or a form: where to, and when it is a circle."""

from __future__ import annotations

from dataclasses import replace

from corpus.store.crawl_queue import CrawlRequest
from crawler.page import Page
from crawler.requests import instead, request_for
from crawler.step import Step
from crawler.verdict import ENOUGH

MOST_DOORS = 4
"""Links of a page before the site's own first one."""

_AGAIN = "#again"
"""Behind the key of a page that is asked for a second time, under another of its names."""


def sent_on(request: CrawlRequest, page: Page, *, gated: bool) -> Step | None:
    """The step of a page that only sends to another; None for one that does not."""
    elsewhere, form = page.refresh or page.jump, ""
    if elsewhere is None and page.sent is not None:
        elsewhere, form = page.sent.url, page.sent.form
    elsewhere = elsewhere or (request.url if page.reloads and not _is_asked_again(request) else None)
    if elsewhere is None:
        return None
    lead = instead(request, elsewhere, form)
    if lead is None:
        return Step("circle", "too many pages that send on")
    if lead.key != request.key:
        return Step("moved", elsewhere, leads=(lead,))
    if (elsewhere != request.url or page.reloads) and not _is_asked_again(request):
        return Step("moved", elsewhere, leads=(_again(lead),))
    return None if gated else Step("circle", "sends to itself")


def sent_besides(request: CrawlRequest, page: Page) -> list[CrawlRequest]:
    """Where a page sends its readers at once: nobody sees its links, the site's own menu and footer say nothing."""
    elsewhere = page.refresh or page.jump
    lead = instead(request, elsewhere) if elsewhere and elsewhere != request.url else None
    if lead is None or (lead.key == request.key and _is_asked_again(request)):
        return []
    return [_again(lead) if lead.key == request.key else lead]


def doors(request: CrawlRequest, page: Page) -> list[CrawlRequest]:
    """The links of a start that shows hardly anything else: a picture to click on, 电脑版 beside 手机版, 进入."""
    if page.words >= ENOUGH or len(page.links) > MOST_DOORS:
        return []
    alone = len(page.links) == 1
    # Of several doors one is for others (手机版): what it does not show is no loss.
    return [
        request_for(link.url, "list", link.form, depth=1, referrer=request.url, hint=link.text if alone else "")
        for link in page.links
    ]


def _again(lead: CrawlRequest) -> CrawlRequest:
    """A folder's page may send to the same page under its own name, or to itself with a cookie, once."""
    return replace(lead, key=lead.key + _AGAIN)


def _is_asked_again(request: CrawlRequest) -> bool:
    return request.key.endswith(_AGAIN)
