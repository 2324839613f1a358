"""Crawl requests: what a start, a judged link, a platform's habit or a redirect becomes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from corpus.store.crawl_queue import CrawlRequest
from crawler.address import house, key
from crawler.links import PRIORITIES, Judgement

PARTS = "parts:"
"""Before the address of a report's first page, where that is the place of its others."""

NOWHERE = "nianbao-asks-for-a-page-that-is-not-here.html"
"""The name of a page that no site has."""

LIST = "list:"
"""Before the key of a list's first page, where that is the place of its other pages."""

MOST_REDIRECTS = 20
"""As browsers have it (Fetch, "HTTP-redirect fetch")."""

LONGEST_HINT = 200
"""Characters of a link's text that are kept."""


def request_for(url: str, kind: str, form: str = "", **more: Any) -> CrawlRequest:
    """A request for an address; ``form`` is the body of a POST."""
    return CrawlRequest(
        key=key(url, form),
        url=url,
        host=house(url),
        kind=kind,
        form=form,
        **({"priority": PRIORITIES.get(kind, 0)} | more),
    )


def followed(parent: CrawlRequest, judgement: Judgement) -> CrawlRequest:
    """What a fetched page's link becomes. The pages of a list have the list for their place."""
    strong_list = judgement.kind == "list" and judgement.strong and not judgement.probe
    onward = judgement.kind == "next"
    request = request_for(
        judgement.link.url,
        judgement.kind,
        judgement.link.form,
        strong=judgement.strong,
        weak=judgement.weak,
        # Depth first: a branch shows what it is worth before its like are asked for.
        priority=judgement.priority + (parent.depth if strong_list else 0),
        # A list's next page is no deeper than the list.
        depth=parent.depth + (not onward),
        hint=judgement.link.text[:LONGEST_HINT],
        referrer=parent.url,
        place=list_of(parent) if onward else judgement.place,
        held=judgement.held,
    )
    # A row that is sent for is told by its number on its page: the third row of two pages is two reports.
    row = judgement.kind in {"report", "file"} and bool(request.form)
    return replace(request, key=f"{request.key}~{request.hint}") if row else request


def implied(parent: CrawlRequest, url: str, kind: str, form: str = "", context: str = "") -> CrawlRequest:
    """What a platform's habits imply, in the column of the fetched page."""
    depth = parent.depth + (kind != "next")
    place = list_of(parent) if kind in {"next", "api"} else ""
    return request_for(url, kind, form, strong=True, depth=depth, referrer=parent.url, place=place, context=context)


def instead(parent: CrawlRequest, url: str, form: str = "") -> CrawlRequest | None:
    """The request for an address that another one sends to, as promising; None if too many sent on before it."""
    known: dict[str, Any] = json.loads(parent.context) if parent.context else {}
    hops = known.get("hops", 0) + 1
    if hops > MOST_REDIRECTS:
        return None
    context = json.dumps(known | {"hops": hops})
    return replace(parent, key=key(url, form), url=url, host=house(url), form=form, context=context)


def part_request(parent: CrawlRequest, url: str, first: str, number: int) -> CrawlRequest:
    """The request for a further page of a report whose first one stands at ``first``."""
    context = json.dumps({"first": first, "part": number})
    return request_for(
        url, "part", depth=parent.depth, hint=parent.hint, referrer=first, context=context, place=f"{PARTS}{first}"
    )


def probe_request(parent: CrawlRequest) -> CrawlRequest:
    """A request for an address that nobody made: what a site says to it, it says of every page that it lacks."""
    folder = parent.url.partition("?")[0].rpartition("/")[0]
    scheme, _, rest = folder.partition("://")
    return request_for(f"{scheme}://{rest.partition('/')[0]}/{NOWHERE}", "probe", depth=1, priority=80)


def part_named(request: CrawlRequest) -> tuple[str, int]:
    """Of which report a further page is, by the address of its first, and the how manieth."""
    context = json.loads(request.context)
    return context["first"], context["part"]


def list_of(request: CrawlRequest) -> str:
    """The name of the list that a page belongs to: its first page's key."""
    is_part = request.kind in {"next", "api", "script"} and request.place.startswith(LIST)
    return request.place if is_part else LIST + request.key
