"""Report → Document: the one shape in which every engine is fed. One document per report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from corpus.metrics import metric_values
from corpus.model import Section, SectionKind
from corpus.regions import Registry
from corpus.store import Stored


@dataclass(frozen=True, slots=True)
class Document:
    """A report as an engine keeps it.

    ``regions`` are the code of the agency's region and of all its ancestors. ``findings`` hold each rule and
    rule:verdict that occurs. ``metrics`` hold only what the report has: nothing stands for a missing value.
    """

    id: str
    title: str
    agency: str
    agency_id: str
    region: str
    regions: tuple[str, ...]
    level: str
    kind: str
    year: int
    form: str | None
    url: str
    sections: Mapping[SectionKind, str]
    findings: tuple[str, ...]
    metrics: Mapping[str, Decimal]
    fictional: bool = False


def document_of(stored: Stored, registry: Registry) -> Document:
    """The document of a stored report."""
    report = stored.report
    agency = report.agency
    region = registry.get(agency.region)
    findings = {name for finding in report.findings for name in (finding.rule, f"{finding.rule}:{finding.verdict}")}
    return Document(
        id=stored.id,
        title=report.title,
        agency=agency.name,
        agency_id=agency.id,
        region=agency.region,
        regions=registry.ancestors(agency.region) or (agency.region,),
        level=agency.level,
        kind=agency.kind,
        year=report.year,
        form=report.form,
        url=stored.snapshot.url,
        sections=narrative(report.sections),
        findings=tuple(sorted(findings)),
        metrics=metric_values(report),
        fictional=region is not None and region.fictional,
    )


def narrative(sections: Iterable[Section]) -> Mapping[SectionKind, str]:
    """The text of each kind of section. A kind may come twice (two unclassified chapters): both, a paragraph apart."""
    texts: dict[SectionKind, list[str]] = {}
    for section in sections:
        texts.setdefault(section.kind, []).extend(filter(None, (section.text,)))
    return {kind: "\n".join(parts) for kind, parts in texts.items()}
