"""A page that is a picture → what a printed page is: its characters, each with its place, and its rules.

Rules are found first (corpus.readers.scan_rules). They part the page into regions, the cells of its tables and the
rest; the ink of each region falls into lines (corpus.readers.scan_lines), and each line is read by itself
(corpus.readers.recogniser). What comes of it is read on like any page of a PDF (corpus.readers.page_blocks): nothing
after this knows that there was a picture, but for how sure each character is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import cv2
import numpy as np
from PIL import Image

from corpus.blocks import Content
from corpus.errors import NoTextError, TooLargeError
from corpus.readers.frames import frames
from corpus.readers.letters import Letter
from corpus.readers.limits import Limits
from corpus.readers.number_reading import UNSEEN
from corpus.readers.origin import POINTS, Origin
from corpus.readers.page_blocks import blocks_of
from corpus.readers.page_rules import Rules
from corpus.readers.page_text import LEAST_TEXT, Side
from corpus.readers.paper import sheet_of
from corpus.readers.picture import Colours, Picture, flattened, paper_resolution, straightened
from corpus.readers.recogniser import recogniser
from corpus.readers.scan_lines import Text, texts_of
from corpus.readers.scan_rules import edges_of, rule_masks
from corpus.readers.streaks import without_streaks
from corpus.readers.typeset import Glyph

# In sizes of the font: how high a digit is; in heights of other lines: what is lower is a stroke, or a dash.
_DIGIT = 0.75
_LEAST_SIZE = 0.6
_UNREAD = "\N{REPLACEMENT CHARACTER}"
# How much paper is left around a line, in its heights.
_MARGIN = 0.2
# A page of whose lines less is read than this, as a share of the letters that they have room for, may lie on its side
# or upside down: so many lines are tried, those that are nearest to so many heights long.
_LEGIBLE = 0.85
_TRIED = 12
_TRIED_LENGTH = 8.0
_LEAST_WORD = 3
# In letters that are as wide as high: a picture of ten pages one below the other has room for fewer; the least that
# reading a text costs.
_MOST_LETTERS = 20_000
_LEAST_ROOM = 2.0
# A number less sure than this is read again, set so many times side by side: a digit alone is seldom seen in training;
# and softer, at a height of so many dots smoothed by some of them: what noise did to its edges is seen otherwise then.
_SURE = 0.97
_TIMES = 3
_SOFT_HEIGHT, _SOFTENED = 96, 4.0


Readings = dict[Text, list[Letter]]
"""The letters of texts."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page turned by so many quarters against the clock: its rules, level and upright, and its lines of text."""

    grey: Picture
    turns: int
    level: Picture
    upright: Picture
    texts: Sequence[Text]

    @classmethod
    def of(cls, grey: Picture, turns: int, resolution: float) -> _Page:
        level, upright = rule_masks(grey, resolution)
        return cls(grey, turns, level, upright, list(texts_of(grey, level, upright, resolution)))


def read_scan(colours: Colours, resolution: float) -> Side:
    """What a page shows, in points. ``resolution``: its dots an inch. Raises TooLargeError for more than pages hold."""
    sheet, seen = sheet_of(colours)
    if sheet is not colours:
        resolution = paper_resolution(sheet)
    bridged, hidden = without_streaks(flattened(sheet), resolution)
    level, turn = straightened(bridged)
    page, tried = _upright(level, resolution)
    grey, texts = page.grey, page.texts
    hidden = np.rot90(np.asarray(cv2.warpAffine(hidden, turn, hidden.shape[::-1]), np.uint8), page.turns)
    room = round(sum(max(text.length, _LEAST_ROOM) for text in texts))
    if room > _MOST_LETTERS:
        raise TooLargeError("many_marks", found=room, limit=_MOST_LETTERS)
    scale = POINTS / resolution
    read = tried | dict(_read(grey, [text for text in texts if text not in tried]))
    glyphs = [glyph for text in texts for glyph in _glyphs(text, _seen(text, read[text], hidden), scale)]
    drawn = [*edges_of(page.level, scale, flat=True), *edges_of(page.upright, scale, flat=False)]
    height, width = grey.shape
    origin = Origin(_size(colours), _size(sheet), np.vstack([turn, [0.0, 0.0, 1.0]]) @ seen, page.turns, scale)
    return Side(0, width * scale, height * scale, tuple(glyphs), Rules(drawn, [], [], []), origin)


def read_pictures(payload: bytes, limits: Limits) -> Content:
    """The blocks of a file whose frames are pages. Raises UnreadableError for one that cannot be unpacked."""
    pages = [_read_frame(frame) for frame in islice(frames(payload, limits), limits.pictures)]
    if sum(len(page.glyphs) for page in pages) < LEAST_TEXT:
        raise NoTextError("picture_of_nothing")
    return Content(blocks_of(enumerate(pages, start=1)))


def read_picture(payload: bytes, limits: Limits) -> Side:
    """What a file shows that is one page. Raises UnreadableError for one that cannot be unpacked."""
    return _read_frame(next(frames(payload, limits)))


def _read_frame(frame: Image.Image) -> Side:
    page = np.asarray(frame)
    return read_scan(page, paper_resolution(page))


def _size(colours: Colours) -> tuple[int, int]:
    """Width and height."""
    return colours.shape[1], colours.shape[0]


def _upright(grey: Picture, resolution: float) -> tuple[_Page, Readings]:
    """The page turned by the quarters against the clock that make its lines legible, and what some of these say."""
    tried: list[tuple[float, _Page, Readings]] = []
    for turns in (0, 1, 3, 2):
        page = _Page.of(np.ascontiguousarray(np.rot90(grey, turns)), turns, resolution)
        words = [text for text in page.texts if text.length > _LEAST_WORD]
        some = sorted(words, key=lambda text: abs(text.length - _TRIED_LENGTH))[:_TRIED]
        read = dict(_read(page.grey, some))
        tried.append((_legibility(read), page, read))
        if tried[-1][0] >= _LEGIBLE:
            break
    return max(tried, key=lambda one: one[0])[1:]


def _legibility(read: Readings) -> float:
    """How many letters are read in some lines of words, each as far as it is sure, of those that they have room for."""
    room = sum(text.length for text in read)
    # Letters one below the other are legible, too, on a page that lies on its side: lines of them tell.
    lines = [line for line in read.values() if len(line) >= _LEAST_WORD]
    return sum(letter.confidence for line in lines for letter in line) / max(room, _TRIED * _LEAST_WORD)


def _read(grey: Picture, texts: Sequence[Text]) -> Iterator[tuple[Text, list[Letter]]]:
    """The letters of each text; a number that is unsure is read twice."""
    shapes = [text.shape for text in texts]
    model = recogniser()
    first = model.read([_cut(grey, text, _MARGIN) for text in texts], shapes=shapes)
    unsure = [index for index, shape in enumerate(shapes) if shape and _least(first[index]) < _SURE]
    again = model.read(
        [np.tile(_softened(_cut(grey, texts[index], _MARGIN)), (1, _TIMES)) for index in unsure],
        shapes=[shape.times(_TIMES) for index in unsure if (shape := shapes[index])],
    )
    for index, letters in zip(unsure, again, strict=True):
        first[index] = _agreed(first[index], _middle(letters))
    return ((text, _inked(text, letters)) for text, letters in zip(texts, first, strict=True))


def _inked(text: Text, letters: Sequence[Letter]) -> list[Letter]:
    """Without what the model sees in the paper behind the last letter."""
    room = _room(text, _MARGIN)
    share = (room + text.x1 - text.x0) / (2 * room + text.x1 - text.x0)
    return [letter for letter in letters if letter.start < share] or list(letters[:1])


def _seen(text: Text, letters: list[Letter], hidden: Picture) -> list[Letter]:
    """A number of which a digit may be hidden, or half of one, or hang on a stroke of a pen, is unsure."""
    near = (text.bottom - text.top) // 2
    is_hidden = hidden[text.top : text.bottom, max(0, text.x0 - near) : text.x1 + near].any()
    if text.shape is None or not (text.crossed or is_hidden):
        return letters
    return [replace(letter, confidence=UNSEEN) for letter in letters]


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


def _cut(grey: Picture, text: Text, margin: float) -> Picture:
    """The picture of a text, with some paper around it and nothing of what stands beside it."""
    inner = grey[text.top : text.bottom, text.x0 : text.x1]
    return np.pad(inner, _room(text, margin), constant_values=255)


def _softened(cut: Picture) -> Picture:
    """The picture of a text enlarged, its edges smooth."""
    larger = _SOFT_HEIGHT / cut.shape[0]
    enlarged = cv2.resize(cut, None, fx=larger, fy=larger, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(enlarged, (0, 0), _SOFTENED), np.uint8)


def _room(text: Text, margin: float) -> int:
    return max(2, round(margin * (text.bottom - text.top)))


def _glyphs(text: Text, letters: Sequence[Letter], scale: float) -> Iterator[Glyph]:
    """Letters as characters on the page, one beside the other but for the text's blanks."""
    top, bottom = (edge * scale for edge in _em(text, letters))
    if not letters:
        # Ink in a cell that the model makes nothing of is told: it may be a number.
        if text.shape is not None and (text.shape.marks or text.crossed):
            yield Glyph(_UNREAD, text.x0 * scale, top, text.x1 * scale, bottom, bottom - top, 0.0)
        return
    for letter, (x0, x1) in zip(letters, _sides(text, letters), strict=True):
        if letter.text.strip():
            yield Glyph(letter.text, x0 * scale, top, max(x0, x1) * scale, bottom, bottom - top, letter.confidence)


def _sides(text: Text, letters: Sequence[Letter]) -> Iterator[tuple[float, float]]:
    """Where each letter begins and ends: halfway to the next, or at the blank between them."""
    room = _room(text, _MARGIN)
    left, width = text.x0 - room, text.x1 - text.x0 + 2 * room
    middles = [(letter.start + letter.end) / 2 * width + left for letter in letters]
    ends = [(border, border) for border in ((one + next_) / 2 for one, next_ in pairwise(middles))]
    for blank in text.blanks:
        after = bisect_left(middles, sum(blank) / 2)
        # A bracket or a quotation mark leaves one of its own.
        if all(letter.text.isalnum() for letter in letters[after - 1 : after + 1]) and 0 < after < len(letters):
            ends[after - 1] = blank
    return zip([text.x0, *(end for _, end in ends)], [*(end for end, _ in ends), text.x1], strict=True)


def _em(text: Text, letters: Sequence[Letter]) -> tuple[float, float]:
    """From where to where the font of a text reaches: its ink does not where it has digits alone, or dashes."""
    size: float = text.bottom - text.top
    if all(letter.text.isascii() for letter in letters):
        size /= _DIGIT
    if size < _LEAST_SIZE * text.usual:
        size = text.usual
    middle = (text.top + text.bottom) / 2
    return middle - size / 2, middle + size / 2
