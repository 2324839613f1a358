"""What an engine must show of its index: postings as sorted arrays, reports as columns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cached_property
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.cube import Cube
from indexer.distinct import distinct
from indexer.facets import CHOICES
from indexer.postings import Keys
from indexer.region_tree import RegionTree


class Sized(Protocol):
    """What can tell how much room it takes."""

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""


Kept = TypeVar("Kept", bound=Sized)

Numbers = NDArray[np.int64]
"""Documents, in order, or one whole number for each."""
MISSING = np.iinfo(np.int64).min
"""Stands for a value that a report does not have: below every value, and never 0."""
SCALE = 10_000
"""Metrics are kept as whole numbers of ten-thousandths."""


@dataclass(frozen=True, eq=False)
class Columns:
    """One row for each document, in the order of their numbers.

    ``region`` holds GB/T 2260 codes as numbers; ``choices`` for each facet of a choice the place among its values, -1
    for none; ``captured`` seconds and ``published`` days since 1970, MISSING for none; ``lengths`` the characters of
    each field; ``read_metric`` gives the values at a place of ``metric_ids``, scaled, MISSING where a report has none.
    ``live`` is False for deleted documents. What few searches need is read when it is first asked for.
    """

    ids: NDArray[np.bytes_]
    region: NDArray[np.int64]
    year: NDArray[np.int64]
    captured: NDArray[np.int64]
    published: NDArray[np.int64]
    choices: Mapping[str, NDArray[np.int64]]
    lengths: NDArray[np.uint32]
    metric_ids: Mapping[str, int]
    read_metric: Callable[[int], NDArray[np.int64]]
    live: NDArray[np.bool_]
    read_sketches: Callable[[], NDArray[np.uint32]]

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
    def present(self) -> NDArray[np.uint16]:
        """For each document a bit for each field that it has."""
        present = np.zeros(self.size, np.uint16)
        for place in range(self.lengths.shape[1]):
            present |= (self.lengths[:, place] > 0).astype(np.uint16) << np.uint16(place)
        return present

    @cached_property
    def recency(self) -> NDArray[np.float32]:
        """The years since 2000."""
        return (self.year - 2000).clip(0).astype(np.float32)

    @cached_property
    def cube(self) -> Cube:
        """The documents by their small properties."""
        years = distinct(self.year)
        return Cube(
            {
                "year": (np.searchsorted(years, self.year), years.tolist()),
                **{facet.name: (self.choices[facet.name], facet.values) for facet in CHOICES},
            }
        )

    def metric(self, id_: str) -> NDArray[np.int64]:
        """The scaled values of one metric; all MISSING for one that the index does not keep."""
        if (column := self.metric_ids.get(id_)) is None:
            return np.full(self.size, MISSING, np.int64)
        return self.read_metric(column)

    @cached_property
    def sketches(self) -> NDArray[np.uint32]:
        """By which reports that are almost the same are told (near_duplicates.py), a row each."""
        return self.read_sketches()


@dataclass(frozen=True, eq=False, slots=True)
class Tags:
    """Tags with the documents that have them: a pair of a document and a tag's place in ``names`` for each."""

    names: tuple[str, ...]
    documents: NDArray[np.int64]
    ordinals: NDArray[np.int64]


class Postings(Protocol):
    """Where terms stand."""

    def word(self, text: str) -> Keys:
        """Where a token stands."""

    def pair(self, text: str) -> Keys:
        """Where two characters stand in a row, by the first one's position."""

    def prefix(self, text: str) -> Keys:
        """Where tokens stand that begin so."""

    def character(self, text: str) -> Keys:
        """Where a character stands."""

    def kept_keys(self, leaf: Hashable, make: Callable[[], Keys]) -> Keys:
        """Where a leaf stands that is put together from others: made when first asked for, kept while there is room."""


class View(Postings, Protocol):
    """One unchanging state of an index."""

    @property
    def columns(self) -> Columns:
        """The documents."""

    @property
    def region_tree(self) -> RegionTree:
        """Their regions."""

    @property
    def agency_of(self) -> NDArray[np.int64]:
        """For each document the number of its agency; -1 for none."""

    def kept(self, name: Hashable, make: Callable[[], Kept]) -> Kept:
        """What follows from this state alone: made when first asked for, kept while there is room."""

    def named(self, text: str) -> Numbers:
        """The documents whose agency has just this name, normalised."""

    def tagged(self, tag: str) -> NDArray[np.int64]:
        """The documents with a tag: ``agency:<id>`` or ``finding:<rule>[:<verdict>]``."""

    def tags(self, prefix: str) -> Tags:
        """The tags that begin so, without it."""


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
