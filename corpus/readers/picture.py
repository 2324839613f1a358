"""A file or a page that is a picture → grey levels as a printer would have left them: flat, upright, without stamps.

Scans are turned by some degrees, photographs have shadows, stamps lie over the signature: each is undone before
anything is read.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""Rows of grey levels, 0 for black to 255 for white."""
Colours = npt.NDArray[np.uint8]
"""Rows of red, green and blue."""
Map = npt.NDArray[np.float64]
"""Two rows of three numbers: x and y of a place in another picture, from its x and y here and 1."""

# The sides of A4 in inches.
_PAPER = (8.27, 11.69)
# Scanners and hands turn a page by no more than this, in degrees; less than the least needs no mending.
_MOST_SKEW = 8.0
_LEAST_SKEW = 0.05
# How much redder than anything else a stamp is.
_RED = 14
# So many dots beside stamped ones are; red ink is lighter than this in red light, and most of it than that share.
_SMEARED = 7
_LIGHT = 130
_PALEST = 38
# Darker is black whatever the printer and the scanner made of it. Faint print is as dark as the darkest dots of so many
# dots square, in the darker quarter of those that hold ink, none of which is lighter than the last. Of the way from
# there to the paper the last eighth is white: ghosts of the other side are in it, the thin strokes of faint print not.
_BLACK, _INKED, _GHOST = 40.0, 228.0, 0.125
_SQUARE = 32
_DARKER = 25
_FAINTEST = 160.0
# Levels so near to black or white are these; of ink with less than this share between them every edge is a stair, which
# is smoothed by so many dots.
_STAIR = 32
_LEAST_BETWEEN = 0.05
# So few black dots by themselves are dust: the point of a number has more.
_DUST = 3
_SMOOTHED = 0.8
# Grain of the paper, as a share of the way from ink to paper, that is smoothed.
_GRAIN = 0.05
# Dots of a screen, by which printers and scanners make grey of black, are no larger than so many dots; so many lie in a
# square, more than of any letters and dust, and in no less than that share of all squares; they are smoothed by this
# share of how far they lie apart.
_SCREEN_DOT, _CROWDED, _SCREENED, _SCREEN_BLUR = 12, 30, 0.02, 0.35
_PAPER_PIXELS = 1_000
"""The paper's own level is found on a smaller copy, of so many pixels on its longer side."""


def paper_resolution(colours: Colours) -> float:
    """The dots an inch of a picture of which no more is known: as if it were of A4, or of pages one below the other."""
    height, width = colours.shape[:2]
    short, long = _PAPER
    return float(width / short if height >= width else max(width / long, height / short))


def flattened(colours: Colours) -> Picture:
    """Black on white paper: stamps taken out, shadows and the paper's own colour made white, faint print black."""
    grey = _descreened(_unstamped(colours, np.asarray(cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY), np.uint8)))
    paper = _paper(grey)
    level = cv2.divide(grey, np.maximum(paper, 1), scale=255.0).astype(np.float32)
    black = _black(level)
    white = 255 - _GHOST * (255 - black)
    stretched = (level - black) * (255 / (white - black))
    flat = np.asarray(np.clip(stretched, 0, 255), np.uint8)
    if _is_black_and_white(flat):
        return _smoothed(_swept(flat))
    return _smoothed(flat) if _grain(stretched) > _GRAIN else flat


def _grain(level: npt.NDArray[np.float32]) -> float:
    """How much a dot differs from those around it on most of the page, which is paper: a share of black on white."""
    around = cv2.medianBlur(level, 3)
    return float(np.median(np.abs(level - around))) / 255


def _descreened(grey: Picture) -> Picture:
    """Grey where a screen of dots makes it: a shaded head of a table is paper then, a little darker than other."""
    level = cv2.divide(grey, np.maximum(_paper(grey), 1), scale=255.0)
    ink = (level < (255 + _black(level.astype(np.float32))) / 2).astype(np.uint8)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=4)
    dots = boxes[1:][boxes[1:, cv2.CC_STAT_AREA] <= _SCREEN_DOT]
    squares = np.bincount((dots[:, cv2.CC_STAT_TOP] // _SQUARE) * grey.shape[1] + dots[:, cv2.CC_STAT_LEFT] // _SQUARE)
    crowded = squares[squares >= _CROWDED]
    if len(crowded) * _SQUARE**2 < _SCREENED * grey.size:
        return grey
    apart = _SQUARE / float(crowded.mean()) ** 0.5
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), _SCREEN_BLUR * apart), np.uint8)


def _black(level: npt.NDArray[np.float32]) -> float:
    """How dark most ink is, on paper that is white."""
    height, width = (side // _SQUARE for side in level.shape)
    squares = level[: height * _SQUARE, : width * _SQUARE].reshape(height, _SQUARE, width, _SQUARE)
    darkest = squares.min(axis=(1, 3))
    inked = darkest[darkest < _INKED]
    return float(np.clip(np.percentile(inked, _DARKER), _BLACK, _FAINTEST)) if inked.size else _BLACK


def _unstamped(colours: Colours, grey: Picture) -> Picture:
    """Grey levels without the red of stamps: in red light their ink is as light as paper, and other ink is dark."""
    red, green, blue = (colours[:, :, channel].astype(np.int16) for channel in range(3))
    stamped = (red - np.maximum(green, blue) > _RED).astype(np.uint8)
    if not stamped.any():
        return grey
    # JPEG knows the colour of two dots by two at best: those around are stamped, too, if less surely.
    around = cv2.dilate(stamped, np.ones((_SMEARED, _SMEARED), np.uint8)) > 0
    ink = red[(stamped > 0) & (red > _LIGHT)]
    light = float(np.percentile(ink, _PALEST)) if ink.size else 255.0
    # No lighter than the paper around it, which may lie in shadow: a white ring would be a stain like any other.
    paper = _paper(np.ascontiguousarray(colours[:, :, 0]))
    seen = np.minimum(np.clip(red * (255.0 / light), 0, 255), paper).astype(np.uint8)
    return np.where(around, np.maximum(grey, seen), grey).astype(np.uint8)


def _is_black_and_white(flat: Picture) -> bool:
    """Whether the scanner knew nothing between: edges are stairs, as no letter is that a model was taught."""
    between = np.count_nonzero((flat > _STAIR) & (flat < 255 - _STAIR))
    return bool(between < _LEAST_BETWEEN * np.count_nonzero(flat < 255 - _STAIR))


def _swept(flat: Picture) -> Picture:
    """Without single dots, which a scanner that knows black and white alone makes of any grain."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats((flat < _STAIR).astype(np.uint8), connectivity=8)
    dust = boxes[:, cv2.CC_STAT_AREA] <= _DUST
    return np.where(dust[labels], 255, flat).astype(np.uint8)


def _smoothed(flat: Picture) -> Picture:
    return np.asarray(cv2.GaussianBlur(flat, (0, 0), _SMOOTHED), np.uint8)


def _paper(grey: Picture) -> Picture:
    """The level of the paper around each place: what is left when all that is small and dark is painted over."""
    height, width = grey.shape
    share = min(1.0, _PAPER_PIXELS / max(height, width))
    small = cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    painted = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 31)
    return np.asarray(cv2.resize(painted, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def straightened(grey: Picture) -> tuple[Picture, Map]:
    """The page turned so that its rules and its lines of text run level, and how it was turned."""
    angle = _skew(grey)
    turn = _turn(grey, angle if abs(angle) >= _LEAST_SKEW else 0.0)
    return (turned_by(grey, angle) if abs(angle) >= _LEAST_SKEW else grey), turn


def turned_by(grey: Picture, degrees: float, how: int = cv2.INTER_CUBIC) -> Picture:
    """The picture turned against the clock around its middle; what comes in from outside is white."""
    height, width = grey.shape
    turn = _turn(grey, degrees)
    return np.asarray(cv2.warpAffine(grey, turn, (width, height), flags=how, borderValue=255), np.uint8)


def _turn(grey: Picture, degrees: float) -> Map:
    height, width = grey.shape
    return np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0), np.float64)


def _skew(grey: Picture) -> float:
    """By how many degrees the page's lines fall to the right: turned back, rows of ink and of paper differ most."""
    share = min(1.0, _PAPER_PIXELS / max(grey.shape))
    small = np.asarray(cv2.resize(grey, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8)

    def contrast(angle: float) -> float:
        return float(np.abs(np.diff(turned_by(small, angle, cv2.INTER_LINEAR).mean(axis=1))).sum())

    angle = 0.0
    for reach, step in ((_MOST_SKEW, 0.5), (0.4, 0.1), (0.08, 0.02)):
        angle = max((angle + turn for turn in np.arange(-reach, reach + step / 2, step)), key=contrast)
    return float(angle)
