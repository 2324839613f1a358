"""Numbers over a result: a metric summed up, over all of it, by year and by region.

A report without a value is counted as such and counts as nothing else: blank is not 0.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from corpus.metrics import Metric
from corpus.regions import Registry
from indexer.facet_counts import Matches
from indexer.result import Statistics, Summary
from indexer.view import MISSING, SCALE, Numbers


def statistics(matches: Matches, metric: Metric, registry: Registry) -> Statistics:
    """The statistics of a metric over what a request finds."""
    documents = matches.whole[1]
    columns = matches.view.columns
    years = columns.year[documents]
    places, names = _places(columns.region[documents], registry, matches.request.chosen("region"))
    return Statistics(
        metric.id,
        metric.unit,
        _summary(matches, metric, documents),
        {int(year): _summary(matches, metric, documents[years == year]) for year in np.unique(years)},
        {name: _summary(matches, metric, documents[places == place]) for place, name in enumerate(names)},
    )


def _summary(matches: Matches, metric: Metric, documents: Numbers) -> Summary:
    columns = matches.view.columns
    values = columns.metric(metric.id)[documents]
    having = documents[values != MISSING]
    values = values[values != MISSING]
    if not values.size:
        return Summary(documents.size, 0)
    minimum, *quartiles, maximum = (np.quantile(values, (0, 0.25, 0.5, 0.75, 1)) / SCALE).round(4).tolist()
    first, median, third = quartiles
    rate = metric.unit == "%"
    return Summary(
        documents.size,
        values.size,
        None if rate else _total(values),
        minimum,
        (first, median, third),
        maximum,
        _total(columns.metric(metric.denominator)[having]) if rate else None,
    )


def _total(values: Numbers) -> float | None:
    known = values[values != MISSING]
    return sum(known.tolist()) / SCALE if known.size == values.size and known.size else None


def _places(
    regions: NDArray[np.int64], registry: Registry, chosen: tuple[str, ...]
) -> tuple[NDArray[np.int64], list[str]]:
    """For each report the place that it counts for, as a number, and the codes of these places."""
    codes, own = np.unique(regions, return_inverse=True)
    tops = [next(_below(f"{code:06d}", registry, chosen)) for code in codes.tolist()]
    names = sorted(set(tops))
    return np.array([names.index(top) for top in tops], np.int64)[own], names


def _below(code: str, registry: Registry, chosen: tuple[str, ...]) -> Iterator[str]:
    """The places a report may count for: right below the nearest chosen region above it, else its province."""
    path = registry.ancestors(code) or (code,)
    for place in reversed(range(len(path))):
        if path[place] in chosen:
            yield path[min(place + 1, len(path) - 1)]
    yield path[0]
