"""What every engine of the benchmark is given, and what it must answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexer.document import Document
from indexer.facet_values import span
from indexer.normal import normalise
from indexer.view import SCALE
from tests.bench.questions import METRIC, Question
from tests.bench.reports import Tokens

TOP = 20
FACETS = ("region", "year", "level", "metric")
PARAGRAPH = " ¶ "
"""A token between fields: no phrase reaches from one into the next."""


@dataclass(frozen=True, slots=True)
class Row:
    """A report as the other engines get it: our tokens apart by spaces, the normalised text, and what is counted.

    ``metric`` is the bucket in which the value lies, found beforehand: a favour to them.
    """

    id: str
    tokens: str
    text: str
    region: str
    within: tuple[str, ...]
    year: int
    level: str
    metric: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How many reports, the best of them, and for each facet its counts; regions without those above them."""

    total: int
    top: int
    facets: Mapping[str, Mapping[str, int]]


class Contender(Protocol):
    """An engine under test."""

    name: str

    def build(self, rows: Iterable[Row], directory: Path) -> None:
        """Write the index."""

    def open(self, directory: Path) -> None:
        """Open it, up to being ready for the first question."""

    def answers(self, question: Question) -> bool:
        """Whether the engine can answer such a question at all."""

    def ask(self, question: Question) -> Answer:
        """Total, best reports, facets."""


def row(document: Document, tokens: Tokens) -> Row:
    """A document for the other engines."""
    texts = (document.title, document.agency, *document.sections.values())
    return Row(
        id=document.id,
        tokens=PARAGRAPH.join(text.tokens for text in tokens),
        text=normalise("\n".join(texts)),
        region=document.region,
        within=document.regions,
        year=document.year,
        level=document.one("level") or "",
        metric=_bucket(document),
    )


def _bucket(document: Document) -> str:
    value = document.metrics.get(METRIC)
    if value is None:
        return ""
    low, high = (0, 1) if value < 1 else (10 ** (len(str(int(value))) - 1), 10 ** len(str(int(value))))
    return span(low * SCALE, (high - 1) * SCALE)
