"""Contradictions: what a report says against its own tables, its own text, the year before, and its parts' reports.

The checks of a report and across its years are done (corpus/identities.py, corpus/extraction); here they are put in one
order, by how sure they are. Parts are held against a whole only where the whole says that it sums them up: a city's
report may as well tell of the city's own offices alone, and then no sum contradicts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from corpus.model import Finding, Report
from corpus.regions import Registry
from corpus.store import Store, Stored
from corpus.store.contradictions import Contradiction, Sort

SUMMED = ("applications.received.total", "review.total")
"""Figures that parts add up to: each thing is counted where it came in, and once."""

_SUMS_UP = re.compile(
    r"(?:本报告|报告|数据|统计)[^。；]{0,30}(?:汇总|涵盖|包括|含)[^。；]{0,12}(?:各|所辖|全)(?:县|区|市|乡|镇|级)"
)
_BATCH = 200


def find_contradictions(store: Store) -> int:
    """Find them for every report that changed, and for the wholes that it is a part of. Returns how many reports."""
    seen, registry = store.revision(), store.registry()
    changed = store.contradictions.behind()
    wholes = {
        (above, int(year))
        for region, year, _ in (id_.split("-") for id_ in changed)
        for above in registry.ancestors(region)
    }
    ids = sorted({*changed, *store.contradictions.governments(wholes)})
    for at in range(0, len(ids), _BATCH):
        some = ids[at : at + _BATCH]
        found = [
            each
            for id_ in some
            if (stored := store.get(id_)) is not None
            for each in (*of_findings(stored), *_exceeding(store, registry, stored))
        ]
        store.contradictions.put(some, found)
    if changed:
        store.contradictions.reached(seen)
    return len(ids)


def of_findings(stored: Stored) -> Iterator[Contradiction]:
    """Those that the checks of a report found."""
    findings = stored.report.findings
    doubted = {figure for finding in findings if finding.rule == "reading" for figure in finding.figures}
    for finding in findings:
        if finding.verdict == "broken" and finding.figures and finding.left is not None and finding.right is not None:
            yield _of_finding(stored.id, finding, doubted)


def _of_finding(id_: str, finding: Finding, doubted: set[str]) -> Contradiction:
    figure = finding.figures[0]
    other, other_figure = id_, finding.figures[-1]
    sort: Sort = "carried" if finding.rule.startswith("X") else "text" if finding.rule.startswith("T") else "table"
    if sort == "carried":
        values = finding.doubt.values
        other = str(values["report"])
        other_figure = next((name for name in values if "." in name), "")
    misread = finding.note == "misreading" or not doubted.isdisjoint(finding.figures)
    sure = 1 if misread else 2 if sort == "text" else 3
    left, right = (None if side is None else float(side) for side in (finding.left, finding.right))
    return Contradiction(id_, sort, finding.rule, sure, figure, left, other, other_figure, right, finding.quote)


def _exceeding(store: Store, registry: Registry, stored: Stored) -> Iterator[Contradiction]:
    """Parts that together exceed what the whole prints, where the whole says that it sums them up."""
    report = stored.report
    quote = sums_up(report)
    if report.agency.kind != "government" or not quote:
        return
    below = [(region.code, report.year) for region in registry.children(report.agency.region)]
    parts = [part for id_ in store.contradictions.governments(below) if (part := store.get(id_)) is not None]
    parts = [part for part in parts if part.report.agency.kind == "government" and part.report.form == report.form]
    for figure in SUMMED:
        whole, known = report.figures.get(figure), _known(parts, figure)
        total = sum(known.values(), Decimal(0))
        if whole is not None and whole.value is not None and total > whole.value:
            greatest = max(known, key=lambda id_: known[id_])
            yield Contradiction(
                stored.id,
                "parts",
                "parts",
                2,
                figure,
                float(whole.value),
                greatest,
                figure,
                float(total),
                quote,
                parts=len(known),
                parts_of=len(below),
            )


def sums_up(report: Report) -> str:
    """The words by which a report says that it sums up those below it; empty where it does not."""
    found = next((match for section in report.sections if (match := _SUMS_UP.search(section.text))), None)
    return found[0] if found else ""


def _known(parts: Iterable[Stored], figure: str) -> Mapping[str, Decimal]:
    return {
        part.id: cell.value
        for part in parts
        if (cell := part.report.figures.get(figure)) is not None and cell.value is not None
    }
