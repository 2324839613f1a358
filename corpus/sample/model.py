"""What the generator yields: a report as its author meant it, and what was planted in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from corpus.model import Agency, FormId, Section, SectionKind

FaultKind = Literal[
    "identity",  # one cell altered, so that identities break
    "blanks",  # zeros left blank
    "dashes",  # zeros printed as a dash
    "copied_last_year",  # a section copied from the agency's report of the year before
    "copied_neighbour",  # a section copied from another agency's report of the same year
    "narrative",  # a number in the narrative that is not the table's
    "period",  # the period of the statistics left over from the year before
    "old_form",  # the report for 2021 in the form of 2019
]


@dataclass(frozen=True, slots=True)
class Broken:
    """An identity that does not hold: its rule and the ids of its operands in this report (X: not the year before)."""

    rule: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something planted: its kind, the figures it touches, and for the narrative the section."""

    kind: FaultKind
    figures: tuple[str, ...] = ()
    section: SectionKind | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A topic that the narrative speaks of: ``phrase`` stands word for word in the section."""

    topic: str
    phrase: str
    section: SectionKind


@dataclass(frozen=True, slots=True)
class Retelling:
    """A paragraph of section ``problems`` that a report took over from an earlier one, or is the first to have.

    ``text`` as printed; ``template`` with its numbers and names left open; ``source`` the id of the report that it
    was taken from, and ``source_text`` what is printed there, both empty for the first; ``degree`` the share of the
    characters that were changed, 0 to 1, numbers and names not counted.
    """

    report: str
    text: str
    template: str
    source: str
    source_text: str
    degree: float

    @property
    def year(self) -> int:
        """Of the report."""
        return int(self.report.split("-")[1])


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of the report ``promised``, in its words, and what the report ``followed`` says of it.

    ``outcome``: ``repeated`` (a trouble still), ``done`` or ``silent``; ``told`` are its words, empty where silent.
    """

    promised: str
    text: str
    outcome: Literal["repeated", "done", "silent"]
    followed: str
    told: str


@dataclass(frozen=True, slots=True)
class SampleReport:
    """One report of a fictional agency.

    ``place`` and ``path`` name its region and those above. ``form`` is None before 2014. ``style`` is the look of
    its page (styles.toml). The first ``preamble`` paragraphs of the first section stand before its heading.
    ``figures`` holds every cell of the form as printed ("" where it is left blank: a page may print ``&nbsp;``),
    ``values`` what the cell says in the unit of the form (None for a blank or a dash). ``broken`` lists all
    identities that must come out broken, those of this report alone and those with the year before. ``retold`` is
    the paragraph that it took over, if it did (retelling.py); ``promised`` are the promises planted in it,
    ``followed`` what it says
    of those of the year before (promising.py). ``late`` are the days after the last one in time.
    """

    agency: Agency
    place: str
    path: tuple[str, ...]
    year: int
    form: FormId | None
    title: str
    url: str
    published: date
    late: int
    style: str
    sections: tuple[Section, ...]
    preamble: int
    figures: Mapping[str, str]
    values: Mapping[str, Decimal | None]
    faults: tuple[Fault, ...]
    broken: tuple[Broken, ...]
    topics: tuple[Mention, ...]
    retold: Retelling | None
    promised: tuple[str, ...] = ()
    followed: tuple[Promise, ...] = ()

    @property
    def id(self) -> str:
        """The public id that the report must get."""
        return f"{self.agency.region}-{self.year}-{self.agency.fingerprint}"
