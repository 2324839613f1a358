"""Counts → the values of a facet as they are listed: their order, their spelling, what is listed at 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from corpus.model import VERDICTS
from indexer.result import FacetValue
from indexer.view import SCALE

Ends = tuple[Decimal | None, Decimal | None]
"""A range of a metric, None for an open end."""

# The broken ones first, then in the order of VERDICTS, a bare rule before them all.
_VERDICTS: Mapping[str, int] = {**{verdict: place for place, verdict in enumerate(VERDICTS)}, "broken": -1, "": -2}


def listed(counted: Iterable[tuple[str, int]], selected: Sequence[str]) -> tuple[FacetValue, ...]:
    """Values in their order: those that count something or are selected."""
    return tuple(
        [FacetValue(value, value, count, value in selected) for value, count in counted if count or value in selected]
    )


def years(counted: Mapping[int, int], spans: Sequence[tuple[int, int]]) -> tuple[FacetValue, ...]:
    """Years, the latest first; ``spans`` are those selected."""
    found = {**counted, **{first: counted.get(first, 0) for first, last in spans if first == last}}

    chosen = {year for year in found if any(first <= year <= last for first, last in spans)} if spans else ()
    named = [(str(year), year) for year in sorted(found, reverse=True)]
    return tuple([FacetValue(name, name, found[year], year in chosen) for name, year in named])


def tags(counted: Mapping[str, int], selected: Sequence[str]) -> tuple[FacetValue, ...]:
    """Tags in the order of their verdicts, the broken ones first; a bare rule only where it is selected."""
    found = {tag: count for tag, count in counted.items() if (count and ":" in tag) or tag in selected}
    found.update((tag, 0) for tag in selected if tag not in counted)
    return listed(sorted(found.items(), key=lambda entry: _rank(entry[0])), selected)


@lru_cache(1 << 10)
def _rank(tag: str) -> tuple[int, str]:
    verdict = tag.partition(":")[2]
    return (_VERDICTS.get(verdict, len(VERDICTS)), tag)


def buckets(
    names: Sequence[str], counts: Sequence[int], ranges: Sequence[Ends], within: Callable[[Ends], int]
) -> tuple[FacetValue, ...]:
    """The buckets of a metric by name, then the selected ranges that are none, as ``within`` counts them."""
    chosen = [span_of(*ends) for ends in ranges]
    counted = [entry for entry in zip(names, counts, strict=True) if entry[1] or entry[0] in chosen]
    known = {value for value, _ in counted}
    counted += [(value, within(ends)) for value, ends in zip(chosen, ranges, strict=True) if value not in known]
    return tuple(FacetValue(value, value, count, value in chosen) for value, count in counted)


def edges(ends: tuple[int, int] | None, *, rate: bool) -> list[int]:
    """Where buckets begin: ten per cents for rates (100 in the last, more apart), powers of ten for the rest.

    What is negative stands apart. ``ends`` are the least and the greatest scaled value of the whole index, None where
    there is none: a bucket means the same in every answer.
    """
    if ends is None:
        return [0]
    least, most = ends
    found = [least] if least < 0 else []
    if rate:
        whole = 100 * SCALE
        return [*found, *range(0, whole, whole // 10), whole + 1, *([most + 1] if most > whole else [])]
    found += [0, SCALE]
    while found[-1] <= most:
        found.append(found[-1] * 10)
    return found


def step(*, fractions: bool, rate: bool) -> int:
    """The distance of two neighbouring values, scaled."""
    return 1 if rate or fractions else SCALE


@lru_cache(1 << 10)
def spans(begins: tuple[int, ...], distance: int) -> tuple[str, ...]:
    """Buckets as closed ranges that leave no gap: values lie on the grid of 1/SCALE, whole ones on that of 1."""
    return tuple(span(low, high - distance) for low, high in pairwise(begins))


def span(low: int, high: int) -> str:
    """A closed range of scaled values as a parameter: ``10..99``."""
    return f"{_plain(Decimal(low) / SCALE)}..{_plain(Decimal(high) / SCALE)}"


def span_of(low: Decimal | None, high: Decimal | None) -> str:
    """A range as a parameter; an open end is left out."""
    return f"{'' if low is None else _plain(low)}..{'' if high is None else _plain(high)}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
