"""Fair peers: the bodies that one may be held against in a metric and year, and where it stands among them.

Peers have the same level and kind and handled about as many applications. They are looked for in the same province
first; where they are too few, in the whole nation, at last whatever they handled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from corpus.analysis.chance import EXTREME, UNUSUAL, Cases, Expected, expected, percentile, probability
from corpus.model import Agency
from indexer.request import MetricRange, SearchRequest, where
from webui.cases import cases
from webui.catalog import Catalog
from webui.series import Point, points

VOLUME = "applications_handled"
_FACTOR, _SMALL = 3, 30
ENOUGH = 10
MOST = 3000
_YEARS_BEFORE = 5
_MOSTLY = 0.9
Standing = Literal["within", "unusual", "extreme"]


@dataclass(frozen=True, slots=True)
class Basis:
    """Who counts as a peer: of the province or of the nation (None), within which volume, or of any (None)."""

    province: str | None
    volume: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A value among others. ``by`` and ``probability`` are None for what is no share of cases."""

    others: int
    percentile: float | None
    by: Expected | None = None
    probability: float | None = None

    @property
    def standing(self) -> Standing | None:
        """In words: whether chance alone would seldom put it there."""
        if self.probability is None:
            return None
        return "extreme" if self.probability < EXTREME else "unusual" if self.probability < UNUSUAL else "within"


@dataclass(frozen=True, slots=True)
class Among:
    """A body's value, its peers', and how it stands among them and in its own years before."""

    own: Point
    basis: Basis
    peers: tuple[Point, ...]
    beside: Compared
    before: tuple[Point, ...]
    since: Compared
    change: Decimal | None
    """From the median of the years before."""


def among_peers(shelf: Catalog, agency: Agency, metric: str, history: Sequence[Point], year: int) -> Among | None:
    """Where a body stands in a year; None where it has no value then. ``history``: its own values of all years."""
    own = next((point for point in history if point.year == year), None)
    if own is None:
        return None
    basis, found = _peers(shelf, agency, metric, year)
    begun = max((turn for turn in shelf.metrics[metric].breaks if turn <= year), default=0)
    before = tuple(point for point in history if begun <= point.year < year)[-_YEARS_BEFORE:]
    middle = _median([point.value for point in before])
    return Among(
        own,
        basis,
        found,
        _compared(own, found),
        before,
        _compared(own, before),
        None if middle is None else own.value - middle,
    )


def _counted(point: Point) -> Cases | None:
    """The events and cases behind a rate; None for what is no share of its cases."""
    if point.cases is None or point.cases < 1 or point.value > 100:
        return None
    whole = int(point.cases)
    return Cases(min(whole, round(point.value * whole / 100)), whole)


def _compared(own: Point, others: Sequence[Point]) -> Compared:
    rank = percentile(float(own.value), [float(point.value) for point in others])
    mine, theirs = _counted(own), [each for point in others if (each := _counted(point))]
    # A rate that often exceeds its cases is no share of them; one that seldom does has a mistake in its table.
    is_share = len(theirs) >= _MOSTLY * len(others)
    by = expected(theirs) if mine and is_share else None
    return Compared(len(others), rank, by, probability(mine, by) if mine and by else None)


def _peers(shelf: Catalog, agency: Agency, metric: str, year: int) -> tuple[Basis, tuple[Point, ...]]:
    alike = where(level=agency.level, kind=agency.kind, year=str(year))
    basis, found = Basis(None, None), tuple[Point, ...]()
    for basis in _bases(shelf, agency, alike):
        found = _found(shelf, agency, metric, _narrowed(alike, basis, metric))
        if len(found) >= ENOUGH:
            break
    return basis, found


def _bases(shelf: Catalog, agency: Agency, alike: SearchRequest) -> Iterator[Basis]:
    """From the nearest to the widest."""
    own = points(shelf.engine, replace(alike.choosing(agency=(agency.id,)), sort="-year"), VOLUME)
    province = f"{agency.region[:2]}0000"
    if own:
        handled = int(own[0].value)
        volume = (handled // _FACTOR, max(handled * _FACTOR, _SMALL))
        yield Basis(province, volume)
        yield Basis(None, volume)
    else:
        yield Basis(province, None)
    yield Basis(None, None)


def _narrowed(alike: SearchRequest, basis: Basis, metric: str) -> SearchRequest:
    ranges = [MetricRange(metric)]
    if basis.volume:
        ranges.append(MetricRange(VOLUME, *map(Decimal, basis.volume)))
    region = (basis.province,) if basis.province else ()
    return replace(alike.choosing(region=region), metrics=tuple(ranges))


def _found(shelf: Catalog, agency: Agency, metric: str, query: SearchRequest) -> tuple[Point, ...]:
    found = [point for point in points(shelf.engine, query, metric, MOST) if point.agency_id != agency.id]
    least = shelf.metrics[metric].least
    over = cases(shelf, metric, (point.report for point in found), query)
    weighed = (replace(p, cases=over.get(p.report), small=bool(least) and over.get(p.report, 0) < least) for p in found)
    return tuple(sorted(weighed, key=lambda point: (-point.value, point.region, point.agency)))


def _median(values: Sequence[Decimal]) -> Decimal | None:
    if not values:
        return None
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
