"""Strokes too pale to be ink: in faint print a thin minus is lost before the digits behind it are.

One that is seen right before a number is given to it: whether the model then sees a sign or not, none is lost without
a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from corpus.readers.picture import Picture
from corpus.readers.xy_cut import Spot, height

# Lighter is paper. So wide a stroke is, in inches, and so many times as wide as high; a column of it has so many levels
# of ink, or it is grain of the paper.
_PALE = 238
_LEAST = 0.03
_FLAT = 2.0
_INKED = 24.0
# In heights of the text: how far before it a sign stands, and between which heights.
_BEFORE = 0.8
_UPPER, _LOWER = 0.25, 0.75


def pale_strokes(grey: Picture, known: Picture, resolution: float) -> Iterator[Spot]:
    """Level strokes that are neither ink nor rules, which are ``known``, nor the seam of these."""
    seam = np.asarray(cv2.dilate(known, np.ones((3, 3), np.uint8)), np.uint8)
    pale = (grey < _PALE).astype(np.uint8) & (1 - seam)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(pale, connectivity=8)
    wide, high = boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]
    is_stroke = (wide >= _LEAST * resolution) & (wide >= _FLAT * high)
    for number in np.flatnonzero(is_stroke[1:]).tolist():
        x, y, width, depth, _ = map(int, boxes[number + 1])
        darkness = 255.0 - grey[y : y + depth, x : x + width]
        if darkness.sum() >= _INKED * width:
            yield x, y, x + width, y + depth


def signed(number: Sequence[Spot], strokes: Sequence[Spot]) -> list[Spot]:
    """The ink of a text with the stroke that stands before it as a minus does, if one does."""
    high, left, top = height(number), min(spot[0] for spot in number), min(spot[1] for spot in number)
    before = [
        (x0, upper, x1, lower)
        for x0, upper, x1, lower in strokes
        if 0 <= left - x1 <= _BEFORE * high and _UPPER * high < (upper + lower) / 2 - top < _LOWER * high
    ]
    return [*before[-1:], *number]
