"""Promises: what section 存在的主要问题及改进情况 says will be done, and what later reports of the body say of it.

A promise is *done* where a later sentence speaks of the same thing and of its completion, *repeated* where the problems
or promises of a later report speak of it again, else *silent*. Two sentences speak of one thing if most of what is left
of the shorter, without the words that every report has, stands in the other, and a good part of it in one piece:
better no link than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from corpus.analysis.wording import own_names, wording
from corpus.datafile import Entry, read_table
from corpus.model import Report, agency_of
from corpus.regions import Registry
from corpus.store import Store, Stored
from corpus.store.promises import Outcome, Promise
from corpus.text import fold

SHARED = 0.4
"""The share of the pairs of characters of the shorter that must stand in the longer: tuned on seeds 1 to 5."""
TOGETHER = 3
"""Characters that must stand in both in one piece."""
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
class Clause:
    """What is left of a clause without common words, numbers and names, and the pairs of its characters."""

    rest: str
    pairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as printed, what its clauses say of their own, and of what it speaks.

    ``promising``: what will be done; ``problem``: it stands among the problems; ``done``: it tells what was done, and
    of no trouble.
    """

    text: str
    said: tuple[Clause, ...]
    promising: bool
    problem: bool
    done: bool


@dataclass(frozen=True, slots=True)
class Year:
    """A report as far as promises go."""

    id: str
    year: int
    sentences: tuple[Sentence, ...]

    @property
    def promises(self) -> tuple[Sentence, ...]:
        """What it promises."""
        return tuple(each for each in self.sentences if each.promising)


def follow_promises(store: Store) -> int:
    """Follow the promises of every body with a report that is new, changed or gone. Returns how many bodies."""
    seen, registry = store.revision(), store.registry()
    agencies = sorted({agency_of(id_) for id_ in store.promises.behind()})
    for at in range(0, len(agencies), _BATCH):
        some = agencies[at : at + _BATCH]
        found = [each for agency in some for each in promises_of(store.of_agency(agency), registry)]
        store.promises.put(some, found)
    if agencies:
        store.promises.followed(seen)
    return len(agencies)


def promises_of(reports: Sequence[Stored], registry: Registry) -> Iterator[Promise]:
    """The promises of one body's reports, which come by year, with what came of each."""
    years = [Year(each.id, each.report.year, tuple(read(each.report, registry))) for each in reports]
    since: dict[tuple[str, str], int] = {}
    for at, year in enumerate(years):
        later = years[at + 1 :]
        for number, promise in enumerate(year.promises, 1):
            begun = since.get((year.id, promise.text), year.year)
            outcome, where, told = _came_of(promise, later)
            if told is not None and told.promising:
                since.setdefault((where, told.text), begun)
            last = next((each.year for each in later if each.id == where), years[-1].year) - begun
            words = told.text if told else ""
            text = promise.text[:_LONGEST]
            agency = agency_of(year.id)
            yield Promise(year.id, number, agency, begun, text, outcome, where, words[:_LONGEST], last)


def read(report: Report, registry: Registry) -> Iterator[Sentence]:
    """The sentences of a report, each once, with what they speak of."""
    own, words = own_names(report, registry), _patterns()
    for section in report.sections:
        problems, future = section.kind == "problems", False
        for paragraph in section.paragraphs:
            folded = fold(paragraph)
            future = future and not words["done"].match(folded)
            for text in _parts(paragraph) if problems else _sentences(paragraph):
                here = fold(text)
                opened = problems and words["opening"].search(here) is not None
                trouble, done = words["trouble"].search(here) is not None, words["done"].search(here) is not None
                promising = problems and (
                    words["future"].search(here) is not None or ((future or opened) and not (done or trouble))
                )
                future = future or opened
                said = _said(words["lead"].sub("", text), own, registry)
                if said:
                    told = done and not trouble and not promising
                    yield Sentence(text, said, promising, problems and not promising and not told, told)


def _said(text: str, own: re.Pattern[str], registry: Registry) -> tuple[Clause, ...]:
    """The clauses of a sentence that say something of their own."""
    rests = (
        _patterns()["common"].sub("", wording(clause, own, registry)).replace("N", "").replace("P", "")
        for clause in _CLAUSE.split(text)
    )
    return tuple(Clause(rest, frozenset(a + b for a, b in pairwise(rest))) for rest in rests if len(rest) >= _SHORTEST)


def _parts(paragraph: str) -> Iterator[str]:
    """Numbered items whole, anything else sentence by sentence."""
    for item in _ITEM.split(paragraph):
        if _ITEM.match(item):
            yield item.strip()
        else:
            yield from _sentences(item)


def _sentences(text: str) -> Iterator[str]:
    return (match[0].strip() for match in _SENTENCE.finditer(text))


def _came_of(promise: Sentence, later: Sequence[Year]) -> tuple[Outcome, str, Sentence | None]:
    """What came of a promise: done by the first report that says so, else repeated by the last that does."""
    if not later:
        return "open", "", None
    again: tuple[Outcome, str, Sentence | None] = ("silent", "", None)
    for year in later:
        near = [(score, each) for each in year.sentences if (score := likeness(promise, each)) > 0]
        found = max(near, key=lambda pair: pair[0], default=None)
        if found is None:
            continue
        if found[1].done:
            return "done", year.id, found[1]
        if found[1].problem or found[1].promising:
            again = ("repeated", year.id, found[1])
    return again


def likeness(one: Sentence, other: Sentence) -> float:
    """How much of the shorter of two clauses stands in the other, 0 to 1; 0 where no two speak of one thing."""
    return max((_likeness(mine, theirs) for mine in one.said for theirs in other.said), default=0.0)


def _likeness(one: Clause, other: Clause) -> float:
    shared = len(one.pairs & other.pairs) / min(len(one.pairs), len(other.pairs))
    return shared if shared >= SHARED and _share_a_piece(one.rest, other.rest) else 0.0


def _share_a_piece(one: str, other: str) -> bool:
    return any(one[at : at + TOGETHER] in other for at in range(len(one) - TOGETHER + 1))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words = read_table("corpus.analysis", "promises.toml", _Words)
    return {
        name: re.compile(getattr(words, name)) for name in ("opening", "lead", "future", "done", "trouble", "common")
    }
