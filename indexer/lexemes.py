"""Characters → lexemes of the query language (docs/query-language.md). Every character belongs to one.

Signs are read in all their widths: an en dash or a full-width minus before a word is a minus, whatever the input
method made of it. No two of them may mean different things, for a sign misread turns an answer into its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as Choice

PLAIN = str.maketrans(
    "“”„‟＂「」『』﹁﹂（）：﹕＊～〜∼＜＞＝％！﹗｜＆＋－−‐‑‒–—―﹣　",
    '"' * 11 + "()::*~~~<>=%!!|&+" + "-" * 9 + " ",
)
"""Signs to their plain forms, one character for one."""

Operator = Choice["and", "or", "not"]
Unknown = Choice["unknown_metric", "unknown_field"]
OPERATORS: dict[str, Operator] = {
    **dict.fromkeys(("AND", "ＡＮＤ", "&&", "&", "与", "且"), "and"),
    **dict.fromkeys(("OR", "ＯＲ", "||", "|", "或"), "or"),
    **dict.fromkeys(("NOT", "ＮＯＴ", "!", "非"), "not"),
}
_LEXEMES = re.compile(
    r"""
    (?P<space>\s+)
  | "(?P<phrase>[^"]*)"(?:~(?P<slop>\d{1,3}))?
  | (?P<quote>")
  | (?P<open>\()
  | (?P<close>\))
  | (?P<minus>[-!](?=[^\s)]))
  | (?P<document>[^\s"()|:]*[(\[〔【〖﹝{]\d{4}[)\]〕】〗﹞}]\s?第?\s?\d+\s?号)
  | (?P<bar>\|\|?)
  | (?P<compare>[^\s"()<>=≥≤:|]+)\s*(?P<sign>>=|<=|=>|=<|[<>=≥≤])\s*(?P<bound>[^\s"()|]+)
  | (?P<field>[^\s"():|]+)\s*:\s*(?=[^\s)])
  | (?P<word>[^\s"()|]+)
    """,
    re.VERBOSE,
)
_WORD = re.compile(r'[^\s"()|]+')


LEAST_APART = 3
"""Single characters that must stand apart in a row to be taken for one word."""
_SPACED_YEARS = re.compile(
    r"(?:annual|yearly) reports?"
    r"|\d{4}(?:年 ?| 年?)(?:度|(?:到|至|-|–|—|~) ?\d{4} ?年?|以后|以来|以前|之后|之前|起|至今)?"
    r"|\d{4} 年(?:年报|年度报告)?"
)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query: its kind, the text as typed, where it stands, and the match over the plain signs."""

    kind: str
    text: str
    start: int
    match: re.Match[str]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def operator(self) -> Operator | None:
        """The operator that it is, standing alone."""
        plain = self.text.translate(PLAIN)
        return OPERATORS.get(plain) if self.kind in ("word", "bar") else None


@dataclass(frozen=True, slots=True)
class Spaced(Lexeme):
    """Words written apart, taken for one; ``width`` is how far they reach in the text as typed."""

    width: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + self.width


def lexemes(
    text: str, comparable: Callable[[str], bool], named: Callable[[str], bool], unknown: Callable[[str, Unknown], None]
) -> Iterator[Lexeme]:
    """The lexemes of a text. ``comparable`` and ``named`` tell what may stand before a comparison and a colon.

    A comparison of what cannot be compared is given to ``unknown`` and read as words; so is a colon after what is no
    field (时间:2019), which is a sign inside a word.
    """
    plain = text.translate(PLAIN)
    at = 0
    while at < len(plain) and (match := _LEXEMES.match(plain, at)) is not None:
        start, at = match.span()
        kind = _kind(match)
        if kind == "compare" and not comparable(match["compare"]):
            unknown(text[start:at], "unknown_metric")
            for part in ("compare", "bound"):
                yield Lexeme("word", text[slice(*match.span(part))], match.start(part), match)
        elif kind == "field" and not named(match["field"]):
            word = _WORD.match(plain, start)
            at = word.end() if word else at
            if match["field"].isalpha() and plain[match.end() : match.end() + 2] != "//":
                unknown(text[start:at], "unknown_field")
            yield Lexeme("word", text[start:at], start, match)
        elif kind != "space":
            yield Lexeme(kind, text[start:at], start, match)


def _kind(match: re.Match[str]) -> str:
    if match["phrase"] is not None:
        return "phrase"
    kind = "compare" if match["compare"] is not None else str(match.lastgroup)
    return "word" if kind == "document" else kind


def joined(found: Sequence[Lexeme]) -> list[Lexeme]:
    """The same with words put together that people write apart: 依 申 请 公 开, 2021 年, 2019年 到 2021年."""
    together: list[Lexeme] = []
    at = 0
    while at < len(found):
        many = _run_of(found, at)
        first, last = found[at], found[at + many - 1]
        if many > 1:
            text = "".join(lexeme.text for lexeme in found[at : at + many])
            together.append(Spaced("word", text, first.start, first.match, last.end - first.start))
        else:
            together.append(first)
        at += many
    return together


def _run_of(found: Sequence[Lexeme], at: int) -> int:
    """How many words from here on are one: three single ideographs or more, or the parts of a year."""
    many = 0
    while at + many < len(found) and _single(found[at + many]):
        many += 1
    if many >= LEAST_APART:
        return many
    for last in range(min(len(found), at + 4), at + 1, -1):
        words = found[at:last]
        if all(lexeme.kind == "word" for lexeme in words) and _SPACED_YEARS.fullmatch(" ".join(w.text for w in words)):
            return last - at
    return 1


def _single(lexeme: Lexeme) -> bool:
    return lexeme.kind == "word" and len(lexeme.text) == 1 and "\u3400" <= lexeme.text <= "\u9fff"
