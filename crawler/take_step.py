"""The crawl step: what an answer to a request means. A pure function; response_handler.py carries it out.

::

    request + answer ─→ file?     ─→ kept
                        records?  ─→ listed ─→ requests for what they link, and for the next part
                        page      ─→ kept, listed, moved, gone, blocked, shell … ─→ requests
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from corpus.errors import UnreadableError
from corpus.media import is_picture
from corpus.store.crawl_queue import CrawlRequest
from corpus.text import decode, fold
from corpus.titles import is_report_title
from crawler.address import absolute
from crawler.answer import Answer
from crawler.articles import article_requests, take_article
from crawler.induction import STRAY
from crawler.interfaces import (
    ask_interfaces,
    asking_page,
    onward_requests,
    other_method,
    take_records,
    with_scenes,
)
from crawler.links import Judgement, in_column
from crawler.list_account import account_of
from crawler.page import Page, read_page, refreshed
from crawler.pagers import pagers
from crawler.paging import advance
from crawler.parts import parts_of
from crawler.platform import endpoints_of, goes_on, lists_of, platform_endpoint, scripts_of, years_of
from crawler.records import Records, lists_addresses, read_records
from crawler.requests import followed, implied, list_of, part_named, part_request
from crawler.script_files import ask_scripts, take_script
from crawler.sending import doors, sent_besides, sent_on
from crawler.step import VIEWER, Account, Part, Step, bears, listing, spoken
from crawler.verdict import BLOCKING, ENOUGH, PASSING, Verdict, consider, file_type

LEAST_PART = 20
"""Characters of a further page of a report."""

LARGEST_MAP = 50_000_000
"""Bytes of an unpacked site map (sitemaps.org: 50 MB)."""


def take_step(request: CrawlRequest, answer: Answer, this_year: int) -> Step:
    """What an answer to a request means, by its status and then by its body."""
    status = answer.status
    if status in PASSING:
        return Step("retry", f"HTTP {status}")
    if status in {405, 501}:
        return other_method(request, status)
    if status == 304:
        return Step("unchanged")
    if request.kind == "script" and status in {404, 410}:
        return take_script(request, "", "utf-8")
    if 200 <= status < 300 and status not in BLOCKING:
        return _take_body(request, answer, this_year)
    return Step("gone" if status in {404, 410} else "blocked" if status in BLOCKING else "failed", f"HTTP {status}")


def take_rendered(request: CrawlRequest, answer: Answer, html: str) -> Step:
    """What a page means that a browser rendered: its links. Nothing of it is kept, even if it shows a report."""
    page = read_page(html, located(request, answer.url))
    verdict = consider(page, hint=request.hint, strong=request.strong, weak=request.weak)
    if verdict.outcome in {"gone", "blocked", "gate"}:
        return Step(verdict.outcome, verdict.detail, comparable=False)
    if verdict.outcome != "listed" or not spoken(verdict.judgements):
        return Step("shell", "rendered, and no list", comparable=False)
    return replace(_follow_page(request, answer, page, verdict), comparable=False)


def located(request: CrawlRequest, url: str) -> str:
    """The address that answered, with the column's number behind # that servers never see."""
    mark = urlsplit(request.url).fragment
    return url + (f"#{mark}" if mark else "")


def _take_body(request: CrawlRequest, answer: Answer, this_year: int) -> Step:
    declared_type, body = answer.media_type, answer.body
    try:
        if body.startswith(b"\x1f\x8b"):
            declared_type, body = "", zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, LARGEST_MAP)
        kept_type = file_type(body, declared_type, answer.url)
        plain = kept_type is not None and kept_type.startswith("text/")
        if kept_type is not None and not (plain and (_is_asked_by_script(request) or lists_addresses(body))):
            return Step("kept", keep=kept_type, fertile=True)
        if request.kind == "part" and is_picture(body):
            return Step("kept", keep=declared_type or "image", fertile=True, part=Part(*part_named(request)))
        if declared_type.startswith(("image/", "audio/", "video/", "font/")):
            return Step("other", declared_type)
        text = decode(body)
    except (zlib.error, UnreadableError) as error:
        return Step("failed", str(error))
    return _take_text(request, replace(answer, body=body), text, declared_type, this_year)


def _take_text(request: CrawlRequest, answer: Answer, text: str, declared_type: str, this_year: int) -> Step:
    encoding = encoding_of(answer.body)
    if request.kind == "script":
        return take_script(request, text, encoding)
    if request.kind == "article":
        return take_article(request, answer, text)
    found = read_records(text, declared_type, asking_page(request) or answer.url, encoding)
    if found is None and declared_type == "text/plain" and _is_asked_by_script(request):
        found = Records((), heard=text)
    if found is not None:
        return take_records(request, answer, found, encoding)
    if "javascript" in declared_type:
        text = f"<html><script>{text}</script></html>"
    page = read_page(text, located(request, answer.url), encoding)
    if page.refresh is None and (to := refreshed(answer.headers.get("refresh", ""))):
        page = replace(page, refresh=absolute(to, answer.url))
    if page.piece and not page.links and _is_asked_by_script(request):
        heard = take_records(request, answer, Records((), heard=text), encoding)
        if heard.leads or heard.onward:
            return heard
    return _take_page(request, answer, page, this_year)


def _is_asked_by_script(request: CrawlRequest) -> bool:
    """Whether an answer is a script's to read."""
    return request.kind in {"api", "next"} and bool(request.context)


def encoding_of(body: bytes) -> str:
    """The encoding in which a page's queries are quoted: UTF-8, else GBK."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "gbk"
    return "utf-8"


def _take_page(request: CrawlRequest, answer: Answer, page: Page, this_year: int) -> Step:
    if request.kind == "part":
        return _take_part(request, answer, page)
    if request.kind == "probe":
        return Step("probe", shape=_fingerprint(page))
    verdict = consider(page, hint=request.hint, strong=request.strong, weak=request.weak)
    step = _without_content(request, page, verdict) or _follow_page(request, answer, page, verdict)
    if step.outcome in {"kept", "picture"}:
        return _beside_report(request, answer, page, step, this_year)
    if step.outcome == "listed" and request.kind == "report" and not _leads_on(request, verdict):
        return _without_report(request, page, step)
    return step


def _leads_on(request: CrawlRequest, verdict: Verdict) -> bool:
    """Whether a page in place of a report is a list; one that a title announced needs more than a stray link."""
    led = spoken(verdict.judgements)
    return bears(led) or len(led) > (STRAY if is_report_title(fold(request.hint)) else 0)


def _without_report(request: CrawlRequest, page: Page, step: Step) -> Step:
    """What a link called a report, and is neither one nor a list, may be a site's word for a page that it lost."""
    asked = article_requests(request, page)
    leads = (*step.leads, *asked)
    if asked:
        return Step("listed", leads=leads, fertile=False)
    said = _fingerprint(page)
    scripts = ask_scripts(request, page, article=said) if page.words < 2 * ENOUGH else ()
    if scripts:
        return Step("listed", leads=(*leads, *scripts), shape=said, fertile=False, suspect=True)
    announced = "hollow" if is_report_title(fold(request.hint)) else "listed"
    outcome, detail = ("viewer", VIEWER) if page.is_scripted else (announced, "")
    return Step(outcome, detail, leads=leads, shape=said, fertile=False, suspect=True)


def _without_content(request: CrawlRequest, page: Page, verdict: Verdict) -> Step | None:
    """The step of a page that shows nothing itself: it sends on, needs its scripts, or is shut; None for any other."""
    shut = verdict.outcome in {"gone", "blocked", "shell", "gate"}
    if (shut or verdict.outcome == "listed") and not spoken(verdict.judgements):
        sent = sent_on(request, page, gated=verdict.outcome == "gate")
        if sent is not None:
            return sent
    if _has_its_menu_elsewhere(request, page, verdict) and (scripts := ask_scripts(request, page, way=True)):
        # What its names are worth is tried beside.
        tried = with_scenes((followed(request, one) for one in verdict.judgements), page)
        return Step("listed", leads=(*tried, *scripts), fertile=False, comparable=False)
    if _is_hollow(page, request, verdict):
        scripts = ask_scripts(request, page)
        if scripts:
            return Step("listed", leads=scripts, fertile=False, comparable=False)
        verdict = Verdict("shell", detail="only its script fills this list")
        shut = True
    # A page without content may at least name the interface that would fill it.
    unread = request.kind == "report" and verdict.outcome == "shell" and scripts_of(page)
    if not shut or unread or platform_endpoint(page) is not None or (request.strong and endpoints_of(page)):
        return None
    reason = {"shell": "interface" if page.is_scripted else "", "gate": "gate"}.get(verdict.outcome, "")
    account = Account(list_of(request), None, 0, reason) if reason and request.kind in {"list", "next"} else None
    return Step(verdict.outcome, verdict.detail, comparable=verdict.outcome != "shell", account=account)


def _beside_report(request: CrawlRequest, answer: Answer, page: Page, step: Step, this_year: int) -> Step:
    """What a report leads to besides its attachments: its other pages, other years, and the list it must stand in."""
    further = [part_request(request, url, answer.url, number) for url, number in parts_of(page, answer.url).items()]
    if step.outcome == "picture" or not page.tables:
        further += _images_of(request, page, answer.url)
    years = [implied(request, url, "list") for url in years_of(page.url, this_year)]
    guesses = tuple(implied(request, url, "list") for url in lists_of(page.url))
    return replace(step, leads=(*step.leads, *further, *years), guesses=guesses)


def _images_of(request: CrawlRequest, page: Page, first: str) -> Iterator[CrawlRequest]:
    """The pictures of a page without a table: they may be what it has to say (docs/scans.md)."""
    return (part_request(request, url, first, number) for number, url in enumerate(page.images, start=1))


def _take_part(request: CrawlRequest, answer: Answer, page: Page) -> Step:
    """A further page of an article: kept as such, whatever it says; a long article names its last pages only here."""
    first, number = part_named(request)
    if len(page.text.strip()) < LEAST_PART and not page.images:
        return Step("failed", f"page {number} of the report is empty")
    leads = [part_request(request, url, first, further) for url, further in parts_of(page, first).items()]
    leads += _images_of(request, page, first) if not page.tables else ()
    keep = answer.media_type or "text/html"
    return Step("kept", keep=keep, leads=tuple(leads), fertile=True, part=Part(first, number))


def _follow_page(request: CrawlRequest, answer: Answer, page: Page, verdict: Verdict) -> Step:
    kept = verdict.outcome in {"kept", "picture"}
    strong = verdict.strong or request.strong
    leads = with_scenes((followed(request, judgement) for judgement in verdict.judgements), page)
    if not strong and (own := platform_endpoint(page)) is not None:
        leads += ask_interfaces(request, page.scene, [own])
    if kept:
        return listing(request, verdict.judgements, leads, verdict.outcome, answer.media_type or "text/html")
    if strong:
        leads += _list_goes_on(request, page, verdict)
    elif bears(verdict.judgements):
        # Reports among notices: the list is read on by a call, too, and stays as weak as it is.
        further = (implied(request, one.url, "next", one.form) for one in pagers(page))
        leads += [replace(one, strong=False, weak=request.weak) for one in further]
    if not any(judgement.strong for judgement in verdict.judgements):
        leads += sent_besides(request, page)
    if request.kind == "list" and not request.depth and not _led(verdict):
        leads += [*doors(request, page), *ask_scripts(request, page, way=True)]
    going_on = any(lead.kind in {"next", "api"} for lead in leads)
    account = account_of(request, page, verdict, going_on=going_on) if strong or request.kind == "api" else None
    if request.kind == "list" and account is not None and account.reason == "pages" and not page.broken:
        scripts = ask_scripts(request, page, owed=True)
        leads += scripts
        # What the page owes, its scripts owe now.
        account = replace(account, reason="") if scripts else account
    return replace(listing(request, verdict.judgements, leads, "listed"), account=account)


def _list_goes_on(request: CrawlRequest, page: Page, verdict: Verdict) -> list[CrawlRequest]:
    """Where a list of the column goes on: by its pager, its interfaces, and behind what an interface answered."""
    leads = [implied(request, following.url, "next", following.form) for following in pagers(page)]
    full = bears(verdict.judgements)
    leads += ask_interfaces(request, page.scene, [one for one in endpoints_of(page) if not full or goes_on(one)])
    if request.kind == "api" or request.context or (request.kind == "next" and page.piece):
        onward = advance(request.url, request.form, None, len(spoken(verdict.judgements)))
        leads += onward_requests(request, onward)
    return leads


def _fingerprint(page: Page) -> str:
    """One name for pages that say the same, whatever address they were asked for under."""
    said = re.sub(r"[\d\s]+|https?://\S+", "", f"{page.title} {page.heading} {page.text}")
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _led(verdict: Verdict) -> list[Judgement]:
    """What of a page leads on, besides the menus that all pages have."""
    return [one for one in spoken(verdict.judgements) if not one.link.navigation]


def _has_its_menu_elsewhere(request: CrawlRequest, page: Page, verdict: Verdict) -> bool:
    """Whether a page on the way leads nowhere itself: a file of scripts may write its menu."""
    return bool(request.weak and request.kind == "list" and page.words < ENOUGH and not _led(verdict))


def _is_hollow(page: Page, request: CrawlRequest, verdict: Verdict) -> bool:
    """Whether a page calls itself the column of the reports, has scripts, and shows nothing to follow."""
    return (
        verdict.outcome in {"listed", "shell"}
        and request.kind == "list"
        and not spoken(verdict.judgements)
        and page.is_scripted
        and (request.strong or in_column(page) or not request.depth)
        and (page.words < 2 * ENOUGH or page.names_more)
        and not endpoints_of(page)
        and not any(True for _ in pagers(page))
    )
