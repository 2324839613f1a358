"""A run of characters between spaces → what it says: identifiers, years, the report itself, and words.

平澜市2021年年报 is a place, a year and the thing that is looked for. Each piece becomes a clause of its own whatever
stands around it, so that the laws of sets hold, and is shown so that it can be taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from indexer import years
from indexer.addresses import ADDRESS, REPORT_ID
from indexer.clauses import Address, Clause, Everything, Filter, Piece, PieceKind, ReportId, Word
from indexer.names import Names
from indexer.normal import normalise_with_offsets
from indexer.parts import parts_of
from indexer.segment import Segmenter, Token

_DOCUMENT = r"[^\s\W\d_]*\(\d{4}\)第?\d+号"
_YEARLY_REPORT = (
    r"(?:政府|政务)?(?:信息|政务)?公开(?:工作)?(?:的)?(?:年度)?(?:工作)?(?:年报|年度报告|年度工作报告)"
    r"|年度工作报告|年度报告|年报告?|(?:annual|yearly) ?reports?"
)
_FIXED = re.compile(
    rf"(?P<report>{REPORT_ID})|(?P<address>{ADDRESS})|(?P<document>{_DOCUMENT})|(?P<yearly>{_YEARLY_REPORT})"
    r"|^(?P<order>最[新早]的?)(?=$|年报|年度报告|报告)"
)
_LEVEL = re.compile(
    r"(?P<level>国家级|省级|市级|地级|地市级|县级|区县级|县区级|乡级|乡镇级|镇级)(?P<kind>政府|部门|单位|机关)?"
)
_FORMS: Mapping[str, PieceKind] = {
    "report": "report",
    "address": "address",
    "document": "document",
    "yearly": "yearly_report",
    "order": "order",
}
_KINDS = {"政府": "government", "部门": "department"}


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    kind: PieceKind
    value: str


class Understanding:
    """Reads runs with one set of names, on one day (去年 depends on it)."""

    def __init__(self, names: Names, segmenter: Segmenter, today: date) -> None:
        self._names = names
        self._segmenter = segmenter
        self._today = today

    def read(self, text: str, start: int) -> list[tuple[Piece, Clause]]:
        """The pieces of a run that stands at ``start`` in the query, in order, each with its clause."""
        normal, origins = normalise_with_offsets(text)
        found: list[tuple[Piece, Clause]] = []
        at = 0
        for span in (*self._spans(normal), _Span(len(normal), len(normal), "word", "")):
            ends = () if span.end == span.start else (span,)
            for part in (*self._units(normal, at, span.start), *ends):
                found += self._piece(text, start, origins[part.start], origins[part.end - 1] + 1, part)
            at = span.end
        # 松屿县的年报: between two pieces 的 says nothing.
        return [each for each in found if each[0].text != "的"] if len(found) > 1 else found

    def _piece(self, text: str, offset: int, first: int, last: int, span: _Span) -> list[tuple[Piece, Clause]]:
        shown = text[first:last]
        clause = self._clause(shown, span)
        if clause is None:
            return []
        return [(Piece(span.kind, shown, offset + first, offset + last, span.value), clause)]

    def _clause(self, shown: str, span: _Span) -> Clause | None:
        match span.kind:
            case "report":
                return ReportId(span.value)
            case "address":
                return Address(span.value)
            case "yearly_report" | "order":
                return Everything()
            case "year" | "level" | "kind":
                return Filter(span.kind, tuple(span.value.split(years.OR)))
        parts = parts_of(shown, self._segmenter)
        return Word(shown, parts) if parts else None

    def _spans(self, normal: str) -> list[_Span]:
        """What is told by its form, from left to right."""
        spans: list[_Span] = []
        if level := _LEVEL.fullmatch(normal):
            value = self._names.value("level", level["level"])
            if value is not None:
                end = level.end("level")
                spans.append(_Span(0, end, "level", value))
                kind = _KINDS.get(level["kind"] or "")
                if level["kind"]:
                    spans.append(_Span(end, len(normal), "kind" if kind else "yearly_report", kind or ""))
                return spans
        spans += (
            _Span(match.start(), match.end(), _FORMS[match.lastgroup or "yearly"], match[0])
            for match in _FIXED.finditer(normal)
        )
        taken = list(spans)
        for found in years.find(normal, self._today):
            if all(found.end <= span.start or found.start >= span.end for span in taken):
                spans.append(_Span(found.start, found.end, "year", found.value))
        return sorted(spans, key=lambda span: span.start)

    def _units(self, normal: str, begin: int, end: int) -> Iterator[_Span]:
        """The words of a stretch: names of places and bodies by themselves, what is left between them together."""
        tokens = list(self._segmenter.words(normal[begin:end]))
        at = since = 0
        while at < len(tokens):
            length = self._named(normal, begin, tokens, at)
            if not length:
                at += 1
                continue
            yield from _stretch(normal, begin, tokens[since:at])
            named = tokens[at : at + length]
            text = normal[begin + named[0].start : begin + named[-1].end]
            kind: PieceKind = "place" if self._names.is_place(text) else "word"
            yield _Span(begin + named[0].start, begin + named[-1].end, kind, text)
            at += length
            since = at
        if since == 0 and tokens:
            yield _Span(begin, end, "word", normal[begin:end])
            return
        yield from _stretch(normal, begin, tokens[since:])

    def _named(self, normal: str, begin: int, tokens: list[Token], at: int) -> int:
        """How many tokens from here on are a name: the longest; 0 for none."""
        for last in range(min(len(tokens), at + 6), at, -1):
            text = normal[begin + tokens[at].start : begin + tokens[last - 1].end]
            if self._names.is_unit(text):
                return last - at
        return 0


def _stretch(normal: str, begin: int, tokens: list[Token]) -> Iterator[_Span]:
    if tokens:
        start, end = begin + tokens[0].start, begin + tokens[-1].end
        yield _Span(start, end, "word", normal[start:end])
