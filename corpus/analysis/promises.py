"""Promises: what section 存在的主要问题及改进情况 says will be done, and what later reports of the body say of it.

A promise is *done* where a later sentence speaks of the same thing and of its completion, *repeated* where the problems
or promises of a later report speak of it again, else *silent*. Two sentences speak of one thing if two of their clauses
do (clauses.py), without the words that every report has: better no link than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from corpus.analysis.clauses import Clauses
from corpus.analysis.wording import own_names, wording
from corpus.datafile import Entry, read_table
from corpus.model import agency_of
from corpus.regions import Registry
from corpus.store import Store
from corpus.store.narrations import Narrated
from corpus.store.promises import Outcome, Promise
from corpus.text import fold

_SHORTEST = 5
_LONGEST = 400
_BATCH = 100
_ITEM = re.compile(
    r"(?=(?:[一二三四五六七八九]是|第[一二三四五六七八九]，|\([一二三四五六七八九十]+\)|（[一二三四五六七八九十]+）))"
)
_CLAUSE = re.compile(r"[，,：:]")
_SENTENCE = re.compile(r"[^。！？；;\n]+")


class _Words(Entry, frozen=True):
    opening: str
    lead: str
    future: str
    done: str
    trouble: str
    common: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as printed, and what is left of its clauses without common words, numbers and names.

    ``promising``: what will be done; ``problem``: it stands among the problems; ``done``: it tells what was done, and
    of no trouble.
    """

    text: str
    said: tuple[str, ...]
    promising: bool
    problem: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Year:
    """A report as far as promises go; ``first`` has for each clause the number of the first sentence that says it."""

    id: str
    year: int
    sentences: tuple[Sentence, ...]
    first: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Look up where each clause stands first."""
        first: dict[str, int] = {}
        for number, sentence in enumerate(self.sentences):
            for clause in sentence.said:
                first.setdefault(clause, number)
        object.__setattr__(self, "first", first)

    @property
    def promises(self) -> tuple[Sentence, ...]:
        """What it promises."""
        return tuple(each for each in self.sentences if each.promising)

    def nearest(self, near: Mapping[str, float]) -> Sentence | None:
        """The first of the sentences with the nearest of these clauses; None where it has none of them."""
        found = ((-share, self.first[clause]) for clause, share in near.items() if clause in self.first)
        best = min(found, default=None)
        return None if best is None else self.sentences[best[1]]


def follow_promises(store: Store) -> int:
    """Follow the promises of every body with a report that is new, changed or gone. Returns how many bodies."""
    seen, registry = store.revision(), store.registry()
    agencies = sorted({agency_of(id_) for id_ in store.promises.behind()})
    for at in range(0, len(agencies), _BATCH):
        some = agencies[at : at + _BATCH]
        told = store.narrated_by(some)
        found = [each for agency in some for each in promises_of(told.get(agency, ()), registry)]
        store.promises.put(some, found)
    if agencies:
        store.promises.reached(seen)
    return len(agencies)


def promises_of(reports: Sequence[Narrated], registry: Registry) -> Iterator[Promise]:
    """The promises of one body's reports, which come by year, with what came of each."""
    reader = Reader(registry)
    years = [Year(each.id, each.year, tuple(reader.read(each))) for each in reports]
    clauses = Clauses(clause for year in years for clause in year.first)
    since: dict[tuple[str, str], int] = {}
    for at, year in enumerate(years):
        later = years[at + 1 :]
        for number, promise in enumerate(year.promises, 1):
            begun = since.get((year.id, promise.text), year.year)
            outcome, where, told = _came_of(promise, later, clauses)
            if told is not None and told.promising:
                since.setdefault((where, told.text), begun)
            last = next((each.year for each in later if each.id == where), years[-1].year) - begun
            words = told.text if told else ""
            text = promise.text[:_LONGEST]
            agency = agency_of(year.id)
            yield Promise(year.id, number, agency, begun, text, outcome, where, words[:_LONGEST], last)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the words of a sentence tell, wherever it stands."""

    said: tuple[str, ...]
    opening: bool
    future: bool
    done: bool
    trouble: bool


class Reader:
    """Reads the reports of a body, which says most of its sentences year after year: each is looked at once."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._heard: dict[tuple[str, str], _Heard] = {}
        self._own: dict[str, re.Pattern[str]] = {}

    def read(self, report: Narrated) -> Iterator[Sentence]:
        """The sentences of a report, each once, with what they speak of."""
        past = _patterns()["done"]
        for section in report.sections:
            problems, future = section.kind == "problems", False
            for paragraph in section.paragraphs:
                future = future and not past.match(fold(paragraph))
                for text in _parts(paragraph) if problems else _sentences(paragraph):
                    heard = self._hear(text, report)
                    promising = problems and (
                        heard.future or ((future or heard.opening) and not (heard.done or heard.trouble))
                    )
                    future = future or (problems and heard.opening)
                    if heard.said:
                        told = heard.done and not heard.trouble and not promising
                        yield Sentence(text, heard.said, promising, problems and not promising and not told, told)

    def _hear(self, text: str, report: Narrated) -> _Heard:
        """What a sentence tells; remembered by the name that the body had."""
        key = report.agency, text
        if key not in self._heard:
            words, here = _patterns(), fold(text)
            tells = (words[name].search(here) is not None for name in ("opening", "future", "done", "trouble"))
            self._heard[key] = _Heard(self._said(words["lead"].sub("", text), report), *tells)
        return self._heard[key]

    def _said(self, text: str, report: Narrated) -> tuple[str, ...]:
        """What the clauses of a sentence say of their own."""
        own = self._own.get(report.agency)
        if own is None:
            own = self._own[report.agency] = own_names(report.agency, report.region, self._registry)
        common = _patterns()["common"]
        rests = (
            common.sub("", wording(clause, own, self._registry)).replace("N", "").replace("P", "")
            for clause in _CLAUSE.split(text)
        )
        return tuple(rest for rest in rests if len(rest) >= _SHORTEST)


def _parts(paragraph: str) -> Iterator[str]:
    """Numbered items whole, anything else sentence by sentence."""
    for item in _ITEM.split(paragraph):
        if _ITEM.match(item):
            yield item.strip()
        else:
            yield from _sentences(item)


def _sentences(text: str) -> Iterator[str]:
    return (match[0].strip() for match in _SENTENCE.finditer(text))


def _came_of(promise: Sentence, later: Sequence[Year], clauses: Clauses) -> tuple[Outcome, str, Sentence | None]:
    """What came of a promise: done by the first report that says so, else repeated by the last that does."""
    if not later:
        return "open", "", None
    near: dict[str, float] = {}
    for clause in promise.said:
        for other, share in clauses.near(clause).items():
            near[other] = max(share, near.get(other, 0.0))
    again: tuple[Outcome, str, Sentence | None] = ("silent", "", None)
    for year in later:
        found = year.nearest(near)
        if found is None:
            continue
        if found.done:
            return "done", year.id, found
        if found.problem or found.promising:
            again = ("repeated", year.id, found)
    return again


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = read_table("corpus.analysis", "promises.toml", _Words)
    return {
        name: re.compile(getattr(words, name)) for name in ("opening", "lead", "future", "done", "trouble", "common")
    }
