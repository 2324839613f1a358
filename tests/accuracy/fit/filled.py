"""What counting tells of rows whose blanks were dropped: how often a column is filled, how often a total is the sum.

Rows of 表三 as authors write them who leave zeros blank lose their blanks; half of the reports is counted, the other
half is read with what was counted. A value is right in its own column.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.extraction.dropped import closed_up
from corpus.form import Column, figure_id, load_form
from corpus.sample.generate import generate
from tests.accuracy.paper import Paper, paper

BOUNDS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
_TABLE = "applications"
_TOTALS_ALONE, _NO_TOTALS = 0.1, 0.03
"""The share of authors who fill in nothing but totals, and of those who leave them blank: docs/field.md tells of both,
the sample has neither."""


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a printed row by column, None where it is blank."""

    columns: Sequence[Column]
    values: Sequence[Decimal | None]

    @property
    def filled(self) -> list[int]:
        return [column for column, value in enumerate(self.values) if value is not None]


@dataclass(frozen=True, slots=True)
class Fit:
    """The weights that counting gives: see ``weights.toml``."""

    filled: Mapping[str, float]
    sum: float
    not_sum: float


def rows(papers: Sequence[Paper], chance: random.Random) -> Iterator[Row]:
    """The rows of the applicants' tables with zeros left blank; where one has no zero, it leaves no question."""
    for one in papers:
        table = load_form(one.form).table(_TABLE)
        assert table is not None
        manner = chance.random()
        for row in table.rows:
            values = [one.values.get(figure_id(row, column)) or None for column in table.columns]
            if manner < _TOTALS_ALONE:
                values[:-1] = [None] * (len(values) - 1)
            elif manner > 1 - _NO_TOTALS:
                values[-1] = None
            found = Row(table.columns, values)
            if 0 < len(found.filled) < len(values):
                yield found


def fitted(some: Sequence[Row]) -> Fit:
    """Weights by counting: how often columns are filled, how often a last value is the sum as total and by chance."""
    columns = some[0].columns
    shares = {
        column.key: (sum(row.values[at] is not None for row in some) + 1) / (len(some) + 2)
        for at, column in enumerate(columns)
    }
    sums: Counter[tuple[bool, bool]] = Counter()
    for row in some:
        numbers = [value for value in row.values if value is not None]
        if len(numbers) > 1:
            sums[row.values[-1] is not None, sum(numbers[:-1]) == numbers[-1]] += 1
    odds = {said: (sums[True, said] + 1) / (sums[True, not said] + sums[True, said] + 2) for said in (True, False)}
    chance = {said: (sums[False, said] + 1) / (sums[False, not said] + sums[False, said] + 2) for said in (True, False)}
    return Fit(
        filled=shares,
        sum=math.log(odds[True] / chance[True]),
        not_sum=math.log(chance[False] / odds[False]),
    )


def calibration(some: Sequence[Row], filled: Mapping[str, float]) -> list[tuple[float, int, int]]:
    """For each lower bound of a margin: the values whose margin lies from it to the next, and how many are wrong."""
    counted: Counter[int] = Counter()
    wrong: Counter[int] = Counter()
    for row in some:
        placement = closed_up([row.values[at] for at in row.filled], row.columns, filled)
        assert placement is not None
        told = [(at, margin) for at, margin in enumerate(placement.margins) if placement.values[at] is not None]
        for true, (column, margin) in zip(row.filled, told, strict=True):
            bucket = max(at for at, bound in enumerate(BOUNDS) if margin >= bound or at == 0)
            counted[bucket] += 1
            wrong[bucket] += true != column
    return [(bound, counted[at], wrong[at]) for at, bound in enumerate(BOUNDS)]


def halves(seed: int = 1) -> tuple[list[Row], list[Row]]:
    """The rows of every other report, and of the rest."""
    papers = [paper(report) for report in generate(seed=seed, reports=600) if report.form in ("2019", "2021")]
    chance = random.Random(seed)  # noqa: S311 - a test, no secret
    return list(rows(papers[::2], chance)), list(rows(papers[1::2], chance))
