"""The crawl step: what an answer to a request means. A pure function; response_handler.py carries it out.

::

    request + answer ─→ file?     ─→ kept
                        records?  ─→ listed ─→ requests for what they link, and for the next part
                        page      ─→ kept, listed, moved, gone, blocked, shell … ─→ requests
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from corpus.errors import UnreadableError
from corpus.store.crawl_queue import CrawlRequest
from corpus.text import decode
from crawler.address import key
from crawler.answer import Answer
from crawler.links import Judgement, in_column, judge_links
from crawler.page import Page, read_page
from crawler.platform import after_jpage, endpoints_of, jpage_total, lists_of, next_of, years_of
from crawler.records import Records, read_records
from crawler.requests import followed, implied, instead
from crawler.verdict import BLOCKING, ENOUGH, PASSING, Verdict, consider, file_type


@dataclass(frozen=True, slots=True)
class Step:
    """What an answer means.

    ``outcome``: kept, picture, listed, unchanged, moved, retry, gone, blocked, shell, other or failed; ``detail`` puts
    it into words. ``keep`` is the media type under which the body is to be archived, ``""`` if it is not. ``leads``
    are to be asked for, ``onward`` too if this list showed something new, ``guesses`` where nothing better is known.
    ``shape`` names a list by what it links to. ``fertile``: a report, or led to one (None: no word on that).
    ``comparable``: whether ETag and Last-Modified say anything about what we look for.
    """

    outcome: str
    detail: str = ""
    keep: str = ""
    leads: tuple[CrawlRequest, ...] = ()
    onward: tuple[CrawlRequest, ...] = ()
    guesses: tuple[CrawlRequest, ...] = ()
    shape: str = ""
    fertile: bool | None = None
    comparable: bool = True


def take_step(request: CrawlRequest, answer: Answer, this_year: int) -> Step:
    """What an answer to a request means, by its status and then by its body."""
    status = answer.status
    if status in PASSING:
        return Step("retry", f"HTTP {status}")
    if status in {405, 501} and request.form:
        # An interface that takes no POST may take the same by GET.
        plain = f"{request.url}&{request.form}"
        return Step("moved", plain, leads=(implied(request, plain, "api"),))
    if status == 304:
        return Step("unchanged")
    if 200 <= status < 300 and status not in BLOCKING:
        return _take_body(request, answer, this_year)
    return Step("gone" if status in {404, 410} else "blocked" if status in BLOCKING else "failed", f"HTTP {status}")


def take_rendered(request: CrawlRequest, answer: Answer, html: str) -> Step:
    """What a page means that a browser rendered: its links. Nothing of it is kept, even if it shows a report."""
    page = read_page(html, located(request, answer.url))
    verdict = consider(page, hint=request.hint, strong=request.strong, weak=request.weak)
    if verdict.outcome in {"gone", "blocked"}:
        return Step(verdict.outcome, verdict.detail, comparable=False)
    if verdict.outcome != "listed" or not verdict.judgements:
        return Step("shell", "rendered, and no list", comparable=False)
    return replace(_follow_page(request, answer, page, verdict), comparable=False)


def located(request: CrawlRequest, url: str) -> str:
    """The address that answered, with the column's number behind # that servers never see."""
    mark = urlsplit(request.url).fragment
    return url + (f"#{mark}" if mark else "")


def _take_body(request: CrawlRequest, answer: Answer, this_year: int) -> Step:
    declared = answer.media_type
    kept_type = file_type(answer.body, declared, answer.url)
    if kept_type is not None:
        return Step("kept", keep=kept_type, fertile=True)
    if declared.startswith(("image/", "audio/", "video/", "font/")):
        return Step("other", declared)
    try:
        text = decode(answer.body)
    except UnreadableError as error:
        return Step("failed", str(error))
    found = read_records(text, declared, answer.url)
    if found is not None:
        return _take_records(request, answer, found, text)
    if "javascript" in declared:
        text = f"<html><script>{text}</script></html>"
    return _take_page(request, answer, read_page(text, located(request, answer.url)), this_year)


def _take_page(request: CrawlRequest, answer: Answer, page: Page, this_year: int) -> Step:
    verdict = consider(page, hint=request.hint, strong=request.strong, weak=request.weak)
    shut = verdict.outcome in {"gone", "blocked", "shell"}
    elsewhere = page.refresh or page.jump
    if elsewhere is not None and (shut or verdict.outcome == "listed") and not verdict.judgements:
        if key(elsewhere) == request.key:
            return Step("shell", "sends to itself")
        return Step("moved", elsewhere, leads=(instead(request, elsewhere),))
    if _is_hollow(page, request, verdict):
        verdict = Verdict("shell", detail="only its script fills this list")
        shut = True
    # A page without content may at least name the interface that would fill it.
    if shut and not (request.strong and endpoints_of(page)):
        return Step(verdict.outcome, verdict.detail, comparable=verdict.outcome != "shell")
    step = _follow_page(request, answer, page, verdict)
    if verdict.outcome not in {"kept", "picture"}:
        return step
    lists, years = lists_of(page.url), years_of(page.url, this_year)
    return replace(
        step,
        leads=(*step.leads, *(implied(request, url, "list") for url in years)),
        guesses=tuple(implied(request, url, "list") for url in lists),
    )


def _follow_page(request: CrawlRequest, answer: Answer, page: Page, verdict: Verdict) -> Step:
    kept = verdict.outcome in {"kept", "picture"}
    leads = [followed(request, judgement) for judgement in verdict.judgements]
    if (verdict.strong or request.strong) and not kept:
        following = next_of(page)
        if following is not None:
            leads.append(implied(request, following.url, "next", following.form))
        if not _bears(verdict.judgements):
            leads += [implied(request, url, "api") for url in endpoints_of(page)]
    keep = (answer.media_type or "text/html") if kept else ""
    return _follow(verdict.judgements, leads, verdict.outcome if kept else "listed", keep)


def _take_records(request: CrawlRequest, answer: Answer, found: Records, text: str) -> Step:
    judgements = tuple(judge_links(found.links, answer.url, strong=True, weak=0))
    leads = [followed(request, judgement) for judgement in judgements]
    if found.next is not None:
        leads.append(implied(request, found.next, "next"))
    total = jpage_total(text)
    behind = after_jpage(request.url, request.form, total) if total is not None else None
    if behind is not None:
        leads.append(implied(request, behind.url, "next", behind.form))
    return _follow(judgements, leads, "listed")


def _follow(judgements: tuple[Judgement, ...], leads: list[CrawlRequest], outcome: str, keep: str = "") -> Step:
    return Step(
        outcome,
        keep=keep,
        leads=tuple(lead for lead in leads if lead.kind != "next"),
        onward=tuple(lead for lead in leads if lead.kind == "next") if judgements else (),
        shape=_shape(judgements),
        fertile=outcome != "listed" or _bears(judgements),
    )


def _is_hollow(page: Page, request: CrawlRequest, verdict: Verdict) -> bool:
    """Whether a page calls itself the column of the reports, has scripts, and shows nothing to follow."""
    return (
        verdict.outcome == "listed"
        and request.kind == "list"
        and not verdict.judgements
        and bool(page.scripts.strip() or page.script_files)
        and in_column(page)
        and page.words < 2 * ENOUGH
        and next_of(page) is None
        and not endpoints_of(page)
    )


def _bears(judgements: tuple[Judgement, ...]) -> bool:
    return any(judgement.kind in {"report", "file"} for judgement in judgements)


def _shape(judgements: tuple[Judgement, ...]) -> str:
    """One name for a list by what it links to, whatever stands around."""
    keys = sorted(key(judgement.link.url) for judgement in judgements if judgement.kind != "next")
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16] if keys else ""
