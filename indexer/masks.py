"""Properties of reports as masks over the columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import numpy as np
from numpy.typing import NDArray

from indexer.facets import BY_NAME, Facet, year_span
from indexer.fields import ORDINAL
from indexer.request import MetricRange, SearchRequest
from indexer.view import View, bounds

Mask = NDArray[np.bool_]


def mask(view: View, facet: str, values: Sequence[str]) -> Mask:
    """The documents with one of the values in a facet."""
    return view.kept(("mask", facet, *values), lambda: _mask(view, BY_NAME[facet], values))


def _mask(view: View, facet: Facet, values: Sequence[str]) -> Mask:
    columns = view.columns
    found = np.zeros(columns.size, np.bool_)
    match facet.nature:
        case "region":
            found = view.region_tree.within(values)
        case "year":
            for first, last in map(year_span, values):
                found |= (columns.year >= first) & (columns.year <= last)
        case "choice":
            places = [facet.values.index(value) for value in values if value in facet.values]
            found = np.isin(columns.choices[facet.name], places)
        case "section":
            for value in values:
                found |= columns.present & np.uint16(1 << ORDINAL[value]) != 0
        case "tag":
            for value in values:
                found[view.tagged(f"{facet.name}:{value}")] = True
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

    Sections are no filter of reports here: they say where the words must occur.
    """
    wanted = {name: values for name, values in request.filters.items() if BY_NAME[name].nature != "section"}
    found = {name: mask(view, name, values) for name, values in wanted.items()}
    for metric in dict.fromkeys(wanted_range.metric for wanted_range in request.metrics):
        found[f"metric:{metric}"] = within(view, [entry for entry in request.metrics if entry.metric == metric])
    if request.since is not None:
        found["since"] = view.columns.captured >= midnight(request.since)
    return found


def midnight(day: date) -> int:
    """The second with which a day begins in UTC."""
    return int(datetime.combine(day, time(), UTC).timestamp())
