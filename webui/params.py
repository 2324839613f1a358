"""Address ⇄ SearchRequest: every parameter of a search, its spelling and its cap (CONTRACT.md, "Search").

Lists go by repetition; an empty parameter, as a form without JavaScript sends it, is as good as none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Protocol

from corpus.errors import UsageError
from corpus.model import FORMS, KINDS, LEVELS, SECTION_KINDS, VERDICTS
from indexer.request import MAX_PAGE, MetricRange, SearchRequest

LISTS: Mapping[str, str] = {
    "region": "regions",
    "year": "years",
    "level": "levels",
    "kind": "kinds",
    "form": "forms",
    "agency": "agencies",
    "section": "sections",
    "finding": "findings",
    "metric": "metrics",
}
"""Parameters that may be repeated → the field of SearchRequest that holds them, in the order of an address."""
FLAGS = ("plain", "apart")
"""Switches, on as 1: words as typed without synonyms; near-duplicates one by one."""
NAMES = frozenset({"q", "like", "facet_metric", "sort", "page", "lang", *FLAGS, *LISTS})

_CHOICES: Mapping[str, Collection[str]] = {
    "level": LEVELS,
    "kind": KINDS,
    "form": FORMS,
    "section": SECTION_KINDS,
}
_YEARS = re.compile(r"(\d{4})(?:(\.\.)(\d{4})?)?")
_AGENCY = re.compile(r"\d{6}-[0-9a-f]{8}")
_RULE = re.compile(r"[IXST]\d{1,2}|reading")
_RANGE = re.compile(r"([a-z0-9_.]+?):(-?\d{1,12}(?:\.\d{1,30})?%?)?\.\.(-?\d{1,12}(?:\.\d{1,30})?%?)?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


def N_(words: str) -> str:  # noqa: N802 - the name by which gettext's tools find words translated later
    """Mark words for translation without translating them here."""
    return words


class BadParameterError(UsageError):
    """A parameter that means nothing; keeps sentence and values apart so that a page can translate it."""

    def __init__(self, parameter: str, sentence: str, **values: object) -> None:
        self.sentence = sentence
        self.values = {"parameter": parameter, **values}
        super().__init__(sentence % self.values, parameter)


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
    lists = {name: _values(arguments, name, vocabulary.max_values) for name in LISTS}
    for name, choices in _CHOICES.items():
        for value in lists[name]:
            _require(value in choices, name, value, N_("%(parameter)s is one of: %(choices)s."), ", ".join(choices))
    for code in lists["region"]:
        _require(code in vocabulary.regions, "region", code, N_("No region has the code %(value)s."))
    for agency in lists["agency"]:
        _require(
            bool(_AGENCY.fullmatch(agency)),
            "agency",
            agency,
            N_("An agency's id is six digits, a hyphen and eight hex digits."),
        )
    for finding in lists["finding"]:
        rule, _, verdict = finding.partition(":")
        known = bool(_RULE.fullmatch(rule)) and (":" not in finding or verdict in VERDICTS)
        _require(known, "finding", finding, N_("A finding is a rule, or rule:verdict, as in I1:broken."))
    return SearchRequest(
        text=_text(arguments, "q", vocabulary.max_words, N_("A search may have %(most)s characters at most.")),
        like=_text(arguments, "like", vocabulary.max_words, N_("A passage may have %(most)s characters at most.")),
        regions=lists["region"],
        years=tuple(map(_years, lists["year"])),
        levels=lists["level"],
        kinds=lists["kind"],
        forms=lists["form"],
        agencies=lists["agency"],
        sections=lists["section"],
        findings=lists["finding"],
        metrics=tuple(metric_range(value, vocabulary.metrics) for value in lists["metric"]),
        facet_metric=_facet_metric(arguments, vocabulary.metrics),
        sort=_sort(arguments, vocabulary.metrics),
        page=_page(arguments),
        plain=_flag(arguments, "plain"),
        apart=_flag(arguments, "apart"),
    )


def address_arguments(query: SearchRequest) -> list[tuple[str, str]]:
    """The parameters that spell a query, in one fixed order, without what is default."""
    pairs = [(name, text) for name, text in (("q", query.text), ("like", query.like)) if text]
    for name, attribute in LISTS.items():
        if getattr(query, attribute):
            pairs.extend((name, value) for value in spelled(query, name))
    if query.facet_metric:
        pairs.append(("facet_metric", query.facet_metric))
    if query.sort != "relevance":
        pairs.append(("sort", query.sort))
    pairs.extend((name, "1") for name in FLAGS if getattr(query, name))
    if query.page > 1:
        pairs.append(("page", str(query.page)))
    return pairs


def spelled(query: SearchRequest, name: str) -> tuple[str, ...]:
    """The values of one list parameter, as an address spells them."""
    if name == "year":
        return tuple(_spelled_years(first, last) for first, last in query.years)
    if name == "metric":
        return tuple(f"{each.metric}:{_bound(each.minimum)}..{_bound(each.maximum)}" for each in query.metrics)
    values: tuple[str, ...] = getattr(query, LISTS[name])
    return values


def without(query: SearchRequest, name: str, value: str) -> SearchRequest:
    """The query, first page, without one value of a parameter."""
    kept = [held for held, text in zip(getattr(query, LISTS[name]), spelled(query, name), strict=True) if text != value]
    return _with(query, name, tuple(kept))


def without_year(query: SearchRequest, year: int) -> SearchRequest:
    """The query, first page, without one year, which may lie inside a range."""
    kept: list[tuple[int, int]] = []
    for first, last in query.years:
        if first <= year <= last:
            kept.extend(part for part in ((first, year - 1), (year + 1, last)) if part[0] <= part[1])
        else:
            kept.append((first, last))
    return replace(query, page=1, years=tuple(kept))


def narrowed(
    query: SearchRequest, name: str, value: str, vocabulary: Vocabulary, dropped: Iterable[str] = ()
) -> SearchRequest:
    """The query, first page, with one value more; values in ``dropped`` go (a region's ancestors, say)."""
    held = spelled(query, name)
    for former in (value, *dropped):
        if former in held:
            query = without(query, name, former)
    added: object = value
    if name == "year":
        added = _years(value)
    elif name == "metric":
        added = metric_range(value, vocabulary.metrics)
    return _with(query, name, (*getattr(query, LISTS[name]), added))


def _with(query: SearchRequest, name: str, values: tuple[object, ...]) -> SearchRequest:
    changes: dict[str, Any] = {"page": 1, LISTS[name]: values}
    return replace(query, **changes)


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


def _years(value: str) -> tuple[int, int]:
    found = _YEARS.fullmatch(value)
    if found:
        first = int(found[1])
        last = int(found[3]) if found[3] else _LAST_YEAR if found[2] else first
        if _FIRST_YEAR <= min(first, last) <= max(first, last) <= _LAST_YEAR:
            return min(first, last), max(first, last)  # 2022..2019 can mean only one thing
    raise BadParameterError("year", N_("Write a year as 2019 or 2019..2022; “%(value)s” is not."), value=value)


def _spelled_years(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}.." if last == _LAST_YEAR else f"{first}..{last}"


def _facet_metric(arguments: Arguments, metrics: Collection[str]) -> str | None:
    name = _single(arguments, "facet_metric")
    _require(
        not name or name in metrics,
        "facet_metric",
        name,
        N_("There is no metric “%(value)s”; /metrics lists them all."),
    )
    return name or None


def _sort(arguments: Arguments, metrics: Collection[str]) -> str:
    sort = _single(arguments, "sort") or "relevance"
    known = sort == "relevance" or sort.removeprefix("-") == "year" or sort.removeprefix("-") in metrics
    _require(known, "sort", sort, N_("Sort by relevance, year, -year, a metric's id, or - and the id."))
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
    return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)


def _bound(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
