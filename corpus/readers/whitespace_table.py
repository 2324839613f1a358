"""Tables in plain text whose cells only white space parts, as copying from a page or a PDF leaves them.

A row is a line with a label and values behind it, or of values alone; lines of words above the first are its header.
A blank cell leaves no trace.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from corpus.numerals import is_value
from corpus.readers.text_table import BAR, ITEM, Laid, begins_section
from corpus.text import compact

_NUMBERING = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．]")
_NOTE = re.compile(r"[(（][^()（）]*(?:[)）]|$)|^[^()（）]*[)）]")
"""A note, or the half of one that a narrow column broke."""
_PROSE = re.compile(r"[，。；！？,;]|[：:]$")
_SPREAD = re.compile(r"(?<!\S)[^\W\d](?:\s[^\W\d]){2,}(?!\S)")
"""Letters of one word set apart."""

_LONGEST = 120
_LEAST_ROWS = 3
_LEAST_SIGNS = 2
_LEAST_ALONE = 5
"""Values in a line without a label: fewer may be a date, or the number of a page."""


def spaced(lines: Sequence[str], start: int) -> Laid:
    """The table that begins in this line."""
    if not _begins(lines, start):
        return Laid([], start + 1)
    behind = start
    while behind < len(lines) and _goes_on(lines, behind):
        behind += 1
    filled = [at for at in range(start, behind) if _is_row(lines[at])]
    values = [_values(_cells(lines[at])) for at in filled]
    if len(values) < _LEAST_ROWS and max(values, default=0) < _LEAST_ALONE:
        return Laid([], max(behind, start + 1))
    end = filled[-1] + 1
    broken = sum(at + 1 < behind and bool(lines[at + 1].strip()) and not _is_row(lines[at + 1]) for at in filled)
    if broken * 2 > len(filled) >= _LEAST_ROWS and end < behind and lines[end].strip():
        # As below most rows, the rest of a label that a narrow column broke.
        end += 1
    return Laid(_whole(list(map(_cells, lines[start:end]))), end, aligned=True)


#   三、本年     （一）      5   0       two labels and the rest of both, word by word
#   度办理结果   予以公开
def _whole(rows: Sequence[list[str]]) -> list[list[str]]:
    """The rows, those joined of which a narrow column broke several labels; empty lines are none."""
    whole: list[list[str]] = []
    for above, row in pairwise([[], *rows]):
        labels = above[: len(above) - _values(above)]
        if len(labels) < len(above) and _go_on(labels, row):
            joined = [f"{first}\n{second}" for first, second in zip(labels, row, strict=True)]
            whole[-1] = [*joined, *above[len(labels) :]]
        elif row:
            whole.append(row)
    return whole


def _go_on(labels: Sequence[str], row: Sequence[str]) -> bool:
    """Whether words below several labels are the rest of each: a row of its own is numbered, or has the same unit."""
    if len(row) != len(labels) or len(row) == 1 or _values(row):
        return False
    return not any(map(_NUMBERING.match, row)) and not set(labels) & set(row)


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
    if "\t" in line or BAR.search(line) or len(compact(line)) > _LONGEST:
        return False
    words = [word for word in line.split() if not is_value(word)]
    # Signs between words are separators; among letters set apart they are of the label.
    signs = sum(not any(map(str.isalnum, word)) for word in words)
    is_delimited = signs >= _LEAST_SIGNS and not _SPREAD.search(line)
    # Before so many values even half a sentence is a label's, of which a narrow column broke the rest.
    is_prose = _PROSE.search(_NOTE.sub("", " ".join(words))) and _values(line.split()) < _LEAST_ALONE
    return not is_delimited and not is_prose


def _cells(line: str) -> list[str]:
    """The words and values of a line; a number that only counts, and a note, belong to the word beside them."""
    words = _SPREAD.sub(lambda letters: "".join(letters[0].split()), line).split()
    first = len(words)
    while first > 0 and is_value(words[first - 1]):
        first -= 1
    cells: list[str] = []
    for word in words[:first]:
        if cells and not _NUMBERING.match(word) and (_is_open(cells[-1]) or word[0] in "(（"):
            cells[-1] += f" {word}"
        else:
            cells.append(word)
    return cells + words[first:]


def _is_open(cell: str) -> bool:
    """Whether more must follow: a number that counts nothing yet, or a note that has not ended."""
    opened, closed = (sum(cell.count(bracket) for bracket in pair) for pair in ("(（", ")）"))
    return opened > closed or _NUMBERING.fullmatch(cell) is not None
