"""A report over several pages of a site: the contents of its pages as one document.

::

    page 1            page 2            joined
    site's head       site's head       site's head
    title             title             title
    一 … 三            四 … 六            一 … 三 四 … 六
    site's foot       site's foot       site's foot

What every page begins and ends with stands once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from corpus.blocks import Block, Content, Grid
from corpus.extraction.archive import report_among


def join_pages(pages: list[Content]) -> Content:
    """The contents of a report's pages, in order, as one. Tables are counted through, and so are pictures."""
    pages = [report_among(page) for page in pages]
    first = pages[0]
    if len(pages) == 1:
        return first
    texts = [[_said(block) for block in page.blocks] for page in pages]
    head = _shared(texts)
    foot = min(_shared([text[::-1] for text in texts]), *(len(text) - head for text in texts))
    blocks = list(first.blocks[:head])
    pictures: tuple[bytes, ...] = ()
    for page in pages:
        blocks += _behind(page.blocks[head : len(page.blocks) - foot], len(pictures))
        pictures += page.pictures
    blocks += first.blocks[len(first.blocks) - foot :]
    warnings = tuple(dict.fromkeys(warning for page in pages for warning in page.warnings))
    return replace(first, blocks=tuple(_counted(blocks)), warnings=warnings, pictures=pictures)


def _behind(blocks: Iterable[Block], pictures: int) -> Iterator[Block]:
    """Blocks whose tables were read from pictures that stand behind so many of earlier pages."""
    for block in blocks:
        page = block.page if isinstance(block, Grid) else None
        yield replace(block, page=page + pictures) if isinstance(block, Grid) and page is not None else block


def _said(block: Block) -> str:
    """A block by what it says, so that two of two pages can be told to be the same."""
    if isinstance(block, Grid):
        return "\n".join(cell.raw for row in block.rows for cell in row)
    return block.text


def _shared(texts: list[list[str]]) -> int:
    """How many lines all begin with."""
    return sum(1 for _ in takewhile(lambda lines: len(set(lines)) == 1, zip(*texts, strict=False)))


def _counted(blocks: list[Block]) -> Iterator[Block]:
    tables = 0
    for block in blocks:
        if isinstance(block, Grid):
            yield replace(block, index=tables)
            tables += 1
        else:
            yield block
