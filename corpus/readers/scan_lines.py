"""The lines of text of a page that is a picture: its ink by regions that rules part, by lines, by gaps in these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from corpus.readers.number_reading import Shape
from corpus.readers.pale_strokes import pale_strokes, signed
from corpus.readers.picture import Picture
from corpus.readers.scan_rules import ends_of
from corpus.readers.xy_cut import InkLine, Spot, height, ink_lines, pieces, runs

# Darker is ink, thin strokes too. Smaller, in square inches, is dust. So many dots around a rule are its own.
_INK = 195
_DUST = 0.00012
_FUZZ = 5
# In inches, and beside most letters: what is higher is no letter.
_TALLEST = 0.7
_HIGHER = 3.5
# In inches: narrower than that it is what a rule left, not a stroke of a pen.
_PEN = 0.05
# In inches and in heights of a line: a blank that parts two texts side by side; a narrower one may part two columns. In
# heights of a line: how low a comma is. In inches: how far apart letters of one line are.
_GAP = 0.15
_WIDE_GAP = 1.3
_OPEN = 0.6
_COMMA = 0.45
_BESIDE = 0.1
_ROW = 3
# In heights of its line: a text so short may be a number; a stroke so low may be a dash; a spot so high is a digit at
# least, and digits stand so far apart.
_NUMBER = 6.0
_FLAT = 0.3
_HIGH = 0.6
_LEAST_DIGIT = 0.37


@dataclass(frozen=True, slots=True)
class Text:
    """Ink that makes one line of one region, in pixels; ``apart``: in a cell; ``usual``: how high most lines are.

    ``crossed``: ink too high to be a letter stands in its cell, and a digit may hang on it.
    """

    x0: int
    top: int
    x1: int
    bottom: int
    apart: bool
    usual: float
    spots: tuple[Spot, ...]
    crossed: bool

    @classmethod
    def of(cls, spots: Sequence[Spot], usual: float, *, apart: bool, crossed: bool) -> Text:
        """What these spots of ink make."""
        x0, top, x1, bottom = zip(*spots, strict=True)
        return cls(min(x0), min(top), max(x1), max(bottom), apart, usual, tuple(spots), crossed)

    @property
    def length(self) -> float:
        """In its heights."""
        return (self.x1 - self.x0) / (self.bottom - self.top)

    @property
    def shape(self) -> Shape | None:
        """What its ink looks like, if it may be a number."""
        if not self.apart or self.length > _NUMBER:
            return None
        return Shape(self.length, _is_dashed(self.spots), _marks(self.spots))

    @property
    def blanks(self) -> list[tuple[int, int]]:
        """Where in it no ink is for so long that a column may end there."""
        parts = _columns(self.spots)
        return [(max(spot[2] for spot in one), other[0][0]) for one, other in pairwise(parts)]


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
    crossing: dict[int, list[Spot]] = defaultdict(list)
    for number, (x, y, wide, high, area) in enumerate(boxes.tolist()):
        if not number or area <= dust:
            continue
        if high <= tallest:
            by_region[owner[number]].append((x, y, x + wide, y + high))
        elif wide >= _PEN * resolution and owner[number] not in (0, outside):
            crossing[owner[number]].append((x, y, x + wide, y + high))
    # A table's letters are of one size; the words around it may have several.
    in_cells = _usual([run for region, found in by_region.items() if region != outside for run in runs(found)])
    around = _usual_outside(ink & (regions == outside), tallest, resolution)
    pale: dict[int, list[Spot]] = defaultdict(list)
    is_letter = boxes[:, cv2.CC_STAT_AREA] > dust
    is_letter[0] = False
    for stroke in pale_strokes(grey, ruled | is_letter[labels].astype(np.uint8), resolution):
        pale[int(regions[stroke[1], stroke[0]])].append(stroke)
    for region, found in by_region.items():
        usual = around if region == outside else in_cells
        lines = list(ink_lines(found, usual))
        # What joined lines was left out: in a cell it may be a digit that hangs on the ring of a seal.
        crossed = region in crossing or sum(len(line.spots) for line in lines) < len(found)
        for line in lines:
            strokes = pale[region] if region != outside else None
            yield from _texts(line, usual, resolution, strokes, crossed=crossed)
    for region in crossing.keys() - by_region.keys():
        yield Text.of(crossing[region], in_cells, apart=True, crossed=True)


def _texts(
    line: InkLine, usual: float, resolution: float, pale: Sequence[Spot] | None, *, crossed: bool
) -> Iterator[Text]:
    """The texts of a line. Of a line in several pieces each may be a cell of a table without rules.

    ``pale``: the pale strokes of the cell in which it stands, if it stands in one.
    """
    in_cell = pale is not None
    columns, high = _columns(line.spots), height(line.spots)
    is_row = (line.beside or len(columns) >= _ROW) and all(_width(column) <= _NUMBER * high for column in columns[1:])
    wide = max(_WIDE_GAP * high, _GAP * resolution)
    parts = columns if is_row and not in_cell else pieces(line.spots, wide)
    apart = in_cell or line.beside or len(parts) >= _ROW
    for part in parts:
        inked = signed(part, pale) if pale and _width(part) <= _NUMBER * height(part) else part
        yield Text.of(inked, usual, apart=apart, crossed=crossed)


def _columns(line: Sequence[Spot]) -> list[list[Spot]]:
    """The ink of a line, parted where a column may end: a comma is as wide as a letter, most of it blank."""
    high = height(line)
    low = max(spot[3] for spot in line) - _COMMA * high
    return pieces(line, _OPEN * high, lambda spot: spot[0] + high if spot[1] >= low else spot[2])


def _width(spots: Sequence[Spot]) -> int:
    return max(spot[2] for spot in spots) - min(spot[0] for spot in spots)


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


def _usual(lines: Sequence[Sequence[Spot]]) -> int:
    """How high most lines are, strokes that stand apart aside."""
    heights = sorted(map(height, lines))
    return heights[len(heights) * 3 // 5] if heights else 0


def _usual_outside(ink: Picture, tallest: float, resolution: float) -> float:
    """How high most words are, by their width: lines in columns side by side overlap, and tell nothing."""
    letters = np.ones((1, round(_BESIDE * resolution)), np.uint8)
    _, _, found, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, letters))
    boxes = np.asarray(found[1:], np.int64)
    words = boxes[boxes[:, cv2.CC_STAT_HEIGHT] <= tallest]
    return float(np.median(np.repeat(words[:, cv2.CC_STAT_HEIGHT], words[:, cv2.CC_STAT_WIDTH]))) if len(words) else 0.0


def _is_dashed(piece: Sequence[Spot]) -> bool:
    """Whether a text begins with a stroke that is level, half as high up as its line, and beside the rest."""
    (x0, top, x1, bottom), *others = piece
    if not others or x1 >= others[0][0]:
        return False
    high, above = height(piece), top - min(spot[1] for spot in piece)
    is_flat = bottom - top <= _FLAT * high and x1 - x0 > bottom - top
    return is_flat and 0.25 * high < above + (bottom - top) / 2 < 0.75 * high


def _marks(piece: Sequence[Spot]) -> int:
    """How many spots of ink, one beside the other, are at least half as high as the text."""
    count, end = 0, -1
    for x0, top, x1, bottom in piece:
        if bottom - top >= _HIGH * height(piece):
            count += x0 >= end
            end = max(end, x1)
    # Halves of a broken 0 stand closer than two digits can.
    return min(count, int(_width(piece) / (_LEAST_DIGIT * height(piece))))
