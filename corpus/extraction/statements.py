"""What the narrative says of the statutory tables, held against them (rules T1 …).

Narratives have slips of their own (docs/field.md, "Identities"): only a statement about the whole year and the whole
body that no sensible reading of the table explains is broken. The patterns are data (``statements.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Literal

from corpus.datafile import Entry, read_table
from corpus.doubts import Doubt
from corpus.extraction.numbers_in_text import Count, Sentence, compiled, counts
from corpus.model import Figure, Finding, SectionKind

_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_REACH = 160
# What may stand between the subject and its number besides: 共702件, 为约700件.
_JOINT = r"[\s共计总合累为达到有约近超过数量:]*$"


class _Entry(Entry, frozen=True):
    rule: str
    name_zh: str
    name_en: str
    sections: frozenset[SectionKind]
    units: tuple[str, ...]
    patterns: tuple[str, ...]
    whole: str
    topic: str
    readings: tuple[tuple[str, ...], ...]


class _File(Entry, frozen=True):
    total: str
    part: str
    behind: str
    statements: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a narrative says of the tables; any of ``readings`` (sums of figures) explains it.

    ``whole`` and ``topic`` are found where nothing but the whole can be meant (``statements.toml``).
    """

    rule: str
    name_zh: str
    sections: frozenset[SectionKind]
    patterns: tuple[re.Pattern[str], ...]
    readings: tuple[tuple[str, ...], ...]
    whole: re.Pattern[str]
    topic: re.Pattern[str]


@cache
def statements() -> tuple[Statement, ...]:
    """The statements by rule."""
    return tuple(
        Statement(
            entry.rule,
            entry.name_zh,
            entry.sections,
            tuple(compiled(pattern, entry.units) for pattern in entry.patterns),
            entry.readings,
            re.compile(entry.whole + _JOINT),
            re.compile(entry.topic),
        )
        for entry in _data().statements
    )


def check_statements(
    narrative: Sequence[Sentence], figures: Mapping[str, Figure], year: int | None = None
) -> tuple[Finding, ...]:
    """The T findings: one for each rule of which the narrative says something and the tables have something.

    ``year`` is the report's: what a sentence says of another one is no breach.
    """
    found = (_check(statement, narrative, figures, year) for statement in statements())
    return tuple(finding for finding in found if finding is not None)


_Said = tuple[Count, Sentence | None]
"""A number that the narrative says, and the sentence before it."""


def _check(
    statement: Statement, narrative: Sequence[Sentence], figures: Mapping[str, Figure], year: int | None
) -> Finding | None:
    readings = {ids: total for ids in statement.readings if (total := _total(ids, figures)) is not None}
    said = list(_said(statement, narrative))
    if not readings or not said:
        return None
    return _agreement(statement, said, readings) or _difference(statement, said, readings, figures, year)


def _said(statement: Statement, narrative: Sequence[Sentence]) -> Iterator[_Said]:
    """What the narrative says of a statement's subject, in its sections."""
    for before, sentence in pairwise((None, *narrative)):
        if sentence is not None and sentence.section in statement.sections:
            for count in counts(statement.patterns, sentence):
                if not _part("behind").match(count.match.string, count.match.end("unit")):
                    yield count, before


def _agreement(
    statement: Statement, said: Sequence[_Said], readings: Mapping[tuple[str, ...], Decimal]
) -> Finding | None:
    """The first thing said that a reading of the table explains."""
    for count, _ in said:
        low, high = count.rounded
        for ids, total in readings.items():
            if low <= total <= high:
                agrees = Doubt("text_agrees", {"subject": statement.name_zh})
                return Finding(statement.rule, "holds", ids, count.low, total, agrees, quote=count.sentence.text)
    return None


def _difference(
    statement: Statement,
    said: Sequence[_Said],
    readings: Mapping[tuple[str, ...], Decimal],
    figures: Mapping[str, Figure],
    year: int | None,
) -> Finding:
    """Text and table differ: broken where the text can only mean the whole, and no cell of the total is blank."""
    ids, total = next(iter(readings.items()))
    cells = next(ids for ids in statement.readings if not figures.keys().isdisjoint(ids))
    known = all(id_ in figures and figures[id_].value is not None for id_ in cells)
    whole = next((count for count, before in said if known and _is_whole(statement, count, before, year)), None)
    told = whole or said[0][0]
    return Finding(
        statement.rule,
        "broken" if whole else "undecidable",
        ids,
        told.low,
        total,
        Doubt("text_differs", {"subject": statement.name_zh, "text": f"{told.low:f}", "table": f"{total:f}"}),
        "text_or_table" if whole else "text_of_a_part",
        told.sentence.text,
    )


def _is_whole(statement: Statement, count: Count, before: Sentence | None, year: int | None) -> bool:
    """Whether a count can be of nothing but the whole year and the whole body."""
    years = {int(each) for each in _YEAR.findall(count.before)}
    context = count.before + (before.folded[-_REACH:] if before and before.section == count.sentence.section else "")
    return bool(
        statement.whole.search(count.before)
        and _part("total").search(count.before)
        and not _part("part").search(count.before)
        and statement.topic.search(context)
        and (not years or years == {year})
    )


def _total(ids: Sequence[str], figures: Mapping[str, Figure]) -> Decimal | None:
    values = [figures[id_].value for id_ in ids if id_ in figures]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(ids) or (known and len(ids) > 2) else None


@cache
def _data() -> _File:
    return read_table("corpus.extraction", "statements.toml", _File)


@cache
def _part(name: Literal["total", "part", "behind"]) -> re.Pattern[str]:
    return re.compile(getattr(_data(), name))
