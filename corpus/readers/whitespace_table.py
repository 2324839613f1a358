"""Tables in plain text whose cells only white space parts, as copying from a page or a PDF leaves them.

A row is a line with a label and values behind it, or of values alone; lines of words above the first are its header.
A blank cell leaves no trace.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from corpus.numerals import is_value
from corpus.readers.text_table import BAR, ITEM, Laid, begins_section

_NUMBERING = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．]")
_NOTE = re.compile(r"[(（][^()（）]*[)）]")
_PROSE = re.compile(r"[，。；：！？,;:]")
_SPREAD = re.compile(r"(?<!\S)[^\W\d](?:\s[^\W\d]){2,}(?!\S)")
"""Letters of one word set apart."""

_LONGEST = 120
_LEAST_ROWS = 3
_LEAST_ALONE = 5
"""Values in a line without a label: fewer may be a date, or the number of a page."""


def spaced(lines: Sequence[str], start: int) -> Laid:
    """The table that begins in this line."""
    if not _begins(lines, start):
        return Laid([], start + 1)
    rows: list[list[str]] = []
    values: list[int] = []
    filled, end, index = 0, start, start
    while index < len(lines) and _goes_on(lines, index):
        if lines[index].strip():
            rows.append(_cells(lines[index]))
        if _is_row(lines[index]):
            values.append(_values(rows[-1]))
            filled, end = len(rows), index + 1
        index += 1
    is_table = len(values) >= _LEAST_ROWS or max(values, default=0) >= _LEAST_ALONE
    return Laid(rows[:filled], end, aligned=True) if is_table else Laid([], max(index, start + 1))


def _begins(lines: Sequence[str], index: int) -> bool:
    """Whether a line is the first of a header, or a row; a heading of one word may stand above them."""
    if not lines[index].strip() or not _goes_on(lines, index):
        return False
    if len(_cells(lines[index])) > 1:
        return True
    if ITEM.match(lines[index]):
        return False
    below = next((i for i in range(index + 1, len(lines)) if lines[i].strip()), None)
    return below is not None and len(_cells(lines[below])) > 1 and _goes_on(lines, below)


def _goes_on(lines: Sequence[str], index: int) -> bool:
    """Whether a line may be part of a table: words and values, and no heading of a section."""
    return not lines[index].strip() or (_is_label(lines[index]) and not begins_section(lines, index))


def _is_row(line: str) -> bool:
    cells = _cells(line)
    values = _values(cells)
    return values > 0 and (values < len(cells) or values >= _LEAST_ALONE) and _is_label(line)


def _values(cells: Sequence[str]) -> int:
    """How many values stand at the end of a row."""
    return sum(1 for _ in takewhile(is_value, reversed(cells)))


def _is_label(line: str) -> bool:
    if "\t" in line or BAR.search(line) or len(line) > _LONGEST:
        return False
    return not _PROSE.search(_NOTE.sub("", line))


def _cells(line: str) -> list[str]:
    """The words and values of a line; a number that only counts, and a note, belong to the word beside them."""
    words = _SPREAD.sub(lambda letters: "".join(letters[0].split()), line).split()
    first = len(words)
    while first > 0 and is_value(words[first - 1]):
        first -= 1
    cells: list[str] = []
    for word in words[:first]:
        if cells and (_is_open(cells[-1]) or (word[0] in "(（" and not _NUMBERING.match(word))):
            cells[-1] += f" {word}"
        else:
            cells.append(word)
    return cells + words[first:]


def _is_open(cell: str) -> bool:
    """Whether more must follow: a number that counts nothing yet, or a note that has not ended."""
    opened, closed = (sum(cell.count(bracket) for bracket in pair) for pair in ("(（", ")）"))
    return opened > closed or _NUMBERING.fullmatch(cell) is not None
