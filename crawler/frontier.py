"""What to fetch next: the kept leads, one request at a time for each host, within budgets and hours.

What is under way is known only here. Rows stay queued until what came of them is committed, so a killed crawl
finds everything again that it had not finished.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from corpus.store import Store
from corpus.store.fetches import Fetch, Lead, Run
from crawler.address import allowed, family, house, key, private, trap
from crawler.links import DEEPEST, PRIORITIES, Judgement
from crawler.plan import Plan
from crawler.platform import lists_of
from crawler.source import Source

ATTEMPTS = 4
"""Tries of an address that answers with 429, 5xx or not at all."""

PATIENCE = timedelta(minutes=10)
"""A crawl waits for a host so long; what must wait longer is left for the next crawl."""

BARREN = 15
"""So many addresses of one family that led to nothing are enough: the others are not asked for."""

CHINA = timezone(timedelta(hours=8))


@dataclass(slots=True)
class _Spent:
    pages: int = 0
    size: int = 0
    since: datetime | None = None


class Frontier:
    """The queue of one crawl over its sources."""

    def __init__(
        self, store: Store, plan: Plan, runs: dict[str, Run], clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.store = store
        self.runs = runs
        self.clock = clock
        self._plan = plan
        self._sources = {source.id: source for source in plan.sources if source.id in runs}
        self._busy: set[str] = set()
        self._held: dict[str, datetime] = {}
        self._spent: dict[str, _Spent] = {}
        self._hosts: deque[tuple[str, str]] = deque()
        self._barren: dict[tuple[str, str, bool], int] = {}
        self._fertile: set[tuple[str, str, bool]] = set()

    def start(self) -> None:
        """Queue the starts of every source, and the lists that must be near them."""
        for source in self._sources.values():
            leads = [_lead(url, "list", depth=0, priority=30) for url in source.starts]
            near = [url for start in source.starts for url in lists_of(start)]
            leads += [_lead(url, "list", depth=1, priority=PRIORITIES["list"], strong=True) for url in near]
            self.add(source.id, leads)
        self._hosts = deque(self.store.fetches.hosts(self._sources))

    def source(self, origin: str) -> Source:
        """The source that a fetch belongs to."""
        return self._sources[origin]

    def add(self, origin: str, leads: Iterable[Lead]) -> int:
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
        added = self.store.fetches.add(origin, fit)
        for pair in {(origin, lead.host) for lead in fit} if added else ():
            if pair not in self._hosts:
                self._hosts.append(pair)
        return added

    def leads(self, fetch: Fetch, judgements: Iterable[Judgement]) -> list[Lead]:
        """What a fetched page's links become."""
        mine = fetch.lead
        return [
            _lead(
                judgement.link.url,
                judgement.kind,
                strong=judgement.strong,
                weak=judgement.weak,
                # Depth first: a branch shows what it is worth before its like are asked for.
                priority=judgement.priority + (mine.depth if judgement.kind == "list" and judgement.strong else 0),
                # A list's next page is no deeper than the list.
                depth=mine.depth + (judgement.kind != "next"),
                hint=judgement.link.text[:200],
                referrer=mine.url,
            )
            for judgement in judgements
        ]

    def also(self, fetch: Fetch, url: str, kind: str, form: str = "") -> Lead:
        """A lead that a platform's habits imply, in the column of the fetched page."""
        lead = _lead(url, kind, strong=True, depth=fetch.lead.depth + (kind != "next"), priority=PRIORITIES[kind])
        return replace(lead, form=form, key=key(url, form), referrer=fetch.lead.url)

    def instead(self, fetch: Fetch, url: str) -> Lead:
        """The lead of an address that another one sends to: as promising, a step further."""
        return replace(fetch.lead, key=key(url), url=url, host=house(url), form="", depth=fetch.lead.depth + 1)

    def next(self) -> Fetch | None:
        """The best fetch of a host that is free now, the hosts taking turns; None if none is."""
        now = self.clock()
        if not self._is_open(now):
            return None
        for _ in range(len(self._hosts)):
            origin, host = self._hosts.popleft()
            if host in self._busy or self._held.get(host, now) > now:
                self._hosts.append((origin, host))
                continue
            if self._over_budget(host, now):
                continue
            fetch = self._worthwhile(origin, host, now)
            if fetch is not None:
                self._hosts.append((origin, host))
                self._busy.add(host)
                return fetch
            wake = self.store.fetches.wake(origin, host)
            if wake is not None and wake <= now + PATIENCE:
                self._hosts.append((origin, host))
        return None

    def pending(self) -> bool:
        """Whether there is something to fetch, now or after some waiting; when the night is over, there is not."""
        return bool(self._hosts) and self._is_open(self.clock())

    def release(self, fetch: Fetch, size: int = 0) -> None:
        """Free a fetch's host for the next request."""
        self._busy.discard(fetch.lead.host)
        self.spend(fetch, size)

    def spend(self, fetch: Fetch, size: int = 0) -> None:
        """Count a request to a fetch's host."""
        spent = self._spent.setdefault(fetch.lead.host, _Spent(since=self.clock()))
        spent.pages += 1
        spent.size += size

    def retry(self, fetch: Fetch, why: str, status: int | None = None, after: float | None = None) -> str:
        """Put a fetch off, by what the server asks or twice as long each time, with jitter. Returns the outcome."""
        now = self.clock()
        if fetch.attempts + 1 >= ATTEMPTS:
            self.store.fetches.finish(fetch, "failed", now, status=status, detail=why)
            return "failed"
        step = max(2 * self._plan.delay, 0.1) * 2**fetch.attempts
        seconds = max(after or 0.0, step) * random.uniform(1.0, 1.5)  # noqa: S311 (spreads load, hides nothing)
        until = now + timedelta(seconds=seconds)
        self.store.fetches.postpone(fetch, until, status=status, detail=why)
        if after is not None:
            self._held[fetch.lead.host] = min(until, now + PATIENCE)
        return "retry"

    def finished(self, origin: str) -> bool:
        """Whether nothing of a source is queued any more."""
        return not self.store.fetches.hosts([origin])

    def learn(self, fetch: Fetch, *, fertile: bool) -> None:
        """Note whether a page was, or showed, a report; what led to it was then worth its request too."""
        if not fertile:
            kin = _kin(fetch.origin, fetch.lead)
            self._barren[kin] = self._barren.get(kin, 0) + 1
            return
        step: Fetch | None = fetch
        for _ in range(DEEPEST):
            if step is None or _kin(fetch.origin, step.lead) in self._fertile:
                return
            self._fertile.add(_kin(fetch.origin, step.lead))
            step = self.store.fetches.known(fetch.origin, key(step.lead.referrer)) if step.lead.referrer else None

    def from_column(self, fetch: Fetch) -> bool:
        """Whether a page was found on a list inside the column of the reports, so that nobody need guess the list."""
        found = self.store.fetches.known(fetch.origin, key(fetch.lead.referrer)) if fetch.lead.referrer else None
        return found is not None and found.lead.strong

    def _worthwhile(self, origin: str, host: str, now: datetime) -> Fetch | None:
        while True:
            fetch = self.store.fetches.next(origin, host, now)
            if fetch is None or not self._is_barren(origin, fetch.lead):
                return fetch
            self.store.fetches.finish(fetch, "skipped", now, detail="many addresses like this one led to nothing")

    def _is_barren(self, origin: str, lead: Lead) -> bool:
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


def _kin(origin: str, lead: Lead) -> tuple[str, str, bool]:
    return (origin, family(lead.url), lead.strong)


def _lead(url: str, kind: str, **more: Any) -> Lead:
    return Lead(key=key(url), url=url, host=house(url), kind=kind, **more)
