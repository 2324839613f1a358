"""Streaks that a scanner draws → the page without them.

A speck on the glass, or a sensor that is blind, draws a line along the way of the paper, thin and straight. Taken for a
rule it would cut a column of numbers in two; taken for ink it would join them. It is told by where it ends: at the edge
of the picture, as no table's rules do, but for those of a picture that cuts a table: they do so together.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from corpus.readers.picture import Picture
from corpus.readers.scan_rules import straight

# In inches: a line so long and no wider, so near to the edge of the picture that it ends there; its seam.
_LONG = 0.8
_WIDE = 0.03
_EDGE = 0.03
_SEAM = 0.007
# Wider, in inches and in dots, it may hide a stroke.
_HIDING = 0.01
# Lighter is paper, for a line that is so long; what is by so much darker than the line is ink that it crosses.
_PALE = 225
_DARKER = 60
# So many lines that end at one edge are rules of a table.
_TABLE = 3


def without_streaks(grey: Picture, resolution: float) -> tuple[Picture, Picture]:
    """The page as it is beside its streaks, and where they may hide what they cross: a 1 has room under a wide one."""
    upright, hidden = _bridged(grey, resolution)
    across, covered = _bridged(np.ascontiguousarray(upright.T), resolution)
    return np.ascontiguousarray(across.T), hidden | covered.T


def _bridged(grey: Picture, resolution: float) -> tuple[Picture, Picture]:
    """The page without its upright streaks, and where these were too wide to be sure of what they cross."""
    seam, bridged, hidden = max(1, round(_SEAM * resolution)), grey.copy(), np.zeros_like(grey)
    for left, right, top, bottom in _streaks(grey, resolution):
        one, other = max(0, left - seam - 1), min(grey.shape[1] - 1, right + seam)
        band = grey[top:bottom, one : other + 1].astype(np.float32)
        share = np.linspace(0, 1, other - one + 1, dtype=np.float32)
        beside = band[:, :1] * (1 - share) + band[:, -1:] * share
        is_ink = band < np.median(band, axis=0) - _DARKER
        bridged[top:bottom, one : other + 1] = np.where(is_ink, band, beside).astype(np.uint8)
        hidden[top:bottom, one : other + 1] = right - left > max(1.0, _HIDING * resolution)
    return bridged, hidden


def _streaks(grey: Picture, resolution: float) -> Iterator[tuple[int, int, int, int]]:
    """The left, the right, the top and the bottom of each upright streak."""
    mask = straight((grey < _PALE).astype(np.uint8), resolution, across=False)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    edge = _EDGE * resolution
    lines = [
        (x, x + width, y, y + height)
        for x, y, width, height, _ in boxes[1:].tolist()
        if height >= _LONG * resolution and width <= max(3.0, _WIDE * resolution)
    ]
    above = [line for line in lines if line[2] <= edge]
    below = [line for line in lines if line[3] >= grey.shape[0] - edge]
    for line in lines:
        ends = [together for together in (above, below) if line in together]
        if ends and all(len(together) < _TABLE for together in ends):
            yield line
