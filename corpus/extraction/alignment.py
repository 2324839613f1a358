"""A row's printed values set against the columns of its table, where the cells alone do not say which is which.

Some programs drop blank cells and leave, or fill up at the row's end, what is missing: two values of seven may stand
anywhere. What is left is their order and what they say. Every monotone placement of the values is weighed, as in the
alignment of sequences (Needleman and Wunsch): how often authors fill a column or leave it blank, whether a value
stands below its column's header, whether the last value is the sum of those before it (I3). The best placement wins;
how far the best one without a value in its column falls behind is that value's margin, in nats.

The weights stand in ``alignment.toml``; tests/accuracy/calibrate.py fits them and shows what a margin is worth.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from corpus.form import Column

_TOTAL = "total"
_NEVER = -math.inf


@dataclass(frozen=True, slots=True)
class Weights:
    """``filled``: the share of rows in which authors who leave zeros blank fill a column; the rest in nats.

    ``sum``: what the last value gains as a total if it is the sum of those before it, and loses if it is not.
    ``least_margin``: below it a value has no column.
    """

    filled: Mapping[str, float]
    sum: float
    not_sum: float
    least_margin: float


@dataclass(frozen=True, slots=True)
class Placement:
    """For each value its column, by index, and by how much that is likelier than any other."""

    columns: tuple[int, ...]
    margins: tuple[float, ...]


@cache
def weights() -> Weights:
    """The weights as fitted."""
    data = tomllib.loads((files("corpus.extraction") / "alignment.toml").read_text(encoding="utf-8"))
    return Weights(**data)


def align(values: Sequence[Decimal | None], columns: Sequence[Column], using: Weights | None = None) -> Placement:
    """Set values, None for what is no number, against columns. Raises ValueError for more values than columns."""
    if len(values) > len(columns):
        raise ValueError(f"{len(values)} values for {len(columns)} columns")
    score = _scorer(values, columns, using or weights())
    best, placed = _best(len(values), len(columns), score)
    margins = []
    for value, column in enumerate(placed):
        rival, _ = _best(len(values), len(columns), _without(score, value, column))
        margins.append(best - rival)
    return Placement(placed, tuple(margins))


Score = Callable[[int, int], float]
"""Of a value in a column; the value -1 is none."""


def _scorer(values: Sequence[Decimal | None], columns: Sequence[Column], using: Weights) -> Score:
    is_sum = _is_sum(values)

    def score(value: int, column: int) -> float:
        share = using.filled[columns[column].key]
        if value < 0:
            return math.log1p(-share)
        if columns[column].key != _TOTAL or is_sum is None:
            return math.log(share)
        return math.log(share) + (using.sum if is_sum else -using.not_sum)

    return score


def _is_sum(values: Sequence[Decimal | None]) -> bool | None:
    """Whether the last value is the sum of the others; None where that says nothing."""
    *addends, last = values
    known = [value for value in addends if value is not None]
    if not any(known) or last is None:
        return None
    return sum(known, Decimal(0)) == last


def _without(score: Score, value: int, column: int) -> Score:
    return lambda other, at: _NEVER if (other, at) == (value, column) else score(other, at)


def _best(values: int, columns: int, score: Score) -> tuple[float, tuple[int, ...]]:
    """The best placement and its score: by the values placed so far, the best over the columns passed so far."""
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ()), *[(_NEVER, ())] * values]
    for column in range(columns):
        best = [
            max(
                (best[placed][0] + score(-1, column), best[placed][1]),
                (best[placed - 1][0] + score(placed - 1, column), (*best[placed - 1][1], column))
                if placed
                else (_NEVER, ()),
            )
            for placed in range(values + 1)
        ]
    return best[values]
