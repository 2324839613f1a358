"""What an engine must show of a request that it has understood, for the answer to be made of it (answering.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from corpus.metrics import Metric
from indexer.clauses import Clause, Query
from indexer.relax import Part
from indexer.request import SearchRequest
from indexer.result import FacetValue, Hit, Statistics
from indexer.subject import Subject


class Found(Protocol):
    """A request, in the order that its words ask for, with what it means and finds in one state of an index."""

    @property
    def request(self) -> SearchRequest:
        """What was asked."""

    @property
    def query(self) -> Query:
        """Its text as read."""

    @property
    def meaning(self) -> Mapping[str, object]:
        """That, ready for JSON (describe.py)."""

    @property
    def subject(self) -> Subject | None:
        """What it names outright."""

    @property
    def generation(self) -> str:
        """The name of the state."""

    @property
    def total(self) -> int:
        """How many reports were found."""

    @property
    def groups(self) -> int | None:
        """How many groups they fold into; None where they are not folded."""

    def hits(self) -> tuple[Hit, ...]:
        """The page that was asked for."""

    def facets(self, rates: frozenset[str]) -> Mapping[str, Sequence[FacetValue]]:
        """Every facet; ``rates`` are the metrics in per cent."""

    def statistics(self, metric: Metric) -> Statistics:
        """A metric summed up over all reports that were found."""

    def parts(self) -> list[Part]:
        """What must all be met, each part with what meets it alone: the clauses and the filters."""

    def shown(self, reports: Any, most: int, instead: Sequence[Clause]) -> tuple[Hit, ...]:
        """So many of other reports (relax.Reports), found by weaker clauses: marked as what was asked."""

    def spellings(self) -> Sequence[str]:
        """The text with one word spelt otherwise, the likeliest first."""

    def total_of(self, text: str) -> int:
        """How many reports another text finds by its words alone, whatever they name outright."""
