"""How an issue comes and goes: reports that mention it, by year and by region, among those that exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.engine import Engine
from indexer.request import SearchRequest
from indexer.result import FacetValue


@dataclass(frozen=True, slots=True)
class Point:
    """``count`` of ``existing`` reports mention it. ``share`` is None where there are none."""

    value: str
    label: str
    count: int
    existing: int

    @property
    def share(self) -> float | None:
        """The share of the reports that exist, in per cent."""
        return 100 * self.count / self.existing if self.existing else None


@dataclass(frozen=True, slots=True)
class Trend:
    """A request's course by year, ascending, and by region, from the provinces down."""

    total: int
    years: tuple[Point, ...]
    regions: tuple[Point, ...]


def trend(engine: Engine, request: SearchRequest) -> Trend:
    """The trend of a query within the filters of the request; its sections hold the query alone."""
    asked = engine.search(replace(request, size=0, page=1))
    existing = engine.search(replace(request.choosing(section=()), text="", like="", size=0, page=1))
    years = _points(asked.facets["year"], existing.facets["year"])
    regions = _points(_flat(asked.facets["region"]), _flat(existing.facets["region"]))
    return Trend(asked.total, tuple(sorted(years, key=lambda point: point.value)), regions)


def _points(asked: Sequence[FacetValue], existing: Sequence[FacetValue]) -> tuple[Point, ...]:
    counts = {value.value: value.count for value in asked}
    return tuple(Point(value.value, value.label, counts.get(value.value, 0), value.count) for value in existing)


def _flat(values: Sequence[FacetValue]) -> list[FacetValue]:
    return [below for value in values for below in (value, *_flat(value.children))]
