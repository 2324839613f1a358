"""Tables in plain text with a row on each line, its cells parted by tabs or commas.

Whatever else parts cells in other programs' texts, their labels tell (corpus/extraction/anchored.py).
"""

from __future__ import annotations

import csv
from collections.abc import Sequence

from corpus.numerals import is_value
from corpus.readers.text_table import Laid, begins_section, is_caption

TAB, COMMA = "\t", ","

_ENDS = ("。", "；", "：", "！", "？")
_LEAST_ROWS = 2
_LEAST_VALUES = 3


def separated(lines: Sequence[str], start: int, separator: str) -> Laid:
    """The table that begins in this line: consecutive lines with the separator, and captions over all columns."""
    end = start
    while end < len(lines) and (_is_row(lines[end], separator) or _spans(lines, end, separator)):
        end += 1
    if end == start:
        return Laid([], start + 1)
    rows = [_cells(line, separator) for line in lines[start:end]]
    values = sum(bool(cell.strip()) and is_value(cell) for row in rows for cell in row)
    is_table = separator == TAB or (len(rows) >= _LEAST_ROWS and values >= _LEAST_VALUES)
    return Laid(rows if is_table else [], end)


def _is_row(line: str, separator: str) -> bool:
    """Whether separators, and no sentence, make up a line."""
    if separator == TAB:
        return TAB in line
    return separator in line and TAB not in line and not line.rstrip().endswith(_ENDS)


def _spans(lines: Sequence[str], index: int, separator: str) -> bool:
    """Whether a line is a cell over all columns of the row below it."""
    is_above = index + 1 < len(lines) and _is_row(lines[index + 1], separator)
    is_cell = bool(lines[index].strip()) and is_caption(lines[index])
    return is_above and is_cell and not begins_section(lines, index)


def _cells(line: str, separator: str) -> list[str]:
    if separator == TAB:
        return line.split(TAB)
    try:
        [row] = csv.reader([line])
    except csv.Error:
        return line.split(separator)
    return row
