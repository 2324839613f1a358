"""A minus of any strength before digits is told; what is grain, a ghost, or no minus by its place is none."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFilter

pytest.importorskip("cv2", reason="OpenCV takes the packages libgl1 and libglib2.0-0", exc_type=ImportError)

from corpus.readers.scan_lines import texts_of
from corpus.readers.scan_rules import rule_masks

INCH = 150
ROWS, COLUMNS = 5, 4


def _table(stroke: int | None, at: float, grain: float = 0.0) -> npt.NDArray[np.uint8]:
    """Cells of two digits each, a stroke of so dark a grey before them, ``at`` that share of their height."""
    page = Image.new("L", (COLUMNS * 160 + 80, ROWS * 50 + 80), 255)
    drawn = ImageDraw.Draw(page)
    for row in range(ROWS + 1):
        drawn.line((40, 40 + row * 50, 40 + COLUMNS * 160, 40 + row * 50), fill=0, width=2)
    for column in range(COLUMNS + 1):
        drawn.line((40 + column * 160, 40, 40 + column * 160, 40 + ROWS * 50), fill=0, width=2)
    for row in range(ROWS):
        for column in range(COLUMNS):
            x, y = 110 + column * 160, 56 + row * 50
            drawn.rectangle((x, y, x + 8, y + 18), outline=0, width=2)
            drawn.rectangle((x + 12, y, x + 20, y + 18), outline=0, width=2)
            if stroke is not None:
                drawn.line((x - 11, round(y + at * 18), x - 4, round(y + at * 18)), fill=stroke, width=2)
    blurred = np.asarray(page.filter(ImageFilter.GaussianBlur(0.5)), np.float64)
    noisy = blurred + np.random.default_rng(7).normal(0, grain, blurred.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)


def _dashed(page: npt.NDArray[np.uint8]) -> int:
    shapes = [text.shape for text in texts_of(page, *rule_masks(page, INCH), INCH)]
    assert len(shapes) == ROWS * COLUMNS
    return sum(shape is not None and shape.is_dashed for shape in shapes)


@pytest.mark.parametrize("stroke", [0, 120, 180, 200, 215])
def test_a_minus_is_seen_at_every_strength_that_print_has(stroke: int) -> None:
    assert _dashed(_table(stroke, 0.6)) == ROWS * COLUMNS


@pytest.mark.parametrize("grain", [0.0, 4.0, 8.0, 12.0])
def test_grain_is_no_minus(grain: float) -> None:
    assert not _dashed(_table(None, 0.6, grain))


@pytest.mark.parametrize(("stroke", "at"), [(180, -0.3), (180, 0.95), (245, 0.6)])
def test_a_stroke_that_is_too_high_or_too_low_is_none_nor_is_a_ghost(stroke: int, at: float) -> None:
    assert not _dashed(_table(stroke, at))
