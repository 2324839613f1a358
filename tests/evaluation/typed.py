"""What people type, each with a relation that must hold on the sample: ``typed*.tsv``.

Relations, of the answer to what was typed:

- ``same``: finds just what another query finds (the same total and counts by year, level, kind and region); behind
  ``?`` parameters as in an address, with which the total alone is compared.
- ``not``: finds all but what another finds.
- ``within``: finds something, and nothing outside these parameters.
- ``first``: that agency's report stands first: of the year behind ``@``, else its newest.
- ``card``: names ``kind:id`` outright. ``ask``: a question about ``metric/level/order``, answered in that order.
- ``dym``: offers this spelling. ``told``: says that something was not taken as it stands. ``zero``: finds nothing, and
  offers a way on. ``way``: finds something or offers a way on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import parse_qsl

from corpus.sample.generate import SampleReport
from indexer.request import SearchRequest, where
from indexer.result import SearchResult

Search = Callable[[SearchRequest], SearchResult]
_COUNTED = ("year", "level", "kind", "region")


@dataclass(frozen=True, slots=True)
class Typed:
    """A line of the file."""

    text: str
    relation: str
    against: str = ""


def typed(name: str = "typed.tsv") -> list[Typed]:
    """The lines of a file."""
    lines = (files("tests.evaluation") / name).read_text(encoding="utf-8").splitlines()
    return [Typed(*line.split("\t")) for line in lines if line and not line.startswith("# ")]


def holds(line: Typed, search: Search, reports: Sequence[SampleReport]) -> bool:
    """Whether the relation holds."""
    result = search(SearchRequest(line.text, apart=True))
    relation = _RELATIONS[line.relation]
    return relation(result, line.against, search, reports)


def _same(result: SearchResult, other: str, search: Search, _reports: Sequence[SampleReport]) -> bool:
    same = search(_request(other))
    return result.total == same.total and ("?" in other or _counts(result) == _counts(same))


def _not(result: SearchResult, other: str, search: Search, reports: Sequence[SampleReport]) -> bool:
    return result.total == len(reports) - search(_request(other)).total


def _within(result: SearchResult, other: str, search: Search, _reports: Sequence[SampleReport]) -> bool:
    text = str(result.understood["text"])
    return 0 < result.total == search(SearchRequest(text, _request(other).filters)).total


def _first(result: SearchResult, other: str, _search: Search, reports: Sequence[SampleReport]) -> bool:
    agency, _, year = other.partition("@")
    wanted = int(year or max(each.year for each in reports if each.agency.name == agency))
    return bool(result.hits) and (result.hits[0].agency, result.hits[0].year) == (agency, wanted)


def _card(result: SearchResult, other: str, *_: object) -> bool:
    return result.subject is not None and f"{result.subject.kind}:{result.subject.id}" == other


def _ask(result: SearchResult, other: str, *_: object) -> bool:
    metric, level, order = other.split("/")
    subject = result.subject
    named = subject is not None and subject.id == metric and (not level or subject.level == level)
    return named and result.understood["sort"] == order


def _spelt(result: SearchResult, other: str, *_: object) -> bool:
    return any(each["text"] == other for each in _said(result, "did_you_mean"))


def _told(result: SearchResult, *_: object) -> bool:
    return any(_said(result, name) for name in ("ignored", "relaxed", "did_you_mean"))


def _zero(result: SearchResult, *_: object) -> bool:
    return not result.total and _has_way(result)


def _way(result: SearchResult, *_: object) -> bool:
    return bool(result.total) or _has_way(result)


_RELATIONS: Mapping[str, Callable[[SearchResult, str, Search, Sequence[SampleReport]], bool]] = {
    "same": _same, "not": _not, "within": _within, "first": _first, "card": _card, "ask": _ask, "dym": _spelt,
    "told": _told, "zero": _zero, "way": _way,
}  # fmt: skip


def _request(text: str) -> SearchRequest:
    text, _, parameters = text.partition("?")
    return SearchRequest(text, where(**dict(parse_qsl(parameters))).filters, apart=True)


def _counts(result: SearchResult) -> Mapping[str, object]:
    """Facets ignore their own filter: beside parameters they are not compared."""
    return {name: [(each.value, each.count) for each in result.facets[name] if each.count] for name in _COUNTED}


def _said(result: SearchResult, name: str) -> Sequence[Mapping[str, str]]:
    said = result.understood.get(name) or []
    assert isinstance(said, list)
    return said


def _has_way(result: SearchResult) -> bool:
    offers = ("did_you_mean", "suggestions", "ignored")
    return bool(result.subject or result.relaxed_hits or any(_said(result, name) for name in offers))
