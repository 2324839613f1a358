"""Facets, chips and sort orders of a search page: each value with the address that chooses or drops it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from corpus.regions import Registry
from indexer.request import SearchRequest
from indexer.result import FacetValue, SearchResult
from webui.addresses import search_address
from webui.params import LISTS, Vocabulary, narrowed, spelled, without, without_year

_MOST = {"finding": 8}
_MOST_ELSE = 40
_FINEST = Decimal("0.0001")
"""How far a bin of a rate stays below the next one (indexer/facet_counts.py)."""
"""Values shown of one facet or of one branch of the region tree; the JSON twin holds all."""

Name = Callable[[str, str], str]
"""(parameter, value) → words for a person."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A facet value: ``address`` chooses it, or drops it where it is selected; ``share`` is for its bar, 0…100.

    ``only`` finds exactly the reports that are counted: the value alone, without others of its facet.
    """

    label: str
    count: int
    selected: bool
    address: str
    share: int = 0
    value: str = ""
    only: str = ""
    children: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A facet: its parameter and its choices; ``rest`` are those that matter less; ``metric`` whose values they are."""

    name: str
    choices: tuple[Choice, ...]
    rest: tuple[Choice, ...] = ()
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the address without it."""

    name: str
    label: str
    address: str


@dataclass(frozen=True)
class Facets:
    """Makes the facets of one search."""

    query: SearchRequest
    vocabulary: Vocabulary
    registry: Registry
    name: Name

    @cached_property
    def chosen(self) -> frozenset[str]:
        """The selected regions and all that stand above them."""
        codes = self.query.chosen("region")
        return frozenset(above for code in codes for above in (code, *self.registry.ancestors(code)))

    def groups(self, result: SearchResult) -> list[Group]:
        """The facets of a result in their order on the page."""
        found: list[Group] = []
        for name, values in result.facets.items():
            facet, _, further = name.partition(":")
            if not values:
                continue
            if facet == "region":
                found.append(Group(facet, tuple(self._tree(values))))
                continue
            most = max(value.count for value in values) or 1
            room = _MOST.get(facet, _MOST_ELSE)
            choices = [self._choice(facet, value, most, further) for value in values]
            if facet == "year":
                choices.sort(key=lambda choice: choice.label, reverse=True)
            shown = [choice for at, choice in enumerate(choices) if at < room or choice.selected]
            rest = [choice for at, choice in enumerate(choices) if at >= room and not choice.selected]
            found.append(Group(facet, tuple(shown), tuple(rest), self._metric(further) if facet == "metric" else ""))
        return found

    def _metric(self, further: str) -> str:
        """The metric that a facet counts: the first one asked for stands under no name of its own."""
        return further or self.query.facet_metrics[0]

    def _choice(self, facet: str, value: FacetValue, most: int, further: str) -> Choice:
        spelling = value.value
        if facet == "metric":  # a bucket names the range alone, the parameter the metric too
            spelling = f"{self._metric(further)}:{spelling}"
        if not value.selected:
            changed = narrowed(self.query, facet, spelling, self.vocabulary)
        elif facet == "year":
            changed = without_year(self.query, int(spelling))
        else:
            changed = without(self.query, facet, spelling)
        label = self.name("bucket" if facet == "metric" else facet, spelling)
        address = search_address(changed)
        chosen = spelled(self.query, facet)
        return Choice(
            label=label,
            count=value.count,
            selected=value.selected,
            address=address,
            share=round(100 * value.count / most),
            value=spelling,
            only=search_address(self._only(facet, spelling)) if chosen else address,
        )

    def _only(self, facet: str, spelling: str) -> SearchRequest:
        """The query with one value alone of a facet."""
        others = [other for other in spelled(self.query, facet) if not _other_metric(facet, other, spelling)]
        return narrowed(self.query, facet, spelling, self.vocabulary, others)

    def _tree(self, values: Sequence[FacetValue]) -> Iterator[Choice]:
        """The region tree, opened only along what is chosen: three thousand places do not fit on a page."""
        most = max((value.count for value in values), default=0) or 1
        for value in values:
            opened = value.value in self.chosen or len(values) == 1
            yield Choice(
                label=value.label or self.name("region", value.value),
                count=value.count,
                selected=value.selected,
                address=search_address(self._turned(value)),
                share=round(100 * value.count / most),
                only=search_address(self._only("region", value.value)),
                children=tuple(self._tree(value.children)) if opened else (),
            )

    def _turned(self, value: FacetValue) -> SearchRequest:
        """The query with a region chosen or dropped; choosing one drops those that it contains or lies in."""
        if value.selected:
            return without(self.query, "region", value.value)
        lineage = self.registry.ancestors(value.value)
        related = [
            code
            for code in self.query.chosen("region")
            if code in lineage or value.value in self.registry.ancestors(code)
        ]
        return narrowed(self.query, "region", value.value, self.vocabulary, related)


def chips(query: SearchRequest, name: Name) -> list[Chip]:
    """Every active filter, removable."""
    first = [Chip("since", query.since.isoformat(), search_address(replace(query, since=None)))] if query.since else []
    if query.group:
        first.append(Chip("group", name("group", query.group), search_address(replace(query, group="", page=1))))
    return first + [
        Chip(parameter, name(parameter, value), search_address(without(query, parameter, value)))
        for parameter in LISTS
        for value in spelled(query, parameter)
    ]


def _other_metric(facet: str, value: str, than: str) -> bool:
    """Whether a range is one of another metric than ``than``: such ranges combine, they are no alternatives."""
    return facet == "metric" and value.partition(":")[0] != than.partition(":")[0]


def range_label(low: Decimal | None, high: Decimal | None, *, rate: bool) -> str:
    """A range of a metric as people write it: ``10–99``, ``≥ 20%``."""
    if rate and low is not None and high is not None and (above := high.normalize() + _FINEST) % 10 == 0:
        return f"{low.normalize():f}–<{above.normalize():f}%"  # a bin: its end is the next one's beginning
    first, last = _bound(low, rate=rate), _bound(high, rate=rate)
    if first and last:
        return first if first == last else f"{first}–{last}"
    if first:
        return first if first.startswith(">") else f"≥ {first}"
    return f"≤ {last}" if last else "—"


def _bound(value: Decimal | None, *, rate: bool) -> str:
    if value is None:
        return ""
    if rate:
        whole = value - _FINEST  # the bin above a whole one begins just behind its end
        return f">{whole.normalize():f}%" if value % 10 == _FINEST else f"{value.normalize():f}%"
    return f"{value.normalize():,f}"
