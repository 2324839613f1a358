"""Tables that lie on their side: columns before rows, as they are copied out column by column.

规章   行政许可              规章      5
5      107        becomes    行政许可  107
"""

from __future__ import annotations

from dataclasses import replace

from corpus.blocks import Block, Cell, Grid
from corpus.extraction.lexicon import lexicon
from corpus.form import label_key
from corpus.model import FORMS
from corpus.numerals import is_value

_LEAST_LABELS = 3
"""In one line: two rows that run together have as many, and values between them."""

_SPECIFIC = 4


def upright(block: Block) -> Block:
    """The table with its columns as rows, if the labels of its rows stand side by side; any other block as it is."""
    if not isinstance(block, Grid) or not _lies(block):
        return block
    columns = zip(*block.lattice, strict=True)
    return replace(
        block,
        rows=tuple(
            tuple(
                Cell("", row, at) if cell is None else replace(cell, row=row, column=at, rowspan=1, colspan=1)
                for at, cell in enumerate(column)
            )
            for row, column in enumerate(columns)
        ),
    )


def _lies(grid: Grid) -> bool:
    """Whether a line without a value names several rows of a form, and no column does."""
    lines = [[cell for cell in row if cell.raw.strip()] for row in grid.rows]
    wordy = [row for row in lines if row and not any(is_value(cell.raw) for cell in row)]
    if not wordy or max(sum(map(_names_row, row)) for row in wordy) < _LEAST_LABELS:
        return False
    columns = zip(*grid.lattice, strict=True)
    return max((sum(map(_names_row, filter(None, column))) for column in columns), default=0) <= 1


def _names_row(cell: Cell) -> bool:
    """Whether a cell names a row, and nothing that a column may be called too."""
    key = label_key(cell.raw)
    words = [lexicon(form) for form in FORMS]
    return len(key) >= _SPECIFIC and any(key in each.rows and key not in each.columns for each in words)
