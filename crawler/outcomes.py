"""What came of a source, honestly: the reports found, the years missing, what could not be read and why."""

from __future__ import annotations

from collections.abc import Mapping
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
    )


def missing_years(found: Mapping[int, int], today: date) -> tuple[int, ...]:
    """The years without a report from the first one found to the last one due (31 March of the next year)."""
    if not found:
        return ()
    last_due = today.year - 1 if today >= date(today.year, 4, 1) else today.year - 2
    return tuple(year for year in range(min(found), last_due + 1) if not found.get(year))
