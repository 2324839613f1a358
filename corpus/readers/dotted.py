"""Rules that programs paint as dots or short dashes, each a shape of its own, told from the dots of a pattern."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from corpus.readers.consecutive import consecutive

# Points: the widest gap between dots, how far off its line one may stand; so many make a rule, and more are a pattern.
_GAP, _OFF = 3.0, 0.5
_LEAST, _MOST = 4, 100_000
# No rules of a table stand so close, but two that are one drawn twice.
_BESIDE = 6.0
_TWICE = 2

_Box = tuple[float, float, float, float]


def dotted_rules(dots: Sequence[_Box]) -> Iterator[_Box]:
    """The rules, level and upright, that dots make which are close behind one another on one line."""
    if len(dots) <= _MOST:
        yield from _apart(_lines(dots, 0, 1), 0, 1)
        yield from _apart(_lines(dots, 1, 0), 1, 0)


def _lines(dots: Sequence[_Box], along: int, off: int) -> list[_Box]:
    """Lines of dots in one direction, told by the numbers of a box's edges ``along`` it and ``off`` it."""
    in_order = sorted(dots, key=lambda dot: (round(dot[off] + dot[off + 2]), dot[along]))
    runs = consecutive(in_order, lambda run, dot: _goes_on(run[-1], dot, along, off))
    boxes = [[*zip(*run, strict=True)] for run in runs if len(run) >= _LEAST]
    return [(min(x0), min(y0), max(x1), max(y1)) for x0, y0, x1, y1 in boxes]


def _goes_on(last: _Box, dot: _Box, along: int, off: int) -> bool:
    is_level = abs(last[off] + last[off + 2] - dot[off] - dot[off + 2]) <= 2 * _OFF
    return is_level and last[along] <= dot[along] <= last[along + 2] + _GAP


#   . . . . . .
#   . . . . . .     lines of dots as close beside one another as the dots: a pattern, no rules
#   . . . . . .
def _apart(lines: Sequence[_Box], along: int, off: int) -> Iterator[_Box]:
    """Those of the lines that have not several others close beside them."""
    in_order = sorted(lines, key=lambda line: line[off])
    places = [line[off] for line in in_order]
    for line in in_order:
        near = in_order[bisect_left(places, line[off] - _BESIDE) : bisect_right(places, line[off] + _BESIDE)]
        if sum(other[along] < line[along + 2] and line[along] < other[along + 2] for other in near) <= _TWICE:
            yield line
