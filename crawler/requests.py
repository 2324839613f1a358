"""Crawl requests: what a start, a judged link, a platform's habit or a redirect becomes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from corpus.store.crawl_queue import CrawlRequest
from crawler.address import house, key
from crawler.links import PRIORITIES, Judgement

LONGEST_HINT = 200
"""Characters of a link's text that are kept."""


def request_for(url: str, kind: str, form: str = "", **more: Any) -> CrawlRequest:
    """A request for an address; ``form`` is the body of a POST."""
    return CrawlRequest(
        key=key(url, form), url=url, host=house(url), kind=kind, form=form, **({"priority": PRIORITIES[kind]} | more)
    )


def followed(parent: CrawlRequest, judgement: Judgement) -> CrawlRequest:
    """What a fetched page's link becomes."""
    strong_list = judgement.kind == "list" and judgement.strong
    return request_for(
        judgement.link.url,
        judgement.kind,
        strong=judgement.strong,
        weak=judgement.weak,
        # Depth first: a branch shows what it is worth before its like are asked for.
        priority=judgement.priority + (parent.depth if strong_list else 0),
        # A list's next page is no deeper than the list.
        depth=parent.depth + (judgement.kind != "next"),
        hint=judgement.link.text[:LONGEST_HINT],
        referrer=parent.url,
    )


def implied(parent: CrawlRequest, url: str, kind: str, form: str = "") -> CrawlRequest:
    """What a platform's habits imply, in the column of the fetched page."""
    depth = parent.depth + (kind != "next")
    return request_for(url, kind, form, strong=True, depth=depth, referrer=parent.url)


def instead(parent: CrawlRequest, url: str) -> CrawlRequest:
    """The request for an address that another one sends to: as promising, a step further."""
    return replace(parent, key=key(url), url=url, host=house(url), form="", depth=parent.depth + 1)
