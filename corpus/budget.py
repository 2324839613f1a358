"""How long one answer may take: work that may be long asks between its steps whether its time is over.

A thread cannot be stopped from outside without leaving things half done. So what is done for somebody who waits is
given a budget, and every clause, hit and row looked up asks ``check()``. Where nobody gave one (a command, a build, an
export) it does nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from corpus.errors import OverBudgetError

_ends: ContextVar[float | None] = ContextVar("budget_ends", default=None)
_began: ContextVar[float | None] = ContextVar("budget_began", default=None)


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """What is done in here has so many seconds; 0: as many as it takes."""
    now = time.monotonic()
    ended, begun = _ends.set(now + seconds if seconds else None), _began.set(now)
    try:
        yield
    finally:
        _ends.reset(ended)
        _began.reset(begun)


def began() -> float | None:
    """When the answer was asked for on which somebody waits (``time.monotonic``); None where nobody does."""
    return _began.get()


def check() -> None:
    """Go on, or raise OverBudgetError where the time is over; once, so that whoever catches it can still answer."""
    ends = _ends.get()
    if ends is not None and time.monotonic() > ends:
        _ends.set(None)
        raise OverBudgetError("This took longer than it may and was cut: ask for less at once.")
