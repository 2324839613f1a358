"""The query language: text → Query, as docs/query-language.md describes it.

Nothing that a person types raises, nothing is dropped unnamed, and what is negated is the complement of what is not:
``-X``, ``!X`` and ``NOT X`` are one for every X that can be written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType

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
    Not,
    Or,
    Piece,
    PieceKind,
    Prefix,
    Query,
    Reason,
    Scope,
    Word,
    wanted_words,
)
from indexer.lexemes import PLAIN, Lexeme, joined, lexemes
from indexer.names import Names
from indexer.normal import normalise
from indexer.parts import parts_of
from indexer.segment import Segmenter
from indexer.understanding import Understanding

MAX_LENGTH = 500
MAX_WORDS = 40
MAX_DEPTH = 50

_TEXTS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "agency": ("agency",),
    "body": SECTION_KINDS,
    **{str(kind): (str(kind),) for kind in SECTION_KINDS},
}
"""Fields that hold text."""


def parse(
    text: str,
    names: Names,
    segmenter: Segmenter,
    today: date | None = None,
    agencies: Mapping[str, str] = MappingProxyType({}),
) -> Query:
    """Read a query as typed. ``today`` tells what 去年 means; ``agencies`` are ids by normalised names."""
    parser = _Parser(text, names, segmenter, today or datetime.now(UTC).date(), agencies)
    clause = parser.query()
    words = dict.fromkeys(word.text for word in wanted_words(clause))
    ignored = tuple(dict.fromkeys(parser.ignored))
    return Query(text, clause, ignored, tuple(words), tuple(parser.pieces), tuple(parser.runs))


class _Parser:
    """Recursive descent; ``field`` is the field that stands before what is read, which holds for a whole group."""

    def __init__(self, text: str, names: Names, segmenter: Segmenter, today: date, agencies: Mapping[str, str]) -> None:
        self._agencies = agencies
        self._names = names
        self._segmenter = segmenter
        self._understanding = Understanding(names, segmenter, today)
        self.ignored: list[Ignored] = []
        self.pieces: list[Piece] = []
        self.runs: list[str] = []
        if len(text) > MAX_LENGTH:
            self._ignore(text[MAX_LENGTH:], "too_long")
        self._text = text[:MAX_LENGTH]
        self._lexemes = joined(list(lexemes(self._text, names.comparable, names.is_name, self._no_metric)))
        self._at = 0
        self._depth = 0
        self._words = 0
        self._named = ""

    def query(self) -> Clause:
        found: list[Clause] = []
        while self._at < len(self._lexemes):
            if (clause := self._either("")) is not None:
                found.append(clause)
            if self._kind() == "close":
                self._ignore(self._next().text, "unbalanced_parenthesis")
        return _all(found) or Everything()

    def _either(self, field: str) -> Clause | None:
        found = [first] if (first := self._all(field)) is not None else []
        while self._operator() == "or":
            sign = self._next()
            following = self._all(field)
            if following is None or not found:
                self._ignore(sign.text, "dangling_operator")
            if following is not None:
                found.append(following)
        return found[0] if len(found) == 1 else Or(tuple(found)) if found else None

    def _all(self, field: str) -> Clause | None:
        """What stands side by side; a bare 章节:问题 among it is where the rest must be met."""
        found: list[Clause] = []
        places: list[Filter] = []
        while self._kind() not in {None, "close"} and self._operator() != "or":
            if self._operator() == "and":
                sign = self._next()
                if not (found or places) or self._kind() in {None, "close"} or self._operator() in {"and", "or"}:
                    self._ignore(sign.text, "dangling_operator")
                continue
            bare = self._kind() == "field"
            clause = self._not(field)
            if bare and isinstance(clause, Filter) and clause.kind == "section":
                places.append(clause)
            elif clause is not None:
                found.append(clause)
        if not places or not found:
            return _all([*places, *found])
        fields = tuple(dict.fromkeys(value for place in places for value in place.values))
        return Scope(fields, _all(found) or Everything())

    def _not(self, field: str) -> Clause | None:
        signs: list[Lexeme] = []
        while self._kind() == "minus" or self._operator() == "not":
            signs.append(self._next())
        nothing = self._kind() in {None, "close"} or self._operator() in {"and", "or"}
        clause = None if nothing else self._one(field)
        if clause is None:
            for sign in signs:
                self._ignore(sign.text, "dangling_operator")
        return clause if clause is None or len(signs) % 2 == 0 else negated(clause)

    def _one(self, field: str) -> Clause | None:
        lexeme = self._next()
        match lexeme.kind:
            case "open":
                return self._group(lexeme, field)
            case "quote":
                self._ignore(lexeme.text, "unclosed_quote")
                return None
            case "phrase":
                return self._phrase(lexeme, field)
            case "field":
                return self._field(lexeme)
            case "compare":
                return self._compare(lexeme)
        return self._word(lexeme, field)

    def _group(self, lexeme: Lexeme, field: str) -> Clause | None:
        if self._depth >= MAX_DEPTH:
            self._ignore(lexeme.text, "too_deep")
            return None if self._kind() in {None, "close"} else self._not(field)
        self._depth += 1
        clause = self._either(field)
        self._depth -= 1
        if self._kind() == "close":
            self._next()
            if clause is None:
                self._ignore(lexeme.text + ")", "nothing_to_search")
        else:
            self._ignore(lexeme.text, "unbalanced_parenthesis")
        return clause

    def _field(self, lexeme: Lexeme) -> Clause | None:
        name = lexeme.match["field"]
        if self._kind() in {None, "close"}:
            return self._word(lexeme, "")
        self._named = lexeme.text
        begin, pieces = lexeme.start, len(self.pieces)
        clause = self._not(self._names.field(name) or name)
        end = self._lexemes[self._at - 1].end
        self.pieces[pieces:] = [Piece("field", self._text[begin:end], begin, end, self._names.field(name) or name)]
        if clause is None:
            self._ignore(lexeme.text, "dangling_operator")
        return clause

    def _phrase(self, lexeme: Lexeme, field: str) -> Clause | None:
        text = self._text[slice(*lexeme.match.span("phrase"))]
        normal = normalise(text).replace("\n", "").strip()
        if not normal:
            self._ignore(lexeme.text, "nothing_to_search")
            return None
        if self._is_property(field):
            return self._property(field, text)
        parts = parts_of(text, self._segmenter) if lexeme.match["slop"] is not None else ()
        if not field:
            self.pieces.append(Piece("quotation", lexeme.text, lexeme.start, lexeme.end, normal))
        clause: Clause = Literal(normal, quoted=True)
        if len(parts) > 1:
            clause = Near(text, parts, int(lexeme.match["slop"]))
        return _in_field(field, clause)

    def _word(self, lexeme: Lexeme, field: str) -> Clause | None:
        self._words += 1
        if self._words > MAX_WORDS:
            self._ignore(lexeme.text, "too_many_words")
            return None
        if self._is_property(field):
            return self._property(field, lexeme.text)
        if field:
            return self._read(lexeme.text, field)
        return self._run(lexeme.text, lexeme.start)

    def _run(self, text: str, start: int) -> Clause | None:
        """A run of characters outside any field: years, places, words, each a piece of its own."""
        if self._prefix(text) or _open_years(text) or text in _LOWER_CASE:
            clause = self._read(text, "")
            kind: PieceKind = "year" if isinstance(clause, Filter) else "word"
            self.pieces.append(Piece(kind, text, start, start + len(text), self._span(text) if kind == "year" else ""))
            return clause
        found = self._understanding.read(text, start)
        if not found:
            self._ignore(text, "nothing_to_search")
            return None
        self.pieces += (piece for piece, _ in found)
        words = [clause for _, clause in found if isinstance(clause, Word)]
        clauses: list[Clause] = [clause for _, clause in found if not isinstance(clause, Everything | Word)]
        if words:
            run = normalise("".join(word.text for word in words))
            self.runs.append(run)
            clauses.append(self._agency(run, words))
        return _all(clauses) or Everything()

    def _agency(self, run: str, words: Sequence[Clause]) -> Clause:
        """The words of a run; where they name an agency, also its reports, however its name is written in them."""
        clause = And(tuple(words)) if len(words) > 1 else words[0]
        for name in self._names.agencies(run):
            if (id_ := self._agencies.get(name)) is not None:
                return Expanded(clause, (Filter("agency", (id_,)),), (name,))
        return clause

    def _span(self, text: str) -> str:
        return _open_years(text) or ""

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
            self._ignore(text, "nothing_to_search")
            return None
        if text in _LOWER_CASE:
            self._ignore(text, "lower_case_operator")
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
            self._ignore(self._named + text, "not_a_number")
            return _all([clause for word in (field, text) if (clause := self._read(word, "")) is not None])
        values = self._values(field, text.translate(PLAIN))
        if not values:
            self._ignore(self._named + text, "unknown_value")
            return self._read(text, "")
        return Filter(field, values)

    def _values(self, field: str, value: str) -> tuple[str, ...]:
        if field == "region":
            return self._names.places(value)
        found = bounds.years(value) if field == "year" else self._names.value(field, value)
        return (found,) if found is not None else ()

    def _compare(self, lexeme: Lexeme) -> Clause | None:
        name, sign, bound = lexeme.match.group("compare", "sign", "bound")
        if self._names.field(name) == "year":
            span = bounds.compared_years(sign, bound)
            clause: Clause | None = Filter("year", (span,)) if span else None
        else:
            metric = self._names.metric(name)
            condition = metric and bounds.compared_metric(metric.id, sign, bound, rate=metric.unit == "%")
            clause = Condition(condition) if condition else None
        if clause is None:
            self._ignore(lexeme.text, "not_a_number")
            self.pieces.append(Piece("word", lexeme.text, lexeme.start, lexeme.end))
            return _all([read for word in (name, bound) if (read := self._read(word, "")) is not None])
        self.pieces.append(Piece("condition", lexeme.text, lexeme.start, lexeme.end, name))
        return clause

    def _kind(self) -> str | None:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else None

    def _operator(self) -> str | None:
        return self._lexemes[self._at].operator if self._at < len(self._lexemes) else None

    def _next(self) -> Lexeme:
        self._at += 1
        return self._lexemes[self._at - 1]

    def _ignore(self, text: str, reason: Reason) -> None:
        self.ignored.append(Ignored(text.strip() or text, reason))

    def _no_metric(self, text: str) -> None:
        self._ignore(text, "unknown_metric")


_LOWER_CASE = {"and", "or", "not", "And", "Or", "Not"}


def negated(clause: Clause) -> Clause:
    """The complement; twice negated is as good as not at all."""
    return clause.clause if isinstance(clause, Not) else Not(clause)


def _in_field(field: str, clause: Clause) -> Clause:
    return Scope(_TEXTS[field], clause) if field else clause


def _all(clauses: list[Clause]) -> Clause | None:
    if len(clauses) < 2:
        return clauses[0] if clauses else None
    return And(tuple(clauses))


def _open_years(text: str) -> str | None:
    """A range of years that stands by itself: 2019.., 2019..2021."""
    return bounds.years(text) if ".." in normalise(text) else None
