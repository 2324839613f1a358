"""What a search gives back: frozen values that a page, a JSON body and a file are all made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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

    ``similar`` are ids of hits of the same page that are almost the same and stand behind this one.
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


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet with the number of reports; regions have ``children``."""

    value: str
    label: str
    count: int
    selected: bool
    children: Sequence[FacetValue] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``total`` counts reports; facets are disjunctive: a facet's counts ignore its own filter.

    ``understood`` is the request as understood, ready for JSON. ``generation`` names the state of the index.
    ``subject`` is what the text names outright. ``relaxed_hits`` are there where nothing was found: they meet most of
    what was asked, and count nowhere.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Sequence[FacetValue]]
    understood: Mapping[str, object]
    generation: str
    subject: Subject | None = None
    relaxed_hits: tuple[Hit, ...] = ()
