"""Tables whose labels stand behind their values, turned round.

5   0   规章              规章      5   0
107 3   行政许可   becomes   行政许可  107  3
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from corpus.blocks import Block, Cell, Grid
from corpus.numerals import is_value

_LEAST_ROWS = 4
_SEVERAL = 2
"""Rows with as many values before the label, or one that cannot count it."""


def labels_first(block: Block) -> Block:
    """The table with the labels of its rows first, if most rows have them last; any other block as it is."""
    if not isinstance(block, Grid):
        return block
    filled = [row for row in block.rows if any(cell.raw.strip() and is_value(cell.raw) for cell in row)]
    turned = [row[:values] for row in filled if (values := _values(row))]
    counts = range(1, len(block.rows) + 1)
    told = sum(len(values) >= _SEVERAL or _is_none_of(counts, values[0].raw) for values in turned)
    if len(turned) < _LEAST_ROWS or len(turned) * 2 <= len(filled) or told < _SEVERAL:
        return block
    return replace(block, rows=tuple((*row[at:], *row[:at]) for row in block.rows for at in (_values(row),)))


def _values(row: Sequence[Cell]) -> int:
    """How many values a row begins with that has words alone behind them; none for any other row."""
    values = sum(1 for _ in takewhile(lambda cell: is_value(cell.raw), row))
    return values if values < len(row) and not any(is_value(cell.raw) for cell in row[values:]) else 0


def _is_none_of(counts: range, raw: str) -> bool:
    """Whether a whole number is not among those that may count the rows of a table."""
    return raw.strip().isdecimal() and int(raw) not in counts
