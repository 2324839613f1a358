"""Tables drawn with rules on a page of a PDF: pdfplumber finds their cells, spans follow from the rules they skip."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus.blocks import Cell
from corpus.readers.typeset import Glyph, lines_of

# Rules closer than this are one rule drawn twice.
_SAME_RULE = 2.0
# No row is so low.
_LEAST_ROW = 6.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table's printed cells and the box it fills; one without rules, ``aligned``, has the box of its text.

    ``certain``: no cell can stand in another row or column than found.
    """

    rows: tuple[tuple[Cell, ...], ...]
    box: Box
    aligned: bool = False
    certain: bool = True

    @property
    def top(self) -> float:
        """Where it begins on its page."""
        return self.box[1]

    def covers(self, glyph: Glyph) -> bool:
        """Whether a character stands inside."""
        x0, top, x1, bottom = self.box
        return x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= glyph.middle <= bottom


def ruled_tables(page: Any, glyphs: Sequence[Glyph]) -> list[RuledTable]:
    """Every table drawn on the page that has at least two cells side by side."""
    found = []
    rules = [(edge["x0"], edge["top"], edge["bottom"]) for edge in page.edges if edge["orientation"] == "v"]
    for table in page.find_tables():
        cells = [box for box in table.cells if box is not None]
        cells += [*_open_row(cells, rules, above=True), *_open_row(cells, rules, above=False)]
        across = _rules(x for box in cells for x in (box[0], box[2]))
        down = _rules(y for box in cells for y in (box[1], box[3]))
        if len(across) > 2 and len(cells) > 2:
            found.append(RuledTable(_rows(cells, across, down, glyphs), (across[0], down[0], across[-1], down[-1])))
    return found


def _open_row(cells: Sequence[Box], rules: Sequence[tuple[float, float, float]], *, above: bool) -> Iterator[Box]:
    """The cells of a row that the edge of the page cuts off: rules run down its sides, none closes it.

    ``rules``: those that run down, each as its place and its two ends.
    """
    edge = min(box[1] for box in cells) if above else max(box[3] for box in cells)
    sides = _rules(x for box in cells for x in (box[0], box[2]))
    beyond = {
        side: end
        for side in sides
        for x, top, bottom in rules
        if abs(x - side) <= _SAME_RULE and top - _SAME_RULE <= edge <= bottom + _SAME_RULE
        and abs((end := top if above else bottom) - edge) > _LEAST_ROW
    }  # fmt: skip
    if sides and sides[0] in beyond and sides[-1] in beyond and len(beyond) > 2:
        end = (min if above else max)(beyond.values())
        for left, right in pairwise(sorted(beyond)):
            yield (left, min(edge, end), right, max(edge, end))


def _rules(positions: Iterable[float]) -> list[float]:
    rules: list[float] = []
    for position in sorted(positions):
        if not rules or position - rules[-1] > _SAME_RULE:
            rules.append(position)
    return rules


def _rows(
    cells: Sequence[Box], across: Sequence[float], down: Sequence[float], glyphs: Sequence[Glyph]
) -> tuple[tuple[Cell, ...], ...]:
    places = {_span(box, across, down) for box in cells}
    # The cell that fills each square between neighbouring rules.
    owner = {
        (row, column): place
        for place in sorted(places, reverse=True)
        for row in range(place[0], place[2])
        for column in range(place[1], place[3])
    }
    inside: dict[tuple[int, int, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        square = (bisect_right(down, glyph.middle) - 1, bisect_right(across, (glyph.x0 + glyph.x1) / 2) - 1)
        if square in owner:
            inside[owner[square]].append(glyph)
    rows: list[list[Cell]] = [[] for _ in range(len(down) - 1)]
    for place in sorted(places):
        row, column, bottom, right = place
        raw = "\n".join(line.text for line in lines_of(inside[place]))
        rows[row].append(Cell(raw, row, len(rows[row]), bottom - row, right - column))
    return tuple(map(tuple, rows))


def _span(box: Box, across: Sequence[float], down: Sequence[float]) -> tuple[int, int, int, int]:
    """First row and column, and those after the last, of a cell."""
    x0, top, x1, bottom = box
    row, column = bisect_right(down, top + _SAME_RULE) - 1, bisect_right(across, x0 + _SAME_RULE) - 1
    below = max(bisect_right(down, bottom + _SAME_RULE) - 1, row + 1)
    return row, column, below, max(bisect_right(across, x1 + _SAME_RULE) - 1, column + 1)
