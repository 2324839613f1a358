"""What came of a crawled source, as commands and pages give it."""

from __future__ import annotations

from datetime import UTC, datetime

from corpus.store import Store
from crawler.outcomes import SourceOutcome, outcomes
from crawler.source import sources
from webui.shapes import Json


def crawled(store: Store) -> tuple[SourceOutcome, ...]:
    """What came of each source that was ever crawled."""
    origins = set(store.crawl_runs.origins())
    return outcomes(store, [one for one in sources(store) if one.id in origins], datetime.now(UTC).date())


def came_of(came: SourceOutcome) -> Json:
    """What a source gave: reports by year, the years that lack one, and what could not be read by the reason."""
    return {
        "found": {str(year): number for year, number in came.found.items()},
        "missing": list(came.missing),
        "unread": {kind: number for kind, number in came.counts.items() if number},
        "outcome": came.verdict,
        "reason": came.reason,
    }


def account_of(came: SourceOutcome) -> Json:
    """A source with the accounts of its lists (docs/contract.md, ``sources --json``)."""
    return {
        "source": came.source.id,
        "outcome": came.verdict,
        "reason": came.reason or None,
        "lists": [
            {"url": one.url, "declared": one.declared, "seen": one.seen, "unasked": one.unasked, "reason": one.reason}
            for one in came.lists
        ],
    }
