"""Rules of a page that is a picture: those of a row that a page's end cuts are found, strokes of letters are none."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

pytest.importorskip("cv2", reason="OpenCV takes the packages libgl1 and libglib2.0-0", exc_type=ImportError)

import cv2

from corpus.readers.scan_rules import rule_masks

INCH = 150
LEFT, WIDTH = 100, 80


def _cut_row(high: int, columns: int, *, below: bool) -> tuple[npt.NDArray[np.uint8], list[int]]:
    """A row of a table of which only so much stands on the page, and where its rules run down; ``below``: its foot."""
    page = np.full((600, 1200), 255, np.uint8)
    sides = [LEFT + number * WIDTH for number in range(columns + 1)]
    for side in sides:
        page[300 : 300 + high, side : side + 2] = 0
    page[299 + high if below else 299 : 301 + high if below else 301, LEFT : sides[-1] + 2] = 0
    return page, sides


@settings(max_examples=10, deadline=None)
@given(st.integers(34, 110), st.integers(2, 12), st.booleans())
def test_the_rules_of_a_row_that_a_page_cuts_end_together(high: int, columns: int, below: bool) -> None:  # noqa: FBT001
    page, sides = _cut_row(high, columns, below=below)
    _, upright = rule_masks(page, INCH)
    middle = upright[300 + high // 2]
    assert [side for side in sides if middle[side : side + 2].any()] == sides
    assert int(middle.sum()) <= 2 * len(sides), "and nothing else"


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(range(34, 98, 8)), min_size=3, max_size=8, unique=True))
def test_strokes_that_stand_on_a_rule_and_end_each_at_its_own_height_are_none(heights: list[int]) -> None:
    page, _ = _cut_row(0, 10, below=True)
    for number, high in enumerate(heights):
        page[300 - high : 300, 140 + number * 60 : 142 + number * 60] = 0
    _, upright = rule_masks(page, INCH)
    assert not upright[: 300 - 8].any()


@settings(max_examples=10, deadline=None)
@given(st.integers(30, 100), st.integers(4, 10), st.integers(2, 5))
def test_strokes_of_letters_side_by_side_are_no_rule(wide: int, apart: int, letters: int) -> None:
    page = np.full((600, 1200), 255, np.uint8)
    for number in range(letters):
        left = LEFT + number * (wide + apart)
        page[300:304, left : left + wide] = 0
    level, upright = rule_masks(page, INCH)
    assert not level.any()
    assert not upright.any()


@settings(max_examples=10, deadline=None)
@given(st.integers(30, 100), st.integers(4, 10), st.booleans())
def test_a_broken_rule_is_one_from_upright_rule_to_upright_rule_or_across_the_page(
    wide: int,
    apart: int,
    framed: bool,  # noqa: FBT001
) -> None:
    page = np.full((600, 1200), 255, np.uint8)
    right = 500 if framed else 1100
    for left in range(LEFT, right, wide + apart):
        page[300:302, left : min(left + wide, right)] = 0
    page[300:302, right - wide : right] = 0
    if framed:
        page[200:450, LEFT - 2 : LEFT] = page[200:450, right : right + 2] = 0
    level, _ = rule_masks(page, INCH)
    assert level[300, LEFT + 5 : right - 20].all()


@settings(max_examples=10, deadline=None)
@given(st.integers(110, 170), st.integers(4, 7), st.integers(-WIDTH, WIDTH))
@example(157, 4, 0)
def test_the_ring_of_a_seal_that_lies_over_a_table_is_no_rule_of_it(radius: int, pen: int, aside: int) -> None:
    page = np.full((600, 1200), 255, np.uint8)
    sides = range(LEFT, 1000, WIDTH)
    for side in sides:
        page[100:500, side : side + 2] = 0
    page[100:102, LEFT : sides[-1]] = page[500:502, LEFT : sides[-1]] = 0
    cv2.circle(page, (sides[4] + WIDTH // 2 + aside, 200 + radius), radius, 0, pen)
    level, _ = rule_masks(page, INCH)
    assert level[101, LEFT + 5 : sides[-1] - 5].all()
    assert not level[150:450].any(), "its top and its foot"


@settings(max_examples=10, deadline=None)
@given(st.integers(3, 8), st.integers(6, 10))
def test_the_rules_of_a_row_that_a_page_cuts_are_found_on_a_bent_sheet(rise: int, columns: int) -> None:
    page, sides = _cut_row(0, columns, below=False)
    ends = [360 - round(rise * np.sin(np.pi * number / columns)) for number in range(columns + 1)]
    for side, end in zip(sides, ends, strict=True):
        page[300:end, side : side + 2] = 0
    _, upright = rule_masks(page, INCH)
    assert [side for side in sides if upright[330, side : side + 2].any()] == sides
