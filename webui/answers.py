"""The JSON that docs/contract.md promises, as types.

``shapes.py`` makes it and mypy holds it to these; the OpenAPI description is made from them (openapi.py), so that what
is promised is what is written.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

Number = int | float | None


class RegionShape(TypedDict):
    """``path`` holds the names from the province down."""

    code: str
    name: str
    path: list[str]


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


class AgencyShape(TypedDict):
    """An agency under its id."""

    id: str
    name: str
    region: RegionShape
    level: str
    kind: str


class SectionShape(TypedDict):
    """A chapter as printed."""

    kind: str
    heading: str
    text: str


class CorrectionShape(TypedDict):
    """What a person says that a cell of a picture holds."""

    value: Number
    who: str
    why: str
    when: str


PictureShape = TypedDict(
    "PictureShape",
    {
        "from": NotRequired[Literal["picture"]],
        "confidence": NotRequired[float],
        "corrected": NotRequired[CorrectionShape],
    },
)


class FigureShape(PictureShape):
    """A cell: null where it is blank, which is not 0; ``from`` and ``confidence`` where a machine read a picture.

    ``corrected``: a person looked at the picture, and this is what it holds.
    """

    value: Number
    raw: str
    state: str


class DoubtShape(TypedDict):
    """A code with values, and its words."""

    code: str
    values: dict[str, str | int]
    message: str


class FindingShape(DoubtShape):
    """What an identity, or our doubt about our own reading, says about some figures."""

    rule: str
    verdict: str
    figures: list[str]
    left: Number
    right: Number
    note: str | None
    quote: str | None


class QuantityShape(TypedDict):
    """A number of the narrative: what it counts, between which bounds, in which sentence."""

    subject: str
    low: Number
    high: Number
    unit: str
    section: str
    sentence: str
    offset: int
    mark: tuple[int, int]


class ReportShape(TypedDict):
    """What extraction found, with the keys of ``nianbao inspect`` from ``title`` to ``warnings``."""

    title: str
    agency: str
    region: RegionShape
    level: str
    kind: str
    year: int
    form: str | None
    sections: list[SectionShape]
    figures: dict[str, FigureShape]
    findings: list[FindingShape]
    warnings: list[DoubtShape]
    quantities: list[QuantityShape]


class FaultShape(TypedDict):
    """What is wrong, and with which parameter."""

    code: str
    message: str
    parameter: str | None


class ErrorShape(TypedDict):
    """The one shape of every error."""

    ok: bool
    error: FaultShape


class Answer(TypedDict):
    """An answer whose further keys belong to its page."""

    ok: bool


class Report(Answer, ReportShape):
    """A report with its source."""

    id: str
    url: str
    sha256: str
    captured: str
    vanished: str | None
    published: str | None


class Home(Answer):
    """What is in here."""

    total: int
    years: list[dict[str, int]]
    regions: list[RegionShape]
    latest: list[dict[str, Any]]


class Share(TypedDict):
    """``count`` of ``existing`` reports, in per cent; null where there are none."""

    count: int
    existing: int
    share: float | None
    small: bool


class YearShare(Share):
    """That of a year."""

    year: int


class RegionShare(Share):
    """That of a place."""

    region: RegionShape


class Trend(Answer):
    """How many reports mention it."""

    total: int
    query: dict[str, Any]
    years: list[YearShare]
    regions: list[RegionShare]


class Package(TypedDict):
    """A data package (Frictionless Data)."""

    resources: list[dict[str, Any]]
    licenses: list[dict[str, str]]
