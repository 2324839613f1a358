"""Blocks → the sections of a report.

A heading counts only in its place in the sequence: a report can quote an older report's headings, print a table of
contents or write 一、 inside a section (FIELD.md, "The reports"). So all candidate headings are weighed together and
the best increasing chain is taken.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.blocks import Block, Grid
from corpus.form import Chapter, label_key, load_form
from corpus.model import FormId, Section, SectionKind
from corpus.text import compact

_ORDINALS = {character: number for number, character in enumerate("一二三四五六七八九十", 1)}
_NUMBERED = re.compile(
    r"^(?:第?\(?(?P<chinese>[一二三四五六七八九十])\)?(?:部分|章)?[、.．,，:： ]+|(?P<arabic>\d)[、.．](?!\d))\s*"
)
_LONGEST_HEADING = 45
_RUN_IN = re.compile(r"[。：:；;\s]")
_DATE = re.compile(
    r"^[(（]?(?:[12]\d{3}|[〇○零一二三四五六七八九十]{4})年[\d〇○零一二三四五六七八九十]{1,2}月(?:[\d〇零一二三四五六七八九十]{1,3}日)?[)）]?$"
)
_SENTENCE_END = re.compile(r"[。！？；;：:]")
_LONGEST_SIGNATURE = 40
_SIGNED = re.compile(
    r"(?:政府|办公室|办公厅|办|局|委员会|委|厅|部|署|院|会|处|中心|街道|镇|乡|站|队|所|社|集团|公司|海关)(?:[(（](?:公章|盖章)[)）])?$"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A paragraph that may be a heading: where it stands, what it would open, how well it looks."""

    index: int
    ordinal: int | None
    kind: SectionKind
    rank: int
    weight: float
    heading: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Furniture:
    lines: re.Pattern[str]
    ends: re.Pattern[str]


def parse_sections(blocks: Sequence[Block], title: str, form: FormId | None, year: int | None) -> tuple[Section, ...]:
    """The sections in order, without table cells, furniture, signature and date; () where no heading was found.

    ``title`` ends what stands before the report; what stands between it and section one belongs to the overview.
    ``form`` decides which chapters are expected; without one, the year does.
    """
    expected = form or ("2014" if year is not None and year < load_form("2019").first_year else "2021")
    chain = _chain(list(_candidates(blocks, expected)), free=expected == "2014")
    if not chain:
        return ()
    start = _after_title(blocks, title, chain[0].index)
    end = _end(blocks, chain[-1].index)
    prelude = _paragraphs(blocks[start : chain[0].index])
    sections: list[Section] = []
    for candidate, following in zip(chain, [*(c.index for c in chain[1:]), end], strict=True):
        paragraphs = [candidate.rest] if candidate.rest else []
        paragraphs += _paragraphs(blocks[candidate.index + 1 : following])
        if candidate is chain[-1]:
            paragraphs = _unsigned(paragraphs)
        if prelude and (candidate.kind == "overview" or (candidate is chain[0] and "overview" not in _kinds(chain))):
            if candidate.kind == "overview":
                paragraphs = prelude + paragraphs
            else:
                sections.append(Section("overview", "", tuple(prelude)))
            prelude = []
        sections.append(Section(candidate.kind, candidate.heading, tuple(paragraphs)))
    return tuple(sections)


def _kinds(chain: Sequence[_Candidate]) -> set[SectionKind]:
    return {candidate.kind for candidate in chain}


@cache
def _furniture() -> _Furniture:
    data = tomllib.loads((files("corpus") / "parsers" / "furniture.toml").read_text(encoding="utf-8"))
    return _Furniture(re.compile("|".join(data["lines"])), re.compile("|".join(data["ends"])))


@cache
def _vocabulary(form: FormId) -> tuple[tuple[str, int, Chapter, bool], ...]:
    """(label key, rank, chapter, whether it is the official wording), the longest keys first."""
    entries = [
        (label_key(label), rank, chapter, label == chapter.heading)
        for rank, chapter in enumerate(load_form(form).chapters)
        for label in (chapter.heading, *chapter.variants)
    ]
    return tuple(sorted(entries, key=lambda entry: -len(entry[0])))


def _candidates(blocks: Sequence[Block], form: FormId) -> Iterator[_Candidate]:
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            continue
        numbered = _NUMBERED.match(block.text)
        text = block.text[numbered.end() :] if numbered else block.text
        ordinal = None
        if numbered:
            ordinal = _ORDINALS[numbered["chinese"]] if numbered["chinese"] else int(numbered["arabic"])
        elif len(text) > _LONGEST_HEADING:
            continue
        known = _known(text, form, run_in=numbered is not None)
        if known is not None:
            rank, chapter, weight, heading, rest = known
            if numbered is None:
                weight -= 1.5
            elif numbered["arabic"]:
                weight -= 1
            printed = (block.text[: numbered.end()] if numbered else "") + heading
            yield _Candidate(index, ordinal, chapter.kind, rank, weight, printed.strip(), rest)
        elif form == "2014" and numbered and numbered["chinese"] and _is_heading_like(text):
            yield _Candidate(index, ordinal, "unclassified", -1, 1, block.text.strip(), "")


def _is_heading_like(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not _SENTENCE_END.search(text)


def _known(text: str, form: FormId, *, run_in: bool) -> tuple[int, Chapter, float, str, str] | None:
    """Which chapter a text opens: the rank, the chapter, a weight, the heading and what runs on behind it."""
    whole = label_key(text) if len(text) <= _LONGEST_HEADING else ""
    for key, rank, chapter, official in _vocabulary(form):
        if whole == key:
            return rank, chapter, 4 if official else 3, text, ""
    if run_in:
        for key, rank, chapter, official in _vocabulary(form):
            split = _RUN_IN.search(text)
            if split and label_key(text[: split.start()]) == key:
                rest = text[split.end() :].strip()
                return rank, chapter, 3 if official else 2, text[: split.start()], rest
        for key, rank, chapter, official in _vocabulary(form):
            if whole and len(key) >= 4 and (whole.startswith(key) or whole.endswith(key)):
                return rank, chapter, 2 if official else 1.5, text, ""
    return None


def _chain(candidates: Sequence[_Candidate], *, free: bool) -> list[_Candidate]:
    """The heaviest chain in which kinds come in the form's order and printed ordinals increase.

    Before 2019 the order was ``free``: only the ordinals must increase. Of equal chains the later headings win: what
    stands between a quoted heading and the real one belongs to the section before.
    """
    best: list[tuple[float, int | None]] = []
    # What may follow depends on kind and ordinal alone: of each sort only the best chain so far is asked.
    ends: dict[tuple[int, int | None], int] = {}
    for index, candidate in enumerate(candidates):
        score, previous = 0.0, None
        for earlier in sorted(ends.values()):
            if _follows(candidates[earlier], candidate, free=free) and best[earlier][0] >= score:
                score, previous = best[earlier][0], earlier
        if not free and candidate.ordinal is not None and candidate.ordinal != candidate.rank + 1:
            score -= 2
        best.append((score + candidate.weight, previous))
        sort = (candidate.rank, candidate.ordinal)
        if sort not in ends or best[index][0] >= best[ends[sort]][0]:
            ends[sort] = index
    if not best:
        return []
    at: int | None = max(range(len(best)), key=lambda index: (best[index][0], index))
    chain: list[_Candidate] = []
    while at is not None:
        chain.append(candidates[at])
        at = best[at][1]
    return chain[::-1]


def _follows(earlier: _Candidate, later: _Candidate, *, free: bool) -> bool:
    ordered = earlier.ordinal is None or later.ordinal is None or earlier.ordinal < later.ordinal
    return ordered and (free or earlier.rank < later.rank)


def _after_title(blocks: Sequence[Block], title: str, first: int) -> int:
    """The index behind the title, which may stand in several blocks; 0 for a text that starts without one."""
    wanted = compact(title)
    if not wanted:
        return _behind_furniture(blocks, first)
    for start in range(first - 1, -1, -1):
        joined = ""
        for index in range(start, min(start + 4, first)):
            block = blocks[index]
            if isinstance(block, Grid):
                break
            joined += compact(block.text)
            if joined == wanted:
                return index + 1
    return _behind_furniture(blocks, first)


def _behind_furniture(blocks: Sequence[Block], first: int) -> int:
    """Without a title line: where the last run of whole sentences before section one begins."""
    start = first
    while start > 0:
        block = blocks[start - 1]
        if isinstance(block, Grid) or not _SENTENCE_END.search(block.text):
            break
        start -= 1
    return start


def _end(blocks: Sequence[Block], last_heading: int) -> int:
    for index in range(last_heading + 1, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Grid) and _furniture().ends.search(compact(block.text)):
            return index
    return len(blocks)


def _paragraphs(blocks: Sequence[Block]) -> list[str]:
    texts = [block.text for block in blocks if not isinstance(block, Grid)]
    return [text for text in texts if not (_DATE.match(compact(text)) or _furniture().lines.search(compact(text)))]


def _unsigned(paragraphs: Sequence[str]) -> list[str]:
    """Without the signature, the date and what little may stand around them at the end."""
    kept = list(paragraphs)
    while kept and _is_signature(kept[-1]):
        kept.pop()
    return kept


def _is_signature(text: str) -> bool:
    bare = compact(text)
    return (
        len(bare) <= _LONGEST_SIGNATURE
        and not _SENTENCE_END.search(bare)
        and bool(_DATE.search(bare) or _SIGNED.search(bare))
    )
