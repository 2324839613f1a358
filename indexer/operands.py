"""What the operators of a query bind: words, phrases, prefixes, values of fields, comparisons → clauses.

What cannot be read as it stands is read as words, and noted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.model import SECTION_KINDS
from indexer import bounds
from indexer.clauses import (
    And,
    Clause,
    Condition,
    Everything,
    Expanded,
    Filter,
    Ignored,
    Literal,
    Near,
    Piece,
    PieceKind,
    Prefix,
    Reason,
    Scope,
    Word,
)
from indexer.lexemes import PLAIN, Lexeme
from indexer.names import Names
from indexer.normal import normalise
from indexer.parts import parts_of
from indexer.segment import Segmenter
from indexer.understanding import Understanding

MAX_WORDS = 40

_TEXTS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "agency": ("agency",),
    "body": SECTION_KINDS,
    **{str(kind): (str(kind),) for kind in SECTION_KINDS},
}
"""Fields that hold text."""
_SHORTER = re.compile(r"[上下]半年|第?[一二三四1-4]季度|(?<!\d)\d{1,2}月份?(?!\d)")
"""Times of which no report tells: they are about whole years."""
_LOWER_CASE = {"and", "or", "not", "And", "Or", "Not"}


@dataclass(slots=True)
class Notes:
    """What is told of a query beside its clause: its pieces, the words of each run, what was ignored and why."""

    pieces: list[Piece] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def ignore(self, text: str, reason: Reason) -> None:
        """Note what was not taken as it stands."""
        self.ignored.append(Ignored(text.strip() or text, reason))


class Operands:
    """Reads the operands of one query; ``named`` is the field before them as typed, by which notes call it."""

    def __init__(self, text: str, names: Names, segmenter: Segmenter, today: date, agencies: Mapping[str, str]) -> None:
        self._text = text
        self._names = names
        self._segmenter = segmenter
        self._understanding = Understanding(names, segmenter, today)
        self._agencies = agencies
        self._words = 0
        self.notes = Notes()
        self.named = ""

    def phrase(self, lexeme: Lexeme, field: str) -> Clause | None:
        """Text in quotation marks: characters in a row, or words near each other."""
        text = self._text[slice(*lexeme.match.span("phrase"))]
        normal = normalise(text).replace("\n", "").strip()
        if not normal:
            self.notes.ignore(lexeme.text, "nothing_to_search")
            return None
        if self._is_property(field):
            return self._property(field, text)
        parts = parts_of(text, self._segmenter) if lexeme.match["slop"] is not None else ()
        if not field:
            self.notes.pieces.append(Piece("quotation", lexeme.text, lexeme.start, lexeme.end, normal))
        clause: Clause = Literal(normal, quoted=True)
        if len(parts) > 1:
            clause = Near(text, parts, int(lexeme.match["slop"]))
        return _in_field(field, clause)

    def word(self, lexeme: Lexeme, field: str) -> Clause | None:
        """A run of characters, read by the field that it stands in."""
        self._words += 1
        if self._words > MAX_WORDS:
            self.notes.ignore(lexeme.text, "too_many_words")
            return None
        if self._is_property(field):
            return self._property(field, lexeme.text)
        if field:
            return self._read(lexeme.text, field)
        return self._run(lexeme.text, lexeme.start)

    def comparison(self, lexeme: Lexeme) -> Clause | None:
        """A year or a metric beside a number: 年份>=2020."""
        name, sign, bound = lexeme.match.group("compare", "sign", "bound")
        if self._names.field(name) == "year":
            span = bounds.compared_years(sign, bound)
            clause: Clause | None = Filter("year", (span,)) if span else None
        else:
            metric = self._names.metric(name)
            condition = metric and bounds.compared_metric(metric.id, sign, bound, rate=metric.unit == "%")
            clause = Condition(condition) if condition else None
        if clause is None:
            self.notes.ignore(lexeme.text, "not_a_number")
            self.notes.pieces.append(Piece("word", lexeme.text, lexeme.start, lexeme.end))
            return all_of([read for word in (name, bound) if (read := self._read(word, "")) is not None])
        self.notes.pieces.append(Piece("condition", lexeme.text, lexeme.start, lexeme.end, name))
        return clause

    def _run(self, text: str, start: int) -> Clause | None:
        """A run of characters outside any field: years, places, words, each a piece of its own."""
        if self._prefix(text) or _open_years(text) or text in _LOWER_CASE:
            return self._as_it_stands(text, start)
        found = self._understanding.read(text, start)
        if not found:
            self.notes.ignore(text, "nothing_to_search")
            return None
        self.notes.pieces += (piece for piece, _ in found)
        for part in _SHORTER.findall(text):
            self.notes.ignore(part, "yearly_only")
        words = [clause for _, clause in found if isinstance(clause, Word)]
        clauses: list[Clause] = [clause for _, clause in found if not isinstance(clause, Everything | Word)]
        if words:
            run = normalise("".join(word.text for word in words))
            self.notes.runs.append(run)
            clauses.append(self._agency(run, words))
        return all_of(clauses) or Everything()

    def _as_it_stands(self, text: str, start: int) -> Clause | None:
        """A prefix, an open range of years, an operator in small letters: one piece."""
        clause = self._read(text, "")
        kind: PieceKind = "year" if isinstance(clause, Filter) else "word"
        span = (_open_years(text) or "") if kind == "year" else ""
        self.notes.pieces.append(Piece(kind, text, start, start + len(text), span))
        return clause

    def _agency(self, run: str, words: Sequence[Clause]) -> Clause:
        """The words of a run; where they name an agency, also its reports, however its name is written in them."""
        clause = And(tuple(words)) if len(words) > 1 else words[0]
        for name in self._names.agencies(run):
            if (id_ := self._agencies.get(name)) is not None:
                return Expanded(clause, (Filter("agency", (id_,)),), (name,))
        return clause

    def _prefix(self, text: str) -> str:
        """What stands before the star of a prefix; empty for what is none."""
        stem = text.translate(PLAIN).rstrip("*")
        normal = normalise(stem).strip()
        return normal if len(stem) < len(text) and any(map(str.isalnum, normal)) else ""

    def _read(self, text: str, field: str) -> Clause | None:
        if stem := self._prefix(text):
            return _in_field(field, Prefix(stem))
        if not field and (span := _open_years(text)):
            return Filter("year", (span,))
        parts = parts_of(text, self._segmenter)
        if not parts:
            self.notes.ignore(text, "nothing_to_search")
            return None
        if text in _LOWER_CASE:
            self.notes.ignore(text, "lower_case_operator")
        return _in_field(field, Word(text, parts))

    def _is_property(self, field: str) -> bool:
        """Whether the field holds no text but values: years, places, metrics."""
        return bool(field) and field not in _TEXTS

    def _property(self, field: str, text: str) -> Clause | None:
        """A value of a field or of a metric; read as a word where there is no such value."""
        metric = None if self._names.is_field(field) else self._names.metric(field)
        if metric is not None:
            span = bounds.metric_range(metric.id, text.translate(PLAIN), rate=metric.unit == "%")
            if span is not None:
                return Condition(span)
            self.notes.ignore(self.named + text, "not_a_number")
            return all_of([clause for word in (field, text) if (clause := self._read(word, "")) is not None])
        values = self._values(field, text.translate(PLAIN))
        if not values:
            self.notes.ignore(self.named + text, "unknown_value")
            return self._read(text, "")
        return Filter(field, values)

    def _values(self, field: str, value: str) -> tuple[str, ...]:
        if field == "region":
            return self._names.places(value)
        found = bounds.years(value) if field == "year" else self._names.value(field, value)
        return (found,) if found is not None else ()


def _in_field(field: str, clause: Clause) -> Clause:
    return Scope(_TEXTS[field], clause) if field else clause


def all_of(clauses: Sequence[Clause]) -> Clause | None:
    """What meets every one of them; None for none."""
    if len(clauses) < 2:
        return clauses[0] if clauses else None
    return And(tuple(clauses))


def _open_years(text: str) -> str | None:
    """A range of years that stands by itself: 2019.., 2019..2021."""
    return bounds.years(text) if ".." in normalise(text) else None
