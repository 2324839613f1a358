"""What to fetch next: the kept leads, one request at a time for each host, within budgets and hours.

What is under way is known only here. Rows stay queued until what came of them is committed, so a killed crawl
finds everything again that it had not finished.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit

from corpus.store import Store
from corpus.store.crawl_queue import CrawlRequest, QueuedRequest
from corpus.store.crawl_runs import Run
from crawler.address import allowed, family, key, private, trap
from crawler.links import DEEPEST
from crawler.plan import Plan
from crawler.platform import lists_of
from crawler.requests import LIST, PARTS, request_for
from crawler.source import Source

ATTEMPTS = 4
"""Tries of an address that answers with 429, 5xx or not at all."""

PATIENCE = timedelta(minutes=10)
"""A crawl waits for a host so long; what must wait longer is left for the next crawl."""

SIBLINGS = 4
"""So many more links of a list are asked for with each that led to a report."""

_AT_ONCE = 20
"""Sources that are entered together."""

BARREN = 15
"""So many addresses of one family that led to nothing are enough: the others are not asked for."""

STALE = 5
"""Parts of a list, one after the other, that showed nothing new: the beads of a ring, or a pager without an end."""

CHINA = timezone(timedelta(hours=8))


@dataclass(slots=True)
class _Spent:
    pages: int = 0
    size: int = 0
    since: datetime | None = None


class Frontier:
    """The queue of one crawl over its sources."""

    def __init__(
        self,
        store: Store,
        plan: Plan,
        runs: dict[str, Run],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        done: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.store = store
        self.runs = runs
        self.clock = clock
        self._plan = plan
        self._sources = {source.id: source for source in plan.sources if source.id in runs}
        self._done = done
        self._busy: set[str] = set()
        self._held: dict[str, datetime] = {}
        self._spent: dict[str, _Spent] = {}
        self._waiting: deque[Source] = deque()
        self._hosts: deque[tuple[str, str]] = deque()
        self._open: dict[str, set[str]] = {}
        self._barren: dict[tuple[str, str, bool], int] = {}
        self._stale: dict[tuple[str, str], int] = {}
        self._fertile: set[tuple[str, str, bool]] = set()

    def start(self) -> None:
        """Line the sources up. A source is entered when there is room for one, so that thousands begin at once."""
        self._waiting = deque(self._sources.values())

    def _enter(self) -> None:
        """Queue the starts of the next sources, the lists that must be near them, and what an earlier crawl left."""
        some = [self._waiting.popleft() for _ in range(min(_AT_ONCE, len(self._waiting)))]
        for source in some:
            self._open.setdefault(source.id, set())
        with self.store.batch(_AT_ONCE * 100):
            for source in some:
                near = [url for start in source.starts for url in lists_of(start)]
                self.add(source.id, [request_for(url, "list", depth=0, priority=30) for url in source.starts])
                self.add(source.id, [request_for(url, "list", depth=1, strong=True) for url in near])
        for origin, host in self.store.crawl_queue.hosts(source.id for source in some):
            self._line_up(origin, host)
        for source in some:
            if not self._open[source.id]:
                self._leave(source.id)

    def _line_up(self, origin: str, host: str) -> None:
        hosts = self._open.setdefault(origin, set())
        if host not in hosts:
            hosts.add(host)
            self._hosts.append((origin, host))

    def _drop(self, origin: str, host: str) -> None:
        """Ask nothing more of a host. It is free when it is dropped, so its source is done with its last one."""
        self._open[origin].discard(host)
        if not self._open[origin]:
            self._leave(origin)

    def _leave(self, origin: str) -> None:
        """Be done with a source: its run ends, unless something is queued still (a budget, a long wait)."""
        if self.finished(origin):
            self.store.crawl_runs.end(self.runs[origin], self.clock())
        self._done(origin)

    def source(self, origin: str) -> Source:
        """The source that a fetch belongs to."""
        return self._sources[origin]

    def add(self, origin: str, leads: Iterable[CrawlRequest]) -> int:
        """Queue those leads that are new, allowed and no trap; how many these were."""
        hosts = self._sources[origin].hosts
        fit = [
            lead
            for lead in leads
            if allowed(lead.url, hosts)
            and lead.depth <= DEEPEST
            and not trap(lead.url)
            and not self._is_barren(origin, lead)
            and (self._plan.allow_private or not private(urlsplit(lead.url).hostname or ""))
        ]
        added = self.store.crawl_queue.add(origin, fit)
        for host in {lead.host for lead in fit} if added else ():
            self._line_up(origin, host)
        return added

    def next(self) -> QueuedRequest | None:
        """The best fetch of a host that is free now, the hosts taking turns; None if none is."""
        now = self.clock()
        if not self._is_open(now):
            return None
        found = self._next(now)
        while found is None and self._waiting:
            self._enter()
            found = self._next(now)
        return found

    def _next(self, now: datetime) -> QueuedRequest | None:
        for _ in range(len(self._hosts)):
            origin, host = self._hosts.popleft()
            if host in self._busy or self._held.get(host, now) > now:
                self._hosts.append((origin, host))
                continue
            if self._over_budget(host, now):
                self._drop(origin, host)
                continue
            queued = self._worthwhile(origin, host, now)
            if queued is not None:
                self._hosts.append((origin, host))
                self._busy.add(host)
                return queued
            wake = self.store.crawl_queue.wake(origin, host)
            if wake is not None and wake <= now + PATIENCE:
                self._hosts.append((origin, host))
            else:
                self._drop(origin, host)
        return None

    def pending(self) -> bool:
        """Whether there is something to fetch, now or after some waiting; when the night is over, there is not."""
        return bool(self._hosts or self._waiting) and self._is_open(self.clock())

    def release(self, queued: QueuedRequest, size: int = 0) -> None:
        """Free a fetch's host for the next request."""
        self._busy.discard(queued.request.host)
        self.spend(queued, size)

    def spend(self, queued: QueuedRequest, size: int = 0) -> None:
        """Count a request to a fetch's host."""
        spent = self._spent.setdefault(queued.request.host, _Spent(since=self.clock()))
        spent.pages += 1
        spent.size += size

    def retry(self, queued: QueuedRequest, why: str, status: int | None = None, after: float | None = None) -> str:
        """Put a fetch off, by what the server asks or twice as long each time, with jitter. Returns the outcome."""
        now = self.clock()
        if queued.attempts + 1 >= ATTEMPTS:
            self.store.crawl_queue.finish(queued, "failed", now, status=status, detail=why)
            return "failed"
        step = max(2 * self._plan.delay, 0.1) * 2**queued.attempts
        seconds = max(after or 0.0, step) * random.uniform(1.0, 1.5)  # noqa: S311 (spreads load, hides nothing)
        until = now + timedelta(seconds=seconds)
        self.store.crawl_queue.postpone(queued, until, status=status, detail=why)
        if after is not None:
            self._held[queued.request.host] = min(until, now + PATIENCE)
        return "retry"

    def closed(self, queued: QueuedRequest, why: str) -> str:
        """Put a fetch off whose site does not say its rules; if it never does, nothing of it is asked in this crawl."""
        outcome = self.retry(queued, why, after=0.0)
        if outcome == "failed":
            self.store.crawl_queue.shut(queued.origin, queued.request.host, outcome, self.clock(), why)
        return outcome

    def finished(self, origin: str) -> bool:
        """Whether nothing of a source is queued any more."""
        return origin in self._open and not self.store.crawl_queue.hosts([origin])

    def learn(self, queued: QueuedRequest, *, fertile: bool) -> None:
        """Note whether a page was, or showed, a report; what led to it was then worth its request too."""
        if not fertile:
            kin = _kin(queued.origin, queued.request)
            self._barren[kin] = self._barren.get(kin, 0) + 1
            return
        step: QueuedRequest | None = queued
        for _ in range(DEEPEST):
            if step is None or _kin(queued.origin, step.request) in self._fertile:
                return
            self._fertile.add(_kin(queued.origin, step.request))
            step = self._referrer(step)

    def release_siblings(self, queued: QueuedRequest) -> None:
        """A link that led somewhere speaks for the others of its list: some more of them are asked for."""
        step: QueuedRequest | None = queued
        for _ in range(DEEPEST):
            if step is None:
                return
            if step.request.place and not step.request.place.startswith((LIST, PARTS)):
                self.store.crawl_queue.release(queued.origin, step.request.place, SIBLINGS)
            step = self._referrer(step)

    def _referrer(self, queued: QueuedRequest) -> QueuedRequest | None:
        found = queued.request.referrer
        return self.store.crawl_queue.known(queued.origin, key(found)) if found else None

    def tires(self, queued: QueuedRequest, added: int) -> bool:
        """Whether a list went on for so many parts without an address that is new that it has no end."""
        part = (queued.origin, queued.request.place)
        self._stale[part] = 0 if added or queued.request.kind != "next" else self._stale.get(part, 0) + 1
        return self._stale[part] >= STALE

    def from_column(self, queued: QueuedRequest) -> bool:
        """Whether a page was found on a list inside the column of the reports, so that nobody need guess the list."""
        found = self._referrer(queued)
        return found is not None and found.request.strong

    def _worthwhile(self, origin: str, host: str, now: datetime) -> QueuedRequest | None:
        while True:
            queued = self.store.crawl_queue.next(origin, host, now)
            if queued is None or not self._is_barren(origin, queued.request):
                return queued
            self.store.crawl_queue.finish(queued, "skipped", now, detail="many addresses like this one led to nothing")

    def _is_barren(self, origin: str, lead: CrawlRequest) -> bool:
        """Whether a list is one of many that led to nothing; a link that says it is a report is believed."""
        kin = _kin(origin, lead)
        return lead.kind == "list" and kin not in self._fertile and self._barren.get(kin, 0) >= BARREN

    def _over_budget(self, host: str, now: datetime) -> bool:
        spent, budget = self._spent.get(host), self._plan.budget
        if spent is None:
            return False
        minutes = (now - (spent.since or now)).total_seconds() / 60
        return spent.pages >= budget.pages or spent.size >= budget.megabytes * 1_000_000 or minutes >= budget.minutes

    def _is_open(self, now: datetime) -> bool:
        if self._plan.night is None:
            return True
        first, last = self._plan.night
        hour = now.astimezone(CHINA).hour
        return first <= hour < last if first <= last else hour >= first or hour < last


def _kin(origin: str, lead: CrawlRequest) -> tuple[str, str, bool]:
    return (origin, family(lead.url), lead.strong)
