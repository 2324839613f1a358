"""Numbers over a result as the search page shows them: a metric summed up, by year and by place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.request import SearchRequest
from indexer.result import SearchResult, Statistics, Summary
from webui.addresses import search_address
from webui.filters import quantity

Name = Callable[[str, str], str]
"""(parameter, value) → words for a person."""


@dataclass(frozen=True, slots=True)
class Row:
    """A year or a place, or all of it: the search for its reports, and what is printed of its summary.

    ``cells`` are reports, those with a value, those without, the sum (of a rate the sum of its denominators), the
    least, the quartiles and the greatest; a dash where none has a value.
    """

    label: str
    address: str
    cells: tuple[str, ...]
    place: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """One metric: ``rows`` of years and places under that of the whole; ``dropped`` is the search without it."""

    metric: str
    rate: bool
    whole: Row
    years: tuple[Row, ...]
    places: tuple[Row, ...]
    dropped: str


def numbers_of(query: SearchRequest, result: SearchResult, name: Name) -> list[Numbers]:
    """The tables of the metrics that a search sums up."""
    return [_numbers(query, each, name) for each in result.statistics]


def adding(query: SearchRequest, metrics: Sequence[str]) -> dict[str, str]:
    """For each metric that is not summed up yet the search that does it."""
    return {
        metric: search_address(replace(query, stats=(*query.stats, metric), page=1))
        for metric in metrics
        if metric not in query.stats
    }


def _numbers(query: SearchRequest, each: Statistics, name: Name) -> Numbers:
    def rows(parameter: str, summaries: Iterator[tuple[str, Summary]]) -> tuple[Row, ...]:
        return tuple(
            Row(
                name(parameter, value),
                search_address(replace(query, page=1).choosing(**{parameter: (value,)})),
                tuple(_cells(summary, each.unit)),
                place=parameter == "region",
            )
            for value, summary in summaries
        )

    without = tuple(metric for metric in query.stats if metric != each.metric)
    return Numbers(
        each.metric,
        each.unit == "%",
        Row("", search_address(replace(query, page=1)), tuple(_cells(each.whole, each.unit))),
        rows("year", ((str(year), summary) for year, summary in sorted(each.years.items(), reverse=True))),
        rows("region", iter(each.regions.items())),
        search_address(replace(query, stats=without, page=1)),
    )


def _cells(summary: Summary, unit: str) -> Iterator[str]:
    yield from (f"{count:,}" for count in (summary.reports, summary.valued, summary.missing))
    added = summary.cases if unit == "%" else summary.sum
    yield "—" if added is None else quantity(Decimal(str(added)), "")
    for value in (summary.minimum, *(summary.quartiles or (None, None, None)), summary.maximum):
        yield "—" if value is None else quantity(Decimal(str(value)), unit if unit == "%" else "")
