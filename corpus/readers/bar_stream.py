"""Cells one after another with bars between them: where rows end is weighed by what the rows would be.

规章 |              every way to part the cells is tried, and the rows are looked at: a row begins with words,
5 |                 and no words follow a value in it
5 |
47 |
|                   a bar that ends no cell may end a row, or stand for what a cell above spans
行政规范性文件 |    three cells more: rows may have one width, spanned positions being empty cells
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.numerals import is_value
from corpus.readers.text_table import BAR

_MOST_COLUMNS = 40
_MOST_FAULTS = 0.1
"""Rows in ten that may be no rows: a number that belongs to nothing, a label that was lost."""

_LEAST_ROWS = 3
_HALVES = 2
_MOST_LABELS = 4
"""Words before the values of a row: its groups, its label and its unit; more are a header."""

_CLOSED = 2
"""Pieces of the line of a cell with a bar behind it."""


def parted(lines: Sequence[str], cells: Sequence[str]) -> list[list[str]]:
    """The rows of a stream; the whole of it as one where nothing parts rows: only its words can say where they end.

    ``lines`` are those of the text, ``cells`` what stands between their bars.
    """
    ways = [way for way in (_by_marks(lines), *_by_width(cells)) if len(way) >= _LEAST_ROWS]
    best = min(ways, key=lambda way: (_faults(way), _gaps(way), len(set(map(len, way)))), default=None)
    if best is None or max(_faults(best), _gaps(best) / len(best)) > _MOST_FAULTS:
        return [list(cells)]
    return best


def _by_width(cells: Sequence[str]) -> Iterator[list[list[str]]]:
    """Rows of each width that divides the stream, the widest first.

    Without blanks for its spanned positions a table has rows of one width only if each but the header begins so.
    """
    begins = [at for at in range(1, len(cells)) if not is_value(cells[at]) and is_value(cells[at - 1])]
    for width in range(min(_MOST_COLUMNS, len(cells) // _LEAST_ROWS), 1, -1):
        rows, rest = divmod(len(cells), width)
        if not rest and (not all(cells) or len(begins) >= max(rows - 2, 1)):
            way = [list(cells[at : at + width]) for at in range(0, len(cells), width)]
            # Rows that marks part may be words as often as not.
            if not _is_header(way):
                yield way


def _by_marks(lines: Sequence[str]) -> list[list[str]]:
    """Rows that lines of nothing but bars end, these being empty cells; none where a cell has no bar of its own."""
    rows: list[list[str]] = [[]]
    marks: list[int] = []
    for line in lines:
        cells = BAR.split(line)
        if not BAR.sub("", line):
            marks.append(len(cells) - 1)
            rows[-1] += cells[1:]
            rows.append([])
        elif len(cells) == _CLOSED and not cells[-1]:
            rows[-1].append(cells[0].strip())
        else:
            return []
    if len(marks) >= len(rows) - 1 and set(marks) == {1}:
        # One behind each row is no cell, but the end of the row.
        rows = [row[:-1] if at < len(marks) else row for at, row in enumerate(rows)]
    return [row for row in rows if row]


def _faults(rows: Sequence[Sequence[str]]) -> float:
    """The share of the rows that are none: words follow a value, or values have no words where those of others have."""
    filled = [row for row in rows if any(row)]
    kinds = Counter(_kind(above, row) for above, row in pairwise([[""], *filled]))
    return (kinds["none"] + min(kinds["labelled"], kinds["values"])) / len(filled)


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most rows are full of words: the cells of a header, cut into pairs, begin like rows and are none."""
    full = sum(all(cell and not is_value(cell) for cell in row) for row in rows)
    return _HALVES * full > sum(any(row) for row in rows)


def _gaps(rows: Sequence[Sequence[str]]) -> int:
    """How often words follow blanks inside a row, as behind some spans and in rows run together, or nothing is said."""
    inside = sum(not left and bool(right) and not is_value(right) for row in rows for left, right in pairwise(row))
    return inside + sum(not any(row) for row in rows)


def _kind(above: Sequence[str], row: Sequence[str]) -> str:
    values = [is_value(cell) for cell in row if cell]
    ends = any(left and not right for left, right in pairwise(values))
    goes_on = bool(above[-1]) and is_value(above[-1]) and values[0]
    if ends or goes_on or (values[-1] and values.count(False) > _MOST_LABELS):
        return "none"
    return "values" if values[0] else "labelled" if values[-1] else "words"
