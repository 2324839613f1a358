"""The hits of one page, in order, without sorting the rest."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UsageError
from indexer.request import SearchRequest
from indexer.score import KNOWN, PLACE, Scores
from indexer.view import MISSING, SCALE, Columns, Numbers, View

ORDERS = ("relevance", "year", "-year", "captured", "-captured", "published", "-published")
"""The orders besides those by a metric."""
GROUP = 64
"""Documents of which one may stand for the others while a bound is looked for."""
FEW = 4
"""Times as many documents as are wanted up to which sorting all of them costs less than looking for a bound."""


VARIED = 10
"""Hits at the top among which no body takes all the room…"""
EACH = 2
"""…but so many places at most, unless it is the one that is looked for."""
LIFT = PLACE / 2
"""How much better a report may be than one that is put before it."""
LOOKED_AT = 100
"""Hits from which the top is chosen."""


def page(view: View, documents: Numbers, scores: Scores | None, request: SearchRequest) -> Numbers:
    """The documents of the request's page; ``scores`` are theirs. Ties stand by id, those without the metric last."""
    columns = view.columns
    first, size = (request.page - 1) * request.size, request.size
    keys = _keys(columns, documents, scores, request.sort)
    if request.group == "agency":
        documents, keys = _one_each(view, documents, keys)
    if scores is None or request.sort != "relevance" or first >= LOOKED_AT or request.group or not size:
        return top(documents, keys, columns.order, first, size)
    ranked = top(documents, keys, columns.order, 0, max(LOOKED_AT, first + size))
    return _varied(ranked, scores[documents.searchsorted(ranked)], view.agency_of)[first : first + size]


def _varied(ranked: Numbers, scores: Scores, agency_of: Numbers) -> Numbers:
    """The same documents in another order: no agency more than EACH times among the first VARIED.

    Nothing is lifted over what is far better, such as reports of the place that was named over those that mention it.
    """
    agencies = agency_of[ranked[:LOOKED_AT]].tolist()
    if max(Counter(agencies[:VARIED]).values(), default=0) <= EACH:
        return ranked
    waiting = list(zip(ranked.tolist(), scores.tolist(), agencies, strict=False))
    seen: Counter[int] = Counter()
    chosen: list[int] = []
    while waiting and len(chosen) < VARIED:
        best = waiting[0][1]
        free = (
            place
            for place, (_, score, agency) in enumerate(waiting)
            if score > best - LIFT and (best >= KNOWN or seen[agency] < EACH)
        )
        document, _, agency = waiting.pop(next(free, 0))
        seen[agency] += 1
        chosen.append(document)
    return np.array([*chosen, *(document for document, _, _ in waiting), *ranked[LOOKED_AT:].tolist()], np.int64)


def _one_each(view: View, documents: Numbers, keys: NDArray[np.number]) -> tuple[Numbers, NDArray[np.number]]:
    """Of each agency the document that comes first."""
    order = np.lexsort((view.columns.order[documents], keys))
    _, firsts = np.unique(view.agency_of[documents[order]], return_index=True)
    kept = np.sort(order[firsts])
    return documents[kept], keys[kept]


def top(documents: Numbers, keys: NDArray[np.number], order: Numbers, first: int, count: int) -> Numbers:
    """``count`` documents from the ``first`` on, smallest key before greater, then by order."""
    last = first + count
    if first >= documents.size:
        return documents[:0]
    # The least keys of some groups are an upper bound of that many least keys of all: few reach it.
    groups = documents.size // GROUP
    if last < documents.size // FEW:
        least = keys[: groups * GROUP].reshape(GROUP, groups).min(axis=0) if last < groups else keys
        near = np.flatnonzero(keys <= np.partition(least, last - 1)[last - 1])
        documents, keys = documents[near], keys[near]
    return documents[np.lexsort((order[documents], keys))][first:last]


def sort_metric(sort: str) -> str | None:
    """The metric that a sort names, if it names one."""
    name = sort.removeprefix("-")
    return None if name in ORDERS else name


def metric_value(columns: Columns, metric: str, document: int) -> str | None:
    """A metric's value as an exact decimal, None where the report has none."""
    value = int(columns.metric(metric)[document])
    return None if value == MISSING else f"{(Decimal(value) / SCALE).normalize():f}"


def _keys(columns: Columns, documents: Numbers, scores: Scores | None, sort: str) -> NDArray[np.number]:
    if sort == "relevance":
        return -columns.year[documents] if scores is None else -scores
    descending = sort.startswith("-")
    if (metric := sort_metric(sort)) is None:
        column: Numbers = getattr(columns, sort.removeprefix("-"))
        return _missing_last(column[documents], descending=descending)
    if metric not in columns.metric_ids:
        raise UsageError(f"There is no metric {metric} to sort by: choose one of /metrics.", "sort")
    return _missing_last(columns.metric(metric)[documents], descending=descending)


def _missing_last(values: Numbers, *, descending: bool) -> Numbers:
    return np.where(values == MISSING, np.iinfo(np.int64).max, -values if descending else values)
