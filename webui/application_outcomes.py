"""What became of the applications, by reason: the rows of the table 三 as a tree, with their totals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.form import load_form
from corpus.model import Report


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome and its reasons; ``value`` is None where the report leaves the cell open. ``share`` is 0…100."""

    label: str
    cell: str
    value: Decimal | None
    share: int
    reasons: tuple[Outcome, ...] = ()


def outcomes(report: Report) -> tuple[Outcome, ...]:
    """The outcomes of a report whose form has the table of applications; none for any other."""
    table = load_form(report.form).table("applications") if report.form else None
    if table is None:
        return ()
    handled = report.figures.get("applications.handled.total")
    whole = handled.value if handled and handled.value else None
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in table.rows:
        if row.path and row.key != "applications.handled":
            group = row.path[1] if len(row.path) > 1 else row.label
            groups.setdefault(group, []).append((row.label, f"{row.key}.total"))
    return tuple(_grouped(report, groups, whole))


def _grouped(report: Report, groups: dict[str, list[tuple[str, str]]], whole: Decimal | None) -> Iterator[Outcome]:
    for group, rows in groups.items():
        reasons = tuple(_outcome(report, label, cell, whole) for label, cell in rows)
        if len(reasons) == 1 and reasons[0].label == group:
            yield reasons[0]
            continue
        numbers = [reason.value for reason in reasons]
        # A blank is not 0: without every reason there is no sum.
        value = None if None in numbers else sum((number for number in numbers if number is not None), Decimal(0))
        yield Outcome(group, rows[0][1], value, _share(value, whole), reasons)


def _outcome(report: Report, label: str, cell: str, whole: Decimal | None) -> Outcome:
    figure = report.figures.get(cell)
    value = figure.value if figure else None
    return Outcome(label, cell, value, _share(value, whole))


def _share(value: Decimal | None, whole: Decimal | None) -> int:
    return min(100, round(100 * value / whole)) if value and whole else 0
