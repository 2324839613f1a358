"""A search as asked, independent of addresses and of engines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

PAGE_SIZE = 20
MAX_PAGE = 500


@dataclass(frozen=True, slots=True)
class MetricRange:
    """A condition on a metric: ``minimum`` ≤ value ≤ ``maximum``, None for an open end.

    Bounds are in the metric's own unit; a rate (unit %) is a fraction, 0.1 for 10 %.
    """

    metric: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """Words, filters and how to show what is found. Filters of one kind are alternatives, kinds combine.

    ``regions`` include their descendants. ``years`` are inclusive (first, last) pairs. ``sections`` limit where
    the words must occur. ``findings`` are a rule or rule:verdict. ``sort`` is ``relevance``, ``year``, ``-year``,
    a metric or ``-metric``. ``page`` counts from 1.
    ``plain`` leaves synonyms and other spellings out; ``apart`` shows near-duplicates one by one.
    ``like`` is a passage: reports with passages like it, the words in ``text`` besides. ``bare`` leaves the snippets
    out, for those who only want to know which reports are found.
    """

    text: str = ""
    regions: tuple[str, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    metrics: tuple[MetricRange, ...] = ()
    facet_metric: str | None = None
    sort: str = "relevance"
    page: int = 1
    size: int = PAGE_SIZE
    plain: bool = False
    apart: bool = False
    like: str = ""
    bare: bool = False
