"""What a search gives back: frozen values that a page, a JSON body and a file are all made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from indexer.subject import Subject


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of one section; ``marks`` are (start, end) offsets in code points of ``text``.

    ``offset`` is where the passage begins in the section's text.
    """

    section: str
    text: str
    marks: tuple[tuple[int, int], ...]
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One report found. ``metrics`` holds the value by which the hits are sorted or faceted, as exact decimals.

    ``captured`` is when the text was captured. ``similar`` are ids of hits of the same page that are almost the same
    and stand behind this one. ``scanned``: a machine read it from pictures.
    """

    id: str
    title: str
    agency: str
    region: str
    level: str
    kind: str
    year: int
    form: str | None
    url: str
    score: float
    snippets: tuple[Snippet, ...] = ()
    metrics: Mapping[str, str] = field(default_factory=dict)
    similar: tuple[str, ...] = ()
    captured: datetime | None = None
    scanned: bool = False


class FacetValue(msgspec.Struct, frozen=True):
    """One value of a facet with the number of reports; regions have ``children``. Dozens for each answer."""

    value: str
    label: str
    count: int
    selected: bool
    children: Sequence[FacetValue] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """``reports`` of which ``valued`` have the metric; where none has, the rest is None.

    ``quartiles``: the first, the median, the third, by linear interpolation. ``sum`` is None for rates, which do not
    add up; theirs is ``cases``: the sum of their denominators, where the denominator is a metric itself.
    """

    reports: int
    valued: int
    sum: float | None = None
    minimum: float | None = None
    quartiles: tuple[float, float, float] | None = None
    maximum: float | None = None
    cases: float | None = None

    @property
    def missing(self) -> int:
        """How many reports have no value."""
        return self.reports - self.valued


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of one metric: over all reports found, by year, and by province or by what lies right below a chosen region."""

    metric: str
    unit: str
    whole: Summary
    years: Mapping[int, Summary]
    regions: Mapping[str, Summary]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``total`` counts reports, ``groups`` groups where hits are folded, None where not.

    Facets are disjunctive: a facet's counts ignore its own filter. ``statistics`` are those asked for. ``understood``
    is the query as understood, ready for JSON. ``generation`` names the state of the index.
    ``subject`` is what the text names outright. ``relaxed_hits`` are there where nothing was found: they meet most of
    what was asked, and count nowhere.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Sequence[FacetValue]]
    understood: Mapping[str, object]
    generation: str
    groups: int | None = None
    statistics: tuple[Statistics, ...] = ()
    subject: Subject | None = None
    relaxed_hits: tuple[Hit, ...] = ()
