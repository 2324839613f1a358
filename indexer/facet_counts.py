"""Counts of reports by their properties, disjunctive.

A facet's counts ignore its own filter, and a selected value is listed whatever its count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer import facet_values
from indexer.evaluate import ANYWHERE, Bits, field_bits
from indexer.facets import FACETS, Facet, Nature
from indexer.fields import FIELDS, ORDINAL
from indexer.masks import Mask
from indexer.request import SearchRequest
from indexer.result import FacetValue
from indexer.view import MISSING, SCALE, Numbers, View, bounds


class Matches:
    """What a request meets, its filters apart: the bits of its query and a mask for each filter."""

    def __init__(self, view: View, request: SearchRequest, bits: Bits, masks: Mapping[str, Mask]) -> None:
        self.view = view
        self.request = request
        self.bits = bits
        self.masks = masks

    def reports(self, without: str = "") -> Mask:
        """The reports that meet the query and every filter but the one named."""
        columns = self.view.columns
        if (sections := self.request.chosen("section")) and without != "section":
            met = self.bits & columns.present & field_bits(sections) != 0
        else:
            met = self._anywhere
        if columns.count < columns.size:
            met = met & columns.live
        for name, found in self.masks.items():
            if name != without:
                met = met & found
        return np.asarray(met)

    def is_filtered(self, facet: str) -> bool:
        """Whether the request has a filter of the facet's own."""
        return facet in self.masks or (facet == "section" and bool(self.request.chosen("section")))

    def ignoring(self, facet: str) -> tuple[Mask, Numbers]:
        """The reports over which a facet counts, all filters but its own: as a mask and as numbers."""
        return self._narrowed(facet) if self.is_filtered(facet) else self.whole

    @cached_property
    def whole(self) -> tuple[Mask, Numbers]:
        """The reports that meet all of the request."""
        return self._narrowed("")

    @cached_property
    def cubed(self) -> Mapping[str, Sequence[int]]:
        """The counts of all small properties over the reports that meet all of the request."""
        return self.view.columns.cube.counts(self.whole[1])

    @cached_property
    def _anywhere(self) -> Mask:
        return np.asarray(self.bits >= ANYWHERE)

    def _narrowed(self, without: str) -> tuple[Mask, Numbers]:
        found = self.reports(without)
        return found, found.nonzero()[0]


class Facets(Mapping[str, Sequence[FacetValue]]):
    """Every facet, counted when it is looked at: whoever draws a body's reports looks at none.

    Those of metrics as asked for: the first as ``metric``, each further one as ``metric:<id>``. ``rates`` are the
    metrics in per cent.
    """

    def __init__(self, matches: Matches, rates: frozenset[str]) -> None:
        self._matches = matches
        self._rates = rates
        metrics = matches.request.facet_metrics
        self._metrics = {f"metric:{metric}" if place else "metric": metric for place, metric in enumerate(metrics)}
        self._counted: dict[str, Sequence[FacetValue]] = {}

    def __getitem__(self, name: str) -> Sequence[FacetValue]:
        if name not in self._counted:
            self._counted[name] = self._count(name)
        return self._counted[name]

    def __iter__(self) -> Iterator[str]:
        return chain(_COUNTED, self._metrics)

    def __len__(self) -> int:
        return len(_COUNTED) + len(self._metrics)

    def _count(self, name: str) -> Sequence[FacetValue]:
        if (facet := _COUNTED.get(name)) is not None:
            return _COUNTERS[facet.nature](self._matches, facet)
        metric = self._metrics[name]
        return _metric(self._matches, metric, rate=metric in self._rates)


_COUNTED = {facet.name: facet for facet in FACETS if facet.counted}


def _regions(matches: Matches, facet: Facet) -> Sequence[FacetValue]:
    chosen = matches.request.chosen(facet.name)
    return matches.view.region_tree.counts(matches.ignoring(facet.name)[1], chosen)


def _choices(matches: Matches, facet: Facet) -> Sequence[FacetValue]:
    return facet_values.listed(_cubed(matches, facet), matches.request.chosen(facet.name))


def _years(matches: Matches, facet: Facet) -> Sequence[FacetValue]:
    found = {year: count for year, count in _cubed(matches, facet) if count}
    return facet_values.years(found, matches.request.years)


def _cubed(matches: Matches, facet: Facet) -> Iterable[tuple[Any, int]]:
    """Each value of a small property with its count: those that heed the same filters are counted in one go."""
    cube = matches.view.columns.cube
    counts = cube.counts(matches.ignoring(facet.name)[1]) if matches.is_filtered(facet.name) else matches.cubed
    return zip(cube.values[facet.name], counts[facet.name], strict=True)


def _sections(matches: Matches, facet: Facet) -> Sequence[FacetValue]:
    """How many reports meet the query in each kind of section: the rows of bits counted, then added up by bit."""
    documents = matches.ignoring(facet.name)[1]
    rows = np.bincount((matches.bits & matches.view.columns.present)[documents], minlength=1 << len(FIELDS))
    met = np.flatnonzero(rows)
    counts = rows[met] @ _bits_of_rows()[met]
    listed = ((kind, int(counts[ORDINAL[kind]])) for kind in facet.values)
    return facet_values.listed(listed, matches.request.chosen(facet.name))


@cache
def _bits_of_rows() -> NDArray[np.int64]:
    return np.asarray(np.arange(1 << len(FIELDS))[:, None] >> np.arange(len(FIELDS)) & 1)


def _tags(matches: Matches, facet: Facet) -> Sequence[FacetValue]:
    """Tags in the order of their verdicts, the broken ones first; a bare rule only where it is selected."""
    selected = matches.request.chosen(facet.name)
    tags = matches.view.tags(f"{facet.name}:")
    counts = np.bincount(tags.ordinals[matches.ignoring(facet.name)[0][tags.documents]], minlength=len(tags.names))
    return facet_values.tags(dict(zip(tags.names, counts.tolist(), strict=True)), selected)


_COUNTERS: Mapping[Nature, Callable[[Matches, Facet], Sequence[FacetValue]]] = {
    "region": _regions,
    "year": _years,
    "choice": _choices,
    "section": _sections,
    "tag": _tags,
}


def _metric(matches: Matches, metric: str, *, rate: bool) -> Sequence[FacetValue]:
    """Buckets as closed ranges that leave no gap: values lie on the grid of 1/SCALE, whole ones on that of 1."""
    view = matches.view
    documents = matches.ignoring(f"metric:{metric}")[1]
    ranges = [(entry.minimum, entry.maximum) for entry in matches.request.metrics if entry.metric == metric]
    values = view.columns.metric(metric)
    buckets = view.kept(("buckets", metric), lambda: _buckets(values, rate=rate))
    counts = np.bincount(buckets.of[documents], minlength=len(buckets.names) + 2)[1:-1].tolist()
    return facet_values.buckets(buckets.names, counts, ranges, lambda ends: _within(values[documents], ends))


@dataclass(frozen=True, eq=False, slots=True)
class _Buckets:
    """The buckets of a metric, and of each document the place of its own among them, from 1; 0 for none."""

    names: Sequence[str]
    of: Numbers

    @property
    def nbytes(self) -> int:
        """Bytes in memory."""
        return self.of.nbytes


def _buckets(values: Numbers, *, rate: bool) -> _Buckets:
    given = values[values != MISSING]
    ends = (int(given.min()), int(given.max())) if given.size else None
    edges = facet_values.edges(ends, rate=rate)
    step = facet_values.step(fractions=bool((given % SCALE).any()), rate=rate)
    return _Buckets(facet_values.spans(tuple(edges), step), np.searchsorted(edges, values, "right"))


def _within(values: NDArray[np.int64], ends: tuple[Decimal | None, Decimal | None]) -> int:
    low, high = bounds(*ends)
    return int(np.count_nonzero((values >= low) & (values <= high)))
