"""Which figures are in doubt, and why: one answer for every table, picture, list and file that shows them.

A cell is doubted where a broken check names it or where we doubt our reading of it; a metric, where a cell that it is
made of is. Whoever shows either shows the mark beside it, one step from the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.metrics import load_metrics
from corpus.model import Finding


@dataclass(frozen=True, slots=True)
class Mark:
    """The first finding that doubts something; it stands at ``finding-<at>`` of the page of ``report``."""

    report: str
    at: int
    finding: Finding


Flaws = Sequence[tuple[int, Finding]]
"""The findings of a report that a reader must be told of at the cells, each with its number, counted from 1."""


def noteworthy(finding: Finding) -> bool:
    """Whether a reader must be told at the cells: it does not hold, or we doubt our reading."""
    return finding.verdict == "broken" or finding.rule == "reading"


def flaws(findings: Sequence[Finding]) -> Flaws:
    """What is noteworthy among a report's findings."""
    return tuple((at, finding) for at, finding in enumerate(findings, start=1) if noteworthy(finding))


def flagged(findings: Sequence[Finding]) -> Mapping[str, tuple[int, ...]]:
    """Cell → positions, counted from 0, of the noteworthy findings that name it."""
    found: dict[str, list[int]] = {}
    for at, finding in flaws(findings):
        for id_ in finding.figures:
            found.setdefault(id_, []).append(at - 1)
    return {id_: tuple(positions) for id_, positions in found.items()}


@cache
def cells_of(id_: str) -> tuple[str, ...]:
    """The figures behind a metric, of all its forms, operands of operands included; a figure is its own."""
    metric = load_metrics().get(id_)
    if metric is None or metric.formula == id_:
        return (id_,)
    return tuple(dict.fromkeys(cell for operand in metric.operands for cell in cells_of(operand)))


def mark(report: str, found: Flaws, cells: Iterable[str]) -> Mark | None:
    """The mark of something made of these cells of a report; a broken check before a doubt of ours."""
    wanted = set(cells)
    naming = [(at, finding) for at, finding in found if wanted.intersection(finding.figures)]
    naming.sort(key=lambda each: each[1].verdict != "broken")
    return Mark(report, *naming[0]) if naming else None
