"""What a finding says beside its rule and its two sides, in the language of the page.

Rules are named in labels.toml. What the audit remarks is of fixed wording and said again through the catalogue
(remarks.py). Only what a report itself says stays as it is: it is quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Finding

_BEFORE = re.compile(r"(?P<year>\d{4}) 年报告（(?P<id>[0-9a-f-]+)）：(?P<cells>.+)", re.DOTALL)
_CELL = re.compile(r"([a-z0-9_.]+) = (.*?)(?=，[a-z0-9_.]+ = |$)", re.DOTALL)
_NAMELESS = ("I5", "reading")
"""Rules whose message says what the rule's name and the two sides cannot."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A cell of the report of the year before that a finding holds this report against."""

    year: int
    report: str
    figure: str
    raw: str


@dataclass(frozen=True, slots=True)
class Told:
    """``remarks`` are of fixed wording; ``quote`` is a sentence of the narrative; ``elsewhere`` the year before."""

    remarks: tuple[str, ...]
    quote: str
    elsewhere: tuple[Elsewhere, ...]


def told(finding: Finding) -> Told:
    """Take a finding's words apart."""
    said = finding.message.split("；") if finding.rule in _NAMELESS else []
    before = _BEFORE.fullmatch(finding.quote)
    cells = _CELL.findall(before["cells"]) if before else []
    return Told(
        remarks=tuple(filter(None, (*said, finding.note))),
        quote="" if before else finding.quote,
        elsewhere=tuple(Elsewhere(int(before["year"]), before["id"], id_, raw) for id_, raw in cells) if before else (),
    )
