"""The columns in which segments stand where no rule parts them, and segments cut that reach over several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from corpus.numerals import is_value
from corpus.readers.typeset import Segment, joined

# Points by which edges in one column may differ.
_SAME_EDGE = 1.5
_SEVERAL = 2

Interval = tuple[float, float]


def parted(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, those cut that hold more than one column: where others have theirs, lesser gaps part columns."""
    values = merged([(s.x0, s.x1) for s in segments if is_value(s.text) and not s.parts])
    first = values[0][0] if values else 0.0
    words = [(s.x0, s.x1) for s in segments if not is_value(s.text) and not s.parts and s.x1 <= first]
    # Where the only values of two columns stand close together, their heads tell them apart.
    over = [(head.x0, head.x1) for s in segments if not is_value(s.text) for head in _heads(s) if head.x0 >= first]
    heads = narrow([head for head in over if not overlapping(head, values)])
    columns = [*narrow(words), *values, *heads]
    return [piece for segment in segments for piece in _cut(segment, columns)]


def _heads(segment: Segment) -> list[Segment]:
    """The names of columns that words may be: letters set apart are one word."""
    return [part for part in segment.parts if len(part.text) > 1] if segment.parts else [segment]


def overlapping(interval: Interval, others: Sequence[Interval]) -> list[Interval]:
    """Those of the others that share some width with an interval."""
    return [other for other in others if other[0] < interval[1] and interval[0] < other[1]]


def _cut(segment: Segment, columns: Sequence[Interval]) -> list[Segment]:
    """The pieces of a segment that stand each in a column of its own; the segment where they do not."""
    groups = [(column, list(group)) for column, group in groupby(segment.parts, lambda part: _column(part, columns))]
    known = [column for column, _ in groups if column is not None]
    if len(groups) < _SEVERAL or None in {column for column, _ in groups[1:]} or len(known) != len(set(known)):
        return [segment]
    # Letters set apart are one word, unless each has a column of its own.
    is_spread = not is_value(segment.text) and all(len(part.text) == 1 for part in segment.parts)
    return [segment] if is_spread and len(known) < len(segment.parts) else [joined(group) for _, group in groups]


def _column(part: Segment, columns: Sequence[Interval]) -> Interval | None:
    """The column in which a part stands; a value stands in the first that it touches, words over several in none."""
    over = overlapping((part.x0, part.x1), columns)
    return over[0] if len(over) == 1 or (over and is_value(part.text)) else None


def merged(intervals: Sequence[Interval]) -> list[Interval]:
    """The intervals, those that overlap as one."""
    found: list[Interval] = []
    for x0, x1 in sorted(intervals):
        if found and x0 <= found[-1][1]:
            found[-1] = (found[-1][0], max(x1, found[-1][1]))
        else:
            found.append((x0, x1))
    return found


def narrow(intervals: Sequence[Interval]) -> list[Interval]:
    """The columns that words make, apart from each other: those in which most words stand, where the narrowest does.

    Of words as wide, the lower stand in one column and those above them over several.
    """

    def lines_up(interval: Interval) -> int:
        edges = ((x0, (x0 + x1) / 2, x1) for x0, x1 in intervals)
        own = (interval[0], sum(interval) / 2, interval[1])
        near = [tuple(abs(a - b) < _SAME_EDGE for a, b in zip(own, edge, strict=True)) for edge in edges]
        return max(map(sum, zip(*near, strict=True)))

    columns: list[Interval] = []
    support = {interval: lines_up(interval) for interval in intervals}
    from_below = intervals[::-1]
    for x0, x1 in sorted(from_below, key=lambda interval: (-support[interval], interval[1] - interval[0])):
        if not overlapping((x0, x1), columns):
            columns.append((x0, x1))
    return sorted(columns)
