"""The rows of values where no rule parts them: a number broken over lines is one value, not two rows.

Values that stand close below one another are a band. Its lines are one row where they cannot be several: some stand
half a line beside others, as cells of one and of two lines centred on each other do; or a line holds no value, only
the end of one; or white space parts the rows of the table, and not these. Else each level is a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.numerals import is_value
from corpus.readers.consecutive import consecutive
from corpus.readers.tracks import Interval, merged
from corpus.readers.typeset import Segment

LEVEL = 0.5
"""In sizes of the letters: how far off its level a value may stand."""

# In sizes of the letters: the gap between two lines of one value, and how close no two rows can stand.
_TIGHT = 0.45
_OVERLAPPING = 0.85
# White space parts the rows of a table where it does so this often, and in this share of them.
_LEAST_GAPS = 2
_USUAL = 0.5


@dataclass(slots=True)
class Stack:
    """The segments of one cell, from the top."""

    segments: list[Segment]

    @property
    def is_value(self) -> bool:
        """Whether it holds a value, over however many lines."""
        return is_value("".join(segment.text for segment in self.segments))

    @property
    def text(self) -> str:
        """Its lines as printed."""
        return "\n".join(segment.text for segment in self.segments)

    @property
    def across(self) -> Interval:
        """From its left to its right edge."""
        return min(s.x0 for s in self.segments), max(s.x1 for s in self.segments)

    @property
    def down(self) -> Interval:
        """From its top to its bottom."""
        return self.segments[0].top, self.segments[-1].bottom

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return sum(self.down) / 2


def value_rows(segments: Sequence[Segment]) -> Iterator[tuple[list[Stack], bool]]:
    """The values of each row from the top, and whether they are certain."""
    first = first_value(segments)
    inside = [s for s in segments if is_value(s.text) or (s.x0 + s.x1) / 2 >= first]
    bands = [band for band in _bands(inside) if any(is_value(segment.text) for segment in band)]
    apart = _are_apart(bands, segments)
    for band in bands:
        is_clear = not any(map(_is_close, band))
        for stacks in _rows_of(band, apart=apart):
            yield stacks, is_clear and all(map(_is_broken, stacks))


def _rows_of(band: Sequence[Segment], *, apart: bool) -> Iterator[list[Stack]]:
    """The rows of a band: one of stacks where it can only be one, or each of its levels that has values."""
    levels, stacks = _levels(band), _stacks(band)
    if len(levels) > 1 and len(stacks) < len(band) and (apart or _is_one(levels)):
        yield stacks
        return
    for level in levels if len(levels) > 1 else [band]:
        if any(is_value(segment.text) for segment in level):
            yield [Stack([segment]) for segment in level]


def first_value(segments: Sequence[Segment]) -> float:
    """Where the columns of values begin: at the leftmost value with no words behind it on its level."""
    edges = []
    for level in _levels(segments):
        words = max((segment.x1 for segment in level if not is_value(segment.text)), default=0.0)
        edges += [segment.x0 for segment in level if is_value(segment.text) and segment.x0 >= words]
    return min(edges, default=float("inf"))


def _bands(segments: Sequence[Segment]) -> list[list[Segment]]:
    bands: list[list[Segment]] = []
    bottom = 0.0
    for segment in sorted(segments, key=lambda segment: (segment.top, segment.x0)):
        if bands and segment.top - bottom <= _TIGHT * segment.size:
            bands[-1].append(segment)
            bottom = max(bottom, segment.bottom)
        else:
            bands.append([segment])
            bottom = segment.bottom
    return bands


def _levels(segments: Sequence[Segment]) -> list[list[Segment]]:
    return list(
        consecutive(
            sorted(segments, key=lambda segment: segment.middle),
            lambda level, segment: segment.middle - level[0].middle <= LEVEL * segment.size,
        )
    )


def _stacks(band: Sequence[Segment]) -> list[Stack]:
    """The segments of a band that stand below one another, from left to right."""
    return [
        Stack([segment for segment in band if x0 <= segment.x0 <= x1])
        for x0, x1 in merged([(segment.x0, segment.x1) for segment in band])
    ]


def _are_apart(bands: Sequence[Sequence[Segment]], segments: Sequence[Segment]) -> bool:
    """Whether white space over the whole width parts most rows: then none of them stands close below another."""
    lines = merged([(segment.top, segment.bottom + _TIGHT * segment.size) for segment in segments])
    clear = sum(any(upper[0].top < top <= lower[0].top for top, _ in lines) for upper, lower in pairwise(bands))
    return clear >= max(_LEAST_GAPS, _USUAL * (len(bands) - 1))


def _is_one(levels: Sequence[Sequence[Segment]]) -> bool:
    """Whether the lines of a band can only be one row."""
    if any(below[0].middle - above[0].middle < _OVERLAPPING * below[0].size for above, below in pairwise(levels)):
        return True
    return any(not any(is_value(segment.text) for segment in level) for level in levels)


def _is_broken(stack: Stack) -> bool:
    """Whether lines follow one another as those of one value do: none is longer than the one above it."""
    return all(
        below.top - above.top >= _OVERLAPPING * below.size
        and below.x1 - below.x0 <= above.x1 - above.x0 + _TIGHT * below.size
        for above, below in pairwise(stack.segments)
    )


def _is_close(segment: Segment) -> bool:
    """Whether a value may be two: digits set apart, and not each from each."""
    parts = segment.text.split()
    return is_value(segment.text) and len(parts) > 1 and any(len(part) > 1 for part in parts)
