"""Which printed cell of a row belongs to which column: one alignment, all evidence weighed.

The cells behind a row's label are set against the columns of its table (``alignment.py``). What speaks:

- *count and order*: a cell that is no blank has a column; a column without a cell was swallowed by damage;
- *geometry*: a cell stands below its column's header, as far as the table's other rows do (declared spans lie);
- *padding*: where the values of rows like this one begin among the blanks that flattened spans leave;
- *habit*: which columns the other rows fill and leave blank;
- *the total*: it is the sum of the cells before it (I3). It chooses between readings and repairs none.

The best reading wins. Where another that says something else is near, the row is in doubt; where it is as good, the row
tells nothing. The weights stand in ``weights.toml``; tests/accuracy/fit sets them and shows what a
margin is worth.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.extraction.alignment import NEVER, Alignment, Evidence, align
from corpus.extraction.dropped import are_blanks_dropped, as_total, closed_up, is_closed_up
from corpus.extraction.habits import Habits
from corpus.extraction.header import PlacedCell
from corpus.extraction.row_cells import Kind, RowCells, Side
from corpus.extraction.weights import weights
from corpus.form import Column

UNTOLD = "row_cell_count"
DROPPED = "blanks_dropped"
SHIFTED = "row_shifted"


@dataclass(frozen=True, slots=True)
class Assignment:
    """The cells of a row by column; None for a cell that was destroyed.

    ``doubts``: code → the columns in doubt. ``margin``: how far the next reading falls behind, in nats.
    """

    columns: tuple[Column, ...]
    cells: tuple[PlacedCell | None, ...]
    doubts: Mapping[str, Sequence[Column]]
    margin: float = math.inf


class Rows:
    """The rows of a form's tables, which tell each other's habits."""

    def __init__(self, rows: Sequence[RowCells]) -> None:
        self._habits: defaultdict[Kind, Habits] = defaultdict(Habits)
        for row in rows:
            self._habits[row.kind].look(row)
        sure = weights()["row"]["sure"]
        # Read by the header alone; what is sure is learned once all are read.
        read = [(row, *_best(row, self._habits[row.kind])) for row in rows]
        for row, side, found in read:
            if found is not None and min(found.margins) >= sure and None not in found.values:
                self._habits[row.kind].learn(row, side, [at for at in found.values if at is not None])
        self._are_blanks_dropped = are_blanks_dropped([row for row in rows if row.has_total])

    def assign(self, row: RowCells) -> Assignment:
        """The cells of a row by column, as it and the others tell."""
        if self._are_blanks_dropped and is_closed_up(row):
            return _without_blanks(row)
        side, found = _best(row, self._habits[row.kind])
        weight = weights()["row"]
        if found is None or None in found.values or min(found.margins) < weight["least"]:
            return _untold(row)
        cells = tuple(row.values[at] for at in found.values if at is not None)
        # A row that may have lost a cell may have lost any.
        margin = min(found.margins)
        is_told = margin >= weight["sure"] and not self._lacks_total(row, side, cells)
        return Assignment(side.columns, cells, {} if is_told else {SHIFTED: side.columns}, margin)

    def _lacks_total(self, row: RowCells, side: Side, cells: Sequence[PlacedCell]) -> bool:
        """Whether a row alone of all that have numbers prints no total: any of its cells may have been swallowed."""
        total = next((cell for column, cell in zip(side.columns, cells, strict=True) if column.key == "total"), None)
        is_blank = row.has_total and total is not None and total.state == "blank" and row.filled > 0
        return is_blank and self._habits[row.kind].fill_always(row, "total")


def _best(row: RowCells, habits: Habits) -> tuple[Side, Alignment | None]:
    """The best reading of a row, and against which columns."""
    readings = [(side, _aligned(row, side, habits)) for side in row.sides]
    return max(readings, key=lambda reading: reading[1].score if reading[1] else NEVER)


def _aligned(row: RowCells, side: Side, habits: Habits) -> Alignment | None:
    """The best reading of a row with these columns."""
    count, width = len(row.values), len(side.columns)
    if row.filled == count == width:
        return Alignment(tuple(range(count)), 0.0, (math.inf,) * width)
    if row.filled == 0 and count >= width:
        if habits.are_longer(row) or any(cell.cell.raw.strip() for cell in row.values[: count - width]):
            # Of a blank row with a cell less than all others any cell may be what was swallowed; and what is a picture
            # may be a number.
            return None
        return Alignment(tuple(range(count - width, count)), 0.0, (math.inf,) * width)
    if row.filled > width and not side.places:
        return None
    return align(
        Evidence(_match(row, side, habits), _skip(row, side, habits), _gap(row, side, habits)),
        ["" if cell.state == "blank" else cell.cell.raw for cell in row.values],
    )


def _match(row: RowCells, side: Side, habits: Habits) -> list[list[float]]:
    """What speaks for each value in each column."""
    under = weights()["row"]["under"] * habits.trust / len(side.columns)
    fills, starts = habits.fills(row, side.columns), habits.starts_at(row)
    others = [column.key != "total" for column in side.columns]
    scores = []
    for at, cell in enumerate(row.values):
        line = [fill[cell.state != "blank"] for fill in fills]
        line[0] += starts[at]
        line = [
            score if place is None else score + (under if place == cell.across else -under)
            for score, place in zip(line, side.named or itertools.repeat(None), strict=False)
        ]
        if row.has_total and cell.state != "blank":
            # Where a number too many stands behind a row, the sum may be that of the cells before it.
            seen = [row.numbers, *([row.numbers[:-1]] if at + 1 < len(row.values) and row.is_overfull(side) else [])]
            says = max(as_total(numbers, at) for numbers in seen)
            line = [score + says[other] for score, other in zip(line, others, strict=True)]
        scores.append(line)
    return scores


def _skip(row: RowCells, side: Side, habits: Habits) -> list[list[float]]:
    """What speaks for leaving each value out before each column, and behind the last."""
    weight = weights()["row"]
    width = len(side.columns)
    scores = []
    label_may_go_on = True
    # Of a cell too many a number at either end may be a stray as well as a blank where no row is padded; else the total
    # must tell that.
    is_exact = habits.are_exact(row, width)
    stray = weight["stray" if is_exact else "strange_number"]
    ends = (row.values[0], row.values[-1]) if len(row.values) > width and (is_exact or row.has_total) else ()
    for cell in row.values:
        label_may_go_on &= cell.state == "text"
        if cell.state == "blank":
            between = side.is_apart and cell.across not in side.places
            inner = -weight["beside"] if between else -weight["blank_between"]
            scores.append([-weight["beside"], *[inner] * (width - 1), -weight["beside"]])
        elif cell.state == "number" and any(cell is end for end in ends):
            scores.append([-stray] * (width + 1))
        else:
            strange = weight["strange_number" if cell.state == "number" else "strange"]
            beside = -strange if _is_strange(cell, row, side) else NEVER
            # Words right behind the label may be the end of it.
            scores.append([-strange if label_may_go_on else beside, *[beside] * width])
    return scores


def _is_strange(cell: PlacedCell, row: RowCells, side: Side) -> bool:
    """Whether a cell may be of no column of the form: a word below none, a number below one that no form has."""
    beside = bool(side.places) and cell.across not in side.places
    return beside and (cell.state != "number" or cell.across in row.headed)


def _gap(row: RowCells, side: Side, habits: Habits) -> list[list[float]]:
    """What speaks for a column whose cell was swallowed."""
    lost = -weights()["row"]["swallowed"]
    rest = [lost] * (len(side.columns) - 1)
    return [[lost + start, *rest] for start in (*habits.starts_at(row), 0.0)]


def _untold(row: RowCells) -> Assignment:
    # Nor is it told whether the row has only the columns that the header names.
    columns = row.sides[0].columns
    return Assignment(columns, (None,) * len(columns), {UNTOLD: columns})


def _without_blanks(row: RowCells) -> Assignment:
    """The values of a row that lost its blanks; one whose column is not told well enough has none."""
    columns = row.sides[0].columns
    found = closed_up(row.numbers[: row.filled], columns) if row.has_total else None
    if found is None:
        return _untold(row)
    least = weights()["row"]["least_told"]
    cells = tuple(
        row.values[at] if at is not None and margin >= least else None
        for at, margin in zip(found.values, found.margins, strict=True)
    )
    is_whole = sum(map(bool, cells)) == row.filled
    return Assignment(columns, cells, {DROPPED if is_whole else UNTOLD: columns})
