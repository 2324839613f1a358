"""Articles that a page's script fetches: the page is a frame, the report stands in an interface's answer.

::

    detail.html?id=7   says nothing, asks /api/article/7
    /api/article/7     {"data": {"title": …, "content": "<p>一、总体情况 …"}}     kept as it came: readers know such
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corpus.store.crawl_queue import CrawlRequest
from crawler.address import absolute, key
from crawler.answer import Answer
from crawler.interfaces import scene_for
from crawler.page import Page, read_page
from crawler.platform import endpoints_of
from crawler.requests import followed, implied
from crawler.scene import Scene
from crawler.scripts import run_scene
from crawler.step import VIEWER, Step
from crawler.verdict import consider


def article_requests(request: CrawlRequest, page: Page) -> tuple[CrawlRequest, ...]:
    """Requests for what a page that was called a report, and shows nothing, has its script fetch."""
    asked = (implied(request, one.url, "article", one.form, scene_for(page.scene, one)) for one in endpoints_of(page))
    return tuple(replace(lead, hint=request.hint) for lead in asked)


def take_article(request: CrawlRequest, answer: Answer, text: str) -> Step:
    """An interface's answer in place of a report: kept if something in it reads as one, else a loss that is told."""
    try:
        carried, kind = max(_strings(json.loads(text)), key=len, default=""), "application/json"
    except ValueError:
        carried, kind = text, answer.media_type or "text/html"
    verdict = consider(read_page(carried, answer.url), hint=request.hint, strong=False, weak=0)
    if verdict.outcome == "kept":
        leads = tuple(followed(request, one) for one in verdict.judgements if one.kind == "file")
        return Step("kept", keep=kind, leads=leads, fertile=True)
    leads = (*(followed(request, one) for one in verdict.judgements if one.kind == "file"), *_sent_on(request, text))
    return Step("listed", leads=leads, fertile=False) if leads else Step("viewer", VIEWER, fertile=False)


def _sent_on(request: CrawlRequest, text: str) -> Iterator[CrawlRequest]:
    """Where a page's script goes, or what its frame shows, once it is told where the article stands."""
    context = json.loads(request.context) if request.context else {}
    if "scene" not in context:
        return
    scene = Scene.from_json(json.dumps(context["scene"]))
    try:
        told = run_scene(scene, {context["ask"]: json.loads(text)})
    except ValueError:
        told = run_scene(scene, {context["ask"]: text})
    for opened in dict.fromkeys(told.opened):
        url = absolute(opened, scene.base)
        if url is not None and key(url) != key(scene.url):
            yield replace(implied(request, url, "report"), hint=request.hint)


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for value in values:
        yield from _strings(value)
