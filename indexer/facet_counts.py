"""Counts of reports by their properties, disjunctive.

A facet's counts ignore its own filter, and a selected value is listed whatever its count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.model import SECTION_KINDS, VERDICTS
from indexer.evaluate import ANYWHERE, Bits, field_bits
from indexer.fields import FIELDS, ORDINAL
from indexer.masks import Mask
from indexer.request import SearchRequest
from indexer.result import FacetValue
from indexer.view import MISSING, SCALE, Numbers, View, bounds

# The broken ones first, then in the order of VERDICTS, a bare rule before them all.
_VERDICTS: Mapping[str, int] = {**{verdict: place for place, verdict in enumerate(VERDICTS)}, "broken": -1, "": -2}


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
        if self.request.sections and without != "section":
            met = self.bits & columns.present & field_bits(tuple(self.request.sections)) != 0
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
        return facet in self.masks or (facet == "section" and bool(self.request.sections))

    def ignoring(self, facet: str) -> tuple[Mask, Numbers]:
        """The reports over which a facet counts, all filters but its own: as a mask and as numbers."""
        return self._narrowed(facet) if self.is_filtered(facet) else self.whole

    @cached_property
    def whole(self) -> tuple[Mask, Numbers]:
        """The reports that meet all of the request."""
        return self._narrowed("")

    @cached_property
    def _anywhere(self) -> Mask:
        return np.asarray(self.bits >= ANYWHERE)

    def _narrowed(self, without: str) -> tuple[Mask, Numbers]:
        found = self.reports(without)
        return found, np.flatnonzero(found)


def facets(matches: Matches, rates: frozenset[str]) -> Mapping[str, Sequence[FacetValue]]:
    """Every facet; ``metric`` only where the request names one. ``rates`` are the metrics that are fractions."""
    view, request = matches.view, matches.request
    found: dict[str, Sequence[FacetValue]] = {
        "region": view.region_tree.counts(matches.ignoring("region")[1], request.regions),
        **_properties(matches),
        "section": _sections(matches),
        "finding": _findings(matches),
    }
    if request.facet_metric:
        documents = matches.ignoring(f"metric:{request.facet_metric}")[1]
        selected = [entry for entry in request.metrics if entry.metric == request.facet_metric]
        ranges = [(entry.minimum, entry.maximum) for entry in selected]
        found["metric"] = _metric(view, request.facet_metric, documents, ranges, rate=request.facet_metric in rates)
    return found


def _properties(matches: Matches) -> dict[str, Sequence[FacetValue]]:
    """Years, levels, kinds and forms: those that heed the same filters are counted in one go."""
    request, cube = matches.request, matches.view.columns.cube
    whole = cube.counts(matches.whole[1])
    found: dict[str, list[tuple[Any, int]]] = {}
    for name, values in cube.values.items():
        counts = cube.counts(matches.ignoring(name)[1]) if matches.is_filtered(name) else whole
        found[name] = list(zip(values, counts[name], strict=True))
    return {
        "year": _years(found["year"], request.years),
        "level": _listed(found["level"], request.levels),
        "kind": _listed(found["kind"], request.kinds),
        "form": _listed(found["form"], request.forms),
    }


def _years(counted: Sequence[tuple[int, int]], ranges: Sequence[tuple[int, int]]) -> tuple[FacetValue, ...]:
    found = {year: count for year, count in counted if count}
    found.update((first, found.get(first, 0)) for first, last in ranges if first == last)

    def selected(year: int) -> bool:
        return any(first <= year <= last for first, last in ranges)

    return tuple(FacetValue(str(year), str(year), found[year], selected(year)) for year in sorted(found, reverse=True))


def _sections(matches: Matches) -> tuple[FacetValue, ...]:
    """How many reports meet the query in each kind of section: the rows of bits counted, then added up by bit."""
    documents = matches.ignoring("section")[1]
    rows = np.bincount((matches.bits & matches.view.columns.present)[documents], minlength=1 << len(FIELDS))
    counts = rows @ _bits_of_rows()
    return _listed(((kind, int(counts[ORDINAL[kind]])) for kind in SECTION_KINDS), matches.request.sections)


@cache
def _bits_of_rows() -> NDArray[np.int64]:
    return np.asarray(np.arange(1 << len(FIELDS))[:, None] >> np.arange(len(FIELDS)) & 1)


def _findings(matches: Matches) -> tuple[FacetValue, ...]:
    """Rules with a verdict, the broken ones first; a bare rule only where it is selected."""
    selected = matches.request.findings
    tags = matches.view.tags("finding:")
    counts = np.bincount(tags.ordinals[matches.ignoring("finding")[0][tags.documents]], minlength=len(tags.names))
    counted = [
        (tag, count)
        for tag, count in zip(tags.names, counts.tolist(), strict=True)
        if (count and ":" in tag) or tag in selected
    ]
    counted += [(tag, 0) for tag in selected if tag not in tags.names]
    return _listed(sorted(counted, key=lambda entry: _rank(entry[0])), selected)


def _rank(tag: str) -> tuple[int, str]:
    verdict = tag.partition(":")[2]
    return (_VERDICTS.get(verdict, len(VERDICTS)), tag)


def _listed(counted: Iterable[tuple[str, int]], selected: Sequence[str]) -> tuple[FacetValue, ...]:
    return tuple(
        [FacetValue(value, value, count, value in selected) for value, count in counted if count or value in selected]
    )


def _metric(
    view: View,
    metric: str,
    documents: Numbers,
    ranges: Sequence[tuple[Decimal | None, Decimal | None]],
    *,
    rate: bool,
) -> tuple[FacetValue, ...]:
    """Buckets as closed ranges that leave no gap: values lie on the grid of 1/SCALE, whole ones on that of 1."""
    values = view.columns.metric(metric)
    edges = view.kept(("edges", metric), lambda: _edges(values[values != MISSING], rate=rate))
    buckets = view.kept(("buckets", metric), lambda: np.searchsorted(edges, values, "right"))
    found = np.bincount(buckets[documents], minlength=edges.size + 1)[1:-1].tolist()
    step = view.kept(("step", metric), lambda: _step(values[values != MISSING], rate=rate)).item()
    spans = [span(low, high - step) for low, high in pairwise(edges.tolist())]
    chosen = [span_of(low, high) for low, high in ranges]
    counted = [entry for entry in zip(spans, found, strict=True) if entry[1] or entry[0] in chosen]
    listed = {value for value, _ in counted}
    counted += [
        (value, _within(values[documents], ends))
        for value, ends in zip(chosen, ranges, strict=True)
        if value not in listed
    ]
    return tuple(FacetValue(value, value, count, value in chosen) for value, count in counted)


def _edges(values: Numbers, *, rate: bool) -> Numbers:
    """Where buckets begin: tenths for rates (1 itself in the last, more than 1 apart), powers of ten for the rest.

    What is negative stands apart. They are those of the whole index: a bucket means the same in every answer.
    """
    if not values.size:
        return np.zeros(1, np.int64)
    edges = [least] if (least := int(values.min())) < 0 else []
    most = int(values.max())
    if rate:
        edges += [*range(0, SCALE, SCALE // 10), SCALE + 1, *([most + 1] if most > SCALE else [])]
        return np.array(edges, np.int64)
    edges += [0, SCALE]
    while edges[-1] <= most:
        edges.append(edges[-1] * 10)
    return np.array(edges, np.int64)


def _step(values: Numbers, *, rate: bool) -> Numbers:
    """The distance of two neighbouring values."""
    return np.array(1 if rate or (values % SCALE).any() else SCALE)


def _within(values: NDArray[np.int64], ends: tuple[Decimal | None, Decimal | None]) -> int:
    low, high = bounds(*ends)
    return int(np.count_nonzero((values >= low) & (values <= high)))


def span(low: int, high: int) -> str:
    """A closed range of scaled values as a parameter: ``10..99``."""
    return f"{_plain(Decimal(low) / SCALE)}..{_plain(Decimal(high) / SCALE)}"


def span_of(low: Decimal | None, high: Decimal | None) -> str:
    """A range as a parameter; an open end is left out."""
    return f"{'' if low is None else _plain(low)}..{'' if high is None else _plain(high)}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
