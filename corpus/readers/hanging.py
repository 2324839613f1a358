"""Labels that hang from the level of their values, where no white space parts one from the next.

Cells set at the top of rows without padding stand as close below one another as the lines of one cell do. There the
numbers that labels begin with tell: if they stand beside values, and only there, what stands between hangs from above.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.readers.stacks import Stack
from corpus.readers.typeset import Segment

_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|\d{1,2}[.．、]")
_LEAST = 5
# Of so many numbered labels one may be a heading. In sizes of the letters: how level is level, how close lines stand.
_SHARE = 10
_LEVEL = 0.25
_LEADING = 0.6


def hanging(segments: Sequence[Segment], levels: Sequence[float], first: float) -> Iterator[tuple[int, Stack]]:
    """The labels left of ``first`` by the number of their row, whose values stand on ``levels``; none if not sure."""
    labels = sorted((s for s in segments if s.x1 <= first), key=lambda s: (s.top, s.x0))
    if not _do_numbers_tell(labels, levels) or not _is_tight(labels, levels):
        return
    beyond = [s for s in segments if s.x1 > first]
    hung: list[tuple[int, Stack]] = []
    for label in labels:
        row = _row(label, levels)
        if row is not None:
            hung.append((row, Stack([label])))
        elif not any(abs(other.middle - label.middle) <= _LEVEL * label.size for other in beyond):
            at = bisect_right(levels, label.middle) - 1
            for stack in [stack for number, stack in hung if number == at and _is_below(label, stack)][:1]:
                stack.segments.append(label)
    yield from hung


def _do_numbers_tell(labels: Sequence[Segment], levels: Sequence[float]) -> bool:
    """Whether enough labels begin with numbers, and nearly all of those stand beside values."""
    numbered = [label for label in labels if _NUMBERED.match(label.text)]
    apart = sum(_row(label, levels) is None for label in numbered)
    return len(numbered) >= _LEAST and apart * _SHARE <= len(numbered)


def _row(label: Segment, levels: Sequence[float]) -> int | None:
    return next((number for number, y in enumerate(levels) if abs(y - label.middle) <= _LEVEL * label.size), None)


def _is_tight(labels: Sequence[Segment], levels: Sequence[float]) -> bool:
    """Whether rows of values stand as close as the lines of labels."""
    pitch = min((below - above for above, below in pairwise(levels)), default=float("inf"))
    steps = (b.top - a.top for a, b in pairwise(labels) if b.top - a.top > b.size / 2)
    return min(steps, default=float("inf")) > 0.9 * pitch


def _is_below(label: Segment, stack: Stack) -> bool:
    last, (x0, x1) = stack.segments[-1], stack.across
    return label.x0 < x1 and x0 < label.x1 and label.top - last.bottom <= _LEADING * label.size
