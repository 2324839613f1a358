"""Properties of reports as masks over the columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.model import FORMS, KINDS, LEVELS
from indexer.clauses import FilterKind
from indexer.fields import ORDINAL
from indexer.request import MetricRange, SearchRequest
from indexer.view import View, bounds

Mask = NDArray[np.bool_]


def mask(view: View, kind: FilterKind, values: Sequence[str]) -> Mask:
    """The documents with one of the values. Years are written ``first..last``."""
    return view.kept(("mask", kind, *values), lambda: _mask(view, kind, values))


def _mask(view: View, kind: FilterKind, values: Sequence[str]) -> Mask:  # noqa: C901 - one case for each kind
    columns = view.columns
    found = np.zeros(columns.size, np.bool_)
    match kind:
        case "region":
            found = view.region_tree.within(values)
        case "year":
            for value in values:
                first, _, last = value.partition("..")
                found |= (columns.year >= int(first)) & (columns.year <= int(last or first))
        case "level":
            found = _among(columns.level, LEVELS, values)
        case "kind":
            found = _among(columns.kind, KINDS, values)
        case "form":
            found = _among(columns.form, FORMS, values)
        case "section":
            for value in values:
                found |= columns.present & np.uint16(1 << ORDINAL[value]) != 0
        case "agency" | "finding":
            for value in values:
                found[view.tagged(f"{kind}:{value}")] = True
    return found


def within(view: View, ranges: Sequence[MetricRange]) -> Mask:
    """The documents in one of the ranges of metrics."""
    found = np.zeros(view.columns.size, np.bool_)
    for wanted in ranges:
        low, high = bounds(wanted.minimum, wanted.maximum)
        values = view.columns.metric(wanted.metric)
        found |= (values >= low) & (values <= high)
    return found


def masks(view: View, request: SearchRequest) -> dict[str, Mask]:
    """A mask for each filter of a request, named by its facet; a metric's by ``metric:<id>``.

    ``sections`` are no filter of reports: they say where the words must occur.
    """
    years = [f"{first}..{last}" for first, last in request.years]
    wanted: dict[FilterKind, Sequence[str]] = {
        "region": request.regions,
        "year": years,
        "level": request.levels,
        "kind": request.kinds,
        "form": request.forms,
        "agency": request.agencies,
        "finding": request.findings,
    }
    found: dict[str, Mask] = {kind: mask(view, kind, values) for kind, values in wanted.items() if values}
    for metric in dict.fromkeys(wanted_range.metric for wanted_range in request.metrics):
        found[f"metric:{metric}"] = within(view, [entry for entry in request.metrics if entry.metric == metric])
    return found


def _among(column: NDArray[np.int64], names: Sequence[str], values: Sequence[str]) -> Mask:
    return np.isin(column, [names.index(value) for value in values if value in names])
