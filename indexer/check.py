"""A request's parameters checked against what exists, for every engine alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from corpus.errors import UsageError
from indexer.facets import FACETS
from indexer.rank import ORDERS
from indexer.request import GROUPS, MAX_PAGE, SearchRequest

MAX_SIZE = 1000


def check(request: SearchRequest, metrics: Collection[str]) -> None:
    """Raise UsageError, naming the parameter, for a value that means nothing."""
    for facet in FACETS:
        if facet.values:
            _known(facet.name, request.chosen(facet.name), facet.values)
    _known("metric", [entry.metric for entry in request.metrics], metrics)
    _known("facet_metric", request.facet_metrics, metrics)
    _known("stats", request.stats, metrics)
    _known("group", filter(None, (request.group,)), GROUPS)
    if request.sort not in ORDERS:
        _known("sort", [request.sort.removeprefix("-")], metrics)
    if not 1 <= request.page <= MAX_PAGE:
        raise UsageError(f"Pages go from 1 to {MAX_PAGE}: narrow the search instead.", "page")
    if not 0 <= request.size <= MAX_SIZE:
        raise UsageError(f"A page holds at most {MAX_SIZE} reports.", "size")


def _known(parameter: str, values: Iterable[str], names: Collection[str]) -> None:
    for value in values:
        if value not in names:
            listed = f": choose {', '.join(names)}" if len(names) < 12 else ""
            raise UsageError(f"{parameter} has no value “{value}”{listed}.", parameter)
