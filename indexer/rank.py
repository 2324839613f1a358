"""The hits of one page, in order, without sorting the rest."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UsageError
from indexer.query import Query
from indexer.score import Scores
from indexer.view import MISSING, SCALE, Columns

Numbers = NDArray[np.int64]


def page(columns: Columns, met: NDArray[np.bool_], scores: Scores | None, query: Query) -> Numbers:
    """The documents of the query's page. Ties stand by id, documents without the metric come last."""
    documents = np.flatnonzero(met)
    first = (query.page - 1) * query.size
    return top(documents, _keys(columns, scores, query.sort)[documents], columns.order, first, query.size)


def top(documents: Numbers, keys: NDArray[np.number], order: Numbers, first: int, count: int) -> Numbers:
    """``count`` documents from the ``first`` on, smallest key before greater, then by order."""
    last = first + count
    if first >= documents.size:
        return documents[:0]
    if last < documents.size:
        bound = np.partition(keys, last - 1)[last - 1]
        near = keys <= bound
        documents, keys = documents[near], keys[near]
    return documents[np.lexsort((order[documents], keys))][first:last]


def sort_metric(sort: str) -> str | None:
    """The metric that a sort names, if it names one."""
    name = sort.removeprefix("-")
    return None if name in {"relevance", "year"} else name


def shown(columns: Columns, metric: str, document: int) -> str | None:
    """A metric's value as an exact decimal, None where the report has none."""
    value = int(columns.metric(metric)[document])
    return None if value == MISSING else f"{(Decimal(value) / SCALE).normalize():f}"


def _keys(columns: Columns, scores: Scores | None, sort: str) -> NDArray[np.number]:
    if sort == "relevance":
        return np.zeros(columns.size) if scores is None else -scores
    descending = sort.startswith("-")
    if (metric := sort_metric(sort)) is None:
        return -columns.year if descending else columns.year
    if metric not in columns.metric_ids:
        raise UsageError(f"There is no metric {metric} to sort by: choose one of /metrics.", "sort")
    values = columns.metric(metric)
    return np.where(values == MISSING, np.iinfo(np.int64).max, -values if descending else values)
