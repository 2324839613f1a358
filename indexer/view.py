"""What an engine must show of its index: postings as sorted arrays, reports as columns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.regions import Registry
from indexer.postings import Keys

Kept = TypeVar("Kept", bound=NDArray[Any])

MISSING = np.iinfo(np.int64).min
"""Stands for a value that a report does not have: below every value, and never 0."""
SCALE = 10_000
"""Metrics are kept as whole numbers of ten-thousandths."""


@dataclass(frozen=True, eq=False)
class Columns:
    """One row for each document, in the order of their numbers.

    ``region`` holds GB/T 2260 codes as numbers; ``level``, ``kind`` and ``form`` places in the tuples of
    ``corpus.model`` (``form`` -1 for none); ``lengths`` the characters of each field; ``metrics`` one column for each
    of ``metric_ids``, scaled, MISSING where the report has none. ``live`` is False for deleted documents;
    ``sketches`` tell which are almost the same (likeness.py).
    """

    ids: NDArray[np.bytes_]
    region: NDArray[np.int64]
    year: NDArray[np.int64]
    level: NDArray[np.int64]
    kind: NDArray[np.int64]
    form: NDArray[np.int64]
    lengths: NDArray[np.uint32]
    metrics: NDArray[np.int64]
    metric_ids: Mapping[str, int]
    live: NDArray[np.bool_]
    sketches: NDArray[np.uint32]

    @property
    def size(self) -> int:
        """How many documents there are, deleted ones included."""
        return int(self.live.size)

    @cached_property
    def count(self) -> int:
        """How many live documents there are."""
        return int(np.count_nonzero(self.live))

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """The rank of each document by its id: ties are broken by it."""
        rank = np.empty(self.size, np.int64)
        rank[np.argsort(self.ids, kind="stable")] = np.arange(self.size)
        return rank

    @cached_property
    def present(self) -> NDArray[np.uint32]:
        """For each document a bit for each field that it has."""
        weights = np.uint32(1) << np.arange(self.lengths.shape[1], dtype=np.uint32)
        return np.asarray(((self.lengths > 0) * weights).sum(axis=1, dtype=np.uint32))

    def metric(self, id_: str) -> NDArray[np.int64]:
        """The scaled values of one metric; all MISSING for one that the index does not keep."""
        if (column := self.metric_ids.get(id_)) is None:
            return np.full(self.size, MISSING, np.int64)
        return np.asarray(self.metrics[:, column])


class Places:
    """The regions of the documents with all that stand above them."""

    def __init__(self, region: NDArray[np.int64], registry: Registry) -> None:
        numbers, self.ordinal = np.unique(region, return_inverse=True)
        self.codes = [f"{number:06d}" for number in numbers]
        paths = [registry.ancestors(code) or (code,) for code in self.codes]
        self.nodes = sorted({code for path in paths for code in path})
        place = {code: node for node, code in enumerate(self.nodes)}
        self.labels = {code: label(registry, code) for code in self.nodes}
        self.parent = {path[depth]: path[depth - 1] if depth else "" for path in paths for depth in range(len(path))}
        # A flat list of (region, node above or equal) pairs: counts roll up by one addition over it.
        self._leaf = np.repeat(np.arange(len(paths)), [len(path) for path in paths])
        self._node = np.array([place[code] for path in paths for code in path], np.int64)
        self._place = place

    def within(self, codes: Iterable[str]) -> NDArray[np.bool_]:
        """Which documents lie in one of these regions or below."""
        wanted = [self._place[code] for code in codes if code in self._place]
        inside = np.zeros(len(self.codes), np.bool_)
        inside[self._leaf[np.isin(self._node, wanted)]] = True
        return np.asarray(inside[self.ordinal])

    def counts(self, documents: NDArray[np.bool_]) -> dict[str, int]:
        """For each node the number of documents at or below it."""
        own = np.bincount(self.ordinal[documents], minlength=len(self.codes))
        rolled = np.bincount(self._node, weights=own[self._leaf], minlength=len(self.nodes))
        return dict(zip(self.nodes, rolled.astype(np.int64).tolist(), strict=True))


def label(registry: Registry, code: str) -> str:
    """The name of a region; its code where nobody knows one."""
    region = registry.get(code)
    return region.name if region else code


class View(Protocol):
    """One unchanging state of an index."""

    @property
    def columns(self) -> Columns:
        """The documents."""

    @property
    def places(self) -> Places:
        """Their regions."""

    def word(self, text: str) -> Keys:
        """Where a token stands."""

    def pair(self, text: str) -> Keys:
        """Where two characters stand in a row, by the first one's position."""

    def prefix(self, text: str) -> Keys:
        """Where tokens stand that begin so."""

    def character(self, text: str) -> Keys:
        """Where a character stands."""

    def tagged(self, tag: str) -> NDArray[np.int64]:
        """The documents with a tag: ``agency:<id>`` or ``finding:<rule>[:<verdict>]``."""

    def tags_from(self, prefix: str) -> Iterable[str]:
        """The tags that begin so."""

    def kept(self, name: Hashable, make: Callable[[], Kept]) -> Kept:
        """An array that follows from this state alone: made when first asked for, kept while there is room."""


def scaled(value: Decimal) -> int:
    """A metric as kept. Raises ValueError beyond 64 bits."""
    whole = int((value * SCALE).to_integral_value())
    if not -(1 << 63) < whole < 1 << 63:
        raise ValueError(f"The value {value} is too large to be kept.")
    return whole


def bounds(minimum: Decimal | None, maximum: Decimal | None) -> tuple[int, int]:
    """A closed range over scaled values; MISSING lies in no range."""
    low = MISSING + 1 if minimum is None else int((minimum * SCALE).to_integral_value(ROUND_CEILING))
    high = (1 << 63) - 1 if maximum is None else int((maximum * SCALE).to_integral_value(ROUND_FLOOR))
    return max(low, MISSING + 1), min(high, (1 << 63) - 1)
