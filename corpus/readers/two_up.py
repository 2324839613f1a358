"""Sheets on which two pages stand side by side: printers do so to save paper, scanners where a book lies open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.readers.page_text import Side
from corpus.readers.typeset import Glyph

# In points: how far apart two pages of one document begin, printed and laid on a scanner by hand. Of letters: words on
# each of them, where the right half of a wide table has hardly more than its numbers.
_SAME_EDGE = 3.0
_BY_HAND = 18.0
_WORDS = 0.3

Upright = tuple[Side, Sequence[Glyph]]
"""What runs from left to right on a page, and the letters that are turned on it."""


def pages_on(side: Side, aside: Sequence[Glyph]) -> list[Upright]:
    """The two pages of a wide sheet; the sheet, if anything crosses its middle or both halves do not begin alike."""
    if side.width <= side.height or any(_crosses(side)):
        return [(side, aside)]
    middle = side.width / 2
    halves = [_between(side, aside, 0.0, middle), _between(side, aside, middle, side.width)]
    if not all(_is_of_words(half) for half, _ in halves):
        return [(side, aside)]
    first, second = (_begin(half) for half, _ in halves)
    return halves if abs(first - second) <= (_BY_HAND if side.origin else _SAME_EDGE) else [(side, aside)]


def _crosses(side: Side) -> Iterator[bool]:
    middle = side.width / 2
    yield from (glyph.x0 < middle < glyph.x1 for glyph in side.glyphs)
    yield from (edge["x0"] < middle < edge["x1"] for edge in (*side.rules.drawn, *side.rules.filled))


def _between(side: Side, aside: Sequence[Glyph], left: float, right: float) -> Upright:
    def moved(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
        inside = (glyph for glyph in glyphs if left <= (glyph.x0 + glyph.x1) / 2 < right)
        return tuple(replace(glyph, x0=glyph.x0 - left, x1=glyph.x1 - left) for glyph in inside)

    half = replace(
        side,
        width=right - left,
        glyphs=moved(side.glyphs),
        rules=side.rules.between(left, right),
        origin=side.origin and replace(side.origin, left=left),
    )
    return half, moved(aside)


def _is_of_words(side: Side) -> bool:
    return sum(glyph.text.isalpha() for glyph in side.glyphs) > _WORDS * len(side.glyphs)


def _begin(side: Side) -> float:
    """Where the text and the tables of a page begin."""
    level = (edge["x0"] for edge in side.rules.drawn if edge["orientation"] == "h")
    return float(min([*(glyph.x0 for glyph in side.glyphs), *level]))
