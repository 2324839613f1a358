"""No ink in a cell is lost without a word: what is too high to be a letter makes the number that hangs on it unsure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("cv2", reason="OpenCV takes the packages libgl1 and libglib2.0-0", exc_type=ImportError)

import cv2

from corpus.readers.scan_lines import Text, texts_of
from corpus.readers.scan_rules import rule_masks

INCH = 150
LEFT, TOP, WIDE, HIGH = 60, 60, 110, 90
CELLS = [(row, column) for row in range(5) for column in range(6)]


def _table() -> npt.NDArray[np.uint8]:
    """A table with ``12`` in each cell."""
    page = np.full((TOP * 2 + 5 * HIGH, LEFT * 2 + 6 * WIDE), 255, np.uint8)
    for row in range(6):
        cv2.line(page, (LEFT, TOP + row * HIGH), (LEFT + 6 * WIDE, TOP + row * HIGH), 0, 2)
    for column in range(7):
        cv2.line(page, (LEFT + column * WIDE, TOP), (LEFT + column * WIDE, TOP + 5 * HIGH), 0, 2)
    for cell in CELLS:
        x, y = _corner(cell)
        cv2.putText(page, "12", (x + 40, y + 54), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2)
    return page


def _corner(cell: tuple[int, int]) -> tuple[int, int]:
    return LEFT + cell[1] * WIDE, TOP + cell[0] * HIGH


def _texts(page: npt.NDArray[np.uint8]) -> dict[tuple[int, int], list[Text]]:
    level, upright = rule_masks(page, INCH)
    found: dict[tuple[int, int], list[Text]] = {}
    for text in texts_of(page, level, upright, INCH):
        cell = ((text.top + text.bottom) // 2 - TOP) // HIGH, ((text.x0 + text.x1) // 2 - LEFT) // WIDE
        found.setdefault(cell, []).append(text)
    return found


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(CELLS), st.integers(38, 62), st.integers(-24, 24), st.integers(2, 4))
def test_a_stroke_of_a_pen_through_a_number_makes_it_unsure(
    cell: tuple[int, int], at: int, slant: int, pen: int
) -> None:
    page = _table()
    x, y = _corner(cell)
    cv2.line(page, (x + at - slant, y + 8), (x + at + slant, y + HIGH - 8), 0, pen)
    texts = _texts(page)
    assert sorted(texts) == CELLS, "a cell with ink gives a text"
    as_printed = [len(text.spots) for text in texts[cell]] == [2]
    assert as_printed or all(text.crossed for text in texts[cell]), "a digit hangs on the stroke"
    assert not any(text.crossed for each, found in texts.items() if each != cell for text in found)


def test_what_is_as_printed_is_not_crossed() -> None:
    assert not any(text.crossed for found in _texts(_table()).values() for text in found)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(CELLS), st.integers(34, 46))
def test_what_joins_the_lines_of_a_cell_and_is_left_out_makes_them_unsure(cell: tuple[int, int], high: int) -> None:
    page = _table()
    x, y = _corner(cell)
    page[y + 16 : y + 16 + high, x + 30 : x + 33] = 0
    page[y + 16 : y + 20, x + 30 : x + 75] = 0
    assert all(text.crossed for text in _texts(page)[cell])
