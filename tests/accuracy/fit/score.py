"""How good a reading is: the logarithmic score of its margins (Good, "Rational Decisions", 1952), in nats.

A margin of m nats claims that the reading is right with odds of e^m. A right cell costs little then, a wrong one about
m; a cell that is left null costs as much as one of which nothing is known. Whoever claims what is true pays least.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.extraction.columns import SHIFTED
from corpus.extraction.rows import ReadRow, read_rows
from corpus.form import figure_id, load_form
from corpus.numerals import read_cell
from tests.accuracy.fit.cases import Case
from tests.accuracy.paper import Paper

UNKNOWN = math.log(2)
"""What a cell costs of which nothing is said."""
_MOST = 12.0
"""What is claimed at most: of cells that can be read in one way only the margin has no bound."""
_DOUBTED = 2.0
"""What is claimed at most of a row that is in doubt for another reason than its margin."""


@dataclass(frozen=True, slots=True)
class Said:
    """A cell as read: whether it is right, None if nothing is said; its margin; whether its row is in other doubt."""

    right: bool | None
    margin: float
    doubted: bool

    @property
    def cost(self) -> float:
        """In nats."""
        if self.right is None:
            return UNKNOWN
        claimed = min(self.margin, _DOUBTED if self.doubted else _MOST)
        return math.log1p(math.exp(-claimed if self.right else claimed))


def rows_of(case: Case) -> list[ReadRow]:
    """The rows of a case by the form that it has."""
    return read_rows(case.printed, load_form(case.paper.form))


def said(rows: Iterable[ReadRow], paper: Paper) -> dict[str, Said]:
    """The cells of rows by figure, held against what the paper still prints; of two that say something the first."""
    found: dict[str, Said] = {}
    blank: set[str] = set()
    for row in rows:
        doubted = bool(row.doubts.keys() - {SHIFTED})
        for column, cell in zip(row.columns, row.cells, strict=True):
            id_ = figure_id(row.row, column)
            if id_ in found and id_ not in blank:
                continue
            blank.discard(id_)
            if cell is None or cell.state == "blank":
                blank.add(id_)
            is_printed = id_ in paper.values and id_ not in paper.destroyed
            if cell is None:
                found[id_] = Said(None if is_printed else True, row.margin, doubted)
            else:
                unit = row.table.unit(row.row, column), row.printed_units.get(column.key, "")
                right = is_printed and read_cell(cell.cell.raw, *unit)[0] == paper.values[id_]
                found[id_] = Said(right, row.margin, doubted)
    return found


def cost(cases: Sequence[Case]) -> float:
    """What the readings of some cases cost together; a number that no row was found for, as much as a wrong one."""
    return sum(case.times * _cost(case.paper, said(rows_of(case), case.paper)) for case in cases)


def _cost(paper: Paper, found: dict[str, Said]) -> float:
    lost = sum(value is not None and id_ not in found for id_, value in paper.values.items())
    return sum(one.cost for one in found.values()) + lost * _MOST


def hanging_on_weights(cases: Iterable[Case]) -> Iterator[Case]:
    """The cases with a row that may be read in two ways: most have labels of the form and a cell for each column."""
    for case in cases:
        if any(row.margin < math.inf or (row.row.label and not row.labelled) for row in rows_of(case)):
            yield case
