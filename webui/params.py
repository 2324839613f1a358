"""Address ⇄ SearchRequest: every parameter of a search, its spelling and its cap (docs/contract.md, "Search").

Lists go by repetition; an empty parameter, as a form without JavaScript sends it, is as good as none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from corpus.errors import UsageError
from indexer.facets import BY_NAME, FIRST_YEAR, LAST_YEAR, Facet, spelled_years
from indexer.rank import ORDERS
from indexer.request import GROUPS, MAX_PAGE, MetricRange, SearchRequest

LISTS = (*BY_NAME, "metric")
"""Parameters that may be repeated and filter, in the order of an address."""
FLAGS = ("plain", "apart")
"""Switches, on as 1: words as typed without synonyms; near-duplicates one by one."""
ORDER = ("q", "like", *LISTS, "facet_metric", "stats", "since", "group", "sort", *FLAGS, "page", "lang")
"""All of them, in the order of an address."""
NAMES = frozenset(ORDER)

_RANGE = re.compile(r"([a-z0-9_.]+?):(-?\d{1,12}(?:\.\d{1,30})?%?)?\.\.(-?\d{1,12}(?:\.\d{1,30})?%?)?")


def N_(words: str) -> str:  # noqa: N802 - the name by which gettext's tools find words translated later
    """Mark words for translation without translating them here."""
    return words


_SPELLING: Mapping[str, str] = {
    "agency": N_("An agency's id is six digits, a hyphen and eight hex digits."),
    "finding": N_("A finding is a rule, or rule:verdict, as in I1:broken."),
}
_ELSE = N_("%(parameter)s has no value “%(value)s”.")
_YEARS = re.compile(r"(\d{4})(?:(\.\.)(\d{4})?)?", re.ASCII)
MOST_METRICS = 8
_REPEATED = 400
"""Characters of what was given that an answer repeats; the choices of a parameter are shorter."""


class BadParameterError(UsageError):
    """A parameter that means nothing; keeps sentence and values apart so that a page can translate it."""

    def __init__(self, parameter: str, sentence: str, **values: object) -> None:
        self.sentence = sentence
        self.values = {"parameter": parameter, **{name: shortened(value) for name, value in values.items()}}
        super().__init__(sentence % self.values, parameter)


def shortened(value: object) -> object:
    """What was given, as an answer repeats it: its first characters, where it is long."""
    return f"{value[:_REPEATED]}…" if isinstance(value, str) and len(value) > _REPEATED else value


class Arguments(Protocol):
    """The part of werkzeug's MultiDict that is needed here."""

    def getlist(self, key: str) -> list[str]:
        """All values of one parameter."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What an address may name: region codes, metric ids, and the caps."""

    regions: Collection[str]
    metrics: Collection[str]
    max_words: int = 500
    max_values: int = 50


def parse(arguments: Arguments, vocabulary: Vocabulary) -> SearchRequest:
    """Read a search from an address. Raises BadParameterError naming the parameter and what it may be."""
    filters = {name: _chosen(arguments, facet, vocabulary) for name, facet in BY_NAME.items()}
    ranges = _values(arguments, "metric", vocabulary.max_values)
    return SearchRequest(
        text=_text(arguments, "q", vocabulary.max_words, N_("A search may have %(most)s characters at most.")),
        like=_text(arguments, "like", vocabulary.max_words, N_("A passage may have %(most)s characters at most.")),
        metrics=tuple(metric_range(value, vocabulary.metrics) for value in ranges),
        facet_metrics=_metrics(arguments, "facet_metric", vocabulary),
        stats=_metrics(arguments, "stats", vocabulary),
        since=_since(arguments),
        group=_group(arguments),
        sort=_sort(arguments, vocabulary.metrics),
        page=_page(arguments),
        plain=_flag(arguments, "plain"),
        apart=_flag(arguments, "apart"),
    ).choosing(**filters)


def _chosen(arguments: Arguments, facet: Facet, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The values of one facet that an address names."""
    values = _values(arguments, facet.name, vocabulary.max_values)
    return tuple(dict.fromkeys(_checked(facet, value, vocabulary) for value in values))


def _checked(facet: Facet, value: str, vocabulary: Vocabulary) -> str:
    """A value of a facet, as it is kept. Raises BadParameterError."""
    if facet.values:
        sentence = N_("%(parameter)s is one of: %(choices)s.")
        _require(value in facet.values, facet.name, value, sentence, ", ".join(facet.values))
    elif facet.nature == "region":
        _require(value in vocabulary.regions, facet.name, value, N_("No region has the code %(value)s."))
    else:
        known = re.fullmatch(facet.pattern, value) is not None or facet.nature == "year"
        _require(known, facet.name, value, _SPELLING.get(facet.name, _ELSE))
    return _years(value) if facet.nature == "year" else value


def address_arguments(query: SearchRequest) -> list[tuple[str, str]]:
    """The parameters that spell a query, in one fixed order, without what is default."""
    pairs = [(name, text) for name, text in (("q", query.text), ("like", query.like)) if text]
    held = [name for name in LISTS if name in query.filters or (name == "metric" and query.metrics)]
    pairs.extend((name, value) for name in held for value in spelled(query, name))
    pairs.extend(("facet_metric", metric) for metric in query.facet_metrics)
    pairs.extend(("stats", metric) for metric in query.stats)
    if query.since:
        pairs.append(("since", query.since.isoformat()))
    if query.group:
        pairs.append(("group", query.group))
    if query.sort != "relevance":
        pairs.append(("sort", query.sort))
    pairs.extend((name, "1") for name in FLAGS if getattr(query, name))
    if query.page > 1:
        pairs.append(("page", str(query.page)))
    return pairs


def spelled(query: SearchRequest, name: str) -> tuple[str, ...]:
    """The values of one list parameter, as an address spells them."""
    if name == "metric":
        return tuple(f"{each.metric}:{_bound(each.minimum)}..{_bound(each.maximum)}" for each in query.metrics)
    return query.chosen(name)


def without(query: SearchRequest, name: str, value: str) -> SearchRequest:
    """The query, first page, without one value of a parameter."""
    query = replace(query, page=1)
    if name == "metric":
        kept = zip(query.metrics, spelled(query, name), strict=True)
        return replace(query, metrics=tuple(held for held, text in kept if text != value))
    return query.choosing(**{name: tuple(held for held in query.chosen(name) if held != value)})


def years_without(query: SearchRequest, year: int) -> tuple[str, ...]:
    """The years of a query without one, which may lie inside a span."""
    kept: list[str] = []
    for first, last in query.years:
        parts = ((first, year - 1), (year + 1, last)) if first <= year <= last else ((first, last),)
        kept.extend(spelled_years(*part) for part in parts if part[0] <= part[1])
    return tuple(kept)


def metric_range(value: str, metrics: Collection[str]) -> MetricRange:
    """Read ``<id>:<min>..<max>``; either end may be open, a bound may end in %. Raises BadParameterError."""
    found = _RANGE.fullmatch(value.strip())
    if not found:
        raise BadParameterError(
            "metric", N_("Write a metric as <id>:<min>..<max>, as in refused:10..99; “%(value)s” is not."), value=value
        )
    name, low, high = found.groups()
    _require(name in metrics, "metric", name, N_("There is no metric “%(value)s”; /metrics lists them all."))
    minimum, maximum = _number(low), _number(high)
    if minimum is not None and maximum is not None and minimum > maximum:
        minimum, maximum = maximum, minimum  # likewise 99..10
    return MetricRange(name, minimum, maximum)


def _values(arguments: Arguments, name: str, most: int) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value.strip() for value in arguments.getlist(name) if value.strip()))
    if len(values) > most:
        raise BadParameterError(name, N_("%(parameter)s may be given %(most)s times at most."), most=most)
    return values


def _single(arguments: Arguments, name: str) -> str:
    values = _values(arguments, name, 50)
    if len(values) > 1:
        raise BadParameterError(name, N_("%(parameter)s may be given only once."))
    return values[0] if values else ""


def _text(arguments: Arguments, name: str, most: int, sentence: str) -> str:
    text = _single(arguments, name)
    if len(text) > most:
        raise BadParameterError(name, sentence, most=most)
    return text


def _years(value: str) -> str:
    if found := _YEARS.fullmatch(value):
        first = int(found[1])
        last = int(found[3]) if found[3] else LAST_YEAR if found[2] else first
        if FIRST_YEAR <= min(first, last) <= max(first, last) <= LAST_YEAR:
            return spelled_years(min(first, last), max(first, last))  # 2022..2019 can mean only one thing
    raise BadParameterError("year", N_("Write a year as 2019 or 2019..2022; “%(value)s” is not."), value=value)


def _metrics(arguments: Arguments, parameter: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    names = _values(arguments, parameter, MOST_METRICS)
    sentence = N_("There is no metric “%(value)s”; /metrics lists them all.")
    for name in names:
        _require(name in vocabulary.metrics, parameter, name, sentence)
    return names


def _since(arguments: Arguments) -> date | None:
    value = _single(arguments, "since")
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        sentence = N_("Write a day as 2024-03-31; “%(value)s” is not.")
        raise BadParameterError("since", sentence, value=value) from None


def _group(arguments: Arguments) -> str:
    value = _single(arguments, "group")
    sentence = N_("%(parameter)s is one of: %(choices)s.")
    _require(value in ("", *GROUPS), "group", value, sentence, ", ".join(GROUPS))
    return value


def _sort(arguments: Arguments, metrics: Collection[str]) -> str:
    sort = _single(arguments, "sort") or "relevance"
    known = sort in ORDERS or sort.removeprefix("-") in metrics
    sentence = N_("Sort by relevance, year, captured, published, a metric's id, or - and one of these.")
    _require(known, "sort", sort, sentence)
    return sort


def _flag(arguments: Arguments, name: str) -> bool:
    value = _single(arguments, name)
    _require(value in ("", "0", "1"), name, value, N_("%(parameter)s is one of: %(choices)s."), "0, 1")
    return value == "1"


def _page(arguments: Arguments) -> int:
    value = _single(arguments, "page") or "1"
    known = value.isascii() and value.isdigit() and len(value) <= 4 and 1 <= int(value) <= MAX_PAGE
    _require(known, "page", value, N_("A page is a number from 1 to %(choices)s."), str(MAX_PAGE))
    return int(value)


def _require(condition: bool, name: str, value: str, sentence: str, choices: str = "") -> None:  # noqa: FBT001 - the condition is the point
    if not condition:
        raise BadParameterError(name, sentence, value=value, choices=choices)


def _number(text: str | None) -> Decimal | None:
    if not text:
        return None
    return Decimal(text.removesuffix("%"))


def _bound(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
