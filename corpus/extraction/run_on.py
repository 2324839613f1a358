"""Texts whose line breaks were lost: the title, headings and paragraphs of one long line, taken apart again.

…年度报告 一、总体情况 全年平稳。 二、主动公开政府信息情况 照常。
^ a heading of the form  ^ and the next one, in order: the line is cut before both
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from corpus.blocks import Block, Grid, Paragraph
from corpus.text import compact

_INNER = re.compile(
    r"(?:(?<=[\s。；！？…”)）])|^)(?=(?:[一二三四五六七八九十]|第[一二三四五六]部分)\s*[、.．,，\s]\s*[\u4e00-\u9fff])"
)
_SHORTEST = 20
_LABEL = 80
_FEW = 2
_SENTENCE_ENDS = ("。", "！", "？", "；")


def taken_apart(blocks: Sequence[Block], title: str, opens: Callable[[str], bool]) -> list[Block]:
    """The blocks, long lines cut behind the title and before each heading. ``opens``: whether text opens a chapter."""
    return [piece for block in blocks for piece in _pieces(block, title, opens)]


def _pieces(block: Block, title: str, opens: Callable[[str], bool]) -> Iterator[Block]:
    if isinstance(block, Grid) or len(block.text) < _SHORTEST:
        yield block
        return
    sure = block.confidence if isinstance(block, Paragraph) else None
    head, text = _behind_title(block.text, title)
    if head:
        yield replace(block, text=head)
    cuts = _cuts(text, opens, is_chapter=bool(head) or opens(text[:_LABEL]))
    if not cuts:
        yield Paragraph(text, sure) if head else block
        return
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        if piece := text[start:end].strip():
            yield Paragraph(piece, sure)


def _cuts(text: str, opens: Callable[[str], bool], *, is_chapter: bool) -> list[int]:
    """Where headings stand in a text. ``is_chapter``: it begins with one itself, or stands behind the title."""
    starts = [match.start() for match in _INNER.finditer(text) if match.start()]
    cuts = [start for start in starts if opens(text[start : start + _LABEL])]
    if len(cuts) < _FEW and not is_chapter:
        # One alone may be a reference (见 三、…), unless a sentence ends before it.
        return [cut for cut in cuts if text[:cut].rstrip().endswith(_SENTENCE_ENDS)]
    return cuts


def _behind_title(text: str, title: str) -> tuple[str, str]:
    """The title with which a text begins, and what follows; ``""`` and the text if it does not."""
    wanted = compact(title)
    if not wanted or not compact(text[: 2 * len(wanted) + 8]).startswith(wanted):
        return "", text
    end, seen = 0, 0
    while seen < len(wanted):
        seen += not text[end].isspace()
        end += 1
    return (text[:end], text[end:].strip()) if text[end:].strip() else ("", text)
