"""A photograph of a sheet that lies on something darker → the sheet alone, as if it had been laid on a scanner."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from corpus.readers.picture import Colours, Map

# The sheet is looked for on a copy of so many dots on its longer side. Around it most of the edge of the picture is
# darker; it fills at least so much of the picture, and four straight sides hold so much of what is bright.
_COPY = 600
_DARK_EDGE = 0.6
_LEAST_SHEET = 0.25
_FOUR_SIDED = 0.93
# By how much paper is lighter than what lies around it, in grey levels.
_LIGHTER = 40
_CORNERS = 4


def sheet_of(colours: Colours) -> tuple[Colours, Map]:
    """The sheet of a photograph, and how places of the photograph become places on it; all of it if none is told."""
    corners = _corners(colours)
    if corners is None:
        return colours, np.eye(3)
    (left, right), (top, bottom) = _sides(corners, (0, 3), (1, 2)), _sides(corners, (0, 1), (3, 2))
    width, height = round((top + bottom) / 2), round((left + right) / 2)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = cv2.getPerspectiveTransform(corners, flat)
    sheet = cv2.warpPerspective(colours, seen, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(sheet, np.uint8), np.asarray(seen, np.float64)


def _sides(corners: npt.NDArray[np.float32], *pairs: tuple[int, int]) -> list[float]:
    return [float(np.linalg.norm(corners[one] - corners[other])) for one, other in pairs]


def _corners(colours: Colours) -> npt.NDArray[np.float32] | None:
    """The corners of the sheet, from the upper left with the clock; None where no sheet stands out."""
    share = min(1.0, _COPY / max(colours.shape[:2]))
    small = cv2.resize(colours, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    grey = cv2.medianBlur(np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8), 9)
    _, bright = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    edge = np.concatenate([bright[0], bright[-1], bright[:, 0], bright[:, -1]])
    around, paper = grey[bright == 0], grey[bright == 1]
    # A page of one colour has nothing around the paper, or no paper.
    if not around.size or not paper.size or np.mean(edge == 0) < _DARK_EDGE:
        return None
    if np.median(paper) - np.median(around) < _LIGHTER:
        return None
    # Letters are small and dark on it: the sheet is what is bright with them painted over.
    whole = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    area = cv2.contourArea(hull)
    found = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
    is_sheet = area >= _LEAST_SHEET * grey.size and len(found) == _CORNERS
    if not is_sheet or cv2.contourArea(found) < _FOUR_SIDED * area:
        return None
    places = found[:, 0].astype(np.float32)
    # The sum of a place's sides is least in the upper left corner, their difference in the upper right one.
    sums, differences = places.sum(axis=1), places[:, 1] - places[:, 0]
    order = [int(sums.argmin()), int(differences.argmin()), int(sums.argmax()), int(differences.argmax())]
    return np.asarray(places[order] / share, np.float32) if len(set(order)) == _CORNERS else None
