"""Carries out what the crawl step found: archive, queue, note. It decides nothing, and runs in one transaction."""

from __future__ import annotations

from typing import Any

from scrapy.http import Response

from corpus.store.crawl_findings import ListPage
from corpus.store.crawl_queue import CrawlRequest, QueuedRequest
from crawler.address import key
from crawler.answer import Answer, exchange
from crawler.frontier import Frontier
from crawler.requests import MOST_REDIRECTS, instead, probe_request
from crawler.step import Step, together
from crawler.take_step import located, take_rendered, take_step

MOST_SCRIPTS = 40
"""Scripts in files that are remembered: all pages of a list have the same."""

LARGEST_SCRIPT = 500_000
"""Bytes of one that is."""


class ResponseHandler:
    """Takes the answers of one crawl. Every method returns the outcome under which the request was finished.

    ``render`` tells that a browser stands by; then ``unfilled`` says of a page that it is to be rendered, and that
    its request is not finished yet.
    """

    def __init__(self, frontier: Frontier, *, render: bool = False) -> None:
        self._frontier = frontier
        self._render = render
        self._store = frontier.store
        self._scripts: dict[str, Answer] = {}

    def take(self, queued: QueuedRequest, response: Response) -> str:
        """Take an answer."""
        request, answer = queued.request, Answer.of(response)
        step = self._read_on(take_step(request, answer, self._frontier.clock().year))
        if request.kind == "script" and step.outcome != "retry" and len(answer.body) <= LARGEST_SCRIPT:
            self._scripts = dict(list(self._scripts.items())[1 - MOST_SCRIPTS :]) | {request.url: answer}
        plain_list = request.kind in {"list", "next"} and not request.form and answer.status == 200
        if step.outcome == "shell" and self._render and plain_list and not step.comparable:
            return "unfilled"
        return self._commit(queued, response, answer, step)

    def take_rendered(self, queued: QueuedRequest, response: Response, html: str) -> str:
        """Take the links of a page as a browser rendered it."""
        answer = Answer.of(response)
        return self._commit(queued, response, answer, take_rendered(queued.request, answer, html))

    def moved(self, queued: QueuedRequest, url: str, **details: Any) -> str:
        """Take an address that sends to another: that one takes its place."""
        lead = instead(queued.request, url)
        if lead is None or self._circles(queued, lead):
            return self.finish(queued, "circle", detail=url, **details)
        self._frontier.add(queued.origin, [lead])
        return self.finish(queued, "moved", detail=url, **details)

    def _circles(self, queued: QueuedRequest, lead: CrawlRequest) -> bool:
        """Whether the addresses that a lead was found to send to lead back to where it comes from."""
        at = lead.key
        for _ in range(MOST_REDIRECTS):
            if at == queued.request.key:
                return True
            outcome, detail = self._store.crawl_queue.came_of(queued.origin, at)
            if outcome != "moved":
                return False
            at = key(detail)
        return True

    def finish(self, queued: QueuedRequest, outcome: str, **details: Any) -> str:
        """Note what came of a request."""
        self._store.crawl_queue.finish(queued, outcome, self._frontier.clock(), **({"detail": ""} | details))
        return outcome

    def _read_on(self, step: Step) -> Step:
        """A step that asks for scripts, with what those say that were read for another page."""
        for lead in step.leads:
            if lead.kind == "script" and (known := self._scripts.get(lead.url)) is not None:
                said = self._read_on(take_step(lead, known, self._frontier.clock().year))
                step = together(step, lead, said)
        return step

    def _commit(self, queued: QueuedRequest, response: Response, answer: Answer, step: Step) -> str:
        now = self._frontier.clock()
        if step.outcome == "retry":
            return self._frontier.retry(queued, step.detail, answer.status, answer.retry_after(now))
        if step.outcome == "unchanged":
            self._store.unchanged(answer.url, exchange(response), now)
            return self.finish(queued, "unchanged", status=answer.status)
        if step.outcome == "moved" and any(self._circles(queued, lead) for lead in step.leads if not lead.form):
            return self.finish(queued, "circle", status=answer.status, detail=step.detail)
        success = 200 <= answer.status < 300
        if located(queued.request, answer.url) != queued.request.url and success:
            posted = response.request is not None and response.request.method == "POST"
            self._store.crawl_queue.move(queued, answer.url, queued.request.form if posted else "")
        if step.about:
            self._store.crawl_queue.move(queued, step.about, "")
        outcome = self._carry_out(queued, response, answer, step)
        seen: dict[str, Any] = {
            "etag": answer.headers.get("etag", ""),
            "modified": answer.headers.get("last-modified", ""),
        }
        if not (step.comparable and success):
            seen = dict.fromkeys(seen, "")
        if step.fertile is not None or step.shape:
            seen |= {"leads": len(step.leads) + len(step.onward), "shape": step.shape}
        return self.finish(queued, outcome, status=answer.status, detail=step.detail, **seen)

    def _carry_out(self, queued: QueuedRequest, response: Response, answer: Answer, step: Step) -> str:
        """Archive, account and queue what a step says; the outcome, which earlier answers may have changed."""
        outcome, store = step.outcome, self._store
        if outcome == "probe":
            store.crawl_queue.reclassify(queued.origin, step.shape, ("listed", "viewer", "hollow"), "gone")
        if step.suspect and self._is_nowhere(queued, step.shape):
            outcome = "gone"
        if outcome == "gone":
            store.gone(answer.url, self._frontier.clock())
        if step.keep:
            outcome = self._keep(response, step.keep, outcome)
        if step.part is not None:
            store.note_part(answer.url, step.part.first, step.part.number)
        if (told := step.account) is not None:
            # A part that shows what another one showed adds nothing to its list.
            again = queued.request.kind in {"next", "api"} and self._was_shown(queued, step.shape)
            seen = 0 if again else told.seen
            page = ListPage(queued.request.key, told.list, answer.url, told.declared, seen, told.reason)
            store.crawl_findings.note_list(queued.origin, page)
        self._queue(queued, step)
        return outcome

    def _is_nowhere(self, queued: QueuedRequest, shape: str) -> bool:
        """Whether a page says what its site says of pages that it does not have; what that is, is asked once."""
        probe = probe_request(queued.request)
        known = self._store.crawl_queue.known(queued.origin, probe.key)
        if known is None:
            self._frontier.add(queued.origin, [probe])
        return known is not None and known.shape == shape

    def _queue(self, queued: QueuedRequest, step: Step) -> None:
        """Queue what a step leads to. A list goes on only if it shows links that no other list of the source showed."""
        origin = queued.origin
        if step.guesses and not self._frontier.from_column(queued):
            self._frontier.add(origin, step.guesses)
        added = self._frontier.add(origin, step.leads)
        if step.fertile or any(lead.strong and lead.kind == "list" and not lead.held for lead in step.leads):
            self._frontier.release_siblings(queued)
        # A list that was read before goes on only where it gained something; its old pages are queued anyway.
        grew = added or not queued.shape
        # An interface may begin with what its page showed already.
        seen = queued.request.kind != "api" and self._was_shown(queued, step.shape)
        if step.onward and grew and not seen and not self._frontier.tires(queued, added):
            self._frontier.add(origin, step.onward)
        if step.fertile is not None:
            self._frontier.learn(queued, fertile=step.fertile)

    def _was_shown(self, queued: QueuedRequest, shape: str) -> bool:
        return bool(shape) and self._store.crawl_queue.shape_known(queued, shape)

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
