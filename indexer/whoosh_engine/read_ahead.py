"""What a new state of the index needs before anybody asks it, so that no reader waits for it: taken over or read.

A commit adds a small segment and marks some reports as deleted; all others stay where they were. So where the words
stand that were asked of the former state is known already, but for these few reports.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, takewhile

import numpy as np
from numpy.typing import NDArray

from indexer.postings import DOCUMENT_SHIFT, Keys
from indexer.whoosh_engine.stretch import Stretch
from indexer.whoosh_engine.view import WhooshView

AHEAD = 300
"""So many words of a former state are read ahead: those that were asked for last."""


@dataclass(frozen=True, eq=False)
class _Change:
    """Between two states: the documents before ``known`` are the same, but those that are ``gone``."""

    known: int
    gone: NDArray[np.int64]


def read_ahead(view: WhooshView, former: WhooshView) -> None:
    """Read what the first searches need, then the words that were last asked of ``former``, the latest first.

    Readers come first: after each step there is a pause as long as it took.
    """
    steps = _whole(view), (view.tags(prefix) for prefix in former.prefixes()), _words(former, view)
    begun = time.monotonic()
    for _ in chain.from_iterable(steps):
        time.sleep(time.monotonic() - begun)
        begun = time.monotonic()


def _whole(view: WhooshView) -> Iterator[object]:
    """What no search can do without, or none that finds nothing."""
    yield view.columns
    yield view.norms
    yield view.region_tree
    yield view.agency_of
    yield view.agency_ids
    yield view.vocabulary
    yield view.spellings
    yield view.suggester


def _words(former: WhooshView, view: WhooshView) -> Iterator[Keys]:
    change = _between(former, view)
    for stretch in former.last_asked(AHEAD):
        yield view.read(stretch, partial(_taken_over, former, view, change, stretch))


def _between(former: WhooshView, view: WhooshView) -> _Change:
    begins = zip(former.segments, view.segments, strict=False)
    known = sum(size for _, (_, size) in takewhile(lambda pair: pair[0] == pair[1], begins))
    return _Change(known, np.flatnonzero(former.columns.live[:known] & ~view.columns.live[:known]))


def _taken_over(former: WhooshView, view: WhooshView, change: _Change, stretch: Stretch) -> Keys:
    """Where a word stood in the documents that stay, and where it stands in the new ones."""
    keys = former.read(stretch)
    stays = keys[: np.searchsorted(keys, change.known << DOCUMENT_SHIFT)]
    begins, ends = (np.searchsorted(stays, change.gone + further << DOCUMENT_SHIFT) for further in (0, 1))
    if (begins < ends).any():
        there = np.ones(stays.size, np.bool_)
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            there[begin:end] = False
        stays = stays[there]
    new = view.standing(stretch, change.known)
    return np.concatenate([stays, new]) if new.size else stays
