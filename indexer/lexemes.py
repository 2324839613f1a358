"""Characters → lexemes of the query language (docs/query-language.md). Every character belongs to one.

Signs are read in all their widths: an en dash or a full-width minus before a word is a minus, whatever the input
method made of it. No two of them may mean different things, for a sign misread turns an answer into its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal as Choice

PLAIN = str.maketrans(
    "“”„‟＂「」『』﹁﹂（）：﹕＊～〜∼＜＞＝％！﹗｜＆＋－−‐‑‒–—―﹣　",
    '"' * 11 + "()::*~~~<>=%!!|&+" + "-" * 9 + " ",
)
"""Signs to their plain forms, one character for one."""

Operator = Choice["and", "or", "not"]
OPERATORS: dict[str, Operator] = {
    **dict.fromkeys(("AND", "&&", "&", "与"), "and"),
    **dict.fromkeys(("OR", "||", "|", "或"), "or"),
    **dict.fromkeys(("NOT", "!", "非"), "not"),
}
_LEXEMES = re.compile(
    r"""
    (?P<space>\s+)
  | "(?P<phrase>[^"]*)"(?:~(?P<slop>\d{1,3}))?
  | (?P<quote>")
  | (?P<open>\()
  | (?P<close>\))
  | (?P<minus>[-!](?=[^\s)]))
  | (?P<bar>\|\|?)
  | (?P<compare>[^\s"()<>=≥≤:|]+)\s*(?P<sign>>=|<=|=>|=<|[<>=≥≤])\s*(?P<bound>[^\s"()|]+)
  | (?P<field>[^\s"():|]+)\s*:\s*(?=[^\s)])
  | (?P<word>[^\s"()|]+)
    """,
    re.VERBOSE,
)
_WORD = re.compile(r'[^\s"()|]+')


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query: its kind, the text as typed, where it stands, and the match over the plain signs."""

    kind: str
    text: str
    start: int
    match: re.Match[str]

    @property
    def operator(self) -> Operator | None:
        """The operator that it is, standing alone."""
        plain = self.text.translate(PLAIN)
        return OPERATORS.get(plain) if self.kind in ("word", "bar") else None


def lexemes(
    text: str, comparable: Callable[[str], bool], named: Callable[[str], bool], unknown: Callable[[str], None]
) -> Iterator[Lexeme]:
    """The lexemes of a text. ``comparable`` and ``named`` tell what may stand before a comparison and a colon.

    A comparison of what cannot be compared is given to ``unknown`` and read as words; a colon after what is no field
    (时间:2019) is a sign inside a word.
    """
    plain = text.translate(PLAIN)
    at = 0
    while at < len(plain) and (match := _LEXEMES.match(plain, at)) is not None:
        start, at = match.span()
        kind = _kind(match)
        if kind == "compare" and not comparable(match["compare"]):
            unknown(text[start:at])
            for part in ("compare", "bound"):
                yield Lexeme("word", text[slice(*match.span(part))], match.start(part), match)
        elif kind == "field" and not named(match["field"]):
            word = _WORD.match(plain, start)
            at = word.end() if word else at
            yield Lexeme("word", text[start:at], start, match)
        elif kind != "space":
            yield Lexeme(kind, text[start:at], start, match)


def _kind(match: re.Match[str]) -> str:
    if match["phrase"] is not None:
        return "phrase"
    return "compare" if match["compare"] is not None else str(match.lastgroup)
