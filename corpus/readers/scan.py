"""A page that is a picture → what a printed page is: its characters, each with its place, and its rules.

Rules are found first: what is long and straight. They part the page into regions, the cells of its tables and the
rest; the ink of each region falls into lines, and each line is read by itself (corpus.readers.recogniser). What comes
of it is read on like any page of a PDF (corpus.readers.pdf): nothing after this knows that there was a picture, but
for how sure each character is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from typing import Any

import cv2
import numpy as np

from corpus.blocks import Content
from corpus.errors import NoTextError
from corpus.readers.limits import Limits
from corpus.readers.page_rules import Rules, straight_edge
from corpus.readers.page_text import Side
from corpus.readers.pdf import blocks_of
from corpus.readers.picture import Colours, Picture, flattened, frames, straightened
from corpus.readers.recogniser import Letter, Shape, recogniser
from corpus.readers.typeset import Glyph

POINTS = 72.0
Spot = tuple[int, int, int, int]
"""x0, top, x1, bottom of ink, in pixels."""
# In inches: what is longer and straight is a rule if it ends at others, and what is this long in any case; how thick a
# rule is at most; how far its pieces may be apart; a gap that parts two cells.
_RULE = 0.2
_LONG_RULE = 0.8
_THICK = 0.035
_BROKEN = 0.04
_GAP = 0.15
# In heights of a line: a gap that parts two texts beside each other; how low a stroke of its letters is that stands
# apart, and how far from them; no two strokes make a higher letter.
_WIDE_GAP = 1.3
_STROKE = 0.45
_NEAR = 0.3
_LINE = 1.2
_MARGIN = 0.2
# In dots: what is around a rule belongs to it. Darker is ink.
_FUZZ = 5
# Smaller, in square inches, is dust.
_INK = 195
_DUST = 0.00012
# A text so short, in heights of its line, may be a number; a stroke so low may be one;
# a spot so high is a digit at least, and digits stand so far apart.
_NUMBER = 6.0
_FLAT = 0.3
_HIGH = 0.6
_LEAST_DIGIT = 0.37
# A page whose lines are less sure than this may lie on its side or upside down: that many are tried.
_LEGIBLE = 0.75
_TRIED = 12
# A number less sure than this is read again, set so many times side by side: a digit alone is seldom seen in training.
_SURE = 0.97
_TIMES = 3
# The sides of A4 in inches.
_PAPER = (8.27, 11.69)
# A picture with fewer letters than this is none of a report.
_LEAST_TEXT = 40


@dataclass(frozen=True, slots=True)
class _Text:
    """Ink that makes one line of one region, in pixels; ``ruled``: it stands in a cell."""

    x0: int
    top: int
    x1: int
    bottom: int
    ruled: bool
    spots: tuple[Spot, ...]

    @property
    def shape(self) -> Shape | None:
        """What its ink looks like, if it may be a number."""
        width, height = self.x1 - self.x0, self.bottom - self.top
        if not self.ruled or width > _NUMBER * height:
            return None
        return Shape(width / height, _is_dashed(self.spots), _marks(self.spots))


def read_scan(colours: Colours, resolution: float) -> Side:
    """What a page shows, in points. ``resolution``: its dots an inch."""
    grey = _upright(straightened(flattened(colours)), resolution)
    level, upright = _rule_masks(grey, resolution)
    texts = list(_texts(grey, level, upright, resolution))
    scale = POINTS / resolution
    glyphs = [glyph for text, letters in _read(grey, texts) for glyph in _glyphs(text, letters, scale)]
    drawn = [*_edges(level, scale, flat=True), *_edges(upright, scale, flat=False)]
    height, width = grey.shape
    return Side(0, width * scale, height * scale, tuple(glyphs), Rules(drawn, [], []))


def read_pictures(payload: bytes, limits: Limits) -> Content:
    """The blocks of a file whose frames are pages. Raises UnreadableError for one that cannot be unpacked."""
    pages = [read_scan(frame, _resolution(frame)) for frame in islice(frames(payload, limits), limits.pictures)]
    if sum(len(page.glyphs) for page in pages) < _LEAST_TEXT:
        raise NoTextError("picture_of_nothing")
    return Content(blocks_of(pages))


def _resolution(colours: Colours) -> float:
    """The dots an inch of a page of which only the picture is known: as if it were of A4."""
    height, width = colours.shape[:2]
    return float(max(min(height, width) / _PAPER[0], max(height, width) / _PAPER[1]))


def _upright(grey: Picture, resolution: float) -> Picture:
    """The page turned by the quarters that make its lines legible."""
    best, best_sure = grey, -1.0
    for turns in (0, 1, 3, 2):
        page = np.ascontiguousarray(np.rot90(grey, turns))
        texts = sorted(_texts(page, *_rule_masks(page, resolution), resolution), key=lambda text: text.top - text.bottom)
        long = [text for text in texts if text.shape is None][:: max(1, len(texts) // _TRIED)][:_TRIED]
        if not long:
            continue
        letters = [letter for _, line in _read(page, long) for letter in line]
        sure = sum(letter.confidence for letter in letters) / max(1, len(letters))
        if sure > best_sure:
            best, best_sure = page, sure
        if sure >= _LEGIBLE:
            break
    return best


def _rule_masks(grey: Picture, resolution: float) -> tuple[Picture, Picture]:
    """Where level and upright rules are: what is long and thin, and what is less long but ends at such rules."""
    ink = (grey < _INK).astype(np.uint8)
    level, upright = (_straight(ink, resolution, across=across) for across in (True, False))
    long_level, long_upright = (_longer(mask, _LONG_RULE * resolution) for mask in (level, upright))
    return _held(level, long_level, long_upright), _held(upright, long_upright, long_level)


def _straight(ink: Picture, resolution: float, *, across: bool) -> Picture:
    """What runs straight for the length of a rule, small gaps in it closed."""

    def line(inches: float) -> Picture:
        dots = max(3, round(inches * resolution) | 1)
        return np.ones((1, dots) if across else (dots, 1), np.uint8)

    pieces = cv2.morphologyEx(ink, cv2.MORPH_OPEN, line(_RULE / 2))
    whole = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, line(_BROKEN))
    mask = np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, line(_RULE)), np.uint8)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    thick = boxes[:, cv2.CC_STAT_HEIGHT if across else cv2.CC_STAT_WIDTH] > max(4.0, _THICK * resolution)
    return np.where(thick[labels], 0, mask).astype(np.uint8)


def _longer(mask: Picture, least: float) -> Picture:
    """The pieces of a mask that are as long as that."""
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    long = boxes[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max(axis=1) >= least
    long[0] = False
    return long[labels].astype(np.uint8)


def _held(mask: Picture, long: Picture, across: Picture) -> Picture:
    """The long rules of a mask, and the short ones both ends of which are on a long rule across: no strokes of letters."""
    near = cv2.dilate(across, np.ones((7, 7), np.uint8))
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    kept = np.zeros(len(boxes), bool)
    for number, (x, y, width, height, _) in enumerate(boxes[1:].tolist(), start=1):
        piece, labelled = near[y : y + height, x : x + width], labels[y : y + height, x : x + width] == number
        if long[y : y + height, x : x + width][labelled].any():
            kept[number] = True
            continue
        half = slice(None), slice(0, 3)
        first, last = (piece[half], piece[:, -3:]) if width > height else (piece[:3], piece[-3:])
        kept[number] = bool(first.any() and last.any())
    return kept[labels].astype(np.uint8)


def _texts(grey: Picture, level: Picture, upright: Picture, resolution: float) -> Iterator[_Text]:
    """The lines of ink of every region that rules part."""
    ruled = cv2.dilate(level | upright, np.ones((_FUZZ, _FUZZ), np.uint8))
    closed = cv2.morphologyEx(ruled, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    _, regions = cv2.connectedComponents(1 - closed, connectivity=4)
    ink = (grey < _INK).astype(np.uint8) & (1 - ruled)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    outside = _largest(regions)
    by_region: dict[int, list[Spot]] = defaultdict(list)
    dust = max(2, round(_DUST * resolution * resolution))
    owner = _owners(labels, regions, len(boxes))
    for number, (x, y, width, height, area) in enumerate(boxes.tolist()):
        if number and area > dust:
            by_region[owner[number]].append((x, y, x + width, y + height))
    runs = {region: _runs(found) for region, found in by_region.items()}
    # A table's letters are of one size; the words around it may have several.
    in_cells = _usual([run for region, found in runs.items() if region != outside for run in found])
    for region, found in runs.items():
        for line in _lines(found, _usual(found) if region == outside else in_cells):
            for piece in _pieces(line, resolution):
                yield _Text(
                    min(box[0] for box in piece),
                    min(box[1] for box in piece),
                    max(box[2] for box in piece),
                    max(box[3] for box in piece),
                    region != outside,
                    tuple(piece),
                )


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
        if (low < _STROKE * high and gap < _NEAR * high) or high + low + gap < _LINE * usual:
            runs[number : number + 2] = [above + below]
            number = max(0, number - 1)
        else:
            number += 1
    return runs


def _height(spots: Sequence[Spot]) -> int:
    return max(spot[3] for spot in spots) - min(spot[1] for spot in spots)


def _pieces(
    line: Sequence[Spot], resolution: float
) -> Iterator[list[Spot]]:
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
    return is_flat and 0.25 * height < above + (bottom - top) / 2 < 0.75 * height  # noqa: PLR2004 - about the middle


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


def _read(grey: Picture, texts: Sequence[_Text]) -> Iterator[tuple[_Text, list[Letter]]]:
    """The letters of each text; a number that is unsure is read twice."""
    shapes = [text.shape for text in texts]
    model = recogniser()
    first = model.read([_cut(grey, text, _MARGIN) for text in texts], shapes=shapes)
    unsure = [index for index, shape in enumerate(shapes) if shape and _least(first[index]) < _SURE]
    again = model.read(
        [np.tile(_cut(grey, texts[index], _MARGIN), (1, _TIMES)) for index in unsure],
        shapes=[shape.times(_TIMES) for index in unsure if (shape := shapes[index])],
    )
    for index, letters in zip(unsure, again, strict=True):
        first[index] = _agreed(first[index], _middle(letters))
    return ((text, _inked(text, letters)) for text, letters in zip(texts, first, strict=True))


def _inked(text: _Text, letters: Sequence[Letter]) -> list[Letter]:
    """Without what the model sees in the paper behind the last letter."""
    room = _room(text, _MARGIN)
    share = (room + text.x1 - text.x0) / (2 * room + text.x1 - text.x0)
    return [letter for letter in letters if letter.start < share] or list(letters[:1])


def _middle(letters: Sequence[Letter]) -> list[Letter]:
    """Of the letters of a text that was set several times side by side, those of the one in the middle."""
    start = (_TIMES // 2) / _TIMES
    return [
        replace(letter, start=(letter.start - start) * _TIMES, end=(letter.end - start) * _TIMES)
        for letter in letters
        if start <= (letter.start + letter.end) / 2 < start + 1 / _TIMES
    ]


def _agreed(one: list[Letter], other: list[Letter]) -> list[Letter]:
    """Two readings of one text as one: surer than either where they agree, less sure than both where they do not."""
    if not one or not other:
        return one or other
    surer, other_one = (one, other) if _least(one) >= _least(other) else (other, one)
    same = "".join(letter.text for letter in one) == "".join(letter.text for letter in other)
    if same:
        return [
            Letter(a.text, a.start, a.end, 1 - (1 - a.confidence) * (1 - b.confidence))
            for a, b in zip(surer, other_one, strict=True)
        ]
    doubt = max(0.0, 1 - _least(other_one))
    return [Letter(a.text, a.start, a.end, a.confidence * doubt) for a in surer]


def _least(letters: Iterable[Letter]) -> float:
    return min((letter.confidence for letter in letters), default=0.0)


def _cut(grey: Picture, text: _Text, margin: float) -> Picture:
    """The picture of a text, with some paper around it and nothing of what stands beside it."""
    inner = grey[text.top : text.bottom, text.x0 : text.x1]
    return np.pad(inner, _room(text, margin), constant_values=255)


def _room(text: _Text, margin: float) -> int:
    return max(2, round(margin * (text.bottom - text.top)))


def _glyphs(text: _Text, letters: Sequence[Letter], scale: float) -> Iterator[Glyph]:
    """Letters as characters on the page, one beside the other from end to end: a text has no gaps, or it were two."""
    if not letters:
        return
    room = _room(text, _MARGIN)
    left, width = text.x0 - room, text.x1 - text.x0 + 2 * room
    middles = [(letter.start + letter.end) / 2 * width + left for letter in letters]
    borders = [text.x0, *((one + next_) / 2 for one, next_ in pairwise(middles)), text.x1]
    top, bottom = text.top * scale, text.bottom * scale
    for letter, (x0, x1) in zip(letters, pairwise(borders), strict=True):
        if letter.text.strip():
            yield Glyph(letter.text, x0 * scale, top, x1 * scale, bottom, bottom - top, letter.confidence)


def _edges(mask: Picture, scale: float, *, flat: bool) -> Iterator[dict[str, Any]]:
    """The rules of a mask, as pdfplumber describes edges, in points."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for x, y, width, height, _ in boxes[1:].tolist():
        x0, top, x1, bottom = (value * scale for value in (x, y, x + width, y + height))
        if flat:
            yield straight_edge(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
        else:
            yield straight_edge((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
