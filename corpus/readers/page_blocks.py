"""Pages, whatever they were read from → blocks: their tables, and between them their lines joined into paragraphs.

Page numbers and running heads are dropped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.blocks import Block, Grid
from corpus.readers.flow import Flow, usual_steps
from corpus.readers.lattice import RuledTable, ruled_tables
from corpus.readers.origin import Origin
from corpus.readers.page_text import Side
from corpus.readers.stream import Alignment
from corpus.readers.two_up import pages_on
from corpus.readers.typeset import Glyph, Line, lines_of
from corpus.text import compact

_PAGE_NUMBER = re.compile(r"[-—–―－·~\s]*(?:第?\d{1,3}页?(?:[/共,，]*(?:共)?\d{1,3}页?)?)[-—–―－·~\s]*")
_MARGIN = 0.09
_LEVEL = 0.012
"""Of the height of a page: how far running heads are off each other's level, on scans too."""
_ALIKE = 0.75
"""Of their letters: how much of a running head is read alike from pictures of two pages."""
_LEAST_NUMBERS = 3
"""Numbers apart, and no word, are a table's row; a date and a time of day are two."""


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
    upright = ((number, page) for number, side in found for page in pages_on(side, ()))
    return tuple(blocks([read_side(side, number, aside) for number, (side, aside) in upright]))


def read_side(side: Side, number: int, aside: Sequence[Glyph]) -> Page:
    """What stands on a side: its tables and the lines outside; ``aside``: letters that are turned on it."""
    found = ruled_tables(side.rules, side.glyphs, aside, side.origin)
    tables = [table for table in found if any(cell.raw for row in table.rows for cell in row)]
    outside = [glyph for glyph in side.glyphs if not any(table.covers(glyph) for table in tables)]
    return Page(number, side.width, side.height, tuple(lines_of(outside)), tuple(tables), side.origin)


def blocks(pages: Sequence[Page]) -> Iterator[Block]:
    """The blocks of pages, one after the other, without what is printed in the margin of each."""
    heads = _running_heads(pages)
    inside = [
        [line for line in page.lines if id(line) not in heads and not _is_page_number(line, page)] for page in pages
    ]
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


def _running_heads(pages: Sequence[Page]) -> frozenset[int]:
    """The lines, by identity, that stand in the margin of most pages at one level with the same words, digits aside."""
    alike: defaultdict[str, list[tuple[float, Line]]] = defaultdict(list)
    seen: set[str] = set()
    for page in pages:
        for line in page.lines:
            if _in_margin(line, page) and not _is_row_of_numbers(line):
                alike[words := re.sub(r"\d+", "#", compact(line.text))].append((line.top / page.height, line))
                seen |= {words} if page.origin else set()
    # Of what was seen in a picture some letters are read otherwise on the next.
    levels = {
        words: [level for other in seen | {words} if _is_alike(words, other, seen) for level, _ in alike[other]]
        for words in alike
    }
    return frozenset(
        id(line)
        for words, printed in alike.items()
        for level, line in printed
        if (times := sum(abs(level - other) <= _LEVEL for other in levels[words])) > 1 and times * 2 > len(pages)
    )


def _is_alike(one: str, other: str, seen: Container[str]) -> bool:
    if one == other:
        return True
    compared = SequenceMatcher(None, one, other, autojunk=False)
    return one in seen and compared.quick_ratio() >= _ALIKE and compared.ratio() >= _ALIKE


def _is_row_of_numbers(line: Line) -> bool:
    return len(line.text.split()) >= _LEAST_NUMBERS and not any(map(str.isalpha, line.text))


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom < page.height * _MARGIN or line.top > page.height * (1 - _MARGIN)


#   a label of
#                 5             half a line below the one and above the other: a value, whose row ends the page
#   two lines
def _is_page_number(line: Line, page: Page) -> bool:
    if not _in_margin(line, page) or not _PAGE_NUMBER.fullmatch(line.text.strip()):
        return False
    return not any(
        other is not line and min(line.bottom, other.bottom) > max(line.top, other.top) for other in page.lines
    )
