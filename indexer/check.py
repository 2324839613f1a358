"""A query's parameters checked against what exists, for every engine alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from corpus.errors import UsageError
from corpus.model import FORMS, KINDS, LEVELS, SECTION_KINDS
from indexer.query import MAX_PAGE, Query
from indexer.rank import sort_metric

MAX_SIZE = 1000


def check(query: Query, metrics: Collection[str]) -> None:
    """Raise UsageError, naming the parameter, for a value that means nothing."""
    _known("level", query.levels, LEVELS)
    _known("kind", query.kinds, KINDS)
    _known("form", query.forms, FORMS)
    _known("section", query.sections, SECTION_KINDS)
    _known("metric", [entry.metric for entry in query.metrics], metrics)
    if query.facet_metric:
        _known("facet_metric", [query.facet_metric], metrics)
    if query.sort != "-relevance" and (metric := sort_metric(query.sort)) is not None:
        _known("sort", [metric], metrics)
    elif query.sort == "-relevance":
        raise UsageError("Sorting is by relevance, year, -year, a metric or -metric.", "sort")
    if not 1 <= query.page <= MAX_PAGE:
        raise UsageError(f"Pages go from 1 to {MAX_PAGE}: narrow the search instead.", "page")
    if not 0 <= query.size <= MAX_SIZE:
        raise UsageError(f"A page holds at most {MAX_SIZE} reports.", "size")


def _known(parameter: str, values: Sequence[str], names: Collection[str]) -> None:
    for value in values:
        if value not in names:
            listed = f": choose {', '.join(names)}" if len(names) < 12 else ""
            raise UsageError(f"{parameter} has no value “{value}”{listed}.", parameter)
