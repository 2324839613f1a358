"""A line of a word's size: one number a year, its first and last beside it, for a page that gives an overview.

What it draws is a median, which belongs to no single report; its link leads to the reports behind it, summed up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.request import SearchRequest
from indexer.result import Statistics
from webui.addresses import search_address
from webui.pictures import nice_top

WIDTH, HEIGHT = 240, 48
_MARGIN = 4


@dataclass(frozen=True, slots=True)
class Median:
    """The median of a metric in one year, over ``reports`` that have a value."""

    year: int
    value: Decimal
    reports: int


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A metric over the years: ``stretches`` are SVG points, ``dots`` the years that nothing joins to another."""

    metric: str
    medians: tuple[Median, ...]
    stretches: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    address: str


def sparkline(query: SearchRequest, numbers: Statistics, breaks: Sequence[int]) -> Sparkline | None:
    """Lay out the medians of what a query finds; None where fewer than two years have one.

    The line stops where a year is missing and where the metric changes meaning (``Metric.breaks``).
    """
    medians = tuple(
        Median(year, Decimal(str(summary.quartiles[1])), summary.valued)
        for year, summary in sorted(numbers.years.items())
        if summary.quartiles is not None
    )
    if len(medians) < 2:
        return None
    spots = _spots(medians)
    runs = [[spots[at] for at in run] for run in _runs(medians, breaks)]
    return Sparkline(
        numbers.metric,
        medians,
        tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        tuple(run[0] for run in runs if len(run) == 1),
        search_address(query),
    )


def _spots(medians: Sequence[Median]) -> list[tuple[float, float]]:
    first, span = medians[0].year, medians[-1].year - medians[0].year
    top = nice_top(max(each.value for each in medians))
    return [
        (
            round(_MARGIN + (each.year - first) / span * (WIDTH - 2 * _MARGIN), 1),
            round(HEIGHT - _MARGIN - float(each.value / top) * (HEIGHT - 2 * _MARGIN), 1),
        )
        for each in medians
    ]


def _runs(medians: Sequence[Median], breaks: Sequence[int]) -> Iterator[list[int]]:
    """The medians that are joined, by their places."""
    run: list[int] = []
    for at, each in enumerate(medians):
        before = medians[at - 1].year if run else each.year - 1
        if each.year > before + 1 or (run and any(before < year <= each.year for year in breaks)):
            yield run
            run = []
        run.append(at)
    yield run
