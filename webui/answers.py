"""The JSON that docs/contract.md promises, as types; that of a search stands apart (search_answers.py).

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
