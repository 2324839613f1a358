"""Headers that narrow columns broke over two lines, where nothing but white space parts cells.

结果   结果   总计              结果维持   结果纠正   总计
维持   纠正           becomes

Each word below goes on one above, in order, if every word above is so the name of a column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from corpus.blocks import Block, Cell, Grid
from corpus.extraction.lexicon import lexicon
from corpus.form import label_key
from corpus.model import FORMS
from corpus.numerals import is_value

_LEAST_COLUMNS = 3


def with_header_whole(block: Block) -> Block:
    """The table with its broken header joined; any other block as it is."""
    if not isinstance(block, Grid) or not block.aligned:
        return block
    rows: list[Sequence[Cell]] = []
    for row in block.rows:
        whole = _joined(rows[-1], row) if rows else ()
        rows[len(rows) - bool(whole) :] = [whole or row]
    return replace(block, rows=tuple(map(tuple, rows))) if len(rows) < len(block.rows) else block


def _joined(upper: Sequence[Cell], lower: Sequence[Cell]) -> Sequence[Cell]:
    """Two lines of a header as one, nothing where they are two."""
    if not _LEAST_COLUMNS <= len(lower) <= len(upper) or any(is_value(cell.raw) for cell in chain(upper, lower)):
        return ()
    left = list(lower)
    whole: list[Cell] = []
    for cell in upper:
        if left and _is_column(cell.raw + left[0].raw):
            whole.append(replace(cell, raw=f"{cell.raw}\n{left.pop(0).raw}"))
        elif _is_column(cell.raw):
            whole.append(cell)
        else:
            return ()
    return () if left else whole


def _is_column(label: str) -> bool:
    return label_key(label) in _columns()


@cache
def _columns() -> frozenset[str]:
    """The names of columns in any form."""
    return frozenset(key for form in FORMS for key in lexicon(form).columns)
