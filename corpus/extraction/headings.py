"""A paragraph that may be the heading of a section: its number, what it is about, how much it looks like one.

The form's own words weigh most, what a heading means weighs less (``headings.toml``), a heading without a number
least. Whether it is one is told by its place among the others (``sections.py``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from corpus.blocks import Block, Grid
from corpus.form import Chapter, label_key, load_form
from corpus.model import FormId, SectionKind
from corpus.numerals import whole_number

Style = Literal["plain", "bracketed", "arabic", "none"]

# Before its mark a stroke is the number one, whichever stroke was typed, or read from a picture.
_STROKES = "—–―─ー－-"
_CHINESE = rf"(?:十[一二三四五六七八九]?|[一二三四五六七八九]|[{_STROKES}](?=\s*[、.．)）]))"
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
_LOSS: Mapping[Style, float] = {"none": 1.5, "arabic": 1.0}
_NESTED = 1.5
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


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a heading: the chapter that ``words`` open with their first ``length`` characters."""

    known: _Known
    words: str
    length: int
    blocks: int = 1


def _candidate(index: int, text: str, numbered: re.Match[str] | None, below: str, form: FormId) -> Candidate | None:
    style: Style = "none"
    start, ordinal = 0, None
    if numbered is not None:
        start, style, ordinal = numbered.end(), _style(numbered), _ordinal(numbered)
    marked = numbered is not None and bool(numbered["mark"] or numbered["part"] or style != "plain")
    words = text[start:]
    ways = _marked(words, below, form) if marked else _unmarked(words, below, form)
    if (found := next(filter(None, ways), None)) is not None:
        rank, chapter, weight = found.known
        heading = (text[:start] + found.words[: found.length]).strip()
        rest = found.words[found.length :].lstrip("。：:；;， \t\u3000")
        loss = _LOSS.get(style, 0.0)
        return Candidate(index, index + found.blocks, style, ordinal, chapter.kind, rank, weight - loss, heading, rest)
    if marked and load_form(form).customary and style in ("plain", "bracketed") and _is_heading_like(words):
        return Candidate(index, index + 1, style, ordinal, "unclassified", -1, 1, text.strip(), "")
    return None


def _marked(words: str, below: str, form: FormId) -> Iterator[_Reading | None]:
    """The ways to read the words behind a number, the surest first."""
    yield _label(words, form)
    yield _broken(words, below, form)
    yield _before_sentence(words, form)
    yield _meaning(words, form)
    yield _beginning(words, form)


def _unmarked(words: str, below: str, form: FormId) -> Iterator[_Reading | None]:
    """The ways to read a line without a number."""
    yield _label(words, form)
    yield _broken(words, below, form)
    if len(words) <= _LONGEST_UNNUMBERED and not words.startswith("附"):
        yield _meaning(words, form)


def _style(numbered: re.Match[str]) -> Style:
    if numbered["arabic"]:
        return "arabic"
    return "bracketed" if numbered["bracketed"] else "plain"


def _ordinal(numbered: re.Match[str]) -> int:
    number = numbered["arabic"] or numbered["part"] or numbered["bracketed"] or numbered["plain"]
    return 1 if number in _STROKES else whole_number(number)


def _is_heading_like(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not _SENTENCE_END.search(text)


_Known = tuple[int, Chapter, float]
"""Which chapter a text opens: its rank, the chapter, how well the words fit."""


def _label(text: str, form: FormId) -> _Reading | None:
    """The whole text as a chapter's label."""
    key = label_key(text) if len(text) <= _LONGEST_HEADING else ""
    for label in _labels(form):
        if label.key == key:
            return _Reading((label.rank, label.chapter, 4 if label.official else 3), text, len(text))
    return None


def _broken(text: str, below: str, form: FormId) -> _Reading | None:
    """Two lines that make a label together."""
    if not (text and below) or max(len(text), len(below)) > _LONGEST_HALF or _SENTENCE_END.search(text):
        return None
    found = _label(text + below, form) if _NUMBERED.match(below) is None else None
    return replace(found, blocks=2) if found is not None else None


def _before_sentence(text: str, form: FormId) -> _Reading | None:
    """A label, or words for a subject, before a mark and the first sentence."""
    split = _RUN_IN.search(text)
    before = text[: split.start()] if split is not None else ""
    found = _label(before, form) or _meaning(before, form)
    if found is None:
        return None
    rank, chapter, weight = found.known
    return _Reading((rank, chapter, weight - 1), text, found.length)


def _meaning(text: str, form: FormId) -> _Reading | None:
    """The whole text as words for a chapter's subject."""
    if len(text) > _LONGEST_HEADING or _SENTENCE_END.search(text.strip().rstrip("：:")):
        return None
    key = label_key(text)
    kind = next((kind for kind, pattern in _meanings() if pattern.fullmatch(key)), None)
    chapters = load_form(form).chapters
    known = next(((rank, chapter, 2.5) for rank, chapter in enumerate(chapters) if chapter.kind == kind), None)
    return _Reading(known, text, len(text)) if known is not None else None


def _beginning(text: str, form: FormId) -> _Reading | None:
    """A label that the first sentence follows without any mark between them."""
    for label in _labels(form):
        if len(label.key) >= _SHORTEST_LABEL and (match := label.printed.match(text)) is not None:
            return _Reading((label.rank, label.chapter, 1.5 if label.official else 1), text, match.end())
    return None


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
