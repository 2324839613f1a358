"""The best passages of a hit: whole clauses, every matched form marked, computed only for the hits that are shown.

The index says where the words stand; the stored sections are only sliced, never analysed again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.model import SECTION_KINDS
from indexer.clauses import Leaf, Term
from indexer.fields import FIELDS
from indexer.normal import normalise_with_offsets
from indexer.postings import DOCUMENT_SHIFT, FIELD_SHIFT, Keys
from indexer.result import Snippet

MOST = 3
"""Passages a hit."""
LONGEST = 120
SHORTEST = 24
"""Characters of a passage: a longer sentence is cut at its clauses, a shorter one takes the next one in."""

_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;]+[”’」』）)]*|[^。！？!?；;\n]+")
_CLAUSE = re.compile(r"[^，,、：:]*[，,、：:]+|[^，,、：:]+")
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")

Mark = tuple[int, int, int]
"""Start, end, and which leaf."""


@dataclass(frozen=True, slots=True)
class _Passage:
    section: str
    start: int
    end: int
    marks: tuple[Mark, ...]

    @property
    def merit(self) -> tuple[int, float]:
        """Different words first, then how densely they stand."""
        return len({leaf for _, _, leaf in self.marks}), len(self.marks) / (20 + self.end - self.start)


def snippets(
    document: int,
    sections: Mapping[str, str],
    even: Collection[str],
    found: Sequence[tuple[Leaf, Keys]],
) -> tuple[Snippet, ...]:
    """The passages in which the leaves stand; the beginning of the first section where none does.

    ``found`` are the leaves of the query with all their occurrences in the index. The sections named in ``even``
    have every character where their normalised text has it.
    """
    standing = _standing(document, found)
    passages = [
        passage
        for section in SECTION_KINDS
        if section in standing and (text := sections.get(section))
        for passage in _passages(section, text, _marks(text, standing[section], even=section in even))
    ]
    passages.sort(key=lambda passage: passage.merit, reverse=True)
    chosen = passages[:MOST] or list(_beginning(sections))
    order: dict[str, int] = {kind: place for place, kind in enumerate(SECTION_KINDS)}
    chosen.sort(key=lambda passage: (-passage.merit[0], order[passage.section], passage.start))
    return tuple(_snippet(sections[passage.section], passage) for passage in chosen)


def _standing(document: int, found: Sequence[tuple[Leaf, Keys]]) -> Mapping[str, list[tuple[int, int, Leaf]]]:
    """For each field where leaves stand: the character, which leaf it is, and the leaf."""
    standing: dict[str, list[tuple[int, int, Leaf]]] = {}
    base = document << DOCUMENT_SHIFT
    ends = np.array((base, base + (1 << DOCUMENT_SHIFT)))
    for place, (leaf, keys) in enumerate(found):
        first, last = keys.searchsorted(ends)
        for position in (keys[first:last] - base).tolist():
            field = FIELDS[position >> FIELD_SHIFT].name
            standing.setdefault(field, []).append((position & ((1 << FIELD_SHIFT) - 1), place, leaf))
    return standing


def _marks(text: str, standing: Iterable[tuple[int, int, Leaf]], *, even: bool) -> Iterator[Mark]:
    """Where the leaves stand in the section's text as shown."""
    normal, offsets = (text, range(len(text) + 1)) if even else normalise_with_offsets(text)
    for start, place, leaf in standing:
        end = start + len(leaf.text)
        if leaf.text[0].isdigit() and isinstance(leaf, Term) and (number := _NUMBER.match(normal, start)):
            end = number.end()  # the text has 1,234 where the index has 1234
        if end < len(offsets):
            yield offsets[start], offsets[end - 1] + 1, place


def _passages(section: str, text: str, marks: Iterable[Mark]) -> Iterator[_Passage]:
    ordered = sorted(marks)
    if not ordered:
        return
    starts = [start for start, _, _ in ordered]
    done = 0
    for first in starts:
        if first < done:
            continue
        begin, done = text.rfind("\n", 0, first) + 1, text.find("\n", first) + 1 or len(text)
        for start, end in _spans(text, begin, done):
            inside = ordered[bisect_left(starts, start) : bisect_left(starts, end)]
            if inside:
                start, end = _cut(text, start, end, inside)  # noqa: PLW2901 - the passage is what is left of the span
                marked = tuple(mark for mark in inside if start <= mark[0] and mark[1] <= end)
                yield _Passage(section, start, end, marked)


def _spans(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """Sentences of a stretch; short ones together with the next of the same paragraph."""
    start = end = begin
    for match in _SENTENCE.finditer(text, begin, stop):
        if end > start and (end - start >= SHORTEST or "\n" in text[end : match.start() + 1]):
            yield start, end
            start = match.start()
        elif end == start:
            start = match.start()
        end = match.end()
    if end > start:
        yield start, end


def _cut(text: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[int, int]:
    """The clauses around the first marks of a sentence that is too long to be shown whole."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if end - start <= LONGEST:
        return start, end
    clauses = [(start + match.start(), start + match.end()) for match in _CLAUSE.finditer(text[start:end])]
    first = max((place for place, clause in enumerate(clauses) if clause[0] <= marks[0][0]), default=0)
    last = first
    while last + 1 < len(clauses) and clauses[last + 1][1] - clauses[first][0] <= LONGEST:
        last += 1
    while first > 0 and clauses[last][1] - clauses[first - 1][0] <= LONGEST:
        first -= 1
    left, right = clauses[first][0], clauses[last][1]
    if right - left > LONGEST * 2:  # a clause without punctuation: cut it around the mark
        left = max(left, marks[0][0] - LONGEST // 2)
        right = max(min(right, left + LONGEST), marks[0][1])
    return left, right


def _beginning(sections: Mapping[str, str]) -> Iterator[_Passage]:
    for section in SECTION_KINDS:
        if text := sections.get(section, ""):
            for start, end in _spans(text, 0, len(text)):
                yield _Passage(section, start, min(end, start + LONGEST), ())
                return


def _snippet(text: str, passage: _Passage) -> Snippet:
    merged: list[tuple[int, int]] = []
    for start, end, _ in passage.marks:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    shown = text[passage.start : passage.end]
    marks = tuple((start - passage.start, end - passage.start) for start, end in merged)
    return Snippet(passage.section, shown, marks, passage.start)
