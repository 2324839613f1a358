"""A sheet on a desk: found, laid flat, and its places found again in the photograph; a scan stays as it is."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

pytest.importorskip("cv2", reason="OpenCV takes the packages libgl1 and libglib2.0-0", exc_type=ImportError)

from corpus.model import Cutout
from corpus.readers.origin import Origin
from corpus.readers.paper import sheet_of
from tests.accuracy.formats.scanned import LOOKS, seen

SIZE = WIDTH, HEIGHT = 620, 877
SPOT = (300, 200, 330, 220)
"""A box of ink on the sheet."""


def sheet() -> Image.Image:
    page = Image.new("RGB", SIZE, "white")
    drawn = ImageDraw.Draw(page)
    drawn.rectangle(SPOT, fill="black")
    for top in range(300, 800, 30):
        drawn.line((60, top, 560, top), fill="black", width=4)
    return page


@pytest.mark.parametrize("seed", range(4))
def test_a_sheet_on_a_desk_is_laid_flat_and_leads_back_to_the_photograph(seed: int) -> None:
    photograph = np.asarray(seen(sheet(), LOOKS["desk_200"], np.random.default_rng(seed)).convert("RGB"))
    flat, lens = sheet_of(photograph)
    height, width = flat.shape[:2]
    assert abs(height / width - HEIGHT / WIDTH) < 0.08
    x, y = (SPOT[0] + SPOT[2]) / 2 * width / WIDTH, (SPOT[1] + SPOT[3]) / 2 * height / HEIGHT
    assert flat[round(y), round(x)].max() < 100, "the ink is where it is on the sheet"
    rows = np.flatnonzero((flat.max(axis=2) < 120)[:, width // 4])
    others = np.flatnonzero((flat.max(axis=2) < 120)[:, 3 * width // 4])
    assert abs(rows[0] - others[0]) <= height // 100, "lines run level"
    size = photograph.shape[1], photograph.shape[0]
    cut = Origin(size, (width, height), lens, 0, 1.0).cutout((x - 2, y - 2, x + 2, y + 2))
    at = photograph[round((cut.top + cut.bottom) / 2 * size[1]), round((cut.x0 + cut.x1) / 2 * size[0])]
    assert isinstance(cut, Cutout)
    assert at.max() < 130, "and in the photograph"


@pytest.mark.parametrize("look", ["clean_100", "noisy_150", "photo_200"])
def test_a_page_that_fills_its_picture_stays(look: str) -> None:
    scan = np.asarray(seen(sheet(), LOOKS[look], np.random.default_rng(1)).convert("RGB"))
    flat, lens = sheet_of(scan)
    assert flat is scan
    assert (lens == np.eye(3)).all()
