"""The JSON of a search as types: hits, facets, numbers, and the card of what was named (search_shapes.py, card.py)."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from webui.answers import Number, RegionShape


class SnippetShape(TypedDict):
    """``marks`` are offsets in code points of ``text``."""

    section: str
    text: str
    marks: list[tuple[int, int]]


ReadShape = TypedDict("ReadShape", {"from": NotRequired[Literal["picture"]]})
"""What a machine read from pictures says so."""


class HitShape(ReadShape):
    """One report found. ``fictional``, ``from`` and ``metrics`` appear only where there is something to say."""

    id: str
    title: str
    agency: str
    region: RegionShape
    level: str
    kind: str
    year: int
    form: str | None
    url: str
    score: float
    snippets: list[SnippetShape]
    metrics: NotRequired[dict[str, Number]]
    fictional: NotRequired[bool]
    captured: str | None


class FacetShape(TypedDict):
    """A value of a facet; those of regions have what lies in them."""

    value: str
    label: str
    count: int
    selected: bool
    children: NotRequired[list[FacetShape]]


class SummaryShape(TypedDict):
    """A metric over some reports: how many have it, how many not, and null for all else where none has it."""

    reports: int
    count: int
    missing: int
    sum: Number
    minimum: Number
    quartiles: list[Number] | None
    median: Number
    maximum: Number
    cases: Number


class YearSummary(SummaryShape):
    """That of a year."""

    year: int


class RegionSummary(SummaryShape):
    """That of a place."""

    region: RegionShape


class StatsShape(SummaryShape):
    """A metric over a result."""

    unit: str
    years: list[YearSummary]
    regions: list[RegionSummary]


class LinkShape(TypedDict):
    """Words with an address."""

    label: str
    address: str


class NewestShape(TypedDict):
    """A report that is pointed to."""

    id: str
    title: str
    year: int
    url: str


class ValueShape(TypedDict):
    """A figure with whose it is, of which year, in which report."""

    agency: str
    region: str
    year: int
    value: Number
    report: str


class CardShape(TypedDict):
    """What a query names outright; ``sure`` is false where it says more than was understood."""

    kind: str
    id: str
    name: str
    note: str
    sure: bool
    address: str
    links: list[LinkShape]
    newest: NewestShape | None
    series: list[ValueShape]
    ranking: list[ValueShape]


class SearchShape(TypedDict):
    """The answer to a search. ``relaxed_hits`` meet most of it where nothing meets all, and count nowhere."""

    ok: bool
    total: int
    query: dict[str, Any]
    hits: list[HitShape]
    facets: dict[str, list[FacetShape]]
    next: str | None
    groups: NotRequired[int]
    stats: NotRequired[dict[str, StatsShape]]
    card: CardShape | None
    relaxed_hits: list[HitShape]
