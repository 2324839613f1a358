"""Scripts that stand in files of their own: asked for where a page shows nothing without them, run among its others.

One is asked for at a time, and with it goes what is needed to go on with the next::

    a list without records ─→ list.js    asks, writes or holds the records, or goes on to common.js
    a report without text  ─→ detail.js  asks for the article
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from corpus.store.crawl_queue import CrawlRequest
from crawler.address import absolute, key
from crawler.anchors import Link, Whole, unique
from crawler.interfaces import ask_interfaces, context_of, scene_for, with_scenes
from crawler.links import in_column, judge_links
from crawler.page import Page, read_page
from crawler.page_links import interfaces_of, told_links
from crawler.platform import endpoints_of, scripts_of
from crawler.records import links_in_data
from crawler.requests import followed, implied, list_of
from crawler.scene import Scene
from crawler.scripts import Told, run_scene
from crawler.step import VIEWER, Account, Step, listing, records_of


def ask_scripts(
    request: CrawlRequest, page: Page, *, owed: bool = False, way: bool = False, article: str = ""
) -> tuple[CrawlRequest, ...]:
    """The request for the first script of a page that shows nothing, or that ``owed`` pages to its list besides.

    A page on the ``way`` owes nothing where its scripts lead nowhere either. Of a page that was called a report, and
    says but ``article``, it is to tell where the text is.
    """
    scene, scripts = page.scene.to_json(), scripts_of(page)
    if not scripts or not scene:
        return ()
    debt: dict[str, Any] = (
        {"owed": "pages", "shown": [link.url for link in page.links]} if owed else {"owed": ""} if way else {}
    )
    if not (request.strong or in_column(page)):
        debt["weak"] = request.weak
    if article:
        debt = {"article": article, "lost": "viewer" if page.links else "shell"}
    context = f'{{"scene": {scene}, {json.dumps({"rest": scripts[1:], "page": request.key} | debt)[1:]}'
    asked = _for_page(implied(request, scripts[0], "script", context=context), request.key)
    return (replace(asked, place=list_of(request) if owed else "", hint=request.hint if article else ""),)


def take_script(request: CrawlRequest, text: str, encoding: str) -> Step:
    """A script of a page, run among the page's others: it may ask, write or hold what they lack."""
    context = context_of(request)
    if "scene" not in context:
        return Step("other", "a script without its page")
    scene = _with_file(Scene.from_json(json.dumps(context["scene"])), request.url, text)
    told = run_scene(scene)
    whole = partial(absolute, base=scene.base, encoding=encoding)
    page = _filled(scene, told, whole)
    step = _for_article(request, page) if "article" in context else _for_list(request, page, told, whole)
    if context["rest"] and (not step.leads or told.lacking or _calls_elsewhere(told)):
        return Step("listed", leads=(_next_script(request, context, scene),), fertile=False)
    return step


def _for_page(asked: CrawlRequest, page: str) -> CrawlRequest:
    """Each page has its scripts for itself: what one of them asks for depends on the page."""
    return replace(asked, key=f"{key(asked.url)}~{page}")


def _with_file(scene: Scene, url: str, text: str) -> Scene:
    scripts = zip(scene.scripts, scene.files, strict=True)
    return replace(scene, scripts=tuple(text if file and key(file) == key(url) else own for own, file in scripts))


def _next_script(request: CrawlRequest, context: dict[str, Any], scene: Scene) -> CrawlRequest:
    rest = context["rest"]
    known = context | {"scene": context["scene"] | {"scripts": scene.scripts}, "rest": rest[1:]}
    more = implied(request, rest[0], "script", context=json.dumps(known, ensure_ascii=False))
    return replace(_for_page(more, context["page"]), place=request.place, hint=request.hint)


def _calls_elsewhere(told: Told) -> bool:
    """Whether scripts call a function of nobody's: what getQueryString says stands in common.js, and is asked for."""
    return any(name.isidentifier() for name, _ in told.calls)


def _filled(scene: Scene, told: Told, whole: Whole) -> Page:
    """The page of a scene, as far as its scripts tell of it."""
    asked, later = (tuple(interfaces_of(some, whole)) for some in (told.asked, told.later))
    return replace(read_page("<html></html>", scene.url), asked=asked, later=later, scene=replace(scene, files=()))


def _for_article(request: CrawlRequest, page: Page) -> Step:
    context = context_of(request)
    fills = endpoints_of(page)
    asked = (implied(request, one.url, "article", one.form, scene_for(page.scene, one)) for one in fills)
    leads = tuple(replace(lead, hint=request.hint) for lead in asked)
    if leads:
        return Step("listed", leads=leads, fertile=False)
    lost, said = context["lost"], context["article"]
    return Step(lost, VIEWER, shape=said, fertile=False, suspect=True, about=page.url)


def _for_list(request: CrawlRequest, page: Page, told: Told, whole: Whole) -> Step:
    context, scene = context_of(request), page.scene
    links = unique((*told_links(told, whole), *links_in_data(told.data, whole), *_clicked(scene, told, whole)))
    shown = set(context.get("shown", ()))
    judged = judge_links(links, scene.url, strong=True, weak=0)
    if "weak" in context:
        # A page on the way has its ways written, too.
        known = {one.link for one in judged}
        ways = judge_links(links, scene.url, strong=False, weak=context["weak"])
        judged += [one for one in ways if one.link not in known]
    judgements = tuple(one for one in judged if one.link.url not in shown)
    leads = with_scenes((followed(request, judgement) for judgement in judgements), page)
    leads += ask_interfaces(request, scene, endpoints_of(page))
    reason = "" if leads else context.get("owed", "interface")
    account = Account(list_of(request), None, len(records_of(judgements)), reason)
    return replace(listing(request, judgements, leads, "listed"), account=account)


def _clicked(scene: Scene, told: Told, whole: Whole) -> Iterator[Link]:
    """Where the elements of a scene lead whose functions stand in a script's file, each called as it reads."""
    for number, clicks in told.clicked.items():
        for url, form, label in clicks:
            if (found := whole(url)) is not None:
                text = label if isinstance(label, str) else scene.elements[number]["text"]
                yield Link(found, text, form=form, place="clicks")
