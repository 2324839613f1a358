"""Steps from the answers of interfaces, and from scripts that fill pages: what JSON and XML hold, and their next part.

A request to an interface carries its page's *scene* (scripts.py): the page's own code is given the answer, and says
what addresses it makes of the records in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from corpus.store.crawl_queue import CrawlRequest
from crawler.address import absolute
from crawler.anchors import Link, Whole, unique
from crawler.answer import Answer
from crawler.induction import with_siblings
from crawler.links import is_onward, judge_links
from crawler.page import Page
from crawler.page_links import Interface, interfaces_of, told_links
from crawler.paging import Next, advance
from crawler.platform import column_in, counts_readers, endpoints_of, few
from crawler.records import Records
from crawler.requests import followed, implied, list_of
from crawler.scene import Scene
from crawler.scripts import Told, run_scene
from crawler.step import Account, Step, listing
from crawler.tally import declared, has_more

MOST_SILENT = 3
"""Answers without a record that scripts are given one after the other."""

LARGEST_TALK = 1_000_000
"""Characters of a scene with all that it was told, which go with each request for more."""


def other_method(request: CrawlRequest, status: int) -> Step:
    """An interface that takes no POST may take the same by GET, and the other way round; not both ways in turn."""
    context = context_of(request)
    url, _, query = request.url.partition("?")
    other = Next(f"{request.url}{'&' if query else '?'}{request.form}") if request.form else Next(url, query or "&")
    if request.kind not in {"api", "next"} or context.get("refused") or request.form.startswith(("{", "[")):
        return Step("refused", f"HTTP {status} to {'POST' if request.form else 'GET'}")
    lead = implied(request, other.url, request.kind, other.form, json.dumps(context | {"refused": True}))
    return Step("moved", f"{other.url} {other.form}".strip(), leads=(replace(lead, place=list_of(request)),))


def take_records(request: CrawlRequest, answer: Answer, found: Records, encoding: str) -> Step:
    """The step of an answer that holds records."""
    talk = _Talk.of(request, answer, found, encoding)
    links, records = _records(talk, found)
    judgements = with_siblings(
        judge_links(links, talk.base, strong=True, weak=0), links, talk.base, strong=True, weak=0
    )
    # The way on is no record, wherever it stands.
    onward = {judgement.link for judgement in judgements if judgement.kind == "next"}
    count = sum(record not in onward for record in records)
    leads = [followed(request, judgement) for judgement in judgements]
    leads = [replace(lead, context=request.context) if lead.kind == "next" else lead for lead in leads]
    leads += onward_requests(request, advance(request.url, request.form, found.data, count))
    goes_on = any(lead.kind == "next" for lead in leads)
    silent = goes_on or not (count or len(talk.heard) <= MOST_SILENT)
    further = [] if silent else list(_asked_further(request, talk, shown=count))
    leads += [lead for lead in further if len(lead.context) <= LARGEST_TALK]
    account = _account(request, found, count, leads, outgrown=any(len(lead.context) > LARGEST_TALK for lead in further))
    return replace(listing(request, judgements, leads, "listed"), account=account)


def _records(talk: _Talk, found: Records) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """The links of an answer, and which of them are records: a page's own script knows best how one is addressed."""
    written = [link for link in talk.written if link.text and not link.onward and not is_onward(link.text)]
    links = talk.written if written else (*found.links, *talk.written)
    return links, tuple(written) or found.links


def _account(
    request: CrawlRequest, found: Records, count: int, leads: list[CrawlRequest], *, outgrown: bool
) -> Account | None:
    """An answer's account; none for a text that was no list. ``outgrown``: more is known of than can be asked for."""
    if found.data is None and (leads or not request.strong or request.kind != "api"):
        # A further part in XML or HTML that names its next one in each: its records count all the same.
        return Account(list_of(request), None, count) if request.kind == "next" and count else None
    if outgrown:
        return Account(list_of(request), None, count, "pages")
    # An address that nothing was called by was a guess (a grid's words for 下一页), and owes nothing.
    if request.kind == "list" and not request.hint and not leads:
        return None
    # What names the column, and no way to it, was not understood: the columns of a site that is all script.
    reason = "" if leads or (_lists(found.data) and not column_in(found.data)) else "interface"
    total = declared(found.data)
    owed = request.kind == "api" and has_more(found.data) and (total is None or count < total)
    if not reason and owed and all(lead.kind != "next" for lead in leads):
        reason = "pages"
    # Records that only a click opens are known by what is followed.
    followed_too = {lead.key for lead in leads if lead.kind in {"report", "file", "list", "article"}}
    return Account(list_of(request), total, count or len(followed_too), reason)


@dataclass(frozen=True, slots=True)
class _Talk:
    """What a page's scripts were told up to an answer (``heard``), and what they told with it and ``before`` it.

    ``written`` are the links that they made of this answer alone, ``whole`` makes addresses whole at ``base``.
    """

    base: str
    whole: Whole
    heard: dict[str, Any]
    told: Told
    before: Told
    written: tuple[Link, ...]

    @classmethod
    def of(cls, request: CrawlRequest, answer: Answer, found: Records, encoding: str) -> _Talk:
        """Give the page's scripts the answer."""
        context = context_of(request)
        heard = _heard(context, found.heard)
        told = run_scene(_scene(context), heard) if heard else Told()
        before = run_scene(_scene(context), dict(list(heard.items())[:-1])) if heard else Told()
        base = asking_page(request) or answer.url
        whole = partial(absolute, base=base, encoding=encoding)
        old = {(link.url, link.form) for link in told_links(before, whole)}
        # What is asked only now is asked with all that was heard (_asked_further).
        old |= {(one.url, one.form) for one in interfaces_of(told.later, whole)}
        written = tuple(link for link in unique(told_links(told, whole)) if (link.url, link.form) not in old)
        return cls(base, whole, heard, told, before, written)


def _lists(data: Any) -> bool:
    """Whether an answer holds a list at all, were it an empty one; what holds none is an excuse ({"code": 401})."""
    values = data.values() if isinstance(data, dict) else ()
    return isinstance(data, list) or any(map(_lists, values)) or (isinstance(data, dict) and declared(data) == 0)


def ask_interfaces(request: CrawlRequest, scene: Scene, asked: Iterable[Interface]) -> list[CrawlRequest]:
    """Requests for the interfaces of a page, with what its scripts need to read their answers."""
    return [implied(request, one.url, "api", one.form, scene_for(scene, one)) for one in asked]


def with_scenes(leads: Iterable[CrawlRequest], page: Page) -> list[CrawlRequest]:
    """Leads of a page; those to an interface of its scripts, or a further part of one, with what these need to read it.

    A link to what the page asks for while loading is that interface, whatever it is called.
    """
    fills = endpoints_of(page)
    asked = (*fills, *page.later)
    paths = {urlsplit(one.url).path: one for one in reversed(asked)}
    exact = {(one.url, one.form): one for one in reversed(asked)}
    return [_with_scene(lead, page.scene, fills, exact.get((lead.url, lead.form)), paths) for lead in leads]


def _with_scene(
    lead: CrawlRequest,
    scene: Scene,
    fills: tuple[Interface, ...],
    own: Interface | None,
    paths: Mapping[str, Interface],
) -> CrawlRequest:
    if lead.kind == "next":
        own = own or paths.get(urlsplit(lead.url).path)
    elif own is not None and own in fills:
        lead = replace(lead, kind="api")
    else:
        own = None
    return replace(lead, context=scene_for(scene, own)) if own is not None else lead


def scene_for(scene: Scene, one: Interface) -> str:
    """What goes with a request to an interface, so that the page's scripts can be given its answer."""
    text = scene.to_json()
    return f'{{"scene": {text}, "ask": {json.dumps(one.ask)}}}' if text and one.ask else ""


def onward_requests(request: CrawlRequest, onward: Next | None) -> list[CrawlRequest]:
    """The request for the next part of an interface's list, if there is one."""
    if onward is None:
        return []
    return [implied(request, onward.url, "next", onward.form, request.context)]


def context_of(request: CrawlRequest) -> dict[str, Any]:
    """What the crawler must know to read the answer to a request."""
    return json.loads(request.context) if request.context else {}


def asking_page(request: CrawlRequest) -> str:
    """To what the page whose script asked is relative: what it makes of an answer's records; ``""`` where none did."""
    scene = context_of(request).get("scene", {}) if request.kind in {"api", "next"} else {}
    return str(scene.get("base") or scene.get("url", ""))


def _scene(context: dict[str, Any]) -> Scene:
    return Scene.from_json(json.dumps(context["scene"]))


def _heard(context: dict[str, Any], data: Any) -> dict[str, Any]:
    """What a page's scripts have been told up to now, the answer at hand last; nothing where they did not ask."""
    if "scene" not in context or not context.get("ask") or data is None:
        return {}
    return {**context.get("heard", {}), context["ask"]: data}


def _asked_further(request: CrawlRequest, talk: _Talk, *, shown: int) -> Iterator[CrawlRequest]:
    """What a page's scripts ask only now that they were answered: the column behind a tree, more behind the last one.

    What they ask at once is asked; what only a click asks goes on with the list, where records are ``shown``.
    """
    known = {one.ask for one in (*talk.before.asked, *talk.before.later)} | talk.heard.keys()
    for kind, asked in (("api", talk.told.asked), ("next" if shown else "api", talk.told.later)):
        new = tuple({one.ask: one for one in asked if one.ask not in known}.values())
        for one in few(found for found in interfaces_of(new, talk.whole) if not counts_readers(found)):
            scene = context_of(request)["scene"]
            said = json.dumps({"scene": scene, "ask": one.ask, "heard": talk.heard}, ensure_ascii=False)
            yield implied(request, one.url, kind, one.form, said)
