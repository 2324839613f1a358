"""Counts of reports by their properties, disjunctive.

A facet's counts ignore its own filter, and a selected value is listed whatever its count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.model import FORMS, KINDS, LEVELS, SECTION_KINDS, VERDICTS
from corpus.regions import Registry
from indexer.evaluate import ANYWHERE, Bits, field_bits
from indexer.filters import Mask
from indexer.query import Query
from indexer.result import FacetValue
from indexer.view import MISSING, SCALE, View, bounds, label


@dataclass(frozen=True, eq=False, slots=True)
class Matches:
    """What a query meets before its filters are joined: the bits of its question and a mask for each filter."""

    view: View
    query: Query
    bits: Bits
    masks: Mapping[str, Mask]

    def reports(self, without: str = "") -> Mask:
        """The reports that meet the question and every filter but the one named."""
        columns = self.view.columns
        if self.query.sections and without != "section":
            met = columns.live & (self.bits & columns.present & field_bits(self.query.sections) != 0)
        else:
            met = columns.live & (self.bits & ANYWHERE != 0)
        for name, found in self.masks.items():
            if name != without:
                met &= found
        return np.asarray(met)


def facets(matches: Matches, registry: Registry, rates: frozenset[str]) -> Mapping[str, tuple[FacetValue, ...]]:
    """Every facet; ``metric`` only where the query names one. ``rates`` are the metrics that are fractions."""
    view, query, bits = matches.view, matches.query, matches.bits
    whole = matches.reports()

    def ignoring(name: str) -> Mask:
        own = name in matches.masks or (name == "section" and query.sections)
        return matches.reports(name) if own else whole

    columns = view.columns
    found: dict[str, tuple[FacetValue, ...]] = {
        "region": _regions(view, ignoring("region"), query.regions, registry),
        "year": _years(columns.year[ignoring("year")], query.years),
        "level": _named(columns.level[ignoring("level")], LEVELS, query.levels),
        "kind": _named(columns.kind[ignoring("kind")], KINDS, query.kinds),
        "form": _named(columns.form[ignoring("form")], FORMS, query.forms),
        "section": _sections((bits & columns.present)[ignoring("section")], query.sections),
        "finding": _findings(view, ignoring("finding"), query.findings),
    }
    if query.facet_metric:
        values = columns.metric(query.facet_metric)[ignoring(f"metric:{query.facet_metric}")]
        selected = [entry for entry in query.metrics if entry.metric == query.facet_metric]
        ranges = [(entry.minimum, entry.maximum) for entry in selected]
        found["metric"] = _metric(values, ranges, rate=query.facet_metric in rates)
    return found


def _regions(view: View, documents: Mask, selected: Sequence[str], registry: Registry) -> tuple[FacetValue, ...]:
    places = view.places
    counts = places.counts(documents)
    parents, labels = places.parent, places.labels
    shown = [code for code in places.nodes if counts[code]]
    if selected:
        parents, labels = dict(parents), dict(labels)
        for code in selected:
            path = registry.ancestors(code) or (code,)
            parents.update(zip(path, ("", *path), strict=False))
            labels.update((above, label(registry, above)) for above in path)
            shown += path
        shown = sorted(set(shown))
    children: defaultdict[str, list[str]] = defaultdict(list)
    for code in shown:
        children[parents[code]].append(code)

    def tree(parent: str) -> tuple[FacetValue, ...]:
        return tuple(
            [
                FacetValue(code, labels[code], counts.get(code, 0), code in selected, tree(code))
                if code in children or code in selected
                else _lowest(code, labels[code], counts[code])
                for code in children.get(parent, ())
            ]
        )

    return tree("")


@lru_cache(1 << 16)
def _lowest(code: str, label: str, count: int) -> FacetValue:
    """A region with nothing below: there are thousands in an answer, and few counts."""
    return FacetValue(code, label, count, selected=False)


def _years(years: NDArray[np.int64], ranges: Sequence[tuple[int, int]]) -> tuple[FacetValue, ...]:
    values, counts = np.unique(years, return_counts=True)
    found = dict(zip(values.tolist(), counts.tolist(), strict=True))
    chosen = {first for first, last in ranges if first == last}

    def selected(year: int) -> bool:
        return any(first <= year <= last for first, last in ranges)

    return tuple(
        FacetValue(str(year), str(year), found.get(year, 0), selected(year))
        for year in sorted({*found, *chosen}, reverse=True)
    )


def _named(column: NDArray[np.int64], names: Sequence[str], selected: Sequence[str]) -> tuple[FacetValue, ...]:
    counts = np.bincount(column[column >= 0], minlength=len(names))
    return _listed(zip(names, counts.tolist(), strict=True), selected)


def _sections(bits: Bits, selected: Sequence[str]) -> tuple[FacetValue, ...]:
    counted = ((kind, int(np.count_nonzero(bits & field_bits((kind,))))) for kind in SECTION_KINDS)
    return _listed(counted, selected)


def _findings(view: View, documents: Mask, selected: Sequence[str]) -> tuple[FacetValue, ...]:
    """Rules with a verdict, the broken ones first; a bare rule only where it is selected."""
    tags = [tag.removeprefix("finding:") for tag in view.tags_from("finding:")]
    kept = [tag for tag in tags if ":" in tag or tag in selected]
    rank: dict[str, int] = {verdict: place for place, verdict in enumerate(VERDICTS)}
    rank["broken"] = -1
    kept.sort(key=lambda tag: (rank.get(tag.partition(":")[2], -2), tag))
    counted = ((tag, int(np.count_nonzero(documents[view.tagged(f"finding:{tag}")]))) for tag in kept)
    return _listed((*counted, *((tag, 0) for tag in selected if tag not in kept)), selected)


def _listed(counted: Iterable[tuple[str, int]], selected: Sequence[str]) -> tuple[FacetValue, ...]:
    return tuple(
        FacetValue(value, value, count, value in selected) for value, count in counted if count or value in selected
    )


def _metric(
    values: NDArray[np.int64], ranges: Sequence[tuple[Decimal | None, Decimal | None]], *, rate: bool
) -> tuple[FacetValue, ...]:
    """Buckets as closed ranges that leave no gap: values lie on the grid of 1/SCALE, whole ones on that of 1."""
    values = values[values != MISSING]
    step = 1 if rate or bool((values % SCALE).any()) else SCALE
    found = [
        (span(low, high - step), int(np.count_nonzero((values >= low) & (values < high))))
        for low, high in _edges(values, rate=rate)
    ]
    chosen = [span_of(low, high) for low, high in ranges]
    missing = [(value, _within(values, ends)) for value, ends in zip(chosen, ranges, strict=True)]
    counted = [entry for entry in found if entry[1] or entry[0] in chosen]
    listed = {value for value, _ in counted}
    counted += [entry for entry in missing if entry[0] not in listed]
    return tuple(FacetValue(value, value, count, value in chosen) for value, count in counted)


def _edges(values: NDArray[np.int64], *, rate: bool) -> list[tuple[int, int]]:
    """Tenths for rates (1 itself in the last), powers of ten for the rest, what is negative apart."""
    if not values.size:
        return []
    edges = []
    if (least := int(values.min())) < 0:
        edges.append((least, 0))
    if rate:
        tenth = SCALE // 10
        edges += [(start, start + tenth) for start in range(0, SCALE - tenth, tenth)]
        edges.append((SCALE - tenth, max(SCALE, int(values.max())) + 1))
        return edges
    edges.append((0, SCALE))
    low = SCALE
    while low <= int(values.max()):
        edges.append((low, low * 10))
        low *= 10
    return edges


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
