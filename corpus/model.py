"""The nouns that cross the borders between packages: all frozen, none knows where it is kept.

Terms are the statute's (《中华人民共和国政府信息公开条例》) and the notices' that prescribe the forms;
the glossary in ARCHITECTURE.md gives both languages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal, get_args

from corpus.doubts import Doubt
from corpus.text import fold

FormId = str
"""A statutory form: the name of its file in ``corpus/forms`` (2014, 2019, 2021)."""
State = Literal["number", "blank", "dash", "text"]
Verdict = Literal["holds", "broken", "holds_if_blank_is_zero", "undecidable"]
Level = Literal["national", "province", "prefecture", "county", "township"]
Kind = Literal["government", "office", "department", "township", "zone", "ministry"]
SectionKind = Literal[
    "overview",
    "disclosure",
    "applications",
    "remedies",
    "problems",
    "other_matters",
    "fees",
    "resources",
    "unclassified",
]

# A form is a data file; another one there is another form here, and no line of code.
FORMS: tuple[FormId, ...] = tuple(sorted(file.stem for file in Path(__file__).with_name("forms").glob("*.toml")))
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
LEVELS: tuple[Level, ...] = get_args(Level)
KINDS: tuple[Kind, ...] = get_args(Kind)
SECTION_KINDS: tuple[SectionKind, ...] = get_args(SectionKind)

NATION = "000000"
"""The region code of the ministries, which stand above every province."""


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division (行政区划) under its GB/T 2260 code.

    ``parent`` is the code of the government above it, ``""`` for a province. ``aliases`` are the names by
    which people call it besides ``name``. The years of validity are inclusive; None means not known.
    """

    code: str
    name: str
    level: Level
    parent: str = ""
    aliases: tuple[str, ...] = ()
    valid_from: int | None = None
    valid_to: int | None = None
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Agency:
    """An administrative body (行政机关) that reports: a government, its office, a department."""

    name: str
    region: str
    level: Level
    kind: Kind

    @property
    def id(self) -> str:
        """``<region code>-<first 8 hex digits of SHA-256 of the normalised name>``."""
        return f"{self.region}-{self.fingerprint}"

    @property
    def fingerprint(self) -> str:
        """The part of the ids that stands for the name."""
        normalised = "".join(fold(self.name).split())
        return hashlib.sha256(normalised.encode()).hexdigest()[:8]


def agency_of(report: str) -> str:
    """The id of the agency inside a report's: ``<region>-<year>-<fingerprint>`` without its year."""
    region, _, fingerprint = report.split("-")
    return f"{region}-{fingerprint}"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One captured payload: the evidence from which everything else is derived.

    ``digest`` is the SHA-256 (hex) of the payload after transfer- and content-decoding. ``url`` is the
    address it came from, ``""`` where nobody knows; ``source`` names it for a person (a file or the address).
    """

    digest: str
    url: str
    source: str
    media_type: str
    captured: datetime


@dataclass(frozen=True, slots=True)
class CellRef:
    """Where a cell stands in its source: table, row and column counted from 0, page from 1 where there are pages."""

    table: int
    row: int
    column: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cutout:
    """Where a cell stands in the picture of its page: its sides in shares of the picture's width and height.

    ``turns``: by how many quarters against the clock the picture is to be turned, to be read.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says that a cell of a picture holds: a number in the form's unit, None for a blank.

    ``why`` may be empty, ``who`` is never.
    """

    value: Decimal | None
    who: str
    why: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell with a passport.

    ``id`` is the indicator's public name (contract/figures.csv). ``raw`` is the text exactly as printed.
    ``value`` is in the unit of the form and None unless ``state`` is ``number``: a blank is not 0.
    ``place`` is None only for a cell that a damaged row swallowed. ``confidence``, from 0 to 1, is how sure it was read
    from a picture, and ``cutout`` where it stands there; None where it was printed as text. ``corrected``: who looked
    at the picture and says what it holds, which ``value`` is then, whatever ``raw`` was taken for.
    """

    id: str
    value: Decimal | None
    raw: str
    state: State
    place: CellRef | None
    confidence: float | None = None
    cutout: Cutout | None = None
    corrected: Correction | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What an identity (勾稽关系) or our own doubt says about some figures.

    ``left`` and ``right`` are the two sides as computed, None where blanks leave them open. ``figures`` are
    the ids of the operands in this report. ``doubt`` says what was found; ``note``, a code too, what is the likelier
    cause, a slip of the source or a misreading of ours; ``quote`` is the sentence that the figures are held against.
    """

    rule: str
    verdict: Verdict
    figures: tuple[str, ...]
    left: Decimal | None
    right: Decimal | None
    doubt: Doubt
    note: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the narrative: its kind, its heading as printed, its paragraphs without any table cell."""

    kind: SectionKind
    heading: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs, joined by line breaks."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a sentence of the narrative states: no statutory figure, never mixed with one.

    ``subject`` is an id of ``corpus/extraction/quantities.toml``. ``low`` and ``high`` bound what was said: they are
    equal for a plain number; “700余” is 700 to 799. ``start`` and ``end`` are offsets in code points of
    ``sentence``, which stands at ``offset`` in the text of the section.
    """

    subject: str
    low: Decimal
    high: Decimal
    unit: str
    section: SectionKind
    sentence: str
    offset: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """A yearly report as extracted from one snapshot.

    ``form`` is told by the table found, never by the year; None when no statutory table could be read.
    """

    agency: Agency
    year: int
    title: str
    form: FormId | None
    sections: tuple[Section, ...]
    figures: Mapping[str, Figure]
    findings: tuple[Finding, ...]
    warnings: tuple[Doubt, ...] = ()
    published: date | None = None
    document_number: str = ""
    quantities: tuple[Quantity, ...] = ()

    @property
    def id(self) -> str:
        """``<region code>-<year>-<fingerprint of the agency's name>``."""
        return f"{self.agency.region}-{self.year}-{self.agency.fingerprint}"
