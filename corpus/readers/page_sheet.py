"""A document that is a sheet: one table, or several, with the whole report in its cells.

So Excel and its kin save web pages, and so some write in Word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.blocks import Content, Grid
from corpus.readers.raw_sheet import RawSheet, Spans
from corpus.readers.sheet import content_of


def as_sheets(content: Content) -> Content:
    """The content read as that of sheets where all of its text stands in tables, and pictures say no more."""
    grids = [block for block in content.blocks if isinstance(block, Grid)]
    if not grids or len(grids) < len(content.blocks) or content.pictures:
        return content
    return replace(content, blocks=content_of(_sheets(grids)).blocks)


def _sheets(grids: list[Grid]) -> Iterator[RawSheet]:
    for grid in grids:
        spans: Spans = {}
        seen: set[int] = set()
        rows: list[list[str]] = []
        for row, line in enumerate(grid.lattice):
            raws = []
            for column, cell in enumerate(line):
                is_first = cell is not None and id(cell) not in seen
                raws.append(cell.raw if cell is not None and is_first and cell.raw.strip() else "")
                if cell is not None and is_first:
                    seen.add(id(cell))
                    if cell.rowspan > 1 or cell.colspan > 1:
                        spans[row, column] = cell.rowspan, cell.colspan
            rows.append(raws)
        yield RawSheet(rows, spans)
