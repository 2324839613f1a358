"""Tables in plain text whose cells commas part, as sheets are saved under a text's name.

A sentence has commas too, but no numbers alone between them, and it ends in a full stop.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence

from corpus.numerals import is_value
from corpus.readers.text_table import Laid

_LEAST_CELLS = 2
_LEAST_ROWS = 2
_LEAST_VALUES = 3
_ENDS = ("。", "；", "：", "！", "？")


def separated(lines: Sequence[str], start: int) -> Laid:
    """The table that begins in this line: lines of one width, or each with its cells at most."""
    end = start
    while end < len(lines) and _is_row(lines[end]):
        end += 1
    if end == start:
        return Laid([], start + 1)
    rows = [_cells(line) for line in lines[start:end]]
    values = sum(bool(cell.strip()) and is_value(cell) for row in rows for cell in row)
    is_table = len(rows) >= _LEAST_ROWS and values >= _LEAST_VALUES
    return Laid(rows if is_table else [], end)


def _is_row(line: str) -> bool:
    """Whether commas, and no sentence, make up a line."""
    cells = line.split(",")
    return len(cells) >= _LEAST_CELLS and not line.rstrip().endswith(_ENDS) and "\t" not in line


def _cells(line: str) -> list[str]:
    try:
        [row] = csv.reader([line])
    except csv.Error:
        return line.split(",")
    return row
