"""Report → Document: the one shape in which every engine is fed. One document per report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from corpus.model import SectionKind


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
