"""Tables drawn with rules on a page of a PDF: pdfplumber joins rules to cells, spans follow where rules are missing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from corpus.blocks import Cell
from corpus.readers.marks import PICTURE
from corpus.readers.origin import Origin
from corpus.readers.page_rules import Rules, straight_edge
from corpus.readers.turning import Box
from corpus.readers.typeset import Glyph, Line, confidence_of, lines_of

# Rules closer than this are one rule drawn twice.
_SAME_RULE = 2.0
# No row is so low.
_LEAST_ROW = 6.0

# Rules that cross or nearly touch, as pdfplumber takes them; the rows of several boxes that make a table without lines.
_TOLERANCE = 3
_LEAST_BOXED = 2
_MOST_RULES = 1_000
# A cell keeps so much free beside its text, in sizes of the letters.
_PADDING = 0.8
_NUMERIC = re.compile(r"[\d,.+-]+")
_GROUND = 0.8
_NO_INK = 1.0
"""How sure a blank of a picture is: of ink that could not be read there is a letter, by which it is none."""
Place = tuple[int, int, int, int]
"""The first row and column of a cell, and those after its last."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table's printed cells and the box it fills; one without rules, ``aligned``, has the box of its text.

    ``certain``: no cell can stand in another row or column than found. ``loose``: the letters that stand in its box and
    in none of its cells.
    """

    rows: tuple[tuple[Cell, ...], ...]
    box: Box
    aligned: bool = False
    certain: bool = True
    loose: frozenset[Glyph] = frozenset()

    @property
    def top(self) -> float:
        """Where it begins on its page."""
        return self.box[1]

    def covers(self, glyph: Glyph) -> bool:
        """Whether a character stands in one of the cells."""
        x0, top, x1, bottom = self.box
        is_inside = x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= glyph.middle <= bottom
        return is_inside and glyph not in self.loose


@dataclass(frozen=True, slots=True)
class _Ink:
    """What may stand between the rules: letters, those turned on their side; the picture that they were read from.

    ``shapes``: pictures, and what is filled.
    """

    glyphs: Sequence[Glyph]
    aside: Sequence[Glyph]
    origin: Origin | None
    shapes: Sequence[Box]

    def draws_in(self, box: Box) -> bool:
        """Whether a shape lies inside a cell and is not its ground."""
        x0, top, x1, bottom = box
        most = _GROUND * (x1 - x0) * (bottom - top)
        return any(
            x0 <= left and right <= x1 and top <= up and down <= bottom and (right - left) * (down - up) < most
            for left, up, right, down in self.shapes
        )


def ruled_tables(
    rules: Rules, glyphs: Sequence[Glyph], aside: Sequence[Glyph] = (), origin: Origin | None = None
) -> list[RuledTable]:
    """Every table drawn on a page that has at least two cells side by side; ``aside``: letters turned on their side.

    ``origin``: the picture that the page was read from. Where no lines are drawn, boxes side by side, in several rows,
    make a table too.
    """
    ink = _Ink(glyphs, aside, origin, rules.shapes)
    found = list(_drawn(rules.drawn, ink))
    if rules.filled:
        for table in _drawn(rules.filled, ink):
            several = sum(len(row) > 1 for row in table.rows)
            # Where every second row is shaded, the letters of the others stand between the boxes.
            if (
                several >= _LEAST_BOXED
                and not table.loose
                and not any(_overlap(table.box, other.box) for other in found)
            ):
                found.append(table)
    return found


def _drawn(edges: Sequence[dict[str, Any]], ink: _Ink) -> Iterator[RuledTable]:
    merged = merge_edges(list(edges), _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    merged += list(_open_sides(merged))
    boxes = intersections_to_cells(edges_to_intersections(merged, _TOLERANCE, _TOLERANCE))
    sides = [(edge["x0"], edge["top"], edge["bottom"]) for edge in edges if edge["orientation"] == "v"]
    for table in cells_to_tables(boxes):
        cells: list[Box] = list(table)
        cells += [*_open_row(cells, sides, above=True), *_open_row(cells, sides, above=False)]
        across = _rules(x for box in cells for x in (box[0], box[2]))
        down = _rules(y for box in cells for y in (box[1], box[3]))
        if len(across) > 2 and len(cells) > 2:
            squares = _Squares.of(cells, across, down)
            box = (across[0], down[0], across[-1], down[-1])
            yield RuledTable(_rows(squares, ink), box, loose=frozenset(squares.loose(ink.glyphs)))


#   规章      |  5  |  0       rules end at one place with none down it, though one inside parts cells between them:
#   ----------+-----+-----     there the side of the table is left out
#   行政许可  |  7  |  1
def _open_sides(edges: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The sides of tables that only the ends of their level rules show."""
    level = sorted((edge for edge in edges if edge["orientation"] == "h"), key=lambda edge: float(edge["top"]))
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    for end, farthest in (("x0", min), ("x1", max)) if len(edges) <= _MOST_RULES else ():
        for above, below in _neighbours(level, end):
            top, bottom, at = above["top"], below["top"], above[end]
            parts = [
                edge["x0"]
                for edge in upright
                if edge["top"] <= top + _TOLERANCE < bottom <= edge["bottom"] + _TOLERANCE
            ]
            among = farthest(edge[end] for edge in level if top <= edge["top"] <= bottom)
            is_inside = any(above["x0"] + _LEAST_ROW < x < above["x1"] - _LEAST_ROW for x in parts)
            if is_inside and abs(among - at) <= _SAME_RULE and not any(abs(x - at) <= _TOLERANCE for x in parts):
                yield straight_edge(at, top, at, bottom)


def _neighbours(level: Sequence[dict[str, Any]], end: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Level rules that end at one place, each with the next below it."""
    for number, above in enumerate(level):
        below = (edge for edge in level[number + 1 :] if abs(edge[end] - above[end]) <= _SAME_RULE)
        if (following := next(below, None)) is not None:
            yield above, following


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _open_row(cells: Sequence[Box], rules: Sequence[tuple[float, float, float]], *, above: bool) -> Iterator[Box]:
    """The cells of a row that the edge of the page cuts off: rules run down its sides, none closes it.

    ``rules``: those that run down, each as its place and its two ends.
    """
    edge = min(box[1] for box in cells) if above else max(box[3] for box in cells)
    sides = _rules(x for box in cells for x in (box[0], box[2]))
    crossing = [(x, top if above else bottom) for x, top, bottom in rules if _is_between(edge, top, bottom)]
    beyond = _beyond(edge, sides, crossing)
    if sides and sides[0] in beyond and sides[-1] in beyond and len(beyond) > 2:
        end = (min if above else max)(beyond.values())
        for left, right in pairwise(sorted(beyond)):
            yield (left, min(edge, end), right, max(edge, end))


def _beyond(edge: float, sides: Sequence[float], rules: Sequence[tuple[float, float]]) -> dict[float, float]:
    """How far each side goes on beyond an edge, where a rule, told by its place and its end, does."""
    far = [(x, end) for x, end in rules if abs(end - edge) > _LEAST_ROW]
    return {side: end for side in sides for x, end in far if abs(x - side) <= _SAME_RULE}


def _is_between(edge: float, top: float, bottom: float) -> bool:
    return top - _SAME_RULE <= edge <= bottom + _SAME_RULE


def _rules(positions: Iterable[float]) -> list[float]:
    rules: list[float] = []
    for position in sorted(positions):
        if not rules or position - rules[-1] > _SAME_RULE:
            rules.append(position)
    return rules


@dataclass(frozen=True, slots=True)
class _Squares:
    """What lies between neighbouring rules, and the cell that fills each, by its place."""

    across: Sequence[float]
    down: Sequence[float]
    owner: Mapping[tuple[int, int], Place]

    @classmethod
    def of(cls, cells: Sequence[Box], across: Sequence[float], down: Sequence[float]) -> _Squares:
        places = {_span(box, across, down) for box in cells}
        owner = {
            (row, column): place
            for place in sorted(places, reverse=True)
            for row in range(place[0], place[2])
            for column in range(place[1], place[3])
        }
        return cls(across, down, owner)

    def placed(self, letters: Sequence[Glyph]) -> dict[Place, list[Glyph]]:
        """The letters of each cell."""
        inside: dict[Place, list[Glyph]] = defaultdict(list)
        for glyph in letters:
            if (place := self.owner.get(self._square(glyph))) is not None:
                inside[place].append(glyph)
        return inside

    def loose(self, letters: Sequence[Glyph]) -> Iterator[Glyph]:
        """The letters that stand between the rules and in no cell: a rule that closes one is missing."""
        for glyph in letters:
            row, column = square = self._square(glyph)
            is_between = 0 <= row < len(self.down) - 1 and 0 <= column < len(self.across) - 1
            if is_between and square not in self.owner:
                yield glyph

    def _square(self, glyph: Glyph) -> tuple[int, int]:
        return bisect_right(self.down, glyph.middle) - 1, bisect_right(self.across, (glyph.x0 + glyph.x1) / 2) - 1


def _rows(squares: _Squares, ink: _Ink) -> tuple[tuple[Cell, ...], ...]:
    inside, on_their_side = squares.placed(ink.glyphs), squares.placed(ink.aside)
    across, down = squares.across, squares.down
    rows: list[list[Cell]] = [[] for _ in range(len(down) - 1)]
    for place in sorted(set(squares.owner.values())):
        row, column, bottom, right = place
        raw = _text(list(lines_of(inside[place])), across[right] - across[column])
        raw += "".join(glyph.text for glyph in on_their_side.get(place, ()))
        box = (across[column], down[row], across[right], down[bottom])
        cutout = None if ink.origin is None else ink.origin.cutout(box)
        spans = bottom - row, right - column
        raw = raw or (PICTURE if ink.draws_in(box) else "")
        sure = confidence_of(inside[place]) if raw or cutout is None else _NO_INK
        rows[row].append(Cell(raw, row, len(rows[row]), *spans, sure, cutout))
    return tuple(map(tuple, rows))


def _text(lines: Sequence[Line], width: float) -> str:
    """The lines of a cell; a number that goes on below, because its cell is too narrow, is one again."""
    text = ""
    for number, line in enumerate(lines):
        above = lines[number - 1]
        is_full = above.x1 - above.x0 + line.segments[0].size > width - _PADDING * line.size
        goes_on = number and is_full and _NUMERIC.fullmatch(above.text) and _NUMERIC.match(line.text)
        text += ("" if goes_on or not number else "\n") + line.text
    return text


def _span(box: Box, across: Sequence[float], down: Sequence[float]) -> tuple[int, int, int, int]:
    """First row and column, and those after the last, of a cell."""
    x0, top, x1, bottom = box
    row, column = bisect_right(down, top + _SAME_RULE) - 1, bisect_right(across, x0 + _SAME_RULE) - 1
    below = max(bisect_right(down, bottom + _SAME_RULE) - 1, row + 1)
    return row, column, below, max(bisect_right(across, x1 + _SAME_RULE) - 1, column + 1)
