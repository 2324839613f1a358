"""The hits of one page, in order, without sorting the rest."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UsageError
from indexer.request import SearchRequest
from indexer.score import Scores
from indexer.view import MISSING, SCALE, Columns, Numbers

ORDERS = ("relevance", "year", "-year", "captured", "-captured", "published", "-published")
"""The orders besides those by a metric."""
GROUP = 64
"""Documents of which one may stand for the others while a bound is looked for."""


def page(columns: Columns, documents: Numbers, scores: Scores | None, request: SearchRequest) -> Numbers:
    """The documents of the request's page; ``scores`` are theirs. Ties stand by id, those without the value last."""
    first = (request.page - 1) * request.size
    return top(documents, _keys(columns, documents, scores, request.sort), columns.order, first, request.size)


def leaders(
    columns: Columns, documents: Numbers, scores: Scores | None, request: SearchRequest, groups: Numbers
) -> Numbers:
    """The first document of each group, in the request's order; ``groups`` tell that of every document there is."""
    ranked = documents[np.lexsort((columns.order[documents], _keys(columns, documents, scores, request.sort)))]
    return np.asarray(ranked[np.sort(np.unique(groups[ranked], return_index=True)[1])])


def top(documents: Numbers, keys: NDArray[np.number], order: Numbers, first: int, count: int) -> Numbers:
    """``count`` documents from the ``first`` on, smallest key before greater, then by order."""
    last = first + count
    if first >= documents.size:
        return documents[:0]
    # The least keys of some groups are an upper bound of that many least keys of all: few reach it.
    groups = documents.size // GROUP
    if last < groups:
        least = keys[: groups * GROUP].reshape(GROUP, groups).min(axis=0)
        near = np.flatnonzero(keys <= np.partition(least, last - 1)[last - 1])
        documents, keys = documents[near], keys[near]
    return documents[np.lexsort((order[documents], keys))][first:last]


def sort_metric(sort: str) -> str | None:
    """The metric that a sort names, if it names one."""
    name = sort.removeprefix("-")
    return None if name in ORDERS else name


def shown(columns: Columns, metric: str, document: int) -> str | None:
    """A metric's value as an exact decimal, None where the report has none."""
    value = int(columns.metric(metric)[document])
    return None if value == MISSING else f"{(Decimal(value) / SCALE).normalize():f}"


def _keys(columns: Columns, documents: Numbers, scores: Scores | None, sort: str) -> NDArray[np.number]:
    if sort == "relevance":
        return np.zeros(documents.size) if scores is None else -scores
    descending = sort.startswith("-")
    if (metric := sort_metric(sort)) is None:
        column: Numbers = getattr(columns, sort.removeprefix("-"))
        return _missing_last(column[documents], descending=descending)
    if metric not in columns.metric_ids:
        raise UsageError(f"There is no metric {metric} to sort by: choose one of /metrics.", "sort")
    return _missing_last(columns.metric(metric)[documents], descending=descending)


def _missing_last(values: Numbers, *, descending: bool) -> Numbers:
    return np.where(values == MISSING, np.iinfo(np.int64).max, -values if descending else values)
