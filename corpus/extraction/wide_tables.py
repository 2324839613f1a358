"""A table too wide for its page: the columns that were printed on the next one go back beside the rows.

label   1   2        5   6          label   1   2   5   6
label   3   4        7   8          label   3   4   7   8
one page             the next       becomes; the next may repeat the labels
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count, takewhile

from corpus.blocks import Block, Cell, Grid
from corpus.extraction.lexicon import lexicon
from corpus.form import label_key
from corpus.model import FORMS
from corpus.numerals import is_number, is_value

_LEAST_ROWS = 4
"""With numbers: fewer may be a table of their own."""


def joined_across(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, every part of a table that has columns alone behind the part with as many rows before it.

    So is one that repeats the labels of that part.
    """
    joined: list[Block] = []
    waiting: list[int] = []
    for block in blocks:
        if not isinstance(block, Grid):
            waiting = []
        elif _is_ruled(block):
            parts = ((at, _columns_for(_rows(joined[at]), block)) for at in waiting)
            if found := next(((at, columns) for at, columns in parts if columns), None):
                left, columns = found
                waiting.remove(left)
                joined[left] = _beside(joined[left], columns)
                continue
            if not _has_columns_alone(block):
                waiting.append(len(joined))
        joined.append(block)
    return joined


def _is_ruled(grid: Grid) -> bool:
    """Whether rows are certain, and no cell is to be shown on the picture that it was read from."""
    return not grid.aligned and not any(cell.cutout for row in grid.rows for cell in row)


def _columns_for(left: Sequence[Sequence[Cell]], right: Grid) -> Grid | None:
    """A part of a table as columns beside another part, without the labels that it repeats; None where it is none."""
    if len(left) != len(right.rows):
        return None
    bare = replace(right, rows=tuple(map(_without_repeated, left, right.rows)))
    return next(filter(_has_columns_alone, (right, bare)), None)


def _without_repeated(before: Sequence[Cell], row: Sequence[Cell]) -> tuple[Cell, ...]:
    """A row without the words that it begins with as another does."""
    pairs = zip(before, row, strict=False)
    same = takewhile(lambda pair: label_key(pair[0].raw) == label_key(pair[1].raw) and not is_value(pair[1].raw), pairs)
    return tuple(row[sum(1 for _ in same) :])


def _has_columns_alone(grid: Grid) -> bool:
    """Whether a part of a table has names of columns above rows of numbers, and no word beside these."""
    texts = {label_key(cell.raw) for row in grid.rows for cell in row if not is_value(cell.raw)} - {""}
    beside = any(not is_value(cell.raw) for row in grid.rows if _is_filled(row) for cell in row)
    return bool(texts) and not beside and _are_columns(texts) and sum(map(_is_filled, grid.rows)) >= _LEAST_ROWS


def _is_filled(row: Sequence[Cell]) -> bool:
    return any(is_number(cell.raw) for cell in row)


def _are_columns(keys: set[str]) -> bool:
    return any(keys <= (lexicon(form).columns.keys() | lexicon(form).spanning) for form in FORMS)


def _rows(block: Block) -> Sequence[Sequence[Cell]]:
    return block.rows if isinstance(block, Grid) else ()


def _beside(left: Block, right: Grid) -> Block:
    if not isinstance(left, Grid):
        return left
    rows = zip(left.rows, right.rows, strict=True)
    return replace(left, rows=tuple((*row, *_moved(more, len(row))) for row, more in rows))


def _moved(cells: Sequence[Cell], columns: int) -> Iterator[Cell]:
    """The cells behind so many others of their row."""
    return (replace(cell, column=at) for at, cell in zip(count(columns), cells))
