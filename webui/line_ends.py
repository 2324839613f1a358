"""Names at the ends of lines: a reader need not look from a legend to a line and back."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

EM = 12.0
"""A full-width character as wide as it is drawn, in the units of a picture."""
_APART = 15.0
"""From one name to the next below it."""
_GAP = 10.0
_ROOMS = (60, 100, 140, 180, 220)
"""How much room names get: few steps, each a class of its own in site.css."""


@dataclass(frozen=True, slots=True)
class LineEnd:
    """The name of line ``number``: where it stands, and the last dot ``(from_x, from_y)`` that it belongs to."""

    number: int
    text: str
    x: float
    y: float
    from_x: float
    from_y: float

    @property
    def led(self) -> bool:
        """Whether the name stands so far from its line that a thread must lead to it."""
        return abs(self.y - self.from_y) > _APART / 2 or self.x - self.from_x > 2 * _GAP


def ems(text: str) -> float:
    """The width of a text in full-width characters.

    >>> ems("石梁市"), ems("ab")
    (3.0, 1.1)
    """
    return round(sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.55 for sign in text), 2)


def room(labels: Sequence[str]) -> int:
    """How wide the margin must be that holds these names."""
    widest = max(map(ems, labels)) * EM + 2 * _GAP
    return next((each for each in _ROOMS if each >= widest), _ROOMS[-1])


def ends(dots: Sequence[tuple[str, float, float]], edge: float, within: tuple[float, float]) -> tuple[LineEnd, ...]:
    """Name lines at their last dots ``(name, x, y)``, right of ``edge``; names that would meet are moved apart.

    They stay ``within`` the plot as long as it holds them all, and keep the order of their lines.
    """
    order = sorted(range(len(dots)), key=lambda at: dots[at][2])
    heights: list[float] = []
    for at in order:
        heights.append(max(dots[at][2], heights[-1] + _APART) if heights else max(dots[at][2], within[0]))
    limit = within[1]
    for at in reversed(range(len(heights))):
        heights[at] = min(heights[at], limit)
        limit = heights[at] - _APART
    placed = dict(zip(order, heights, strict=True))
    widest = int((_ROOMS[-1] - 2 * _GAP) / EM)
    return tuple(
        LineEnd(at, _fitting(name, widest), edge + _GAP, round(placed[at], 1), x, y)
        for at, (name, x, y) in enumerate(dots)
    )


def _fitting(name: str, most: int) -> str:
    if ems(name) <= most:
        return name
    short = name
    while ems(short) > most - 1:
        short = short[:-1]
    return f"{short}…"
