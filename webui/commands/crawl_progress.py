"""The progress of a crawl, on stderr: a line that changes for a person, a line a minute for a log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console

from crawler.plan import Progress

EVERY = 60.0
"""Seconds between two lines of a log."""

_KEPT = {"kept", "picture"}


class CrawlProgress:
    """Counts what a crawl tells, in a few numbers however long it goes on.

    ``show`` is given the line at most once in so many seconds (``every``) of the ``clock``.
    """

    def __init__(
        self, sources: int, show: Callable[[str], None], every: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._show = show
        self._every = every
        self._left = sources
        self._done = 0
        self._running: set[str] = set()
        self._requests = 0
        self._kept = 0
        self._clock = clock
        self._began = self._shown = clock()

    def request(self, event: Progress) -> None:
        """Count a request."""
        self._requests += 1
        self._kept += event.outcome in _KEPT
        if event.origin not in self._running:
            self._running.add(event.origin)
            self._left = max(0, self._left - 1)
        if self._clock() - self._shown >= self._every:
            self._shown = self._clock()
            self._show(str(self))

    def done(self, origin: str) -> None:
        """Count a source with which the crawl is done."""
        if origin in self._running:
            self._running.discard(origin)
        else:
            self._left = max(0, self._left - 1)
        self._done += 1

    def __str__(self) -> str:
        seconds = max(self._clock() - self._began, 0.001)
        open_ = self._left + len(self._running)
        left = timedelta(seconds=round(seconds / self._done * open_)) if self._done else "unknown"
        return (
            f"sources: {self._done} done, {len(self._running)} running, {self._left} left · "
            f"{self._requests:,} requests, {self._kept:,} possible reports, {self._requests / seconds:.1f} a second · "
            f"time left: {left}"
        )


@contextmanager
def crawl_progress(sources: int) -> Iterator[CrawlProgress]:
    """Show a crawl's progress while it lasts."""
    console = Console(stderr=True)
    if console.is_terminal:
        with console.status("") as status:
            yield CrawlProgress(sources, status.update, every=0.2)
    else:
        yield CrawlProgress(sources, lambda line: console.print(line, soft_wrap=True, highlight=False), EVERY)
