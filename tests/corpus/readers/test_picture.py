"""What a printer left on a page, whatever the light: stamps and shadows leave white paper and black ink."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

pytest.importorskip("cv2", reason="OpenCV takes the packages libgl1 and libglib2.0-0", exc_type=ImportError)

from corpus.readers.picture import flattened
from tests.accuracy.formats.scanned import Look, seen

SIZE = 850, 1100


@pytest.mark.parametrize("shadow", [0.0, 0.25, 0.5])
def test_under_a_stamp_in_shadow_paper_is_white_and_ink_is_black(shadow: float) -> None:
    page = Image.new("RGB", SIZE, "white")
    drawn = ImageDraw.Draw(page)
    lines = range(760, 1000, 24)
    for top in lines:
        drawn.line((500, top, 800, top), fill="black", width=3)
    look = Look(100, shadow=shadow, stamped=True)
    flat = flattened(np.asarray(seen(page, look, np.random.default_rng(1)).convert("RGB")))
    ink = np.array([flat[top, 500:800].max() for top in lines])
    paper = np.array([flat[top + 12, 500:800] for top in lines])
    assert ink.max() < 110
    assert np.mean(paper < 200) < 0.01, "no ring is left, and no stain around it"


def test_faint_print_is_black_and_what_shows_through_the_paper_is_gone() -> None:
    page = Image.new("RGB", SIZE, (242, 240, 236))
    drawn = ImageDraw.Draw(page)
    for top in range(100, 1000, 24):
        drawn.line((100, top, 400, top), fill=(132, 131, 130), width=3)
        drawn.line((450, top, 800, top), fill=(226, 224, 220), width=3)
    flat = flattened(np.asarray(page))
    assert flat[100:1000:24, 100:400].max() < 110
    assert flat[100:1000, 450:800].min() > 230


@pytest.mark.parametrize("apart", [3, 4, 5])
def test_a_ground_that_a_screen_of_dots_makes_grey_is_paper(apart: int) -> None:
    page = Image.new("L", SIZE, "white")
    drawn = ImageDraw.Draw(page)
    for top in range(100, 500, apart):
        for left in range(100, 800, apart):
            drawn.rectangle((left, top, left + 1, top), fill=0)
    for top in range(120, 480, 24):
        drawn.rectangle((150, top, 750, top + 4), fill=0)
    flat = flattened(np.asarray(page.convert("RGB")))
    ink, paper = flat[122:480:24, 160:740], flat[134:480:24, 160:740]
    assert np.percentile(ink, 90) < 110
    assert np.percentile(paper, 10) > 195, "darker would be ink"


def test_dust_of_a_page_in_black_and_white_is_swept_and_points_stay() -> None:
    page = Image.new("1", SIZE, 1)
    drawn = ImageDraw.Draw(page)
    for left in range(100, 800, 20):
        drawn.rectangle((left, 200, left + 1, 201), fill=0)
        drawn.point((left, 300), fill=0)
        drawn.rectangle((left, 400, left + 8, 440), fill=0)
    flat = flattened(np.asarray(page.convert("RGB")))
    assert flat[200:202, 100:800].min() < 150
    assert flat[295:305, 100:800].min() == 255


def test_thin_strokes_of_faint_print_are_ink_as_its_thick_ones_are() -> None:
    page = Image.new("L", SIZE, 246)
    drawn = ImageDraw.Draw(page)
    for top in range(100, 1000, 24):
        drawn.line((100, top, 400, top), fill=155, width=3)
        drawn.line((450, top, 800, top), fill=205)
    flat = flattened(np.asarray(page.convert("RGB")))
    assert flat[101:1000:24, 100:400].max() < 110
    assert flat[100:1000:24, 450:800].max() < 195
