"""The characters of a page of a PDF that a reader of it sees and means to read, one way up.

Left out are: text that is not painted, where painted text is there; slanted text; seals; text as light as the paper,
unless a dark box is behind it, and text of no size; words of a watermark, light or large, over which other text is
printed; the second print by which writers make bold letters and shadows; what a line strikes out. A small digit beside
a larger one is the mark of a note.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.readers.consecutive import consecutive
from corpus.readers.line_numbers import without_line_numbers
from corpus.readers.marks import set_off
from corpus.readers.origin import Origin
from corpus.readers.page_rules import Rules, edge_box, lightness
from corpus.readers.pdf_device import INVISIBLE
from corpus.readers.seals import without_seals
from corpus.readers.turning import Box, quarter, turned, turned_size
from corpus.readers.typeset import Glyph

LEAST_TEXT = 40
"""Letters; a page or a picture with fewer is none of a report."""

# Fonts draw both with one glyph, and a PDF may name the wrong one of them: beside radicals, the only pair in GB 2312.
_ONE_GLYPH = str.maketrans("㬵", "胶")
# Lightness from which text is hardly seen, and from which it may be a watermark's if other text stands over it.
_FAINT = 0.78
_PALE = 0.35
_COVERED = 2
"""Letters under others by which a watermark is told."""
# In sizes of usual letters: a watermark's. In sizes of the letters: how far a second print is off, how far letters that
# are set one after the other may overlap, how much smaller a note's mark is than its number, and how far from it it may
# stand.
_LARGE = 1.6
_TINY = 0.1
_SECOND = 0.6
_SECOND_LEVEL = 0.4
_TIGHT = 0.15
_SMALLER = 0.8
_NEAR = 0.45
_BUCKET = 24.0
# A line strikes out what it crosses near the middle, if it is no longer than that and a letter.
_CROSSING = 0.22
_HIGHEST_CROSS = 1.5
_PAINTED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Print:
    """A character with what tells whether it is meant to be read."""

    glyph: Glyph
    light: float
    turns: int
    painted: bool

    @property
    def look(self) -> tuple[int, float]:
        """What the letters of one watermark have in common."""
        return round(self.glyph.size), round(self.light, 2)


@dataclass(frozen=True, slots=True)
class Side:
    """What is printed on a page one way up, the page turned so that it runs from left to right.

    ``origin``: where it stands in the picture that it was read from.
    """

    turns: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: Rules
    origin: Origin | None = None

    def seen(self, glyph: Glyph, other: Side) -> Glyph:
        """A character of another side of the page as it stands on this one: on its side, or upside down."""
        return _turned(glyph, (self.turns - other.turns) % 4, other.width, other.height)


def sides(page: Any, rules: Rules, fields: Iterable[Glyph], struck: Sequence[Box]) -> list[Side]:
    """The texts of a page by the way they are turned, the one with most to read first.

    ``fields``: what its fields show; ``struck``: boxes whose text notes strike out.
    """
    width, height = float(page.width), float(page.height)
    prints = [
        *(each for each in _prints(page) if not struck or not _is_inside(each.glyph, struck)),
        *(_Print(glyph, 0.0, 0, painted=True) for glyph in fields),
    ]
    prints = _legible(_painted(prints), rules.dark)
    found = []
    for turns, number in Counter(each.turns for each in prints).most_common():
        if number:
            across, down = turned_size(turns, width, height)
            ruled = rules.turned(turns, width, height)
            glyphs = [_turned(each.glyph, turns, width, height) for each in prints if each.turns == turns]
            meant = _marked(_once(_not_struck(glyphs, ruled)))
            found.append(Side(turns, across, down, tuple(without_line_numbers(meant, ruled)), ruled))
    return found


def _prints(page: Any) -> Iterator[_Print]:
    left, top, right, bottom = _shown(page)
    for char in without_seals(page.chars):
        turns = quarter(char["matrix"])
        across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if turns is None or not (left <= across <= right and top <= down <= bottom):
            continue
        text = char["text"].translate(_ONE_GLYPH)
        glyph = Glyph(text, char["x0"], char["top"], char["x1"], char["bottom"], char["size"])
        yield _Print(glyph, lightness(char["non_stroking_color"]), turns, char.get("tag") != INVISIBLE)


def _shown(page: Any) -> Box:
    """The part of a page that is shown: its crop box, as far as that lies on the page (ISO 32000-1, 14.11.2)."""
    (left, top, right, bottom), (x0, y0, x1, y1) = page.bbox, page.cropbox
    shown = max(left, x0), max(top, y0), min(right, x1), min(bottom, y1)
    return shown if shown[0] < shown[2] and shown[1] < shown[3] else page.bbox


def _painted(prints: Sequence[_Print]) -> list[_Print]:
    """What is painted; where hardly anything is, the page is a picture, and what was recognised on it is its text."""
    painted = [each for each in prints if each.painted]
    return painted if len(painted) >= _PAINTED_SHARE * (len(prints) - len(painted)) else list(prints)


def _legible(prints: Sequence[_Print], dark: Sequence[Box]) -> list[_Print]:
    """Without what is too faint to read, and without watermarks: pale or large letters over which others stand."""
    seen = _dark_enough(prints, dark)
    marks = _looks_of_marks(seen)
    if not marks:
        return seen
    others = _Places(each.glyph for each in seen if each.look not in marks)
    covered = Counter(each.look for each in seen if each.look in marks and others.overlap(each.glyph))
    return [each for each in seen if covered[each.look] < _COVERED]


def _dark_enough(prints: Sequence[_Print], dark: Sequence[Box]) -> list[_Print]:
    """Without what is too small to see, or too light where it stands: where most is, the page is printed so."""
    usual = _usual_size(prints)
    large = [each for each in prints if each.glyph.size > _TINY * usual]
    seen = [each for each in large if each.light < _FAINT or _is_inside(each.glyph, dark)]
    return seen if 2 * len(seen) > len(large) else large


def _looks_of_marks(prints: Sequence[_Print]) -> set[tuple[int, float]]:
    """How letters look that may be a watermark's: pale, or much larger than most."""
    usual = _usual_size(prints)
    return {each.look for each in prints if each.light >= _PALE or each.glyph.size >= _LARGE * usual}


def _usual_size(prints: Sequence[_Print]) -> float:
    sizes = sorted(each.glyph.size for each in prints)
    return sizes[len(sizes) // 2] if sizes else 0.0


def _is_inside(glyph: Glyph, boxes: Sequence[Box]) -> bool:
    across, down = (glyph.x0 + glyph.x1) / 2, glyph.middle
    return any(x0 <= across <= x1 and top <= down <= bottom for x0, top, x1, bottom in boxes)


class _Places:
    """Characters by where they stand, to ask which overlap another."""

    def __init__(self, glyphs: Iterable[Glyph]) -> None:
        self._by_place: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        for glyph in glyphs:
            self._by_place[int(glyph.x0 // _BUCKET), int(glyph.middle // _BUCKET)].append(glyph)

    def overlap(self, glyph: Glyph) -> bool:
        """Whether a character stands on another, by more than touching it."""
        return any(
            min(glyph.x1, other.x1) - max(glyph.x0, other.x0) > 0.25 * (other.x1 - other.x0)
            and min(glyph.bottom, other.bottom) - max(glyph.top, other.top) > 0.25 * other.size
            for other in self.around(glyph)
            if not other.text.isspace()
        )

    def around(self, glyph: Glyph) -> Iterator[Glyph]:
        """The characters near another."""
        return self.within((glyph.x0, glyph.top, glyph.x1, glyph.bottom))

    def within(self, box: Box) -> Iterator[Glyph]:
        """The characters in a box, or near it."""
        first, last = int(box[0] // _BUCKET) - 1, int(box[2] // _BUCKET) + 1
        top, bottom = int(box[1] // _BUCKET) - 1, int(box[3] // _BUCKET) + 1
        if (last - first + 1) * (bottom - top + 1) > len(self._by_place):  # a box may be as long as a number can be
            held = sorted(at for at in self._by_place if first <= at[0] <= last and top <= at[1] <= bottom)
        else:
            held = [(column, row) for column in range(first, last + 1) for row in range(top, bottom + 1)]
        for at in held:
            yield from self._by_place.get(at, ())


def _turned(glyph: Glyph, turns: int, width: float, height: float) -> Glyph:
    if not turns:
        return glyph
    x0, top, x1, bottom = turned((glyph.x0, glyph.top, glyph.x1, glyph.bottom), turns, width, height)
    return Glyph(glyph.text, x0, top, x1, bottom, bottom - top)


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Without the second print of what was printed before at nearly the same place."""
    kept: list[Glyph] = []
    before: dict[str, list[Glyph]] = defaultdict(list)
    for run in consecutive(glyphs, _is_beside):
        text = "".join(glyph.text for glyph in run)
        first = run[0]
        if text.strip() and any(
            abs(other.x0 - first.x0) <= _SECOND * min(first.size, run[-1].x1 - first.x0)
            and abs(other.middle - first.middle) <= _SECOND_LEVEL * first.size
            for other in before[text]
        ):
            continue
        before[text].append(first)
        kept += run
    return kept


def _is_beside(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a character was printed behind the last, side by side."""
    last = run[-1]
    return abs(glyph.middle - last.middle) <= 0.1 * last.size and -_TIGHT * last.size < glyph.x0 - last.x1 <= last.size


def _not_struck(glyphs: Sequence[Glyph], rules: Rules) -> Sequence[Glyph]:
    """Without what a line crosses that is as long as the text it crosses: a rule of a table is longer."""
    lines = [edge_box(edge) for edge in rules.drawn if edge["orientation"] == "h"]
    if not (lines or rules.slanted):
        return glyphs
    places, struck = _Places(glyphs), set[int]()
    for line in lines:
        struck.update(_crossed([g for g in places.within(line) if _is_struck_through(g, line)], line))
    for line in rules.slanted:
        struck.update(_crossed([g for g in places.within(line) if _is_crossed_out(g, line)], line))
    return [glyph for glyph in glyphs if id(glyph) not in struck] if struck else glyphs


def _is_struck_through(glyph: Glyph, line: Box) -> bool:
    """Whether a level line runs through the middle of a letter."""
    is_level = abs(glyph.middle - line[1]) <= _CROSSING * glyph.size
    return is_level and line[0] <= (glyph.x0 + glyph.x1) / 2 <= line[2]


def _is_crossed_out(glyph: Glyph, line: Box) -> bool:
    """Whether a slanted line is no higher than a letter that it crosses: one across a cell only parts its words."""
    return line[3] - line[1] <= _HIGHEST_CROSS * glyph.size and _is_inside(glyph, (line,))


def _crossed(under: Sequence[Glyph], line: Box) -> Iterator[int]:
    """What a line crosses out: letters that take up as much room as it does."""
    if under and line[2] - line[0] <= max(g.x1 for g in under) - min(g.x0 for g in under) + under[0].size:
        yield from map(id, under)


def _marked(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Small digits and signs close to the right of larger letters as raised or lowered ones, on the level of these."""
    usual = Counter(round(glyph.size, 1) for glyph in glyphs)
    largest = max(usual, default=0.0)
    if largest * _SMALLER <= min(usual, default=0.0):
        return list(glyphs)
    found, places = list(glyphs), _Places(glyphs)
    for index, glyph in enumerate(found):
        if not (glyph.text.isdigit() or glyph.text in "()[]〔〕（）［］*注") or glyph.size > largest * _SMALLER:
            continue
        beside = found[index - 1] if index and _carries(found[index - 1], glyph) else None
        if beside is None:
            beside = next((other for other in places.around(glyph) if _carries(other, glyph)), None)
        if beside is not None:
            text = set_off(glyph.text, "super" if glyph.middle <= beside.middle else "sub")
            found[index] = replace(glyph, text=text, top=beside.top, bottom=beside.bottom, size=beside.size)
    return found


def _carries(letter: Glyph, mark: Glyph) -> bool:
    """Whether a letter is so much larger than a mark right behind it that this is a note's."""
    return (
        mark.size <= _SMALLER * letter.size
        and -0.2 * letter.size <= mark.x0 - letter.x1 <= _NEAR * letter.size
        and letter.top - 0.6 * letter.size <= mark.middle <= letter.bottom + 0.3 * letter.size
        and not letter.text.isspace()
    )
