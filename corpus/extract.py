"""Stage 2: every new or stale snapshot → read → parse → audit → store.

It can be run again at any time: the same code makes the same reports from the same snapshots, and the version of the
code is kept with what it made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from corpus.audit import audit
from corpus.blocks import Content
from corpus.changes import Change, changes
from corpus.errors import NotAReportError, UnreadableError
from corpus.model import Report
from corpus.parsers.metadata import parse_metadata
from corpus.parsers.sections import parse_sections
from corpus.parsers.tables import parse_tables
from corpus.quantities import check_statements, quantities, sentences
from corpus.readers.formats import read
from corpus.readers.limits import Limits
from corpus.regions import Registry
from corpus.store import Store
from corpus.years import across_years

EXTRACTOR = "3"
"""The version of reading and parsing: raise it whenever the same bytes may give another report."""

_LEAST_SECTIONS = 3

Progress = Callable[[int, int], None]
"""Told how many snapshots are done, and of how many."""


@dataclass(slots=True)
class ExtractionOutcome:
    """What a run of stage 2 did: reports accepted, why each other snapshot is none, what reads otherwise than before.

    A snapshot that was a report and is none any more is among the changes: nothing is lost without a word.
    """

    accepted: int = 0
    rejected: dict[str, str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)


def interpret(content: Content, registry: Registry, *, url: str = "", hint: str = "") -> Report:
    """Make a report of blocks. Raises NotAReportError with the reason where they are none.

    ``hint`` is the code of the region where the source stands; it settles names without a place and overrides none.
    """
    metadata = parse_metadata(content, registry, url=url, hint=hint)
    if metadata.agency is None or metadata.year is None:
        raise NotAReportError(metadata.reason or "Neither agency nor year can be told.")
    tables = parse_tables(content.blocks, metadata.year)
    sections = parse_sections(content.blocks, metadata.title, tables.form, metadata.year)
    if tables.form is None and sum(bool(section.paragraphs) for section in sections) < _LEAST_SECTIONS:
        raise NotAReportError(
            f"“{metadata.title}” has no statutory table and fewer than {_LEAST_SECTIONS} sections with text."
        )
    narrative = sentences(sections)
    findings = (
        *audit(tables.form, tables.figures, tables.doubts),
        *check_statements(narrative, tables.figures),
        *tables.doubts,
    )
    return Report(
        agency=metadata.agency,
        year=metadata.year,
        title=metadata.title,
        form=tables.form,
        sections=sections,
        figures=tables.figures,
        findings=findings,
        warnings=(*content.warnings, *metadata.warnings, *tables.warnings),
        published=metadata.published,
        document_number=metadata.document_number,
        quantities=quantities(narrative),
    )


def extract(
    store: Store, *, everything: bool = False, limits: Limits | None = None, progress: Progress | None = None
) -> ExtractionOutcome:
    """Extract what is new or was made by other code; with ``everything``, all."""
    registry = store.registry()
    outcome = ExtractionOutcome()
    agencies: set[str] = set()
    total = store.stale_count(EXTRACTOR, everything=everything)
    with store.batch():
        for done, snapshot in enumerate(store.stale(EXTRACTOR, everything=everything), 1):
            before = store.extracted(snapshot.digest)
            try:
                payload = store.payload(snapshot.digest)
                content = read(payload, name=snapshot.source, media_type=snapshot.media_type, limits=limits)
                report = interpret(content, registry, url=snapshot.url, hint=store.region_hint(snapshot.digest))
            except (UnreadableError, NotAReportError) as error:
                if before is not None:
                    outcome.changes.extend(changes(before, None, str(error)))
                    agencies.add(before.agency.id)
                store.reject(snapshot, str(error), EXTRACTOR)
                outcome.rejected[snapshot.source] = str(error)
            else:
                if before is not None:
                    outcome.changes.extend(changes(before, report))
                    agencies.add(before.agency.id)
                store.accept(snapshot, report, EXTRACTOR)
                agencies.add(report.agency.id)
                outcome.accepted += 1
            if progress is not None:
                progress(done, total)
        compare_years(store, agencies)
    return outcome


def compare_years(store: Store, agencies: Iterable[str]) -> None:
    """Work out the findings across years of every report of these agencies anew."""
    for agency in agencies:
        before: Report | None = None
        for stored in store.of_agency(agency):
            store.put_across(stored.id, across_years(before, stored.report) if before else ())
            before = stored.report
