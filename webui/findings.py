"""What a finding says beside its rule and its two sides.

Rules are named in labels.toml, doubts in corpus/doubts.toml. Only what a report itself says stays as it is: it is
quoted.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.doubts import Doubt, recalled
from corpus.model import Finding

_NAMELESS = ("I5", "reading")
"""Rules whose doubt says what the rule's name and the two sides cannot."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A cell of the report of the year before that a finding holds this report against."""

    year: int
    report: str
    figure: str
    raw: str


@dataclass(frozen=True, slots=True)
class Told:
    """``doubts`` are the words of ours; ``quote`` is a sentence of the narrative; ``elsewhere`` the year before."""

    doubts: tuple[Doubt, ...]
    quote: str
    elsewhere: tuple[Elsewhere, ...]


def told(finding: Finding) -> Told:
    """Take a finding apart."""
    values = finding.doubt.values
    cells = {name: str(raw) for name, raw in values.items() if "." in name}
    return Told(
        doubts=(
            *((finding.doubt,) if finding.rule in _NAMELESS else ()),
            *((recalled(finding.note),) if finding.note else ()),
        ),
        quote=finding.quote,
        elsewhere=tuple(Elsewhere(int(values["year"]), str(values["report"]), id_, raw) for id_, raw in cells.items()),
    )
