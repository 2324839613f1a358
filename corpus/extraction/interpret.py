"""Blocks → report: metadata, tables, sections, audit and the figures of the narrative, or the reason why it is none."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.blocks import Content
from corpus.doubts import Doubt
from corpus.errors import NotAReportError, NoTextError
from corpus.extraction.archive import report_among
from corpus.extraction.left_over import left_over
from corpus.extraction.metadata import Metadata, parse_metadata
from corpus.extraction.numbers_in_text import sentences
from corpus.extraction.quantities import quantities
from corpus.extraction.sections import parse_sections
from corpus.extraction.statements import check_statements
from corpus.extraction.tables import parse_tables
from corpus.identities import audit
from corpus.model import Report, Section
from corpus.readers.pictures import UNREAD
from corpus.regions import Registry

_LEAST_SECTIONS = 3
"""Sections with text that make a report without a table (docs/contract.md, "What is a report")."""


_OF_THESE_REPORTS_ALONE = frozenset(("disclosure", "applications"))
"""Sections that no other paper has; overview and problems are in every yearly summary."""


def interpret(content: Content, registry: Registry, *, url: str = "", hint: str = "", name: str = "") -> Report:
    """Make a report of blocks. Raises NotAReportError with the reason where they are none, NoTextError for pictures.

    ``url``, the file's ``name`` and ``hint`` are evidence of body, place and year. ``hint`` is the code of the region
    where the source stands; it settles names without a place and overrides none.
    """
    content = report_among(content)
    try:
        return _report(content, registry, url, hint, name)
    except NotAReportError as error:
        if not any(warning.code == UNREAD for warning in content.warnings):
            raise
        # What it lacks may be in its pictures: once they may be read, it is new.
        raise NoTextError("pictures_in_page", count=len(content.pictures)) from error


def _report(content: Content, registry: Registry, url: str, hint: str, name: str) -> Report:
    metadata = parse_metadata(content, registry, url=url, hint=hint, name=name)
    if metadata.agency is None or metadata.year is None:
        reason = metadata.reason or Doubt("no_year")
        raise NotAReportError(reason.code, **reason.values)
    tables = parse_tables(content.blocks, metadata.year)
    sections = parse_sections(content.blocks, metadata.title, tables.form, metadata.year)
    if not (metadata.titled and tables.form) and all(figure.state == "blank" for figure in tables.figures.values()):
        _check_narrative(metadata, sections)
    statutory = {figure.place.table for figure in tables.figures.values() if figure.place is not None}
    lost = left_over(content.blocks, metadata.title, sections, statutory)
    narrative = sentences(sections)
    findings = (
        *audit(tables.form, tables.figures, tables.doubts),
        *check_statements(narrative, tables.figures, metadata.year),
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
        warnings=(*content.warnings, *metadata.warnings, *tables.warnings, *([lost] if lost else [])),
        published=metadata.published,
        document_number=metadata.document_number,
        quantities=quantities(narrative),
    )


def _check_narrative(metadata: Metadata, sections: Sequence[Section]) -> None:
    """Raise NotAReportError where a text without a statutory table is too little, or another paper's.

    So is a blank form under no title. A text whose title names neither body nor year must at least speak of what only
    these reports have.
    """
    if (other := metadata.unless_table) is not None:
        raise NotAReportError(other.code, **other.values)
    spoken = {section.kind for section in sections if section.paragraphs}
    enough = sum(bool(section.paragraphs) for section in sections) >= _LEAST_SECTIONS
    if not enough or not (metadata.titled or spoken & _OF_THESE_REPORTS_ALONE):
        raise NotAReportError("too_little", title=metadata.title, least=_LEAST_SECTIONS)
