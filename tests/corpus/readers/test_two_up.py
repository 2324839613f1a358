"""Two pages on a sheet: parted where nothing crosses the middle, on a scan too, where each knows its place in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from corpus.readers.origin import Origin
from corpus.readers.page_rules import Rules
from corpus.readers.page_text import Side
from corpus.readers.two_up import pages_on
from corpus.readers.typeset import Glyph

_WIDTH, _HEIGHT = 840.0, 600.0
_ORIGIN = Origin((840, 600), (840, 600), np.eye(3), 0, 1.0)


def _sheet(*begins: float) -> Side:
    glyphs = (
        Glyph("字", left + 12 * number, top, left + 12 * number + 12, top + 12, 12)
        for left in begins
        for top in range(60, 500, 20)
        for number in range(25)
    )
    return Side(0, _WIDTH, _HEIGHT, tuple(glyphs), Rules([], [], [], []), _ORIGIN)


def test_pages_that_lay_on_a_scanner_side_by_side_are_two_though_they_begin_a_little_apart() -> None:
    left, right = (side for side, _ in pages_on(_sheet(60, 492), ()))
    box = min(glyph.x0 for glyph in right.glyphs), 60, 84, 72
    assert (left.width, right.width) == (_WIDTH / 2, _WIDTH / 2)
    assert right.origin
    assert right.origin.cutout(box).x0 == round(492 / _WIDTH, 4), "a cell is shown where it stands on the sheet"


def test_printed_pages_begin_at_one_place() -> None:
    assert len(pages_on(replace(_sheet(60, 492), origin=None), ())) == 1


def test_what_crosses_the_middle_is_one_page() -> None:
    assert len(pages_on(_sheet(60, 270), ())) == 1


def test_one_letter_in_a_half_is_no_reason_to_fail() -> None:
    sheet = _sheet(60)
    assert len(pages_on(replace(sheet, glyphs=(*sheet.glyphs, Glyph("字", 700, 60, 712, 72, 12))), ())) == 1
