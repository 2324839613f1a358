"""Blocks → the sections of a report.

A heading counts only in its place in the sequence: a report can quote an older report's headings, print a table of
contents or write 一、 inside a section (docs/field.md). So all candidate headings are weighed together and
the best increasing chain is taken.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.blocks import Block, Grid
from corpus.extraction.headings import Candidate, candidates, opens_chapter
from corpus.extraction.run_on import taken_apart
from corpus.form import form_in_force, load_form
from corpus.model import FormId, Section, SectionKind
from corpus.text import compact

_YEAR = r"(?:[12]\d{3}|[〇○零一二三四五六七八九十]{4})"
_DATE = re.compile(
    rf"[(（]?(?:{_YEAR}年[\d〇○零一二三四五六七八九十]{{1,2}}月(?:[\d〇零一二三四五六七八九十]{{1,3}}日)?"
    r"|[12]\d{3}([-./])\d{1,2}\1\d{1,2})[)）]?(?:印发|印)?$"
)
_SENTENCE_END = re.compile(r"[。！？；;：:]")
_LONGEST_SIGNATURE = 40
_SIGNED = re.compile(
    r"(?:政府|办公室|办公厅|办|局|委员会|委|厅|部|署|院|会|处|中心|街道|镇|乡|站|队|所|社|集团|公司|海关)(?:[(（](?:公章|盖章)[)）])?$"
)


@dataclass(frozen=True, slots=True)
class _Furniture:
    lines: re.Pattern[str]
    fields: re.Pattern[str]
    ends: re.Pattern[str]
    closing: re.Pattern[str]


def parse_sections(blocks: Sequence[Block], title: str, form: FormId | None, year: int | None) -> tuple[Section, ...]:
    """The sections in order, without table cells, furniture, signature and date; () where no heading was found.

    ``title`` ends what stands before the report; what stands between it and section one belongs to the overview.
    ``form`` decides which chapters are expected; without one, the year does.
    """
    expected = load_form(form) if form else form_in_force(year)
    blocks = taken_apart(blocks, title, lambda text: opens_chapter(text, expected.id))
    chain = _chain(candidates(blocks, expected.id), free=expected.customary)
    if not chain:
        return _without_headings(blocks, title) if form else ()
    start = _after_title(blocks, title, chain[0].index)
    end = _end(blocks, chain[-1].end)
    prelude = _paragraphs(blocks[start : chain[0].index])
    sections: list[Section] = []
    for candidate, following in zip(chain, [*(c.index for c in chain[1:]), end], strict=True):
        paragraphs = [candidate.rest] if candidate.rest else []
        paragraphs += _paragraphs(blocks[candidate.end : following])
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


def _without_headings(blocks: Sequence[Block], title: str) -> tuple[Section, ...]:
    """What stands before the tables of a report without headings: nothing tells what any other sentence is about."""
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Grid)), len(blocks))
    paragraphs = _unsigned(_paragraphs(blocks[_after_title(blocks, title, first) : first]))
    return (Section("overview", "", tuple(paragraphs)),) if paragraphs else ()


def _kinds(chain: Sequence[Candidate]) -> set[SectionKind]:
    return {candidate.kind for candidate in chain}


@cache
def _furniture() -> _Furniture:
    data = tomllib.loads((files("corpus.extraction") / "furniture.toml").read_text(encoding="utf-8"))
    return _Furniture(*(re.compile("|".join(data[part])) for part in ("lines", "fields", "ends", "closing")))


def _chain(found: Sequence[Candidate], *, free: bool) -> list[Candidate]:
    """The heaviest chain in which kinds come in the form's order and printed ordinals increase.

    Before 2019 the order was ``free``: only the ordinals must increase. Of equal chains the later headings win: what
    stands between a quoted heading and the real one belongs to the section before.
    """
    best: list[tuple[float, int | None]] = []
    # What may follow depends on kind and ordinal alone: of each sort only the best chain so far is asked.
    ends: dict[tuple[int, int | None], int] = {}
    for index, candidate in enumerate(found):
        score, previous = 0.0, None
        for earlier in sorted(ends.values()):
            if _follows(found[earlier], candidate, free=free) and best[earlier][0] >= score:
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
    chain: list[Candidate] = []
    while at is not None:
        chain.append(found[at])
        at = best[at][1]
    return chain[::-1]


def _follows(earlier: Candidate, later: Candidate, *, free: bool) -> bool:
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


def _end(blocks: Sequence[Block], first: int) -> int:
    for index in range(first, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Grid) and ends_report(block.text):
            return index
    return len(blocks)


def ends_report(text: str) -> bool:
    """Whether a line is the first of what stands below a report: its neighbours, the site's imprint."""
    return _matches(_furniture().ends, text)


def _paragraphs(blocks: Sequence[Block]) -> list[str]:
    texts = [block.text for block in blocks if not isinstance(block, Grid)]
    return [text for text in texts if not (_DATE.match(compact(text)) or is_furniture(text))]


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page around the report: its date, its source, a field of its description."""
    return _matches(_furniture().lines, text) or bool(_furniture().fields.match(compact(text)))


def _matches(furniture: re.Pattern[str], text: str) -> bool:
    """Whether a line is furniture; a whole sentence that begins with the same words (关闭账号3个。) is none."""
    return "。" not in text and bool(furniture.search(compact(text)))


def _unsigned(paragraphs: Sequence[str]) -> list[str]:
    """Without the signature, the date and what little may stand around them at the end."""
    kept = list(paragraphs)
    while kept and (_is_signature(kept[-1]) or _matches(_furniture().closing, kept[-1])):
        kept.pop()
    return kept


def _is_signature(text: str) -> bool:
    bare = compact(text)
    name = _DATE.sub("", bare)
    short = len(bare) <= _LONGEST_SIGNATURE and not _SENTENCE_END.search(bare)
    return short and (not name or bool(_SIGNED.search(name)))
