"""Numbers that count the lines of a page, in its margin: they are none of its words, and no cells.

1   一、总体情况           each a step more than the one above,
2   全年平稳。             beside all else that is printed
3   二、主动公开…
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from corpus.readers.page_rules import Rules
from corpus.readers.typeset import Glyph

_LEAST = 6
_LONGEST = 5


def without_line_numbers(glyphs: Sequence[Glyph], rules: Rules) -> Sequence[Glyph]:
    """The characters without those that count lines."""
    words = [(glyph.x0, glyph.x1) for glyph in glyphs if not glyph.text.isdecimal() and not glyph.text.isspace()]
    edges = [*words, *((edge["x0"], edge["x1"]) for edge in rules.drawn)]
    if not words:
        return glyphs
    left, right = min(x0 for x0, _ in edges), max(x1 for _, x1 in edges)
    margins = ([glyph for glyph in glyphs if glyph.x1 <= left], [glyph for glyph in glyphs if glyph.x0 >= right])
    counts = {id(glyph) for margin in margins if _count_lines(margin) for glyph in margin}
    return [glyph for glyph in glyphs if id(glyph) not in counts] if counts else glyphs


def _count_lines(glyphs: Iterable[Glyph]) -> bool:
    """Whether digits, line by line, are numbers of which each is as much more than the one above."""
    digits = sorted(
        (glyph for glyph in glyphs if glyph.text.isdecimal()), key=lambda glyph: (round(glyph.middle), glyph.x0)
    )
    lines = ["".join(glyph.text for glyph in line) for _, line in groupby(digits, lambda glyph: round(glyph.middle))]
    if len(lines) < _LEAST or max(map(len, lines)) > _LONGEST:
        return False
    steps = {int(below) - int(above) for above, below in pairwise(lines)}
    return len(steps) == 1 and min(steps) > 0
