"""Words that a machine mistook by a character are found all the same, in reports that it read from pictures.

A word that stands outside quotation marks is joined by what it may have been taken for (confusable.toml), one character
at a time. That costs rank: only what stands as it was typed counts for a report. Reports that were printed as text
are found by what they say, and by nothing else; nor is anything joined where no report is from a picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from corpus.datafile import Entry, read_table
from indexer.clauses import And, Clause, Expanded, Filter, Literal, Misread, Not, Or, Query, Scope, Word
from indexer.normal import normalise

SCANNED = Filter("original", ("scan",))
"""Reports that were read from pictures."""
SHORTEST, LONGEST = 2, 12
"""Characters of a word: one alone may be taken for any, and more are a sentence."""


def with_misreadings(query: Query, met: Callable[[Clause], bool]) -> Query:
    """The query with every word joined by what it may have been taken for, if any report is ``met`` that is a scan."""
    return replace(query, clause=_walk(query.clause)) if met(SCANNED) else query


def misreadings(text: str) -> Iterator[str]:
    """What a machine may make of a word, one character of it mistaken."""
    if SHORTEST <= len(text) <= LONGEST:
        for place, character in enumerate(text):
            for other in confusable().get(character, ()):
                yield text[:place] + other + text[place + 1 :]


@cache
def confusable() -> Mapping[str, tuple[str, ...]]:
    """The characters for which one is taken, by that one."""
    near: dict[str, dict[str, None]] = defaultdict(dict)
    for group in read_table("indexer", "confusable.toml", _Confusable).groups:
        for one in group:
            near[one].update(dict.fromkeys(other for other in group if other != one))
    return {one: tuple(others) for one, others in near.items()}


def _walk(clause: Clause) -> Clause:
    match clause:
        case Word():
            mistaken = _mistaken(clause)
            return Expanded(clause, mistaken, ()) if mistaken else clause
        case Expanded(clause=Word() as word):
            return replace(clause, alternatives=(*clause.alternatives, *_mistaken(word)))
        case Scope() | Not():
            return replace(clause, clause=_walk(clause.clause))
        case And() | Or():
            return replace(clause, clauses=tuple(map(_walk, clause.clauses)))
    return clause


def _mistaken(word: Word) -> tuple[Misread, ...]:
    if any(isinstance(part, Literal) and part.quoted for part in word.parts):
        return ()
    found = tuple(Literal(text) for text in misreadings(normalise(word.text)))
    return (Misread(And((SCANNED, Or(found)))),) if found else ()


class _Confusable(Entry, frozen=True):
    """confusable.toml: characters that look nearly the same."""

    groups: list[str]
