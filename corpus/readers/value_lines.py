"""Lines that hold all values of a row, parted by white space, where a label is a line: each value is a cell.

一、本年新收              一、本年新收
124 21 0 2      and      12 3 0 2      that end of a line which has as many values as lines of values alone:
                         （一）予以公开 5 0 0 1

A number whose digits are set apart looks the same: that there are several the lines together must show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from corpus.numerals import is_number, is_value
from corpus.text import fold

_SEVERAL = 2
"""Lines that show it: one may be a number and its correction."""
_MANY = 5
"""Values of a line that is the only one."""
_LONGEST = 9
"""Digits of a number."""
_THOUSANDS = 3
_SIGNS = "+-−–—"


def values_apart(rows: Sequence[list[str]]) -> list[list[str]]:
    """The rows, each value in a cell of its own where their lines of values hold several."""
    widths = _widths([line.split() for row in rows for line in row if line.strip()])
    return [[cell for line in row for cell in _parted(line, widths)] for row in rows] if widths else list(rows)


def _widths(lines: Sequence[Sequence[str]]) -> frozenset[int]:
    """How many values lines of values have; none where each may hold one."""
    several = [words for words in lines if len(words) > 1 and all(map(is_value, words))]
    sure = [words for words in several if not _may_be_one_number(words)]
    are_enough = len(sure) >= _SEVERAL or any(len(words) >= _MANY for words in sure)
    return frozenset(map(len, several)) if are_enough else frozenset()


def _may_be_one_number(words: Sequence[str]) -> bool:
    """Whether words may be the digits of one number set apart, or its thousands."""
    digits = [fold(word).lstrip(_SIGNS) for word in words]
    is_apart = all(len(word) <= 1 for word in digits) or all(len(word) == _THOUSANDS for word in digits[1:])
    return is_apart and digits[0] != "0" and sum(map(len, digits)) <= _LONGEST and is_number("".join(words))


def _parted(line: str, widths: frozenset[int]) -> Iterator[str]:
    """The label of a line and the values behind it, each by itself, if they are as many as those of other lines."""
    values = sum(1 for _ in takewhile(is_value, reversed(line.split())))
    yield from line.rsplit(maxsplit=values) if values in widths else (line,)
