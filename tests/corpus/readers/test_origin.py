"""Where a cell stands in the picture that its page was, by painting a rectangle and looking for it."""

from __future__ import annotations

import importlib

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.origin import Origin

cv2 = pytest.importorskip("cv2", reason="OpenCV takes the packages libgl1 and libglib2.0-0", exc_type=ImportError)
picture = importlib.import_module("corpus.readers.picture")
WIDTH, HEIGHT = 300, 420
# The middle of a slanted edge is a dot or two off, and so is what was turned twice.
CLOSE = 4


def box_of_ink(page: npt.NDArray[np.uint8]) -> tuple[int, int, int, int]:
    down, across = np.nonzero(page < 128)
    return int(across.min()), int(down.min()), int(across.max()) + 1, int(down.max()) + 1


Rectangle = tuple[int, int, int, int]
RECTANGLES = st.tuples(st.integers(60, 150), st.integers(80, 200), st.integers(20, 80), st.integers(12, 60))


@settings(max_examples=60, deadline=None)
@given(RECTANGLES, st.floats(-6, 6), st.integers(0, 3), st.sampled_from((0.36, 0.5, 1.0)))
def test_a_box_of_the_page_leads_back_to_the_ink(at: Rectangle, degrees: float, turns: int, scale: float) -> None:
    x0, top, width, height = at
    painted_on = np.full((HEIGHT, WIDTH), 255, np.uint8)
    painted_on[top : top + height, x0 : x0 + width] = 0
    page = np.rot90(picture.turned_by(painted_on, degrees), turns)
    level = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, 1.0)
    size = (WIDTH, HEIGHT)
    cut = Origin(size, size, np.vstack([level, [0.0, 0.0, 1.0]]), turns, scale).cutout(
        tuple(side * scale for side in box_of_ink(np.asarray(page)))  # type: ignore[arg-type]
    )
    found = (cut.x0 * WIDTH, cut.top * HEIGHT, cut.x1 * WIDTH, cut.bottom * HEIGHT)
    # The box around a turned rectangle is larger than it: it covers it, by no more than what the turn adds.
    slack = CLOSE + np.sin(np.radians(abs(degrees))) * 2 * (width + height)
    for side, (seen, painted) in enumerate(zip(found, (x0, top, x0 + width, top + height), strict=True)):
        assert abs(seen - painted) <= slack
        assert (seen <= painted + CLOSE) if side < 2 else (seen >= painted - CLOSE)
    assert cut.turns == turns


def test_a_page_made_level_says_how_it_was_turned() -> None:
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    for line in range(60, 360, 20):
        page[line : line + 3, 40:260] = 0
    _, turn = picture.straightened(picture.turned_by(page, 3.0))
    assert np.degrees(np.arcsin(turn[0, 1])) == pytest.approx(-3.0, abs=0.3)
