"""What becomes of an answer: archived, followed, put off or noted. Runs inside the transaction of its fetch."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Response

from corpus.errors import UnreadableError
from corpus.store.fetches import Fetch, Lead
from corpus.text import decode
from crawler.address import key
from crawler.answer import exchange, header, media_type, records, retry_after
from crawler.frontier import Frontier
from crawler.links import Judgement, in_column, judge_links
from crawler.page import Page, read_page
from crawler.platform import after_jpage, endpoints_of, jpage_total, lists_of, next_of, years_of
from crawler.records import Records
from crawler.verdict import BLOCKING, ENOUGH, PASSING, Verdict, consider, file_type


class Intake:
    """Takes the answers of one crawl. Every method returns the outcome under which the fetch was finished.

    ``render`` tells that a browser stands by; then ``unfilled`` says of a page that it is to be rendered, and that
    its fetch is not finished yet.
    """

    def __init__(self, frontier: Frontier, *, render: bool = False) -> None:
        self._frontier = frontier
        self._render = render
        self._store = frontier.store

    def take(self, fetch: Fetch, response: Response) -> str:
        """Take an answer by its status."""
        status, now = response.status, self._frontier.clock()
        if status in PASSING:
            return self._frontier.retry(fetch, f"HTTP {status}", status, retry_after(response))
        if status in {405, 501} and fetch.lead.form:
            return self._ask_plainly(fetch, status)
        if status == 304:
            self._store.unchanged(response.url, exchange(response), now)
            return self.finish(fetch, "unchanged", status=status)
        if 200 <= status < 300 and status not in BLOCKING:
            if response.url != fetch.lead.url:
                self._store.fetches.move(fetch, response.url)
            return self._take_body(fetch, response)
        if status in {404, 410}:
            self._store.gone(response.url, now)
        outcome = "gone" if status in {404, 410} else "blocked" if status in BLOCKING else "failed"
        return self.finish(fetch, outcome, status=status, detail=f"HTTP {status}")

    def moved(self, fetch: Fetch, url: str, **details: Any) -> str:
        """Take an address that sends to another: that one takes its place."""
        self._frontier.add(fetch.origin, [self._frontier.instead(fetch, url)])
        return self.finish(fetch, "moved", detail=url, **details)

    def take_rendered(self, fetch: Fetch, response: Response, html: str) -> str:
        """Take the links of a page as a browser rendered it. Nothing of it is kept, even if it shows a report."""
        page, response = read_page(html, located(fetch, response)), _unvalidated(response)
        verdict = consider(page, hint=fetch.lead.hint, strong=fetch.lead.strong, weak=fetch.lead.weak)
        if verdict.outcome in {"gone", "blocked"}:
            return self.finish(fetch, verdict.outcome, response, detail=verdict.detail)
        if verdict.outcome != "listed" or not verdict.judgements:
            return self.finish(fetch, "shell", response, detail="rendered, and no list")
        return self._follow_page(fetch, response, page, verdict)

    def finish(self, fetch: Fetch, outcome: str, response: Response | None = None, **details: Any) -> str:
        """Note what came of a fetch, and of its answer what the next crawl can compare with."""
        if response is not None:
            seen = {"etag": header(response, "ETag"), "modified": header(response, "Last-Modified")}
            details = {"status": response.status} | seen | details
        self._store.fetches.finish(fetch, outcome, self._frontier.clock(), **({"detail": ""} | details))
        return outcome

    def _ask_plainly(self, fetch: Fetch, status: int) -> str:
        """An interface that takes no POST may take the same by GET."""
        plain = f"{fetch.lead.url}&{fetch.lead.form}"
        self._frontier.add(fetch.origin, [self._frontier.also(fetch, plain, "api")])
        return self.finish(fetch, "moved", status=status, detail=plain)

    def _take_body(self, fetch: Fetch, response: Response) -> str:
        declared = media_type(response)
        kept_type = file_type(response.body, declared, response.url)
        if kept_type is not None:
            self._frontier.learn(fetch, fertile=True)
            return self.finish(fetch, self._keep(response, kept_type, "kept"), response)
        if declared.startswith(("image/", "audio/", "video/", "font/")):
            return self.finish(fetch, "other", response, detail=declared)
        try:
            text = decode(response.body)
        except UnreadableError as error:
            return self.finish(fetch, "failed", response, detail=str(error))
        found = records(text, declared, response.url)
        if found is not None:
            return self._take_records(fetch, response, found, text)
        if "javascript" in declared:
            text = f"<html><script>{text}</script></html>"
        return self._take_page(fetch, response, read_page(text, located(fetch, response)))

    def _take_page(self, fetch: Fetch, response: Response, page: Page) -> str:
        lead = fetch.lead
        verdict = consider(page, hint=lead.hint, strong=lead.strong, weak=lead.weak)
        shut = verdict.outcome in {"gone", "blocked", "shell"}
        elsewhere = page.refresh or page.jump
        if elsewhere is not None and (shut or verdict.outcome == "listed") and not verdict.judgements:
            if key(elsewhere) == lead.key:
                return self.finish(fetch, "shell", response, detail="sends to itself")
            return self.moved(fetch, elsewhere)
        if _is_hollow(page, fetch, verdict):
            verdict = Verdict("shell", detail="only its script fills this list")
            shut = True
        # A page without content may at least name the interface that would fill it.
        if shut and not (lead.strong and endpoints_of(page)):
            if verdict.outcome == "shell":
                if self._render and response.status == 200 and lead.kind in {"list", "next"} and not lead.form:
                    return "unfilled"
                response = _unvalidated(response)
            if verdict.outcome == "gone":
                self._store.gone(response.url, self._frontier.clock())
            return self.finish(fetch, verdict.outcome, response, detail=verdict.detail)
        if verdict.outcome in {"kept", "picture"}:
            if not self._frontier.from_column(fetch):
                self._frontier.add(fetch.origin, self._implied(fetch, lists_of(page.url)))
            self._frontier.add(fetch.origin, self._implied(fetch, years_of(page.url, self._frontier.clock().year)))
        return self._follow_page(fetch, response, page, verdict)

    def _follow_page(self, fetch: Fetch, response: Response, page: Page, verdict: Verdict) -> str:
        leads = self._frontier.leads(fetch, verdict.judgements)
        kept = verdict.outcome in {"kept", "picture"}
        if (verdict.strong or fetch.lead.strong) and not kept:
            following = next_of(page)
            if following is not None:
                leads.append(self._frontier.also(fetch, following.url, "next", following.form))
            if not _bears(verdict.judgements):
                leads += [self._frontier.also(fetch, url, "api") for url in endpoints_of(page)]
        outcome = self._keep(response, media_type(response) or "text/html", verdict.outcome) if kept else "listed"
        return self._follow(fetch, response, verdict.judgements, leads, outcome)

    def _take_records(self, fetch: Fetch, response: Response, found: Records, text: str) -> str:
        judgements = tuple(judge_links(found.links, response.url, strong=True, weak=0))
        leads = self._frontier.leads(fetch, judgements)
        if found.next is not None:
            leads.append(self._frontier.also(fetch, found.next, "next"))
        total = jpage_total(text)
        behind = after_jpage(fetch.lead.url, fetch.lead.form, total) if total is not None else None
        if behind is not None:
            leads.append(self._frontier.also(fetch, behind.url, "next", behind.form))
        return self._follow(fetch, response, judgements, leads, "listed")

    def _follow(
        self, fetch: Fetch, response: Response, judgements: tuple[Judgement, ...], leads: list[Lead], outcome: str
    ) -> str:
        """Queue the leads of a page. A list goes on only if it shows links that no other list of the source showed."""
        shape = _shape(judgements)
        added = self._frontier.add(fetch.origin, [lead for lead in leads if lead.kind != "next"])
        # A list that was read before goes on only where it gained something; its old pages are queued anyway.
        if judgements and (added or not fetch.shape) and not self._store.fetches.shape_known(fetch, shape):
            self._frontier.add(fetch.origin, [lead for lead in leads if lead.kind == "next"])
        self._frontier.learn(fetch, fertile=outcome != "listed" or _bears(judgements))
        return self.finish(fetch, outcome, response, leads=len(leads), shape=shape)

    def _implied(self, fetch: Fetch, urls: tuple[str, ...]) -> list[Lead]:
        return [self._frontier.also(fetch, url, "list") for url in urls]

    def _keep(self, response: Response, kept_type: str, outcome: str) -> str:
        """Archive an answer; ``unchanged`` where its address gave the same before."""
        before = self._store.digest_at(response.url)
        snapshot = self._store.keep(
            response.body,
            url=response.url,
            source=response.url,
            media_type=kept_type,
            captured=self._frontier.clock(),
            exchange=exchange(response),
        )
        return "unchanged" if snapshot.digest == before else outcome


def located(fetch: Fetch, response: Response) -> str:
    """The address that answered, with the column's number behind # that servers never see."""
    mark = urlsplit(fetch.lead.url).fragment
    return response.url + (f"#{mark}" if mark else "")


def _unvalidated(response: Response) -> Response:
    """A response with nothing to compare the next with: what a script fills may change while the page does not."""
    return response.replace(headers={})


def _is_hollow(page: Page, fetch: Fetch, verdict: Verdict) -> bool:
    """Whether a page calls itself the column of the reports, has scripts, and shows nothing to follow."""
    return (
        verdict.outcome == "listed"
        and fetch.lead.kind == "list"
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
