"""Facets, chips and sort orders of a search page: each value with the address that chooses or drops it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from corpus.regions import Registry
from indexer.request import SearchRequest
from indexer.result import FacetValue, SearchResult
from webui.addresses import ListAddresses, SearchAddresses, search_address
from webui.params import LISTS, spelled, without, years_without

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

    addresses: SearchAddresses
    registry: Registry
    name: Name

    def groups(self, result: SearchResult) -> list[Group]:
        """The facets of a result in their order on the page."""
        return [self._group(*name.partition(":")[::2], values) for name, values in result.facets.items() if values]

    def _group(self, facet: str, further: str, values: Sequence[FacetValue]) -> Group:
        if facet == "region":
            return Group(facet, tuple(self._tree(values, self.addresses.around(facet))))
        # The first metric asked for stands under no name of its own.
        metric = (further or self.addresses.query.facet_metrics[0]) if facet == "metric" else ""
        addresses = self.addresses.around(facet)
        most = max(value.count for value in values) or 1
        room = _MOST.get(facet, _MOST_ELSE)
        choices = [self._choice(value, most, addresses, metric) for value in values]
        if facet == "year":
            choices.sort(key=lambda choice: choice.label, reverse=True)
        shown = [choice for at, choice in enumerate(choices) if at < room or choice.selected]
        rest = [choice for at, choice in enumerate(choices) if at >= room and not choice.selected]
        return Group(facet, tuple(shown), tuple(rest), metric)

    def _choice(
        self,
        value: FacetValue,
        most: int,
        addresses: ListAddresses,
        metric: str = "",
        children: tuple[Choice, ...] = (),
    ) -> Choice:
        # A bucket names the range alone, the parameter the metric too.
        spelling = f"{metric}:{value.value}" if metric else value.value
        address = addresses.of(self._changed(value, spelling, addresses))
        return Choice(
            label=self.name("bucket" if metric else addresses.name, spelling),
            count=value.count,
            selected=value.selected,
            address=address,
            share=round(100 * value.count / most),
            value=spelling,
            only=addresses.of(_alone(spelling, addresses.held, metric)) if addresses.held else address,
            children=children,
        )

    def _changed(self, value: FacetValue, spelling: str, addresses: ListAddresses) -> Iterable[str]:
        """The facet's values with this one chosen, or dropped where it is; a region's stands for all around it."""
        if value.selected and addresses.name == "year":
            return years_without(self.addresses.query, int(spelling))
        others = [held for held in addresses.held if held != spelling]
        if value.selected:
            return others
        if addresses.name == "region":
            others = [held for held in others if not self._related(held, spelling)]
        return (*others, spelling)

    def _related(self, one: str, other: str) -> bool:
        """Whether one region lies in the other."""
        return one in self.registry.ancestors(other) or other in self.registry.ancestors(one)

    def _tree(self, values: Sequence[FacetValue], addresses: ListAddresses) -> Iterator[Choice]:
        """The region tree, opened only along what is chosen: three thousand places do not fit on a page."""
        most = max((value.count for value in values), default=0) or 1
        for value in values:
            opened = value.value in self.chosen or len(values) == 1
            children = tuple(self._tree(value.children, addresses)) if opened else ()
            yield self._choice(value, most, addresses, children=children)

    @cached_property
    def chosen(self) -> frozenset[str]:
        """The selected regions and all that stand above them."""
        codes = self.addresses.query.chosen("region")
        return frozenset(above for code in codes for above in (code, *self.registry.ancestors(code)))


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


def _alone(spelling: str, held: Sequence[str], metric: str) -> Iterable[str]:
    """A value without others of its facet; ranges of other metrics stay: they combine, they are no alternatives."""
    return (*(each for each in held if metric and each.partition(":")[0] != metric), spelling)


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
