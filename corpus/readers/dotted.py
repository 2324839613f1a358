"""Rules that programs paint as dots or short dashes, each a shape of its own, told from the dots of a pattern."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from corpus.readers.consecutive import consecutive

# Points: the widest gap between dots, how far off the next one's line one may stand; so many make a rule, not more.
_GAP, _OFF = 3.0, 0.1
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
    levels = consecutive(
        sorted(dots, key=lambda dot: dot[off] + dot[off + 2]),
        lambda level, dot: dot[off] + dot[off + 2] - level[-1][off] - level[-1][off + 2] <= 2 * _OFF,
    )
    runs = (
        run
        for level in levels
        for run in consecutive(
            sorted(level, key=lambda dot: dot[along]), lambda run, dot: dot[along] <= run[-1][along + 2] + _GAP
        )
    )
    boxes = [[*zip(*run, strict=True)] for run in runs if len(run) >= _LEAST]
    return [(min(x0), min(y0), max(x1), max(y1)) for x0, y0, x1, y1 in boxes]


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
