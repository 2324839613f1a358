"""Tables that lie on their side: columns before rows, as they are copied out column by column.

规章   行政许可              规章      5
5      107        becomes    行政许可  107
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, product, takewhile

from corpus.blocks import Block, Cell, Grid
from corpus.extraction.lexicon import lexicon
from corpus.form import label_key
from corpus.model import FORMS
from corpus.numerals import is_number, is_value

_LEAST_LABELS = 3
"""In one line: two rows that run together have as many, and values between them."""

_SPECIFIC = 4
_MOST_ABOVE = 3
"""Cells above the table that came into its stream: a heading, a caption."""

_MOST_COLUMNS = 16
_HALVES = 2
"""Of the rows that have labels or numbers more than half have a label so long; 规章 or 总计 may be of any table."""

_APART = 0.9
"""Of the labels so many have a row of their own; one may also be the name of a group beside another."""


def upright(block: Block) -> Block:
    """The table with its columns as rows, if the labels of its rows stand side by side; any other block as it is."""
    if not isinstance(block, Grid):
        return block
    if block.aligned and len(block.rows) == 1:
        return _folded(block)
    return _turned(block) if _lies(block) else block


def _folded(stream: Grid) -> Grid:
    """A stream of cells as the table of which it has one column after another, if it is one; else as it is.

    The labels of rows come first, no value between them; then each row has a label and, in the same places, values.
    """
    cells = stream.rows[0]
    first = next((at for at, cell in enumerate(cells) if is_number(cell.raw)), 0)
    if sum(map(_names_row, cells[:first])) < _LEAST_LABELS:
        return stream
    ways = [(start, rows) for start, rows in _ways(cells) if _is_table(rows)]
    if not ways:
        return stream
    start, rows = min(ways, key=lambda way: len(_filled(way[1]) - _named(way[1])))
    return replace(stream, rows=_numbered((*((cell,) for cell in cells[:start]), *rows)))


def _ways(cells: Sequence[Cell]) -> Iterator[tuple[int, list[Sequence[Cell]]]]:
    """How many cells may stand above, and the rows that the others would be."""
    above = takewhile(lambda start: not any(map(_names_row, cells[:start])), range(_MOST_ABOVE))
    for start, width in product(above, range(2, _MOST_COLUMNS)):
        height, rest = divmod(len(cells) - start, width)
        if not rest and height >= _LEAST_LABELS:
            yield start, [cells[start + row :: height] for row in range(height)]


def _is_table(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether words stand before all numbers, labels of rows in most, and no row among the labels lacks them.

    A stream of rows that is nearly blank may be cut so that a number comes to stand beside the label of another row:
    fewer rows with numbers than must have labels decide nothing.
    """
    filled, named = _filled(rows), _named(rows)
    counted = min(at for row in rows for at, cell in enumerate(row) if is_number(cell.raw))
    among = range(min(named), max(named) + 1)
    return (
        len(filled) >= _LEAST_LABELS
        and len(named) >= _APART * sum(map(_names_row, chain.from_iterable(rows)))
        and not any(_names_row(cell) for row in rows for cell in row[counted:])
        and len(filled | named) < _HALVES * len(named)
        and all(any(map(_is_wordy, rows[at][:counted])) for at in filled.union(among))
    )


def _filled(rows: Sequence[Sequence[Cell]]) -> set[int]:
    """Which rows have numbers."""
    return {at for at, row in enumerate(rows) if any(is_number(cell.raw) for cell in row)}


def _named(rows: Sequence[Sequence[Cell]]) -> set[int]:
    """Which rows have labels."""
    return {at for at, row in enumerate(rows) if any(map(_names_row, row))}


def _is_wordy(cell: Cell) -> bool:
    return bool(cell.raw.strip()) and not is_value(cell.raw)


def _numbered(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        tuple(replace(cell, row=row, column=at) for at, cell in enumerate(cells)) for row, cells in enumerate(rows)
    )


def _turned(block: Grid) -> Grid:
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
