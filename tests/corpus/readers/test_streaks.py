"""A scanner's streak is taken out wherever it runs and however dark it is; rules of tables stay."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("cv2", reason="OpenCV takes the packages libgl1 and libglib2.0-0", exc_type=ImportError)

from corpus.readers.scan_rules import rule_masks
from corpus.readers.streaks import without_streaks

INCH = 150
SIDES = range(100, 701, 100)
LINES = range(80, 481, 40)


def _table(last: int = LINES[-1]) -> npt.NDArray[np.uint8]:
    """Rules around cells that hold a block of ink each; the page ends at 600, or where the table does."""
    page = np.full((min(600, last + 120), 800), 255, np.uint8)
    for line in LINES:
        page[line : line + 2, SIDES[0] : SIDES[-1] + 2] = 0
        for side in SIDES[:-1]:
            page[line + 12 : line + 30, side + 40 : side + 60] = 0
    for side in SIDES:
        page[LINES[0] : last, side : side + 2] = 0
    return page


@settings(max_examples=12, deadline=None)
@given(st.integers(106, 690), st.integers(1, 4), st.integers(0, 190), st.booleans(), st.booleans())
def test_a_streak_leaves_the_page_as_it_was(at: int, wide: int, grey: int, half: bool, flat: bool) -> None:  # noqa: FBT001
    page = _table()
    if flat and at > LINES[-1] + 60:  # the page ends
        at -= 160
    if any(rule - 6 <= at <= rule + 6 for rule in (LINES if flat else SIDES)):
        at += 14
    streaked = np.ascontiguousarray(page.T) if flat else page.copy()
    rows = slice(0, 300) if half else slice(None)
    streaked[rows, at : at + wide] = np.minimum(streaked[rows, at : at + wide], grey)
    bridged, hidden = without_streaks(streaked, INCH)
    bridged, hidden = (bridged.T, hidden.T) if flat else (bridged, hidden)
    # What is lost of the table is at most as wide as the streak's own seam, and told where that may hide a stroke.
    changed = np.abs(bridged.astype(int) - page) > 60
    assert np.mean(changed) < 0.004
    assert bool(hidden.any()) is (wide > 1)
    if not flat:
        before, after = (rule_masks(np.ascontiguousarray(one), INCH)[1].any(axis=0) for one in (page, bridged))
        assert not (after & ~before).any(), "no rule is where none was"


def test_rules_that_the_end_of_a_page_cuts_are_no_streaks() -> None:
    page = _table(last=481)[:480]
    bridged, hidden = without_streaks(page, INCH)
    assert (bridged == page).all()
    assert not hidden.any()
