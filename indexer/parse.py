"""The query language: text → Query, as docs/query-language.md describes it.

Nothing that a person types raises, nothing is dropped unnamed, and what is negated is the complement of what is not:
``-X``, ``!X`` and ``NOT X`` are one for every X that can be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType

from indexer.clauses import (
    Clause,
    Everything,
    Filter,
    Not,
    Or,
    Piece,
    Query,
    Scope,
)
from indexer.lexemes import Lexeme, joined, lexemes
from indexer.names import Names
from indexer.operands import Operands, all_of
from indexer.segment import Segmenter
from indexer.wanted import wanted_words

MAX_LENGTH = 500
MAX_DEPTH = 50


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
    ignored = tuple(dict.fromkeys(parser.notes.ignored))
    return Query(text, clause, ignored, tuple(words), tuple(parser.notes.pieces), tuple(parser.notes.runs))


class _Parser:
    """Recursive descent; ``field`` is the field that stands before what is read, which holds for a whole group."""

    def __init__(self, text: str, names: Names, segmenter: Segmenter, today: date, agencies: Mapping[str, str]) -> None:
        self._text = text[:MAX_LENGTH]
        self._names = names
        self._operands = Operands(self._text, names, segmenter, today, agencies)
        self.notes = self._operands.notes
        if len(text) > MAX_LENGTH:
            self.notes.ignore(text[MAX_LENGTH:], "too_long")
        self._lexemes = joined(list(lexemes(self._text, names.comparable, names.is_name, self.notes.ignore)))
        self._at = 0
        self._depth = 0

    def query(self) -> Clause:
        found: list[Clause] = []
        while self._at < len(self._lexemes):
            if (clause := self._either("")) is not None:
                found.append(clause)
            if self._kind() == "close":
                self.notes.ignore(self._next().text, "unbalanced_parenthesis")
        return all_of(found) or Everything()

    def _either(self, field: str) -> Clause | None:
        found = [first] if (first := self._all(field)) is not None else []
        while self._operator() == "or":
            sign = self._next()
            following = self._all(field)
            if following is None or not found:
                self.notes.ignore(sign.text, "dangling_operator")
            if following is not None:
                found.append(following)
        return found[0] if len(found) == 1 else Or(tuple(found)) if found else None

    def _all(self, field: str) -> Clause | None:
        """What stands side by side; a bare 章节:问题 among it is where the rest must be met."""
        found: list[Clause] = []
        places: list[Filter] = []
        while self._kind() not in {None, "close"} and self._operator() != "or":
            if self._operator() == "and":
                self._joined(begun=bool(found or places))
                continue
            bare = self._kind() == "field"
            clause = self._not(field)
            if bare and isinstance(clause, Filter) and clause.kind == "section":
                places.append(clause)
            elif clause is not None:
                found.append(clause)
        if not places or not found:
            return all_of([*places, *found])
        fields = tuple(dict.fromkeys(value for place in places for value in place.values))
        return Scope(fields, all_of(found) or Everything())

    def _joined(self, *, begun: bool) -> None:
        """An AND: it says nothing but where something is missing beside it."""
        sign = self._next()
        if not begun or self._kind() in {None, "close"} or self._operator() in {"and", "or"}:
            self.notes.ignore(sign.text, "dangling_operator")

    def _not(self, field: str) -> Clause | None:
        signs: list[Lexeme] = []
        while self._kind() == "minus" or self._operator() == "not":
            signs.append(self._next())
        nothing = self._kind() in {None, "close"} or self._operator() in {"and", "or"}
        clause = None if nothing else self._one(field)
        if clause is None:
            for sign in signs:
                self.notes.ignore(sign.text, "dangling_operator")
        return clause if clause is None or len(signs) % 2 == 0 else negated(clause)

    def _one(self, field: str) -> Clause | None:
        lexeme = self._next()
        match lexeme.kind:
            case "open":
                return self._group(lexeme, field)
            case "quote":
                self.notes.ignore(lexeme.text, "unclosed_quote")
                return None
            case "phrase":
                return self._operands.phrase(lexeme, field)
            case "field":
                return self._field(lexeme)
            case "compare":
                return self._operands.comparison(lexeme)
        return self._operands.word(lexeme, field)

    def _group(self, lexeme: Lexeme, field: str) -> Clause | None:
        if self._depth >= MAX_DEPTH:
            self.notes.ignore(lexeme.text, "too_deep")
            return None if self._kind() in {None, "close"} else self._not(field)
        self._depth += 1
        clause = self._either(field)
        self._depth -= 1
        if self._kind() == "close":
            self._next()
            if clause is None:
                self.notes.ignore(lexeme.text + ")", "nothing_to_search")
        else:
            self.notes.ignore(lexeme.text, "unbalanced_parenthesis")
        return clause

    def _field(self, lexeme: Lexeme) -> Clause | None:
        name = lexeme.match["field"]
        if self._kind() in {None, "close"}:
            return self._operands.word(lexeme, "")
        self._operands.named = lexeme.text
        begin, pieces = lexeme.start, len(self.notes.pieces)
        clause = self._not(self._names.field(name) or name)
        end = self._lexemes[self._at - 1].end
        self.notes.pieces[pieces:] = [
            Piece("field", self._text[begin:end], begin, end, self._names.field(name) or name)
        ]
        if clause is None:
            self.notes.ignore(lexeme.text, "dangling_operator")
        return clause

    def _kind(self) -> str | None:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else None

    def _operator(self) -> str | None:
        return self._lexemes[self._at].operator if self._at < len(self._lexemes) else None

    def _next(self) -> Lexeme:
        self._at += 1
        return self._lexemes[self._at - 1]


def negated(clause: Clause) -> Clause:
    """The complement; twice negated is as good as not at all."""
    return clause.clause if isinstance(clause, Not) else Not(clause)
