"""Who is highest: reports in the order of a metric; a rate counts only over enough cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from corpus.metrics import Metric, denominator
from indexer.request import MetricRange, SearchRequest
from indexer.result import Hit
from webui.cases import base_of, ceiling_of
from webui.catalog import Catalog
from webui.params import N_, BadParameterError
from webui.series import hits

LEASTS = (1, 5, 10, 30, 100)
"""Cases that a reader may ask for at least; an address may name any number."""
_MOST_CASES = 6
"""Digits of such a number."""
_LOOKED_AT = 2000
"""Reports whose denominator is computed for one ranking, at most."""
_PAGE = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A rank: the report, its value, and over how many cases a rate is taken.

    ``small`` where these are fewer than the metric itself asks for (``Metric.least``).
    """

    hit: Hit
    value: Decimal
    cases: Decimal | None
    small: bool


def least_asked(metric: Metric, given: str) -> int:
    """The cases that an address asks for, else those of the metric; 0 for what is no rate.

    Raises BadParameterError for what is no number, and for a metric that has no cases.
    """
    if not given:
        return metric.least
    if not metric.least:
        raise BadParameterError("least", N_("Only a rate is taken over cases: leave %(parameter)s out."))
    if not (given.isascii() and given.isdigit() and len(given) <= _MOST_CASES):
        raise BadParameterError(
            "least", N_("%(parameter)s is a number of cases, as in 10; “%(value)s” is not."), value=given
        )
    return int(given)


def ranking(shelf: Catalog, metric: Metric, query: SearchRequest, least: int, size: int) -> list[Place]:
    """The first reports of ``query``, in its order, that have the metric over ``least`` cases or more."""
    ranges = query.metrics or (MetricRange(metric.id),)
    ceiling = ceiling_of(shelf, metric)
    if ceiling and least:
        ranges = (*ranges, MetricRange(ceiling, Decimal(least)))
    wanted = tuple(filter(None, (metric.id, base_of(shelf, metric))))
    asked = replace(query, metrics=ranges, facet_metrics=wanted)
    # Mostly the first of them are all over enough cases; a card asks for one, then for five.
    ranked = list(_places(shelf, metric, hits(shelf.engine, asked, size, min(size, _PAGE)), least))
    if len(ranked) < size:
        found = hits(shelf.engine, asked, _LOOKED_AT, _PAGE)
        ranked = list(islice(_places(shelf, metric, found, least), size))
    return ranked


def _places(shelf: Catalog, metric: Metric, found: Iterator[Hit], least: int) -> Iterator[Place]:
    for hit in found:
        if metric.id not in hit.metrics:
            continue
        over = _cases(shelf, metric, hit)
        if over is None or over >= least:
            few = over is not None and over < metric.least
            yield Place(hit, Decimal(hit.metrics[metric.id]), over, few)


def _cases(shelf: Catalog, metric: Metric, hit: Hit) -> Decimal | None:
    """A denominator that is a metric comes with the hit; any other is computed from the stored report."""
    if not metric.least:
        return None
    base = base_of(shelf, metric)
    if base:
        return Decimal(hit.metrics[base]) if base in hit.metrics else None
    stored = shelf.store.get(hit.id)
    return denominator(metric, stored.report) if stored else None
