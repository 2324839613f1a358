"""The request language: text → Query. Nothing that a person types raises, and nothing is dropped unnamed.

::

    query  = either
    either    = all { OR all }
    all       = not { [ AND ] not }
    not       = { NOT | - } one
    one       = ( either ) | "phrase"[~5] | word | prefix* | field:one | metric >= number[%] | metric:1..5

Operators are AND, OR, NOT in capitals or 与, 或, 非 between spaces; full-width signs are as good as plain ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal as Choice

from corpus.model import SECTION_KINDS
from indexer.clauses import (
    And,
    Clause,
    Condition,
    Everything,
    Filter,
    Ignored,
    Literal,
    Near,
    Not,
    Or,
    Prefix,
    Query,
    Reason,
    Scope,
    Word,
    wanted_words,
)
from indexer.names import Names
from indexer.normal import normalise
from indexer.parts import parts_of
from indexer.request import MetricRange
from indexer.segment import Segmenter

MAX_LENGTH = 500
MAX_WORDS = 40
MAX_DEPTH = 12

_PLAIN = str.maketrans("“”„‟＂「」『』﹁﹂（）：＊～〜＞＜＝％－−　", '"' * 11 + "():*~~><=%-- ")
_OPERATORS: dict[str, Choice["and", "or", "not"]] = {
    **dict.fromkeys(("AND", "&&", "&", "与"), "and"),
    **dict.fromkeys(("OR", "||", "|", "或"), "or"),
    **dict.fromkeys(("NOT", "!", "非"), "not"),
}
_GRID = Decimal("0.0001")  # metrics are kept to four places, so > 5 is >= 5.0001
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)(?P<unit>[%万亿]?)")
_UNITS = {"": Decimal(1), "%": Decimal("0.01"), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_LEXEMES = re.compile(
    r"""
    (?P<space>\s+)
  | "(?P<phrase>[^"]*)"(?:~(?P<slop>\d{1,3}))?
  | (?P<quote>")
  | (?P<open>\()
  | (?P<close>\))
  | (?P<compare>[^\s"()<>=≥≤:]+)\s*(?P<sign>>=|<=|=>|=<|[<>=≥≤])\s*(?P<bound>[^\s"()]+)
  | (?P<field>[^\s"():]+):(?=[^\s)])
  | (?P<minus>[-!](?=[^\s)]))
  | (?P<word>[^\s"()]+)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    text: str
    match: re.Match[str]


def parse(text: str, names: Names, segmenter: Segmenter) -> Query:
    """Read a query as typed."""
    parser = _Parser(text, names, segmenter)
    clause = parser.query()
    words = dict.fromkeys(word.text for word in wanted_words(clause))
    return Query(text, clause, tuple(dict.fromkeys(parser.ignored)), tuple(words))


class _Parser:
    def __init__(self, text: str, names: Names, segmenter: Segmenter) -> None:
        self._names = names
        self._segmenter = segmenter
        self.ignored: list[Ignored] = []
        if len(text) > MAX_LENGTH:
            self._ignore(text[MAX_LENGTH:], "too_long")
        self._text = text[:MAX_LENGTH]
        self._lexemes = list(self._lex(self._text.translate(_PLAIN)))
        self._at = 0
        self._depth = 0
        self._words = 0

    def query(self) -> Clause:
        clauses: list[Clause] = []
        while self._at < len(self._lexemes):
            if (clause := self._either()) is not None:
                clauses.append(clause)
            if self._kind() == "close":
                self._ignore(self._next().text, "unbalanced_parenthesis")
        return _all(clauses) or Everything()

    def _lex(self, plain: str) -> Iterator[_Lexeme]:
        """Lexemes over the plain signs, with the text as typed. Every character belongs to one."""
        at = 0
        while at < len(plain):
            match = _LEXEMES.match(plain, at)
            if match is None:  # only an empty rest would not match
                return
            kind = match.lastgroup or "phrase"
            if match["phrase"] is not None:
                kind = "phrase"
            elif match["compare"] is not None:
                kind = "compare"
            at = match.end()
            if kind == "compare" and self._names.metric(match["compare"]) is None:
                self._ignore(self._text[match.start() : at], "unknown_metric")
                for word in (match["compare"], match["bound"]):
                    yield from self._lex_word(word)
            elif kind == "field" and not self._is_name(match["field"]):
                # 时间:2019 is no field of ours: a colon inside a word.
                word = re.compile(r'[^\s"()]+').match(plain, match.start())
                at = word.end() if word else at
                yield from self._lex_word(self._text[match.start() : at])
            elif kind != "space":
                yield _Lexeme(kind, self._text[match.start() : at], match)

    def _lex_word(self, text: str) -> Iterator[_Lexeme]:
        match = re.match(r".+", text, re.DOTALL)
        if match is not None:
            yield _Lexeme("word", text, match)

    def _is_name(self, name: str) -> bool:
        return self._names.field(name) is not None or self._names.metric(name) is not None

    def _kind(self) -> str | None:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else None

    def _operator(self) -> str | None:
        return _OPERATORS.get(self._lexemes[self._at].text) if self._kind() == "word" else None

    def _next(self) -> _Lexeme:
        self._at += 1
        return self._lexemes[self._at - 1]

    def _ignore(self, text: str, reason: Reason) -> None:
        self.ignored.append(Ignored(text.strip() or text, reason))

    def _either(self) -> Clause | None:
        found = [first] if (first := self._all()) is not None else []
        while self._operator() == "or":
            sign = self._next()
            following = self._all()
            if following is None or not found:
                self._ignore(sign.text, "dangling_operator")
            if following is not None:
                found.append(following)
        return found[0] if len(found) == 1 else Or(tuple(found)) if found else None

    def _all(self) -> Clause | None:
        found: list[Clause] = []
        while self._kind() not in {None, "close"} and self._operator() != "or":
            if self._operator() == "and":
                sign = self._next()
                if not found or self._kind() in {None, "close"} or self._operator() in {"and", "or"}:
                    self._ignore(sign.text, "dangling_operator")
                continue
            if (clause := self._not()) is not None:
                found.append(clause)
        return _all(found)

    def _not(self) -> Clause | None:
        if self._kind() != "minus" and self._operator() != "not":
            return self._one()
        sign = self._next()
        if self._kind() in {None, "close"} or self._operator() in {"and", "or"}:
            self._ignore(sign.text, "dangling_operator")
            return None
        self._depth += 1
        clause = self._not() if self._depth <= MAX_DEPTH else self._one()
        self._depth -= 1
        if clause is None:
            self._ignore(sign.text, "dangling_operator")
            return None
        return Not(clause)

    def _one(self) -> Clause | None:  # noqa: PLR0911 - one case for each kind of lexeme
        lexeme = self._next()
        match lexeme.kind:
            case "open":
                return self._group(lexeme)
            case "quote":
                self._ignore(lexeme.text, "unclosed_quote")
                return None
            case "minus":
                self._ignore(lexeme.text, "dangling_operator")
                return None
            case "phrase":
                return self._phrase(lexeme)
            case "field":
                return self._field(lexeme)
            case "compare":
                return self._compare(lexeme)
        return self._word(lexeme.text)

    def _group(self, lexeme: _Lexeme) -> Clause | None:
        if self._depth >= MAX_DEPTH:
            self._ignore(lexeme.text, "too_deep")
            return None
        self._depth += 1
        clause = self._either()
        self._depth -= 1
        if self._kind() == "close":
            self._next()
            if clause is None:
                self._ignore(lexeme.text + ")", "nothing_to_search")
        else:
            self._ignore(lexeme.text, "unbalanced_parenthesis")
        return clause

    def _phrase(self, lexeme: _Lexeme) -> Clause | None:
        text = self._text[lexeme.match.start("phrase") : lexeme.match.end("phrase")]
        normal = normalise(text).replace("\n", "").strip()
        if not normal:
            self._ignore(lexeme.text, "nothing_to_search")
            return None
        slop = lexeme.match["slop"]
        if slop is not None:
            parts = parts_of(text, self._segmenter)
            if len(parts) > 1:
                return Near(text, parts, int(slop))
        return Literal(normal, quoted=True)

    def _word(self, text: str) -> Clause | None:
        self._words += 1
        if self._words > MAX_WORDS:
            self._ignore(text, "too_many_words")
            return None
        stem = text.translate(_PLAIN).rstrip("*")
        if len(stem) < len(text) and (normal := normalise(stem).strip()) and any(map(str.isalnum, normal)):
            return Prefix(normal)
        parts = parts_of(text, self._segmenter)
        if not parts:
            self._ignore(text, "nothing_to_search")
            return None
        return Word(text, parts)

    def _field(self, lexeme: _Lexeme) -> Clause | None:  # noqa: PLR0911 - one case for each kind of field
        name = lexeme.match["field"]
        metric = self._names.metric(name)
        field = self._names.field(name)
        if field is None or self._kind() in {None, "close"}:
            if metric is not None and self._kind() == "word":
                return self._range(lexeme, self._next().text)
            return self._word(lexeme.text)
        if field in {"title", "agency", *SECTION_KINDS}:
            return Scope((field,), inner) if (inner := self._one()) is not None else None
        if field == "body":
            return Scope(SECTION_KINDS, inner) if (inner := self._one()) is not None else None
        if self._kind() not in {"word", "phrase"}:
            self._ignore(lexeme.text, "dangling_operator")
            return self._one()
        value = self._next()
        wanted = value.match["phrase"] if value.kind == "phrase" else value.text
        clause = self._filter(field, wanted.translate(_PLAIN))
        if clause is None:
            self._ignore(lexeme.text + value.text, "unknown_value")
            return self._word(wanted)
        return clause

    def _filter(self, field: str, value: str) -> Clause | None:
        values: tuple[str, ...] = ()
        if field == "year":
            years = re.fullmatch(r"(\d{4})年?(?:(?:\.\.|-+|~|至|到)(\d{4})年?)?", normalise(value))
            values = (f"{years[1]}..{years[2] or years[1]}",) if years else ()
        elif field == "region":
            values = self._names.places(value)
        elif (found := self._names.value(field, value)) is not None:
            values = (found,)
        return Filter(field, values) if values else None

    def _compare(self, lexeme: _Lexeme) -> Clause | None:
        metric = self._names.metric(lexeme.match["compare"])
        bound = self._number(lexeme.match["bound"], rate=metric is not None and metric.unit == "%")
        if metric is None or bound is None:
            return self._unread(lexeme.text, lexeme.match["compare"], lexeme.match["bound"])
        sign = lexeme.match["sign"]
        low = bound if sign in {"=", ">=", "=>", "≥"} else bound + _GRID if sign == ">" else None
        high = bound if sign in {"=", "<=", "=<", "≤"} else bound - _GRID if sign == "<" else None
        return Condition(MetricRange(metric.id, low, high))

    def _range(self, lexeme: _Lexeme, value: str) -> Clause | None:
        metric = self._names.metric(lexeme.match["field"])
        plain = value.translate(_PLAIN)
        low, separator, high = plain.partition("..") if ".." in plain else plain.partition("~")
        rate = metric is not None and metric.unit == "%"
        bounds = [self._number(text, rate=rate) if text else None for text in (low, high if separator else low)]
        unread = any(text and bound is None for text, bound in zip((low, high), bounds, strict=True))
        if metric is None or unread or bounds == [None, None]:
            return self._unread(lexeme.text + value, lexeme.match["field"], value)
        return Condition(MetricRange(metric.id, bounds[0], bounds[1]))

    def _unread(self, text: str, *words: str) -> Clause | None:
        self._ignore(text, "not_a_number")
        return _all([clause for word in words if (clause := self._word(word)) is not None])

    def _number(self, text: str, *, rate: bool) -> Decimal | None:
        match = _NUMBER.fullmatch(normalise(text).strip())
        if match is None:
            return None
        try:
            number = Decimal(match["sign"] + match["digits"].replace(",", "")) * _UNITS[match["unit"]]
        except InvalidOperation:
            return None
        # 公开率>=80 can only mean 80 %: a rate is a fraction.
        return number / 100 if rate and not match["unit"] and abs(number) > 1 else number


def _all(clauses: list[Clause]) -> Clause | None:
    """All of the clauses; 章节:问题 among them is where the others must be met."""
    scopes = [clause for clause in clauses if isinstance(clause, Filter) and clause.kind == "section"]
    others = [clause for clause in clauses if clause not in scopes]
    if scopes and others:
        fields = tuple(dict.fromkeys(value for scope in scopes for value in scope.values))
        return Scope(fields, _all(others) or Everything())
    if len(clauses) < 2:
        return clauses[0] if clauses else None
    return And(tuple(clauses))
