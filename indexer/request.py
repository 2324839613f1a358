"""A search as asked, independent of addresses and of engines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from indexer.facets import year_span

PAGE_SIZE = 20
MAX_PAGE = 500
GROUPS = ("agency",)
"""What hits may be folded by: a facet of which each report has one value."""


@dataclass(frozen=True, slots=True)
class MetricRange:
    """A condition on a metric: ``minimum`` ≤ value ≤ ``maximum``, None for an open end.

    Bounds are in the metric's own unit; those of a rate (unit %) in per cent: 12.5 means 12.5 %.
    """

    metric: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """Words, filters and how to show what is found. Filters of one kind are alternatives, kinds combine.

    ``filters`` holds the values asked for under the name of their facet (``facets.FACETS``), spelled as in an
    address: a region's code includes its descendants, a year may be a span, a section says where the words must
    occur. ``metrics`` are ranges; ``since`` asks for what was captured on that day (UTC) or later.
    ``facet_metrics`` are counted by their values, ``stats`` are summed up (statistics.py). ``sort`` is an order of
    rank.ORDERS, a metric or ``-metric``. ``group`` ``agency`` shows of each agency the first hit only.
    ``page`` counts from 1.
    ``plain`` leaves synonyms and other spellings out; ``apart`` shows near-duplicates one by one.
    ``like`` is a passage: reports with passages like it, the words in ``text`` besides. ``bare`` leaves the snippets
    out, for those who only want to know which reports are found.
    """

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    metrics: tuple[MetricRange, ...] = ()
    since: date | None = None
    facet_metrics: tuple[str, ...] = ()
    stats: tuple[str, ...] = ()
    sort: str = "relevance"
    group: str = ""
    page: int = 1
    size: int = PAGE_SIZE
    plain: bool = False
    apart: bool = False
    like: str = ""
    bare: bool = False

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values asked for in a facet."""
        return self.filters.get(facet, ())

    def choosing(self, **facets: tuple[str, ...]) -> SearchRequest:
        """The same with other values in these facets: ``choosing(level=("county",))``."""
        filters = {**self.filters, **facets}
        return replace(self, filters={name: values for name, values in filters.items() if values})

    @property
    def years(self) -> tuple[tuple[int, int], ...]:
        """The spans of years asked for, as (first, last)."""
        return tuple(map(year_span, self.chosen("year")))


def where(**facets: str | tuple[str, ...]) -> SearchRequest:
    """Every report with these values.

    >>> where(level="county", year="2019..2022").filters
    {'level': ('county',), 'year': ('2019..2022',)}
    """
    return SearchRequest().choosing(**{name: (v,) if isinstance(v, str) else v for name, v in facets.items()})
