"""What came of a source, honestly: the reports found, the years missing, what could not be read and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from corpus.store import Store
from corpus.store.crawl_findings import ListPage, Mishap
from crawler.source import Source

UNREAD = ("blocked", "gate", "shell", "refused", "circle", "picture", "gone", "robots", "failed")
"""A closed door, a cookie to be fetched by a script, a page that only a browser fills, an interface that takes neither
GET nor POST, redirects in a circle, a picture of text, a dead link, a rule, an error."""

LOST = ("blocked", "gate", "shell", "refused", "circle", "robots", "failed")
"""Those behind which more may be, the gravest first: a source with one of them is unfinished."""


@dataclass(frozen=True, slots=True)
class ListAccount:
    """What a list owes: the records it ``declared`` (None: it did not say), those ``seen``, its pages ``unasked``.

    ``reason``: ``""`` for a list that balances, else ``records`` (it declared more than it showed), ``pages`` (some of
    its pages were not asked for, or gave nothing), ``interface`` (what fills it is not known) or ``gate``.
    """

    url: str
    declared: int | None
    seen: int
    unasked: int
    reason: str


@dataclass(frozen=True, slots=True)
class SourceOutcome:
    """One source's outcome. ``found`` counts reports by year; ``missing`` are the years between that have none.

    ``rejected`` says why captured pages are no reports, as extraction found. ``last`` is when the last crawl ended,
    None before the first has.
    """

    source: Source
    found: Mapping[int, int]
    missing: tuple[int, ...]
    mishaps: tuple[Mishap, ...]
    rejected: Mapping[str, int]
    last: datetime | None
    queued: int
    lists: tuple[ListAccount, ...] = ()

    @property
    def verdict(self) -> str:
        """never, interrupted, unfinished, empty (everything read, no report in it) or whole."""
        if self.last is None and not self.queued:
            return "never"
        if self.queued:
            return "interrupted"
        return "unfinished" if self.reason else "whole" if self.found else "empty"

    @property
    def reason(self) -> str:
        """Why the source is unfinished: of its lists the first that does not balance, else the gravest mishap."""
        owing = next((account.reason for account in self.lists if account.reason), "")
        return owing or next((kind for kind in LOST if self.counts[kind]), "")

    @property
    def counts(self) -> dict[str, int]:
        """The mishaps by their kind."""
        return {kind: sum(mishap.outcome == kind for mishap in self.mishaps) for kind in UNREAD}


def outcome(store: Store, source: Source, today: date) -> SourceOutcome:
    """What came of a source up to now."""
    found = store.crawl_findings.years(source.id)
    ended = [run.finished for run in store.crawl_runs.runs(source.id) if run.finished is not None]
    return SourceOutcome(
        source=source,
        found=found,
        missing=missing_years(found, today),
        mishaps=store.crawl_findings.mishaps(source.id, UNREAD),
        rejected=store.crawl_findings.rejections(source.id),
        last=ended[-1] if ended else None,
        queued=store.crawl_findings.outcomes(source.id).get("queued", 0),
        lists=accounts(store, source),
    )


def accounts(store: Store, source: Source) -> tuple[ListAccount, ...]:
    """The accounts of a source's lists, in the order of their addresses."""
    unasked = store.crawl_findings.unasked(source.id)
    lists: dict[str, list[ListPage]] = {}
    for page in store.crawl_findings.list_pages(source.id):
        lists.setdefault(page.list, []).append(page)
    return tuple(_account(pages, unasked.get(name, 0)) for name, pages in lists.items())


def _account(pages: list[ListPage], unasked: int) -> ListAccount:
    declared = max((page.declared for page in pages if page.declared is not None), default=None)
    seen = sum(page.seen for page in pages)
    reason = next((page.reason for page in pages if page.reason), "") if not seen else ""
    if not reason and declared is not None and seen < declared:
        reason = "records"
    if not reason and unasked:
        reason = "pages"
    return ListAccount(min((page.url for page in pages), key=len), declared, seen, unasked, reason)


def missing_years(found: Mapping[int, int], today: date) -> tuple[int, ...]:
    """The years without a report from the first one found to the last one due (31 March of the next year)."""
    if not found:
        return ()
    last_due = today.year - 1 if today >= date(today.year, 4, 1) else today.year - 2
    return tuple(year for year in range(min(found), last_due + 1) if not found.get(year))
