"""Plain text taken from pages: the number at the foot of each, and the head that stands above each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from corpus.text import compact

_MARK = re.compile(r"\s*(?:[-—–－]+\s*(\d{1,3})\s*[-—–－]+|第\s*(\d{1,3})\s*页.{0,12})\s*")
_LEAST = 2
_TITLE = 3
"""Lines that a title may take up."""


def without_page_marks(lines: Sequence[str]) -> list[str]:
    """The lines without numbers of pages that count up, and without a head that goes with most of them.

    Of one number alone the head tells: it repeats how the text begins. What a page parts goes on below it: the empty
    lines around a mark go too.
    """
    marks = {at: int(match[1] or match[2]) for at, line in enumerate(lines) if (match := _MARK.fullmatch(line))}
    below = [_next(lines, at + 1) for at in marks]
    heads = [lines[at] for at in below if at < len(lines)]
    heads += [head for head in heads if _begins(lines, head)]
    if max(len(marks), len(heads)) < _LEAST or any(below <= above for above, below in pairwise(marks.values())):
        return list(lines)
    ends = dict(zip(marks, below, strict=True))
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if at not in marks:
            kept.append(lines[at])
            at += 1
            continue
        while kept and not kept[-1].strip():
            kept.pop()
        at = ends[at]
        if at < len(lines) and heads.count(lines[at]) >= _LEAST:
            at = _next(lines, at + 1)
    return kept


def _begins(lines: Sequence[str], head: str) -> bool:
    """Whether a text begins with the words of a head, in one line or several."""
    first = [compact(line) for line in lines if line.strip()][:_TITLE]
    return compact(head) in accumulate(first)


def _next(lines: Sequence[str], at: int) -> int:
    """The next line that is not empty."""
    return next((after for after in range(at, len(lines)) if lines[after].strip()), len(lines))
