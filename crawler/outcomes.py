"""What came of a source, honestly: the reports found, the years missing, what could not be read and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from corpus.store import Store
from corpus.store.crawl_findings import Mishap
from crawler.source import Source

UNREAD = ("blocked", "shell", "picture", "gone", "robots", "failed")
"""A closed door, a page that only a browser fills, a picture of text, a dead link, a rule, an error."""


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
    rejected, queued = store.crawl_findings.rejections(ids), store.crawl_findings.queued(ids)
    ended = store.crawl_runs.ended(ids)
    return tuple(
        SourceOutcome(
            source=source,
            found=years.get(source.id, {}),
            missing=missing_years(years.get(source.id, {}), today),
            mishaps=mishaps.get(source.id, ()),
            rejected=rejected.get(source.id, {}),
            last=ended.get(source.id),
            queued=queued.get(source.id, 0),
        )
        for source in every
    )


def missing_years(found: Mapping[int, int], today: date) -> tuple[int, ...]:
    """The years without a report from the first one found to the last one due (31 March of the next year)."""
    if not found:
        return ()
    last_due = today.year - 1 if today >= date(today.year, 4, 1) else today.year - 2
    return tuple(year for year in range(min(found), last_due + 1) if not found.get(year))
