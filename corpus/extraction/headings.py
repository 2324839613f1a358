"""A paragraph that may be the heading of a section: its number, what it is about, how much it looks like one.

The form's own words weigh most, what a heading means weighs less (``headings.toml``), a heading without a number
least. Whether it is one is told by its place among the others (``sections.py``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from corpus.blocks import Block, Grid
from corpus.form import Chapter, label_key, load_form
from corpus.model import FormId, SectionKind
from corpus.numerals import whole_number

Style = Literal["plain", "bracketed", "arabic", "none"]

_CHINESE = r"(?:十[一二三四五六七八九]?|[一二三四五六七八九])"
_NUMBERED = re.compile(
    rf"\s*(?:第\s*(?P<part>{_CHINESE})\s*(?:部分|章|节)?|[(（]\s*(?P<bracketed>{_CHINESE})\s*[)）]|(?P<plain>{_CHINESE})"
    r"|[(（]?(?P<arabic>1?\d)(?:[)）]|(?=[\s、.．:：])))(?P<mark>[\s、.．,，:：]*)(?!\d)"
)
_MARKDOWN = re.compile(r"^\s*[#*_]+\s*|\s*[*_]+$")
_RUN_IN = re.compile(r"[。：:；;\s]")
_SENTENCE_END = re.compile(r"[。！？；;：:]")
_GAP = r"[\s、，,]*"
_LONGEST_HEADING = 45
_LONGEST_HALF = 30
_LONGEST_UNNUMBERED = 24
_OF_THE_FORM = 1.5
_SHORTEST_LABEL = 4
_UNNUMBERED, _ARABIC, _NESTED = 1.5, 1.0, 1.5
_FEW = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paragraph, or two that a line break parted, that may be a heading.

    ``index`` and ``end`` bound its blocks, ``rank`` is the chapter's place in the form (-1: none of its own),
    ``rest`` is the text that runs on behind the heading.
    """

    index: int
    end: int
    style: Style
    ordinal: int | None
    kind: SectionKind
    rank: int
    weight: float
    heading: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Label:
    key: str
    rank: int
    chapter: Chapter
    official: bool
    printed: re.Pattern[str]


def candidates(blocks: Sequence[Block], form: FormId) -> list[Candidate]:
    """All that may be headings, in the order of the text.

    Where headings are numbered 一、, a number in brackets or in Arabic digits is one of a lower level; a heading of a
    subject of its own (``unclassified``, before 2019) needs the number of the highest.
    """
    found = list(_candidates(blocks, form))
    plain = {candidate.ordinal for candidate in found if candidate.style == "plain" and candidate.rank >= 0}
    if len(plain) < _FEW:
        return found
    return [
        replace(candidate, weight=candidate.weight - _NESTED) if _is_lower(candidate) else candidate
        for candidate in found
        if candidate.rank >= 0 or candidate.style == "plain"
    ]


def opens_chapter(text: str, form: FormId) -> bool:
    """Whether a text begins with the number and the label of a chapter."""
    found = _candidate(0, text, _NUMBERED.match(text), "", form)
    return found is not None and found.rank >= 0 and found.style == "plain"


def _is_lower(candidate: Candidate) -> bool:
    """Whether a heading is of a lower level where headings are numbered 一、: （一）, a subject without a number."""
    return candidate.style == "bracketed" or (candidate.style == "none" and candidate.weight < _OF_THE_FORM)


def _candidates(blocks: Sequence[Block], form: FormId) -> Iterator[Candidate]:
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            continue
        text = _MARKDOWN.sub("", block.text)
        numbered = _NUMBERED.match(text)
        if numbered is None and len(text) > _LONGEST_HEADING:
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        below = following.text if following is not None and not isinstance(following, Grid) else ""
        found = _candidate(index, text, numbered, below, form)
        if found is not None:
            yield found


def _candidate(index: int, text: str, numbered: re.Match[str] | None, below: str, form: FormId) -> Candidate | None:
    style: Style = "none"
    start, ordinal = 0, None
    if numbered is not None:
        start, style, ordinal = numbered.end(), _style(numbered), _ordinal(numbered)
    bare = text[start:]
    loss = {"none": _UNNUMBERED, "arabic": _ARABIC}.get(style, 0.0)
    marked = numbered is not None and bool(numbered["mark"] or numbered["part"] or style != "plain")
    end, length = index + 1, len(bare)
    known = _label(bare, form)
    if known is None and (known := _broken(bare, below, form)) is not None:
        end, bare, length = index + 2, bare + below, length + len(below)
    if known is None and not marked and len(bare) <= _LONGEST_UNNUMBERED and not bare.startswith("附"):
        known = _meaning(bare, form)
    if known is None and marked:
        known, length = _before_sentence(bare, form)
        if known is None and (known := _meaning(bare, form)) is not None:
            length = len(bare)
        if known is None:
            known, length = _beginning(bare, form)
    if known is not None:
        rank, chapter, weight = known
        heading, rest = (text[:start] + bare[:length]).strip(), bare[length:].lstrip("。：:；;， \t\u3000")
        return Candidate(index, end, style, ordinal, chapter.kind, rank, weight - loss, heading, rest)
    if marked and load_form(form).customary and style in ("plain", "bracketed") and _is_heading_like(bare):
        return Candidate(index, end, style, ordinal, "unclassified", -1, 1, text.strip(), "")
    return None


def _style(numbered: re.Match[str]) -> Style:
    if numbered["arabic"]:
        return "arabic"
    return "bracketed" if numbered["bracketed"] else "plain"


def _ordinal(numbered: re.Match[str]) -> int:
    return whole_number(numbered["arabic"] or numbered["part"] or numbered["bracketed"] or numbered["plain"])


def _is_heading_like(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not _SENTENCE_END.search(text)


_Known = tuple[int, Chapter, float]
"""Which chapter a text opens: its rank, the chapter, how well the words fit."""


def _label(text: str, form: FormId) -> _Known | None:
    """The chapter whose label the whole text is."""
    key = label_key(text) if len(text) <= _LONGEST_HEADING else ""
    for label in _labels(form):
        if label.key == key:
            return label.rank, label.chapter, 4 if label.official else 3
    return None


def _broken(text: str, below: str, form: FormId) -> _Known | None:
    """The chapter whose label two lines make together."""
    if not (text and below) or max(len(text), len(below)) > _LONGEST_HALF or _SENTENCE_END.search(text):
        return None
    return _label(text + below, form) if _NUMBERED.match(below) is None else None


def _before_sentence(text: str, form: FormId) -> tuple[_Known | None, int]:
    """The chapter whose label stands before a mark and the first sentence, and where the label ends."""
    split = _RUN_IN.search(text)
    known = _label(text[: split.start()], form) if split is not None else None
    if split is None or known is None:
        return None, 0
    rank, chapter, weight = known
    return (rank, chapter, weight - 1), split.start()


def _meaning(text: str, form: FormId) -> _Known | None:
    """The chapter whose subject the whole text is."""
    if len(text) > _LONGEST_HEADING or _SENTENCE_END.search(text.strip().rstrip("：:")):
        return None
    key = label_key(text)
    kind = next((kind for kind, pattern in _meanings() if pattern.fullmatch(key)), None)
    chapters = load_form(form).chapters
    return next(((rank, chapter, 2.5) for rank, chapter in enumerate(chapters) if chapter.kind == kind), None)


def _beginning(text: str, form: FormId) -> tuple[_Known | None, int]:
    """The chapter whose label the first sentence follows without any mark between them, and where the label ends."""
    for label in _labels(form):
        if len(label.key) >= _SHORTEST_LABEL and (match := label.printed.match(text)) is not None:
            return (label.rank, label.chapter, 1.5 if label.official else 1), match.end()
    return None, 0


@cache
def _labels(form: FormId) -> tuple[_Label, ...]:
    """Every label of the form's chapters, the longest first."""
    labels = [
        _Label(key, rank, chapter, label == chapter.heading, re.compile(_GAP.join(map(re.escape, key))))
        for rank, chapter in enumerate(load_form(form).chapters)
        for label in (chapter.heading, *chapter.variants)
        if (key := label_key(label))
    ]
    return tuple(sorted(labels, key=lambda label: -len(label.key)))


@cache
def _meanings() -> tuple[tuple[SectionKind, re.Pattern[str]], ...]:
    data = tomllib.loads((files("corpus.extraction") / "headings.toml").read_text(encoding="utf-8"))
    return tuple((entry["kind"], re.compile(entry["pattern"])) for entry in data["kinds"])
