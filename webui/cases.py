"""Over how many cases a rate is taken: no rate over fewer than ``Metric.least`` is shown without saying so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from corpus.metrics import Metric, denominator
from indexer.request import SearchRequest
from webui.catalog import Catalog
from webui.series import Point, Series, points


def cases(shelf: Catalog, metric: str, reports: Iterable[str], query: SearchRequest) -> Mapping[str, Decimal]:
    """Report → denominator of a rate, for the reports that ``query`` finds; empty for what is no rate.

    A denominator that is a metric itself is in the index; any other is computed from the stored report.
    """
    asked = shelf.metrics[metric]
    if not asked.least:
        return {}
    base = base_of(shelf, asked)
    if base:
        sought = replace(query, metrics=(), sort="relevance")
        return {point.report: point.value for point in points(shelf.engine, sought, base, 5000)}
    found: dict[str, Decimal] = {}
    for id_ in reports:
        stored = shelf.store.get(id_)
        value = denominator(asked, stored.report) if stored else None
        if value is not None:
            found[id_] = value
    return found


def base_of(shelf: Catalog, metric: Metric) -> str:
    """The metric that is the denominator of a rate; empty where the denominator is an expression."""
    return metric.denominator if metric.denominator in shelf.metrics else ""


def ceiling_of(shelf: Catalog, metric: Metric) -> str:
    """A metric that the denominator of a rate never exceeds: itself, or what other counts are taken away from."""
    whole = metric.denominator.partition(" - ")[0]
    return whole if whole in shelf.metrics and "+" not in metric.denominator else ""


def with_cases(shelf: Catalog, each: Series, query: SearchRequest) -> Series:
    """The series, its points telling where there are too few cases."""
    return weighed(shelf, each, lambda: cases(shelf, each.metric, (point.report for point in each.points), query))


def weighed(shelf: Catalog, each: Series, cases_of: Callable[[], Mapping[str, Decimal]]) -> Series:
    """The same with the denominators by report, asked for only where the metric needs them."""
    least = shelf.metrics[each.metric].least
    if not least or not each.points:
        return each
    found = cases_of()
    return replace(each, points=tuple(_weighed(point, found.get(point.report), least) for point in each.points))


def _weighed(point: Point, value: Decimal | None, least: int) -> Point:
    return replace(point, cases=value, small=value is None or value < least)
