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
