"""Lines of a text that a program broke at a width: the sentence of one goes on in the next.

That lines are broken so the text itself shows: none is wider, and several that are as wide end within a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.readers.text_table import BAR, ITEM

_WITHIN = re.compile("[，。；、]")
"""A sentence's punctuation: a heading or a label seldom has it."""
_ENDS = "。；：！？;:!?"
_LEAST_WIDTH = 40
_SLACK = 5
"""Columns that are left free where the next word is a number, or a mark that may begin no line."""
_SEVERAL = 2
_WIDE = "\u1100"
"""From this character on scripts are written that take up two columns (Unicode Standard Annex 11)."""


def continuations(lines: Sequence[str], outside: Iterable[int]) -> frozenset[int]:
    """Those of the lines ``outside`` tables that go on with the sentence of the line above."""
    prose = {at: _width(lines[at]) for at in outside if _WITHIN.search(lines[at]) and not BAR.search(lines[at])}
    widest = max(prose.values(), default=0)
    cut = [at for at, width in prose.items() if width >= widest - _SLACK and lines[at].rstrip()[-1] not in _ENDS]
    if widest < _LEAST_WIDTH or len(cut) < _SEVERAL:
        return frozenset()
    return frozenset(at + 1 for at in cut if at + 1 < len(lines) and _goes_on(lines[at], lines[at + 1]))


def _goes_on(line: str, below: str) -> bool:
    """Whether a line begins no paragraph of its own: neither set in nor numbered."""
    return bool(below.strip()) and _indent(below) <= _indent(line) and not ITEM.match(below)


def _width(line: str) -> int:
    return sum(1 + (character >= _WIDE) for character in line.rstrip())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
