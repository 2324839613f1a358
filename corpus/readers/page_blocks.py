"""Pages, whatever they were read from → blocks: their tables, and between them their lines joined into paragraphs.

Page numbers and running heads are dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.blocks import Block, Grid
from corpus.readers.flow import Flow, usual_steps
from corpus.readers.lattice import RuledTable, ruled_tables
from corpus.readers.origin import Origin
from corpus.readers.page_text import Side
from corpus.readers.stream import Alignment
from corpus.readers.typeset import Glyph, Line, lines_of
from corpus.text import compact

_PAGE_NUMBER = re.compile(r"[-—–―－·~\s]*(?:第?\d{1,3}页?(?:[/共,，]*(?:共)?\d{1,3}页?)?)[-—–―－·~\s]*")
_MARGIN = 0.09


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page: tables, and the lines outside them; ``origin``: the picture that it was read from."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[RuledTable, ...]
    origin: Origin | None = None


def blocks_of(found: Iterable[tuple[int, Side]]) -> tuple[Block, ...]:
    """The blocks of pages that were read from pictures, one after the other, each with its number."""
    return tuple(blocks([read_side(side, number, ()) for number, side in found]))


def read_side(side: Side, number: int, aside: Sequence[Glyph]) -> Page:
    """What stands on a side: its tables and the lines outside; ``aside``: letters that are turned on it."""
    found = ruled_tables(side.rules, side.glyphs, aside, side.origin)
    tables = [table for table in found if any(cell.raw for row in table.rows for cell in row)]
    outside = [glyph for glyph in side.glyphs if not any(table.covers(glyph) for table in tables)]
    return Page(number, side.width, side.height, tuple(lines_of(outside)), tuple(tables), side.origin)


def blocks(pages: Sequence[Page]) -> Iterator[Block]:
    """The blocks of pages, one after the other, without what is printed in the margin of each."""
    heads = _running_heads(pages)
    inside = [[line for line in page.lines if not _is_margin(line, page, heads)] for page in pages]
    flow = Flow(usual_steps(inside))
    index = 0
    alignment = Alignment()
    for page, lines in zip(pages, inside, strict=True):
        flow.turn(lines)
        for item in _in_order(page, lines, alignment):
            if isinstance(item, RuledTable):
                yield from flow.close()
                yield Grid(item.rows, index, page.number, item.aligned, item.certain)
                index += 1
            else:
                yield from flow.take(item)
    yield from flow.close()


def _in_order(page: Page, lines: Sequence[Line], alignment: Alignment) -> list[Line | RuledTable]:
    """Tables and lines from the top; tables without rules are found among the lines."""
    items: list[Line | RuledTable] = [*page.tables]
    bounds = sorted(table.top for table in page.tables)
    # Lines above and below a ruled table are no rows of one table without rules.
    for start, end in zip([0.0, *bounds], [*bounds, float("inf")], strict=True):
        items.extend(alignment.tables([line for line in lines if start <= line.top < end], page.origin))
    return sorted(items, key=lambda item: item.top)


def _running_heads(pages: Sequence[Page]) -> frozenset[str]:
    """Lines that stand in the margin of most pages with the same words, digits aside."""
    if len(pages) < 2:
        return frozenset()
    times = Counter(
        key for page in pages for key in {_head_key(line) for line in page.lines if _in_margin(line, page)} if key
    )
    return frozenset(key for key, count in times.items() if count > 1 and count * 2 > len(pages))


def _head_key(line: Line) -> str:
    return re.sub(r"\d+", "#", compact(line.text))


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom < page.height * _MARGIN or line.top > page.height * (1 - _MARGIN)


def _is_margin(line: Line, page: Page, heads: frozenset[str]) -> bool:
    if not _in_margin(line, page):
        return False
    return bool(_PAGE_NUMBER.fullmatch(line.text.strip())) or _head_key(line) in heads
