"""Rows whose cells hold a line for each row of a table: as many rows as lines.

规章           5     0              规章             5   0
规范性文件      94    3    becomes    规范性文件        94   3
行政许可        107   0              行政许可         107   0
one row of three cells
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.blocks import Block, Cell, Grid
from corpus.numerals import is_value

_LEAST_LINES = 4
"""Two numbers in a cell are two readings of one; so many, in each cell of a row, are a column."""
_LEAST_COLUMNS = 2


def unstacked(block: Block) -> Block:
    """A table with its stacked rows apart; any other block as it is."""
    if not isinstance(block, Grid) or not any(map(_lines, block.rows)):
        return block
    return replace(block, rows=tuple(row for stacked in block.rows for row in _apart(stacked)))


def _apart(row: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    columns = _lines(row)
    if not columns:
        yield tuple(row)
    for lines in zip(*columns, strict=True):
        yield tuple(replace(cell, raw=line) for cell, line in zip(row, lines, strict=True))


def _lines(row: Sequence[Cell]) -> list[list[str]]:
    """The lines of each cell, as many in each that holds anything, most of them values; none for any other row."""
    stacked = [cell.raw.split("\n") if cell.raw.strip() else [] for cell in row]
    counts = {len(lines) for lines in stacked} - {0}
    if len(counts) != 1 or min(counts) < _LEAST_LINES or any(cell.rowspan > 1 for cell in row):
        return []
    if sum(all(map(is_value, lines)) for lines in stacked if lines) < _LEAST_COLUMNS:
        return []
    return [lines or [""] * min(counts) for lines in stacked]
