"""Tables in plain text with a row on each line, its cells parted by what stands between the numbers of the text.

Tabs part cells wherever they stand. Whatever else does so is learned from the text: what stands before the last number
of many lines, and again before those left of it, is a separator, be it a comma, `` & `` or ``', '``. What all lines
begin and end with frames the row.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from corpus.numerals import is_value
from corpus.readers.text_table import BAR, Laid, begins_section, is_caption

TAB = "\t"

_BEFORE_LAST = re.compile(r"(?<=\S)([^\w\n+-]{1,12})[+-]?\d[\d,.]*(?=[^\w\n]{0,12}$)", re.MULTILINE)
"""What stands before the number with which a line ends, whatever closes the line."""

_NONE = re.compile(r"\s*[:：.、(（《<＜-]*\s*|/|.*。.*")
"""What parts no cells: of dates, ratios, remarks and names with a number."""

_QUOTED = re.compile(r'^"([^"]*)"$')
_BEGINNING = re.compile(r".*[^\w\s+-]")
_ENDS = ("。", "；", "：", "！", "？")
_LEAST_ROWS = 2
_MOST = 4
_LEAST_VALUES = 3


def separators(text: str) -> Iterator[str]:
    """What may part cells in a text besides bars and white space alone."""
    yield from (TAB, ",")
    seen = Counter(_unit(match[1]) for match in _BEFORE_LAST.finditer(text))
    yield from (
        separator
        for separator, times in seen.most_common(_MOST)
        if times > _LEAST_ROWS and not BAR.search(separator)
        if separator.strip() not in ("", ",") and not _NONE.fullmatch(separator)
    )


def separated(lines: Sequence[str], start: int, separator: str) -> Laid:
    """The table that begins in this line: consecutive lines with the separator, and captions over all columns."""
    end = start
    while end < len(lines) and (_is_row(lines[end], separator) or _spans(lines, end, separator)):
        end += 1
    if end == start:
        return Laid([], start + 1)
    rows = [_cells(line, separator) for line in _unframed(lines[start:end], separator)]
    values = sum(bool(cell.strip()) and is_value(cell) for row in rows for cell in row)
    is_table = separator == TAB or (len(rows) >= _LEAST_ROWS and values >= _LEAST_VALUES)
    return Laid(rows if is_table else [], end)


def _is_row(line: str, separator: str) -> bool:
    """Whether separators, and no sentence, make up a line."""
    if separator == TAB:
        return TAB in line
    is_sentence = line.rstrip().endswith(_ENDS) and not separator.strip().endswith(_ENDS)
    return separator in line and TAB not in line.replace(separator, "") and not is_sentence


def _spans(lines: Sequence[str], index: int, separator: str) -> bool:
    """Whether a line is a cell over all columns of the row below it."""
    is_above = index + 1 < len(lines) and _is_row(lines[index + 1], separator)
    is_cell = bool(lines[index].strip()) and is_caption(lines[index])
    return is_above and is_cell and not begins_section(lines, index)


def _unframed(lines: Sequence[str], separator: str) -> Iterator[str]:
    """The lines without what all of them begin and end with: brackets around a row, a command that stores it."""
    printed = [line.strip() for line in lines if separator in line]
    head = _BEGINNING.match(_shared(printed).split(separator)[0])
    tail = _BEGINNING.match(_shared([line[::-1] for line in printed]).split(separator[::-1])[0])
    begin, end = (len(match[0]) if match and len(printed) > 1 else 0 for match in (head, tail))
    if separator == TAB or not begin + end:
        return iter(lines)
    return (line.strip()[begin : -end or None] if separator in line else line for line in lines)


def _shared(lines: Sequence[str]) -> str:
    """What all lines begin with."""
    return "".join(
        letters[0] for letters in takewhile(lambda letters: len(set(letters)) == 1, zip(*lines, strict=False))
    )


def _cells(line: str, separator: str) -> list[str]:
    if separator == ",":
        try:
            [row] = csv.reader([line])
        except csv.Error:
            return line.split(separator)
        return row
    return [_QUOTED.sub(r"\1", cell) for cell in line.split(separator)]


def _unit(text: str) -> str:
    """A text that repeats a piece, as blank cells do, by that piece."""
    return next(
        text[:size]
        for size in range(1, len(text) + 1)
        if len(text) % size == 0 and text[:size] * (len(text) // size) == text
    )
