"""When a source is crawled again: often while reports appear, seldom else.

Departments publish by 31 January, governments by 31 March of the next year (条例 arts. 49 and 50); late ones and
corrections follow in April.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from corpus.store import Store
from crawler.frontier import CHINA
from crawler.source import Source

SEASON = range(1, 5)
"""January to April."""

IN_SEASON = timedelta(days=5)
OFF_SEASON = timedelta(days=30)
NEXT_DAY = timedelta(hours=20)
"""For a site that did not answer, or answered 503: a crawl by night meets it again the night after."""


def rhythm(moment: datetime) -> timedelta:
    """How long after a crawl the next one is due, at this time of the year in China."""
    return IN_SEASON if moment.astimezone(CHINA).month in SEASON else OFF_SEASON


def due(store: Store, sources: Iterable[Source], now: datetime) -> tuple[Source, ...]:
    """The sources to crawl now, the most promising first.

    Interrupted crawls come first, then sources never crawled, then those whose time has come: before the others where
    the last year's report is still to appear, then those that gave something new when they were last crawled, then
    those crawled longest ago.
    """
    every = tuple(sources)
    runs = store.crawl_runs.last(source.id for source in every)
    past = [source.id for source in every if source.id in runs and runs[source.id].finished is not None]
    down, years = store.crawl_findings.down(past), store.crawl_findings.years(past)
    last_year = now.astimezone(CHINA).year - 1
    waiting: list[tuple[tuple[int, bool, bool, datetime, str], Source]] = []
    for source in every:
        run = runs.get(source.id)
        if run is None or run.finished is None:
            waiting.append(((run is None, False, False, now, source.id), source))
        elif run.finished + (NEXT_DAY if source.id in down else rhythm(now)) <= now:
            found = last_year in years.get(source.id, {})
            waiting.append(((2, found, run.stored == 0, run.finished, source.id), source))
    return tuple(source for _, source in sorted(waiting, key=lambda pair: pair[0]))
