"""What came of a source, honestly: the reports found, the years missing, what could not be read and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from corpus.store import Store
from corpus.store.crawl_findings import ListPage, Mishap
from crawler.source import Source

UNREAD = ("blocked", "gate", "shell", "viewer", "hollow", "refused", "circle", "picture", "gone", "robots", "failed")
"""A closed door, a cookie to be fetched by a script, a page that only a browser fills, one that a script shows, one
that was called a report and shows none, or was kept as one and is read as none, an interface that takes neither GET nor
POST, redirects in a circle, a picture of text, a dead link, a rule, an error."""

LOST = ("blocked", "gate", "shell", "viewer", "hollow", "refused", "circle", "robots", "failed")
"""Those behind which more may be, the gravest first: a source with one of them is unfinished."""


@dataclass(frozen=True, slots=True)
class ListAccount:
    """What a list owes: the records it ``declared`` (None: it did not say), those ``seen``, its pages ``unasked``.

    ``reason``: ``""`` for a list that balances, else ``records`` (it declared more than it showed), ``pages`` (some of
    its pages were not asked for, gave nothing, or nobody can say where they are), ``interface`` (what fills it is not
    known) or ``gate``.
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
    None before the first has. ``column`` tells that the site has a column of the reports, ``unread`` that something was
    kept which extraction has not looked at: nobody can say yet what it is.
    """

    source: Source
    found: Mapping[int, int]
    missing: tuple[int, ...]
    mishaps: tuple[Mishap, ...]
    rejected: Mapping[str, int]
    last: datetime | None
    queued: int
    lists: tuple[ListAccount, ...] = ()
    column: bool = False
    unread: bool = False

    @property
    def verdict(self) -> str:
        """never, interrupted, unfinished, empty (everything read, no report in it) or whole."""
        if self.last is None and not self.queued:
            return "never"
        if self.queued:
            return "interrupted"
        return "unfinished" if self.reason else "whole" if self.found or self.unread else "empty"

    @property
    def reason(self) -> str:
        """Why the source is unfinished: of its lists the first that does not balance, else the gravest mishap.

        A dead link is a loss where it was one to a report of which nothing was ever kept. A column of the reports that
        gave none was not understood.
        """
        owing = next((account.reason for account in self.lists if account.reason), "")
        dead = "gone" if any(one.promised for one in self.mishaps if one.outcome == "gone") else ""
        barren = "column" if self.column and not self.found and not self.unread else ""
        return owing or next((kind for kind in LOST if self.counts[kind]), dead) or barren

    @property
    def counts(self) -> dict[str, int]:
        """The mishaps by their kind."""
        return {kind: sum(mishap.outcome == kind for mishap in self.mishaps) for kind in UNREAD}


def outcome(store: Store, source: Source, today: date) -> SourceOutcome:
    """What came of a source up to now."""
    return outcomes(store, [source], today)[0]


def outcomes(store: Store, sources: Iterable[Source], today: date) -> tuple[SourceOutcome, ...]:
    """What came of each source up to now; a few questions to the store, however many they are."""
    every = tuple(sources)
    ids = [source.id for source in every]
    years, mishaps = store.crawl_findings.years(ids), store.crawl_findings.mishaps(ids, UNREAD)
    hollow = store.crawl_findings.hollow(ids)
    rejected, queued = store.crawl_findings.rejections(ids), store.crawl_findings.queued(ids)
    ended, lists = store.crawl_runs.ended(ids), accounts(store, ids)
    columns, unread = store.crawl_findings.columns(ids), store.crawl_findings.unread(ids)
    return tuple(
        SourceOutcome(
            source=source,
            found=years.get(source.id, {}),
            missing=missing_years(years.get(source.id, {}), today),
            mishaps=mishaps.get(source.id, ()) + hollow.get(source.id, ()),
            rejected=rejected.get(source.id, {}),
            last=ended.get(source.id),
            queued=queued.get(source.id, 0),
            lists=lists.get(source.id, ()),
            column=source.id in columns,
            unread=source.id in unread,
        )
        for source in every
    )


def accounts(store: Store, origins: Iterable[str]) -> dict[str, tuple[ListAccount, ...]]:
    """The accounts of the lists of each source, in the order of their names."""
    ids = tuple(origins)
    unasked = store.crawl_findings.unasked(ids)
    found: dict[str, tuple[ListAccount, ...]] = {}
    for origin, pages in store.crawl_findings.list_pages(ids).items():
        lists: dict[str, list[ListPage]] = {}
        for page in pages:
            lists.setdefault(page.list, []).append(page)
        owed = unasked.get(origin, {})
        found[origin] = tuple(_account(part, owed.get(name, 0)) for name, part in lists.items())
    return found


def _account(pages: list[ListPage], unasked: int) -> ListAccount:
    declared = max((page.declared for page in pages if page.declared is not None), default=None)
    seen = sum(page.seen for page in pages)
    reason = next((page.reason for page in pages if page.reason), "") if not seen else ""
    if not reason and declared is not None and seen < declared:
        reason = "records"
    if not reason and (unasked or any(page.reason == "pages" for page in pages)):
        reason = "pages"
    return ListAccount(min((page.url for page in pages), key=len), declared, seen, unasked, reason)


def missing_years(found: Mapping[int, int], today: date) -> tuple[int, ...]:
    """The years without a report from the first one found to the last one due (31 March of the next year)."""
    if not found:
        return ()
    last_due = today.year - 1 if today >= date(today.year, 4, 1) else today.year - 2
    return tuple(year for year in range(min(found), last_due + 1) if not found.get(year))
