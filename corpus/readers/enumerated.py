"""Lines without what a program put before each of them: the numbers of an editor or a list, the bullets of one.

1  二、主动公开…          - 规章
2  规章	5	0             - 5               counted or marked line by line, however the lines are filled
3  行政许可	107          - 0
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.numerals import is_value

_COUNT = re.compile(r"\s*(\d{1,5})(?:[.:：、)）|]\s?|(\t)| {1,2}|$)(.*)", re.DOTALL)
_BULLET = re.compile(r"\s*([-*+•·●○■□▪◆◇※>])\s(.*)", re.DOTALL)
_LEAST_COUNTED = 20
"""Lines: fewer may be items that are numbered."""

_LEAST_ROWS = 4
"""Where a tab stands behind each number: they are the first column of a table."""

_LEAST_MARKED = 8
_LEAST_VALUES = 0.25
"""Of the items of a list that holds a table: in others there are hardly any."""


def unmarked(lines: Sequence[str]) -> list[str]:
    """The lines, those of a long run that are counted one by one, or marked alike, without count and mark."""
    bare = list(lines)
    for start, end in _runs(lines):
        run = [match for line in lines[start:end] if (match := _COUNT.match(line))]
        least = _LEAST_ROWS if all(match[2] for match in run) else _LEAST_COUNTED
        if len(run) == end - start >= least:
            bare[start:end] = [match[3] for match in run]
    filled = [at for at, line in enumerate(bare) if line.strip()]
    for marked in _alike(bare, filled):
        rests = [match[2] for at in marked if (match := _BULLET.match(bare[at]))]
        if len(rests) >= _LEAST_MARKED and sum(map(is_value, rests)) >= _LEAST_VALUES * len(rests):
            for at, rest in zip(marked, rests, strict=True):
                bare[at] = rest
    return bare


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From where to where each line has the number after that of the line before it."""
    start, last = 0, None
    for at, line in enumerate(lines):
        match = _COUNT.match(line)
        number = int(match[1]) if match else None
        if number is None or last is None or number != last + 1:
            if at - start > 1:
                yield start, at
            start = at
        last = number
    yield start, len(lines)


def _alike(lines: Sequence[str], filled: Sequence[int]) -> Iterator[list[int]]:
    """Runs of lines, empty ones left out, with the same bullet."""
    run: list[int] = []
    mark = ""
    for at in filled:
        match = _BULLET.match(lines[at])
        own = match[1] if match else ""
        if own != mark and run:
            yield run
            run = []
        mark = own
        if own:
            run.append(at)
    if run:
        yield run
