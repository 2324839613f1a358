"""The lines of text of a page that is a picture: its ink by regions that rules part, by lines, by gaps in these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from corpus.readers.number_reading import Shape
from corpus.readers.picture import Picture
from corpus.readers.scan_rules import ends_of

Spot = tuple[int, int, int, int]
"""x0, top, x1, bottom of ink, in pixels."""

# Darker is ink, thin strokes too. Smaller, in square inches, is dust. So many dots around a rule are its own.
_INK = 195
_DUST = 0.00012
_FUZZ = 5
# In inches, and beside most letters: what is higher is no letter.
_TALLEST = 0.7
_HIGHER = 3.5
# In inches and in heights of a line: a gap that parts two texts beside each other. In heights of a line: how low a
# stroke of its letters is that stands apart, and how far from them; what is so high is several lines that something
# joins, and what is so high in it joins them; no two strokes make a higher letter.
_GAP = 0.15
_WIDE_GAP = 1.3
_STROKE = 0.45
_NEAR = 0.3
_SEVERAL = 2.2
_JOINING = 1.5
_LINE = 1.2
_ROW = 3
# In heights of its line: a text so short may be a number; a stroke so low may be a dash; a spot so high is a digit at
# least, and digits stand so far apart.
_NUMBER = 6.0
_FLAT = 0.3
_HIGH = 0.6
_LEAST_DIGIT = 0.37


@dataclass(frozen=True, slots=True)
class Text:
    """Ink that makes one line of one region, in pixels; ``apart``: it stands in a cell."""

    x0: int
    top: int
    x1: int
    bottom: int
    apart: bool
    spots: tuple[Spot, ...]

    @property
    def length(self) -> float:
        """In its heights."""
        return (self.x1 - self.x0) / (self.bottom - self.top)

    @property
    def shape(self) -> Shape | None:
        """What its ink looks like, if it may be a number."""
        width, height = self.x1 - self.x0, self.bottom - self.top
        if not self.apart or width > _NUMBER * height:
            return None
        return Shape(width / height, _is_dashed(self.spots), _marks(self.spots))


def texts_of(grey: Picture, level: Picture, upright: Picture, resolution: float) -> Iterator[Text]:
    """The lines of ink of every region that rules part."""
    ruled = np.asarray(cv2.dilate(level | upright, np.ones((_FUZZ, _FUZZ), np.uint8)), np.uint8)
    closed = cv2.morphologyEx(ruled, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    # A row that the end of a page left open is of the table, too.
    ended = cv2.dilate(ends_of(upright, resolution), np.ones((3, 3), np.uint8))
    _, regions = cv2.connectedComponents(1 - np.maximum(closed, ended), connectivity=4)
    ink = (grey < _INK).astype(np.uint8) & (1 - ruled)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    outside = _largest(regions)
    by_region: dict[int, list[Spot]] = defaultdict(list)
    dust = max(2, round(_DUST * resolution * resolution))
    # Letters of a title are twice as high as the others; a seal, a picture, the edge of the paper are higher.
    inked = boxes[1:, cv2.CC_STAT_HEIGHT][boxes[1:, cv2.CC_STAT_AREA] > dust]
    tallest = min(_TALLEST * resolution, _HIGHER * float(np.percentile(inked, 75))) if inked.size else 0.0
    owner = _owners(labels, regions, len(boxes))
    for number, (x, y, width, height, area) in enumerate(boxes.tolist()):
        if number and area > dust and height <= tallest:
            by_region[owner[number]].append((x, y, x + width, y + height))
    runs = {region: _parted(_runs(found)) for region, found in by_region.items()}
    # A table's letters are of one size; the words around it may have several.
    in_cells = _usual([run for region, found in runs.items() if region != outside for run in found])
    for region, found in runs.items():
        for line in _lines(found, _usual(found) if region == outside else in_cells):
            pieces = list(_pieces(line, resolution))
            # Of a line in so many pieces each may be a cell of a table without rules.
            apart = region != outside or len(pieces) >= _ROW
            yield from (_text(piece, apart=apart) for piece in pieces)


def _text(spots: Sequence[Spot], *, apart: bool) -> Text:
    """Some ink as one text, with the box around it."""
    x0, top, x1, bottom = zip(*spots, strict=True)
    return Text(min(x0), min(top), max(x1), max(bottom), apart, tuple(spots))


def _owners(labels: Any, regions: Any, count: int) -> list[int]:
    """The region in which each spot of ink lies: that of the first of its dots that a rule does not cover."""
    owners = np.zeros(count, np.int64)
    inked = labels > 0
    spots, places = labels[inked], regions[inked]
    free = places > 0
    owners[spots[free]] = places[free]
    return [int(owner) for owner in owners]


def _largest(regions: Any) -> int:
    counts = np.bincount(regions.ravel())
    counts[0] = 0
    return int(counts.argmax())


def _runs(boxes: Sequence[Spot]) -> list[list[Spot]]:
    """Ink that overlaps up and down, from the top."""
    runs: list[list[Spot]] = []
    bottom = 0
    for box in sorted(boxes, key=lambda box: box[1]):
        if runs and box[1] < bottom:
            runs[-1].append(box)
            bottom = max(bottom, box[3])
        else:
            runs.append([box])
            bottom = box[3]
    return runs


def _parted(runs: Sequence[list[Spot]]) -> list[list[Spot]]:
    """Lines that a seal, a brace or a stroke of a pen joins are apart again, without what joined them."""
    usual = _usual(runs)
    parted: list[list[Spot]] = []
    for run in runs:
        if _height(run) > _SEVERAL * usual and len(run) > 1:
            parted += _runs([spot for spot in run if spot[3] - spot[1] <= _JOINING * usual])
        else:
            parted.append(run)
    return parted


def _usual(runs: Sequence[list[Spot]]) -> int:
    """How high most lines are, strokes that stand apart aside."""
    heights = sorted(map(_height, runs))
    return heights[len(heights) * 3 // 5] if heights else 0


def _lines(runs: list[list[Spot]], usual: int) -> list[list[Spot]]:
    """The runs as lines of text: what is much lower than a line is a stroke of the one beside it."""
    runs, number = list(runs), 0
    while number + 1 < len(runs):
        above, below = runs[number : number + 2]
        gap = min(box[1] for box in below) - max(box[3] for box in above)
        low, high = sorted((_height(above), _height(below)))
        whole = high + low + gap
        is_stroke = low < _STROKE * high and gap < _NEAR * high and high <= _SEVERAL * usual
        if is_stroke or whole < _LINE * usual:
            runs[number : number + 2] = [above + below]
            number = max(0, number - 1)
        else:
            number += 1
    return runs


def _height(spots: Sequence[Spot]) -> int:
    return max(spot[3] for spot in spots) - min(spot[1] for spot in spots)


def _pieces(line: Sequence[Spot], resolution: float) -> Iterator[list[Spot]]:
    """The texts of a line that wide gaps part."""
    height = max(box[3] for box in line) - min(box[1] for box in line)
    gap = max(_WIDE_GAP * height, _GAP * resolution)
    piece: list[Spot] = []
    end = 0
    for box in sorted(line):
        if piece and box[0] - end > gap:
            yield piece
            piece, end = [], 0
        piece.append(box)
        end = max(end, box[2])
    if piece:
        yield piece


def _is_dashed(piece: Sequence[Spot]) -> bool:
    """Whether a text begins with a stroke that is level, half as high up as its line, and beside the rest."""
    (x0, top, x1, bottom), *others = piece
    if not others or x1 >= others[0][0]:
        return False
    height, above = _height(piece), top - min(spot[1] for spot in piece)
    is_flat = bottom - top <= _FLAT * height and x1 - x0 > bottom - top
    return is_flat and 0.25 * height < above + (bottom - top) / 2 < 0.75 * height


def _marks(piece: Sequence[Spot]) -> int:
    """How many spots of ink, one beside the other, are at least half as high as the text."""
    count, end = 0, -1
    for x0, top, x1, bottom in piece:
        if bottom - top >= _HIGH * _height(piece):
            count += x0 >= end
            end = max(end, x1)
    # Halves of a broken 0 stand closer than two digits can.
    width = max(spot[2] for spot in piece) - piece[0][0]
    return min(count, int(width / (_LEAST_DIGIT * _height(piece))))
