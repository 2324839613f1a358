"""The carry-over ledger of an agency: what one year's report carries forward against what the next carries in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.form import Column, load_form
from corpus.model import FORMS, Figure, Report
from corpus.store import Stored

OUT, IN = "applications.carried_out", "applications.carried_in"


@dataclass(frozen=True, slots=True)
class Pair:
    """四 of the one year and 二 of the next for one kind of applicant; ``agree`` is None where one is no number."""

    column: Column
    out: Figure | None
    into: Figure | None

    @property
    def agree(self) -> bool | None:
        """Whether the two are the same number."""
        if self.out is None or self.into is None or self.out.value is None or self.into.value is None:
            return None
        return self.out.value == self.into.value


@dataclass(frozen=True, slots=True)
class Passage:
    """From one year's report to the next one's."""

    before: Stored
    after: Stored
    pairs: tuple[Pair, ...]


def ledger(reports: Sequence[Stored]) -> tuple[Passage, ...]:
    """Every passage between reports of two years running that both have the table of applications."""
    return tuple(
        Passage(before, after, _pairs(before.report, after.report))
        for before, after in pairwise(reports)
        if after.report.year == before.report.year + 1 and _has_table(before.report) and _has_table(after.report)
    )


def applicants() -> tuple[Column, ...]:
    """The columns of the table of applications: kinds of applicants, and the total."""
    return next(table.columns for form in reversed(FORMS) if (table := load_form(form).table("applications")))


def _pairs(before: Report, after: Report) -> tuple[Pair, ...]:
    return tuple(
        Pair(column, before.figures.get(f"{OUT}.{column.key}"), after.figures.get(f"{IN}.{column.key}"))
        for column in applicants()
    )


def _has_table(report: Report) -> bool:
    return report.form is not None and load_form(report.form).table("applications") is not None
