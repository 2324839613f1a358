"""Report → Document: the one shape in which every engine is fed. One document per report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from corpus.metrics import metric_values
from corpus.model import Section, SectionKind
from corpus.regions import Registry
from corpus.store import Stored
from indexer.facets import values_of


@dataclass(frozen=True, slots=True)
class Document:
    """A report as an engine keeps it.

    ``regions`` are the code of the agency's region and of all its ancestors. ``facets`` hold the report's values in
    every facet of choices and tags. ``metrics`` hold only what the report has: nothing stands for a missing value.
    ``captured`` is when the text that is shown was captured; ``published`` None where nobody knows.
    """

    id: str
    title: str
    agency: str
    region: str
    regions: tuple[str, ...]
    year: int
    facets: Mapping[str, tuple[str, ...]]
    url: str
    captured: datetime
    published: date | None
    sections: Mapping[SectionKind, str]
    metrics: Mapping[str, Decimal]
    fictional: bool = False

    def one(self, facet: str) -> str | None:
        """The value of a choice; None where the report has none."""
        return next(iter(self.facets.get(facet, ())), None)


def document_of(stored: Stored, registry: Registry) -> Document:
    """The document of a stored report."""
    report = stored.report
    agency = report.agency
    region = registry.get(agency.region)
    return Document(
        id=stored.id,
        title=report.title,
        agency=agency.name,
        region=agency.region,
        regions=registry.ancestors(agency.region) or (agency.region,),
        year=report.year,
        facets=values_of(stored),
        url=stored.snapshot.url,
        captured=stored.snapshot.captured,
        published=report.published,
        sections=narrative(report.sections),
        metrics=metric_values(report),
        fictional=region is not None and region.fictional,
    )


def narrative(sections: Iterable[Section]) -> Mapping[SectionKind, str]:
    """The text of each kind of section. A kind may come twice (two unclassified chapters): both, a paragraph apart."""
    texts: dict[SectionKind, list[str]] = {}
    for section in sections:
        texts.setdefault(section.kind, []).extend(filter(None, (section.text,)))
    return {kind: "\n".join(parts) for kind, parts in texts.items()}
