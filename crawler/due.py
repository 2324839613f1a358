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


def rhythm(moment: datetime) -> timedelta:
    """How long after a crawl the next one is due, at this time of the year in China."""
    return IN_SEASON if moment.astimezone(CHINA).month in SEASON else OFF_SEASON


def due(store: Store, sources: Iterable[Source], now: datetime) -> tuple[Source, ...]:
    """The sources to crawl now: interrupted ones, those never crawled, those whose time has come; longest ago first."""
    waiting = []
    for source in sources:
        runs = store.crawl_runs.runs(source.id)
        if not runs or runs[-1].finished is None:
            waiting.append((datetime.min.replace(tzinfo=now.tzinfo), source))
        elif runs[-1].finished + rhythm(now) <= now:
            waiting.append((runs[-1].finished, source))
    return tuple(source for _, source in sorted(waiting, key=lambda pair: (pair[0], pair[1].id)))
