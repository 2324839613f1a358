"""What section 一 counts: quantities of its sentences, figures of a kind of their own that fill no table's cell.

The subjects are patterns in ``quantities.toml``; precision comes before recall.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.datafile import Entry, read_table
from corpus.extraction.numbers_in_text import Count, Sentence, compiled, counts
from corpus.model import Quantity

_TO_CLAUSE = re.compile(r".*[,;:(](?!\d{3})")
_TO_DIGIT = re.compile(r".*\d")


class _Entry(Entry, frozen=True):
    id: str
    name_zh: str
    name_en: str
    units: tuple[str, ...]
    patterns: tuple[str, ...]
    unless: str = ""


class _File(Entry, frozen=True):
    words: Mapping[str, str]
    guards: Mapping[Literal["clause", "sentence", "behind"], str]
    subjects: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that narratives count; ``patterns`` are compiled over folded text.

    A count is none where ``unless`` is found between the number before it and its own.
    """

    id: str
    name_zh: str
    name_en: str
    patterns: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None

    def states(self, count: Count) -> bool:
        """Whether a count is what the year had: no other year's number, no average, no plan, no bound."""
        before, behind = count.before, count.match.end("unit")
        clause = opening.end() if (opening := _TO_CLAUSE.match(before)) else 0
        number = other.end() if (other := _TO_DIGIT.match(before, clause)) else clause
        guards = _guards()
        return not (
            guards["clause"].search(before, clause)
            or guards["sentence"].search(before)
            or guards["behind"].match(count.match.string, behind)
            or (self.unless is not None and self.unless.search(before, number))
        )


@cache
def subjects() -> Mapping[str, Subject]:
    """The subjects by id."""
    return {
        entry.id: Subject(
            entry.id,
            entry.name_zh,
            entry.name_en,
            tuple(compiled(_spelled(pattern), entry.units) for pattern in entry.patterns),
            re.compile(_spelled(entry.unless)) if entry.unless else None,
        )
        for entry in _data().subjects
    }


def quantities(narrative: Sequence[Sentence]) -> tuple[Quantity, ...]:
    """What section 一 counts, in the order of the text; one quantity for a place in it."""
    found: dict[tuple[int, int], Quantity] = {}
    for sentence in narrative:
        if sentence.section != "overview":
            continue
        for subject in subjects().values():
            for count in counts(subject.patterns, sentence):
                if subject.states(count):
                    quantity = _quantity(subject, count)
                    # The first subject in the data that claims a number has it.
                    found.setdefault((quantity.offset, quantity.start), quantity)
    return tuple(found[place] for place in sorted(found))


def _quantity(subject: Subject, count: Count) -> Quantity:
    sentence, match = count.sentence, count.match
    start, end = (sentence.offsets[at] for at in (match.start("digits"), match.end("unit")))
    return Quantity(
        subject.id, count.low, count.high, match["unit"], sentence.section, sentence.text, sentence.offset, start, end
    )


@cache
def _data() -> _File:
    return read_table("corpus.extraction", "quantities.toml", _File)


@cache
def _guards() -> Mapping[str, re.Pattern[str]]:
    return {scope: re.compile(pattern) for scope, pattern in _data().guards.items()}


def _spelled(pattern: str) -> str:
    """A pattern with the words of the data for their names in braces."""
    for name, words in _data().words.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return pattern
