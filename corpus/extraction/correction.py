"""A report of pictures with what people say that its cells hold: checked anew, as if it had been printed so.

A correction settles what was doubted of its cell, and nothing else: raw text, confidence and place stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from corpus.extraction.numbers_in_text import sentences
from corpus.extraction.statements import check_statements
from corpus.identities import audit
from corpus.model import Correction, Figure, Finding, Report, Snapshot
from corpus.store import Store

_DOUBT = "reading"


def corrected(report: Report, said: Mapping[str, Correction]) -> Report:
    """The report with corrections of its cells, by their ids. A cell that was not read from a picture stays."""
    figures = {
        id_: _settled(figure, said[id_]) if id_ in said and figure.confidence is not None else figure
        for id_, figure in report.figures.items()
    }
    if figures == dict(report.figures):
        return report
    settled = frozenset(id_ for id_, figure in figures.items() if figure.corrected)
    doubts = tuple(_still_doubted(report, settled))
    return replace(
        report,
        figures=figures,
        findings=(
            *audit(report.form, figures, doubts),
            *check_statements(sentences(report.sections), figures, report.year),
            *doubts,
        ),
    )


def accept(store: Store, snapshot: Snapshot, read: Report, extractor: str) -> Report:
    """Keep what was read from a snapshot, corrected as people say. Returns what is kept."""
    report = corrected(read, _still_said(store, snapshot))
    store.accept(snapshot, report, extractor, None if report is read else read)
    return report


def _still_said(store: Store, snapshot: Snapshot) -> Mapping[str, Correction]:
    """The corrections of a payload; where its pictures have addresses of their own, none older than one of these."""
    said = store.corrections(snapshot.digest)
    behind = [store.snapshot(digest) for _, digest in store.pages_behind(snapshot.url)] if said else []
    seen = [page.captured for page in behind if page is not None]
    return {id_: one for id_, one in said.items() if all(one.when >= captured for captured in seen)}


def correct_again(store: Store, digest: str) -> None:
    """Put the corrections of a payload, as they are now, on what was read in it, where a report is."""
    snapshot, found = store.snapshot(digest), store.as_read(digest)
    if snapshot is not None and found is not None:
        accept(store, snapshot, *found)


def _settled(figure: Figure, said: Correction) -> Figure:
    return replace(figure, value=said.value, state="blank" if said.value is None else "number", corrected=said)


def _still_doubted(report: Report, settled: frozenset[str]) -> Iterator[Finding]:
    for finding in report.findings:
        left = tuple(id_ for id_ in finding.figures if id_ not in settled)
        if finding.rule == _DOUBT and (left or not finding.figures):
            yield replace(finding, figures=left)
