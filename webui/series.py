"""Values of a metric over years and places, each with the report that it comes from.

Everything is asked of the search engine, which keeps every metric of every report: a page needs no second source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.model import agency_of
from indexer.engine import Engine
from indexer.request import SearchRequest, where
from indexer.result import Hit

_PAGE = 1000
"""The most that an engine gives at once."""


@dataclass(frozen=True, slots=True)
class Point:
    """A metric in one report; ``cases``: the denominator of a rate; ``small``: it is too small to compare."""

    report: str
    agency: str
    agency_id: str
    region: str
    year: int
    form: str | None
    value: Decimal
    cases: Decimal | None = None
    small: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a picture: the values of one metric in one agency's reports, by year."""

    label: str
    metric: str
    points: tuple[Point, ...]


def hits(
    engine: Engine, query: SearchRequest, most: int = _PAGE, page: int = _PAGE, *, bare: bool = True
) -> Iterator[Hit]:
    """The hits of a query, ``most`` at most, without snippets if ``bare``; asked for ``page`` at a time, as wanted."""
    asked = replace(query, page=1, size=min(page, most), apart=True, bare=bare, group="", stats=())
    given = 0
    while given < most:
        result = engine.search(asked)
        yield from result.hits[: most - given]
        given += len(result.hits)
        if given >= result.total or not result.hits:
            return
        asked = replace(asked, page=asked.page + 1)


def points(engine: Engine, query: SearchRequest, metric: str, most: int = _PAGE) -> tuple[Point, ...]:
    """The metric in every report that the query finds and that has it."""
    return tuple(points_in(hits(engine, replace(query, facet_metrics=(metric,)), most), metric))


def series(engine: Engine, agency: str, metric: str, label: str) -> Series:
    """A metric over the years of one agency."""
    found = points(engine, replace(where(agency=agency), sort="year"), metric)
    return Series(label, metric, tuple(sorted(found, key=lambda point: point.year)))


def points_in(found: Iterable[Hit], metric: str) -> Iterator[Point]:
    """The metric in those hits that have it."""
    for hit in found:
        if metric in hit.metrics:
            value = Decimal(hit.metrics[metric])
            yield Point(hit.id, hit.agency, agency_of(hit.id), hit.region, hit.year, hit.form, value)
