"""The account of a report's text: each sentence is in a section, or counted here (ARCHITECTURE.md, idea 4)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from corpus.blocks import Block, Grid
from corpus.doubts import Doubt
from corpus.extraction.sections import is_furniture
from corpus.model import Section

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]")
_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
_SHORTEST = 8
"""Characters of a sentence that counts; shorter ones (特此报告。) are formulas."""

_LEAST_SHARE = 5
"""Per cent of a report's sentences, by characters: from here on something was lost (the issue's bound)."""

_SHOWN = 30


def left_over(
    blocks: Sequence[Block], title: str, sections: Sequence[Section], statutory: Collection[int] = ()
) -> Doubt | None:
    """A doubt that tells how much of the text, from which words on, is in no section; None for little or nothing.

    ``statutory``: the tables that figures stand in, whose notes are no text. What others say is: of a paragraph with
    commas in it some writers make a row.
    """
    kept = "".join(_bare(section.heading + section.text) for section in sections)
    total, lost, first = 0, 0, ""
    for sentence in _sentences(blocks, statutory):
        bare = _bare(sentence).removeprefix(_bare(title))
        if len(bare) < _SHORTEST:
            continue
        total += len(bare)
        if bare not in kept:
            lost += len(bare)
            first = first or sentence
    share = round(100 * lost / total) if total else 0
    return Doubt("left_over", {"share": share, "words": first.strip()[:_SHOWN]}) if share >= _LEAST_SHARE else None


def _sentences(blocks: Sequence[Block], statutory: Collection[int]) -> Iterator[str]:
    for block in blocks:
        if not isinstance(block, Grid):
            texts = [block.text]
        else:
            texts = [cell.raw for row in block.rows for cell in row] if block.index not in statutory else []
        for text in texts:
            if not is_furniture(text):
                yield from (match[0] for match in _SENTENCE.finditer(text))


def _bare(text: str) -> str:
    return _SIGNS.sub("", text)
