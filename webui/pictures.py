"""The geometry of pictures: numbers in, coordinates out. Templates draw them as SVG, with a table beside each.

A line stops where a year is missing and where its metric changes meaning (``Metric.breaks``); where only the form
changed, the line goes on and the change is marked. Up to ``TOGETHER`` lines share a picture, each named at its end;
more are small multiples: a panel each, all on the same scales.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from corpus.form import load_form
from corpus.model import FORMS
from webui.line_ends import LineEnd, ends, room
from webui.series import Point, Series

TOGETHER = 5
_PARTS = {
    Decimal(top): parts
    for top, parts in (("1", 5), ("2", 4), ("2.5", 5), ("3", 3), ("4", 4), ("5", 5), ("6", 3), ("8", 4))
}
"""Ends of an axis, up to a power of ten, and into how many round parts each is divided."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a picture and the room around its plot, in the units of its viewBox."""

    width: int
    height: int
    left: int
    right: int
    top: int
    below: int
    ticks: int
    """Years that fit beneath it."""

    @property
    def floor(self) -> int:
        """Where the axis of years stands."""
        return self.height - self.below


WHOLE = Frame(720, 310, 92, 16, 34, 40, ticks=7)
"""To the left there is room for 100,000 in the large letters that a phone is shown."""
PANEL = Frame(240, 130, 42, 14, 18, 24, ticks=2)


@dataclass(frozen=True, slots=True)
class Dot:
    """A value in the picture; ``broken`` says that nothing joins it to the value before.

    ``was`` is the name under which the body reported the value before, where it was another one.
    """

    x: float
    y: float
    point: Point
    broken: bool
    was: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A series in the picture: its dots, and the stretches that are joined, as SVG points.

    ``basis_changed`` are the years within it from which its metric means something else: a break is no gap.
    """

    number: int
    series: Series
    dots: tuple[Dot, ...]
    stretches: tuple[str, ...]
    basis_changed: tuple[int, ...] = ()

    @property
    def years_missing(self) -> bool:
        """Whether a year between its first and its last has no value."""
        known = [point.year for point in self.series.points]
        return len(set(known)) < max(known) - min(known) + 1


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over years, ready to be drawn in ``frame``: together, or each in a panel of its own (``multiples``).

    ``changes`` are the places where the statutory form changes, ``ends`` the names at the lines' ends, ``asked`` the
    years that were asked for.
    """

    frame: Frame
    lines: tuple[Line, ...]
    years: tuple[Tick, ...]
    values: tuple[Tick, ...]
    changes: tuple[Tick, ...]
    ends: tuple[LineEnd, ...]
    asked: tuple[str, ...]

    @property
    def multiples(self) -> bool:
        """Whether each line has a panel of its own."""
        return self.frame == PANEL


def line_chart(
    several: Sequence[Series],
    breaks: Callable[[str], Sequence[int]],
    written: Callable[[Decimal], str],
    asked: tuple[str, ...] = (),
) -> LineChart | None:
    """Lay lines out; None where there is no value.

    ``breaks`` gives a metric's years of change, ``written`` spells a value for the axis.
    """
    years = sorted({point.year for series in several for point in series.points})
    if not years:
        return None
    first, last = years[0], max(years[-1], years[0] + 1)
    top = nice_top(max(point.value for series in several for point in series.points))
    frame = _frame([each.label for each in several])

    def across(year: float) -> float:
        return round(frame.left + (year - first) / (last - first) * (frame.width - frame.left - frame.right), 1)

    def up(value: Decimal) -> float:
        return round(frame.floor - float(value / top) * (frame.floor - frame.top), 1)

    lines = []
    for number, series in enumerate(several):
        dots = tuple(
            Dot(across(point.year), up(point.value), point, broken, was)
            for point, broken, was in _joins(series.points, breaks(series.metric))
        )
        begun, ended = series.points[0].year, series.points[-1].year
        changed = tuple(year for year in breaks(series.metric) if begun < year <= ended)
        lines.append(Line(number, series, dots, tuple(_stretches(dots)), changed))
    named = 1 < len(lines) <= TOGETHER
    last_dots = [(line.series.label, line.dots[-1].x, line.dots[-1].y) for line in lines]
    return LineChart(
        frame=frame,
        lines=tuple(lines),
        years=tuple(Tick(across(year), str(year)) for year in _marked(first, last, frame.ticks)),
        values=tuple(Tick(up(value), written(value)) for value in _rungs(top, several, frame)),
        changes=tuple(
            Tick(across(year - 0.5), str(year))
            for year in (load_form(form).first_year for form in FORMS)
            if first < year <= last
        ),
        ends=ends(last_dots, frame.width - frame.right, (frame.top, frame.floor)) if named else (),
        asked=asked,
    )


def _frame(labels: Sequence[str]) -> Frame:
    if len(labels) > TOGETHER:
        return PANEL
    return replace(WHOLE, right=room(labels)) if len(labels) > 1 else WHOLE


def nice_top(value: Decimal) -> Decimal:
    """The end of an axis: the smallest of 1, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is not below the value.

    >>> nice_top(Decimal(702)), nice_top(Decimal("0.162"))
    (Decimal('800'), Decimal('0.2'))
    """
    if value <= 0:
        return Decimal(1)
    power = Decimal(10) ** value.adjusted()
    return next(step * power for step in (*_PARTS, Decimal(10)) if step * power >= value)


def _marked(first: int, last: int, most: int) -> range:
    """The years marked on an axis: all, or every second, third …; of a small one its first and its last."""
    return range(first, last + 1, last - first if most == 2 else max(1, (last - first) // most + 1))


def _rungs(top: Decimal, several: Sequence[Series], frame: Frame) -> list[Decimal]:
    """The values marked on an axis: round ones, and whole ones where all that is counted is whole."""
    parts = _PARTS[top.scaleb(-top.adjusted()).normalize()]
    if top < 5 and all(point.value == point.value.to_integral_value() for each in several for point in each.points):
        parts = int(top)
    if frame == PANEL:
        parts = 1
    return [top * step / parts for step in range(parts + 1)]


def shade(value: Decimal, top: Decimal, classes: int = 5) -> int:
    """Which of so many shades a value gets, from 1; 0 for what is not positive."""
    if value <= 0 or top <= 0:
        return 0
    return min(classes, int((value / top * classes).to_integral_value(rounding=ROUND_CEILING)))


def _joins(points: Sequence[Point], breaks: Sequence[int]) -> Iterator[tuple[Point, bool, str]]:
    """Each point, whether it stands apart from the one before, and another name that the body had then."""
    before: Point | None = None
    for point in points:
        apart = (
            before is None or point.year - before.year > 1 or any(before.year < year <= point.year for year in breaks)
        )
        yield point, apart, before.agency if before and before.agency_id != point.agency_id else ""
        before = point


def _stretches(dots: Sequence[Dot]) -> Iterator[str]:
    stretch: list[Dot] = []
    for dot in (*dots, None):
        if dot is None or dot.broken:
            if len(stretch) > 1:
                yield " ".join(f"{each.x},{each.y}" for each in stretch)
            stretch = []
        if dot is not None:
            stretch.append(dot)
