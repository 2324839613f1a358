"""A query widened by what means the same: the thesaurus, and the other names of places.

A word, or a token inside a word, is joined by its equals; what was added is shown and can be switched off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from corpus.datafile import Entry, read_table
from indexer.clauses import And, Clause, Expanded, Filter, Not, Or, Part, Query, Scope, Word
from indexer.names import Names
from indexer.normal import normalise
from indexer.parts import whole
from indexer.segment import Segmenter


def expand(query: Query, names: Names, segmenter: Segmenter) -> Query:
    """Join every word that stands outside quotation marks by its equals."""
    return replace(query, clause=_Expansion(names, segmenter).walk(query.clause))


class _Expansion:
    def __init__(self, names: Names, segmenter: Segmenter) -> None:
        self._names = names
        self._segmenter = segmenter

    def walk(self, clause: Clause) -> Clause:
        match clause:
            case Word():
                return self._word(clause)
            case Scope() | Not() | Expanded():
                return replace(clause, clause=self.walk(clause.clause))
            case And() | Or():
                return replace(clause, clauses=tuple(map(self.walk, clause.clauses)))
        return clause

    def _word(self, word: Word) -> Clause:
        whole = self._equals(word, normalise(word.text))
        if whole is not word or len(word.parts) < 2:
            return whole
        # 平顶山讨薪: a place and a topic, each with its equals.
        parts = [self._part(part) for part in word.parts]
        return And(tuple(parts)) if any(isinstance(part, Expanded) for part in parts) else word

    def _part(self, part: Part) -> Clause:
        word = Word(part.text, (part,))
        return self._equals(word, part.text)

    def _equals(self, word: Word, text: str) -> Clause:
        added = [other for other in _groups().get(text, ()) if other != text]
        added += self._names.other_bodies(text)
        alternatives: list[Clause] = [self._exactly(other) for other in added]
        for name, clause in self._places(text):
            added.append(name)
            alternatives.append(clause)
        if not alternatives:
            return word
        return Expanded(word, tuple(alternatives), tuple(dict.fromkeys(added)))

    def _places(self, text: str) -> list[tuple[str, Clause]]:
        """The other names of a place, and everything that the place or what lies in it has reported."""
        if not self._names.is_place(text):
            return []
        codes = self._names.places(text)
        found: list[tuple[str, Clause]] = []
        for code in codes:
            if (region := self._names.registry.get(code)) is not None:
                names = (name for name in (region.name, *region.aliases) if normalise(name) != text and len(name) > 1)
                found += ((name, self._exactly(name)) for name in names)
                # One region of this name is the place that was meant; among several the text must tell, unless it is
                # pinyin, which no text has.
                if self._names.is_one_place(text) or text.isascii():
                    found.append((region.name, Filter("region", (code,))))
        return found

    def _exactly(self, text: str) -> Part:
        """An equal stands as it is written, on whole words: 拖欠工资 is not 拖欠 here and 工资 there."""
        return whole(text, self._segmenter)


class _Thesaurus(Entry, frozen=True):
    """thesaurus.toml: words that mean the same."""

    groups: list[list[str]]


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for group in read_table("indexer", "thesaurus.toml", _Thesaurus).groups:
        for word in group:
            groups[normalise(word)] = (*groups.get(normalise(word), ()), *group)
    return groups
