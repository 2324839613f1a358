"""A funnel plot laid out: shares over cases, with the limits within which chance alone would put them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.analysis.chance import EXTREME, UNUSUAL, Expected, limits
from webui.pictures import WHOLE, Frame, Tick, nice_top
from webui.series import Point

_STEPS = 40
_DECADES = tuple(10**power for power in range(7))


@dataclass(frozen=True, slots=True)
class Spot:
    """A body in the picture."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True, slots=True)
class Funnel:
    """Ready to be drawn in ``frame``; ``bounds`` are SVG points of the limits, the outer ones first, in pairs."""

    frame: Frame
    own: Spot
    spots: tuple[Spot, ...]
    rate: float
    bounds: tuple[tuple[str, str], ...]
    values: tuple[Tick, ...]
    cases: tuple[Tick, ...]


def funnel(own: Point, peers: Sequence[Point], by: Expected) -> Funnel:
    """Lay out a body and its peers, all of them shares of known cases; cases are on a logarithmic axis."""
    everyone = [own, *(peer for peer in peers if peer.cases)]
    most = max(int(point.cases or 1) for point in everyone)
    last = next((end for end in _DECADES[1:] if end >= most), most)
    top = min(Decimal(100), nice_top(max(point.value for point in everyone)))
    frame = WHOLE

    def across(cases: float) -> float:
        return round(
            frame.left + math.log(max(1, cases)) / math.log(last) * (frame.width - frame.left - frame.right), 1
        )

    def up(value: float) -> float:
        return round(frame.floor - min(1.0, value / float(top)) * (frame.floor - frame.top), 1)

    def spot(point: Point) -> Spot:
        return Spot(across(float(point.cases or 1)), up(float(point.value)), point)

    grid = sorted({round(last ** (step / _STEPS)) for step in range(_STEPS + 1)})
    bounds = []
    for outside in (EXTREME, UNUSUAL):
        found = [(across(cases), limits(cases, by, outside)) for cases in grid]
        bounds.append(
            (
                " ".join(f"{x},{up(100 * low)}" for x, (low, _) in found),
                " ".join(f"{x},{up(100 * high)}" for x, (_, high) in found),
            )
        )
    return Funnel(
        frame,
        spot(own),
        tuple(map(spot, everyone[1:])),
        up(100 * by.rate),
        tuple(bounds),
        tuple(Tick(up(float(top) * part / 4), f"{float(top) * part / 4:g}") for part in range(5)),
        tuple(Tick(across(decade), f"{decade:,}") for decade in _DECADES if decade <= last),
    )
