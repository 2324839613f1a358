"""What changed between two extractions of the same snapshot: cell by cell, and the head of the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model import Figure, Report


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``what`` is a figure's id, or a word of the head; empty strings stand for "not there"."""

    report: str
    what: str
    before: str
    after: str


def changes(before: Report, after: Report | None, reason: str = "") -> Iterator[Change]:
    """Every difference, figures in the order of the form; ``after`` None: no report any more, for this reason."""
    if after is None:
        yield Change(before.id, "report", before.title, f"no report: {reason}")
        return
    for what, old, new in (
        ("id", before.id, after.id),
        ("agency", before.agency.name, after.agency.name),
        ("year", str(before.year), str(after.year)),
        ("title", before.title, after.title),
        ("form", before.form or "", after.form or ""),
    ):
        if old != new:
            yield Change(before.id, what, old, new)
    for id_ in dict.fromkeys((*before.figures, *after.figures)):
        old, new = _said(before.figures.get(id_)), _said(after.figures.get(id_))
        if old != new:
            yield Change(before.id, id_, old, new)
    texts = [{section.kind: section.text for section in report.sections} for report in (before, after)]
    for kind in dict.fromkeys((*texts[0], *texts[1])):
        if texts[0].get(kind) != texts[1].get(kind):
            yield Change(before.id, f"section {kind}", *(f"{len(text.get(kind, ''))} characters" for text in texts))


def _said(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return figure.state if figure.value is None else f"{figure.value:f}"
