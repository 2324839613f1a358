"""The account of a page of a list: what the list says that it has, what this page shows, and why more must exist."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.store.crawl_queue import CrawlRequest
from corpus.text import fold
from crawler.induction import passed_over
from crawler.links import is_onward
from crawler.page import Page
from crawler.pagers import owes_pages, stores
from crawler.requests import list_of
from crawler.step import Account, bears, records_of
from crawler.tally import declared, tells_size
from crawler.verdict import Verdict

_SHOWN = re.compile(r"第\s*(\d{1,4})\s*[/／]\s*(\d{1,4})\s*页")
_PAGES = re.compile(r"[共分]\s*(\d{1,4})\s*页")
_TOTAL = re.compile(r"(?:共|总共|总计|合计|全部)(?:有)?[:：]?\s*(\d{1,6})\s*(?:条|篇|件|份|项)")


def account_of(request: CrawlRequest, page: Page, verdict: Verdict, *, going_on: bool) -> Account | None:
    """A page's account as a list; None for one without records. ``going_on``: something more of it is asked for."""
    if not bears(verdict.judgements):
        # A page in place of records: a door that sends programs home, or asks who they are.
        shut = (request.kind == "api" and not page.piece) or page.names_more or _asks_who(request, page)
        owed = "pages" if request.kind == "next" else "interface"
        return Account(list_of(request), None, 0, owed) if shut else None
    account = _page_account(request, page, verdict)
    short = request.kind == "list" and account.declared is not None and account.seen < account.declared
    more = page.names_more or (not going_on and (short or _has_more_pages(request, page)))
    return replace(account, reason="pages") if more else account


def _asks_who(request: CrawlRequest, page: Page) -> bool:
    """Whether a further page of a list is one to log in at."""
    inputs = (one["attrs"] for one in page.scene.elements if one["tag"] == "input")
    return request.kind == "next" and any(one.get("type") == "password" for one in inputs)


def _page_account(request: CrawlRequest, page: Page, verdict: Verdict) -> Account:
    """A list's own word on its length, in its text or to its pager, or its units'; what it shows are its rows."""
    units = [total for store in stores(page) if (total := declared(store)) is not None]
    pagers_of_its_own = (one["attrs"] for one in page.scene.elements if tells_size(one["attrs"]))
    said = [int(match) for match in _TOTAL.findall(page.text)]
    said += [total for own in pagers_of_its_own if (total := declared(own)) is not None]
    said = [sum(units)] if len(units) > 1 else said + units
    rows = records_of(verdict.judgements) | passed_over(verdict.judgements, page.links, page.url)
    return Account(list_of(request), said[0] if len(set(said)) == 1 else None, len(rows))


def _has_more_pages(request: CrawlRequest, page: Page) -> bool:
    """Whether a list says that it has pages behind this one: 第1/3页, or 共3页 on its first; or nobody can say."""
    if page.broken or (request.kind == "list" and any(is_onward(fold(words)) for words in page.idle)):
        return True
    if request.kind == "list" and owes_pages(page):
        return True
    shown = any(int(here) < int(last) for here, last in _SHOWN.findall(page.text))
    return shown or (request.kind == "list" and any(int(count) > 1 for count in _PAGES.findall(page.text)))
