"""Tables without rules: segments that stand below one another in columns.

Here lines become runs, and runs tables: where each begins and ends, and whether it goes on from the page before.
``corpus.readers.stream_rows`` finds the rows of a table, ``corpus.readers.stream_columns`` its columns and cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.numerals import is_value
from corpus.readers.lattice import RuledTable
from corpus.readers.origin import Origin
from corpus.readers.stream_columns import columns_of, table_of
from corpus.readers.stream_rows import Row, rows_of, word_ends
from corpus.readers.tracks import Interval, parted
from corpus.readers.typeset import Line

_LEAST_LINES = 2
# In sizes of the letters: how close below a row a line of one segment still belongs to it.
_LEADING = 0.6
# By how much lines side by side share their level and stand apart.
_BESIDE = 0.25
_FAR = 1.6
_LARGER = 1.15
_WIDE = 0.6
_LOOSE_LINES = 40
_HEADER_CELLS = 3
_SHORT = 5


class Alignment:
    """Finds the tables of page after page; one that goes on without a header keeps the columns it had."""

    def __init__(self) -> None:
        self._columns: list[Interval] = []

    def tables(self, lines: Sequence[Line], origin: Origin | None = None) -> Iterator[Line | RuledTable]:
        """The lines of a page, with every run of lines that stands in columns as tables.

        ``origin``: the picture that the page was read from.
        """
        index = 0
        while index < len(lines):
            end = _run(lines, index)
            if _is_table(lines, index, end):
                parts = _parts(lines[index:end])
                for part in map(_cut_once, parts) if index == 0 else parts:
                    labels, others = columns_of(part, self._columns if _goes_on(part) else [])
                    # A header alone, at the end of a page, has the columns of what follows on the next.
                    self._columns = others or labels
                    yield table_of(part, labels, others, origin)
                index = end
            else:
                yield lines[index]
                index += 1


def _is_table(lines: Sequence[Line], start: int, end: int) -> bool:
    """Whether a run is one: rows with values, or at the end of the page a header, whose values are on the next."""
    sides = [at for at in range(start, end) if _is_row(lines, at)]
    values = sum(is_value(lines[at].segments[-1].text) for at in sides)
    ends_page = end == len(lines) and any(len(line.segments) >= _HEADER_CELLS for line in lines[start:end])
    return ends_page or (values > 0 and (len(sides) >= _LEAST_LINES or (start == 0 and values == 1)))


#   the first lines of          loose, each close above the next
#   a long label     5     7    a row
#   another          1    12    a row
#   that goes on                loose, between rows
#   a third          2     4    a row: the run ends here, but for loose lines close below
def _run(lines: Sequence[Line], start: int) -> int:
    """The end of the run of lines in columns that begins at ``start``; ``start`` itself where none does.

    Lines of one segment belong to it between such lines, close to them, and up to the edge of the page.
    """
    widest = _WIDE * (max(line.x1 for line in lines) - min(line.x0 for line in lines))
    first = _first_row(lines, start, widest)
    if not _is_row(lines, first) or any(_is_apart(line, lines[first]) for line in lines[start:first]):
        return start
    end = index = first
    while index < len(lines) and index - end <= _LOOSE_LINES:
        if _holds_values(lines, index):
            end = index + 1
        elif not _is_loose(lines[index], widest) or _is_apart(lines[index], lines[index - 1]):
            break
        index += 1
    if index == len(lines):
        return index
    while end < len(lines) and _is_loose(lines[end], widest) and _touches(lines[end - 1], lines[end]):
        end += 1
    return end


def _first_row(lines: Sequence[Line], start: int, widest: float) -> int:
    """The first row behind loose lines, each close above the next."""
    first = start
    while first + 1 < len(lines) and _is_loose(lines[first], widest) and not _is_row(lines, first):
        below = lines[first + 1]
        if not _touches(lines[first], below) and (start > 0 or _is_apart(below, lines[first])):
            break
        first += 1
    return first


def _holds_values(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a row, or a value alone that goes on with the table."""
    is_lone_value = is_value(lines[index].text) and not _is_apart(lines[index], lines[index - 1])
    return is_lone_value or _is_row(lines, index)


#   a label of
#                 5             half a line below the one and above the other: side by side with both
#   two lines
def _is_row(lines: Sequence[Line], index: int) -> bool:
    """Whether a line has cells side by side: segments, or others half a line above or below, as centred cells have."""
    line = lines[index]
    parts = [len(part.text) for segment in line.segments for part in segment.parts]
    if len(parts) >= _HEADER_CELLS and 1 < max(parts) <= _SHORT:
        # Columns side by side with hardly a gap: no sentence is cut into pieces as short as their names.
        return True
    around = (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
    return len(line.segments) > 1 or any(
        min(line.bottom, other.bottom) - max(line.top, other.top) > _BESIDE * line.size
        and max(line.x0, other.x0) - min(line.x1, other.x1) > _BESIDE * line.size
        for other in around
    )


def _is_loose(line: Line, widest: float) -> bool:
    """Whether a line may be a part of one cell: no paragraph is so narrow but at its end."""
    return len(line.segments) < 2 and line.x1 - line.x0 <= widest


def _touches(above: Line, below: Line) -> bool:
    return below.top - above.bottom <= _LEADING * min(above.size, below.size)


def _is_apart(line: Line, above: Line) -> bool:
    """Whether a line is set as a heading: larger than the table above it, or well below it."""
    return line.size > _LARGER * above.size or line.top - above.bottom > _FAR * line.size


def _parts(run: Sequence[Line]) -> list[list[Row]]:
    """The rows of a run, table by table."""
    parts: list[list[Row]] = [[]]
    words: list[Row] = []
    for row in rows_of(parted([segment for line in run for segment in line.segments])):
        if not row.has_values:
            words.append(row)
            continue
        # A header below values begins another table, with columns of its own.
        begin = _header(words, parts[-1])
        parts[-1] += words[:begin]
        if begin < len(words):
            parts.append(words[begin:])
        parts[-1].append(row)
        words = []
    parts[-1] += words
    return [part for part in parts if part]


#   label            5      7
#   longer label     1     12
#   its end                     no farther right than the labels: it stays above
#   label         name   name   the header: it reaches over the values
def _header(words: Sequence[Row], part: Sequence[Row]) -> int:
    """Where among rows of words below a table a header begins: farther right than its labels, if it reaches values."""
    values = [row for row in part if row.has_values]
    first = min((cell.across[0] for row in values for cell in row.cells if cell.is_value), default=float("inf"))
    labels = max((x1 for row in values for x1 in word_ends(row) if x1 <= first), default=first)
    if not any(x1 > first for row in words for x1 in word_ends(row)):
        return len(words)
    return next(number for number, row in enumerate(words) if max(word_ends(row)) > labels)


#   label       name   name     a header of its own         the end of a label
#   label          5      7     does not go on              label          5      7     goes on
def _goes_on(rows: Sequence[Row]) -> bool:
    """Whether rows of values stand here without a header of their own; a caption is none, nor are labels alone."""
    first = next((number for number, row in enumerate(rows) if row.has_values), None)
    values = min((cell.across[0] for row in rows for cell in row.cells if cell.is_value), default=0.0)
    return first is not None and not any(len(row.cells) > 1 and max(word_ends(row)) > values for row in rows[:first])


#   the end                     two rows of words at the top of the page,
#
#   of a label                  left of all values: one row, the end of one label
#   label          5      7
def _cut_once(rows: list[Row]) -> list[Row]:
    """The rows at the top of a page, ends of labels alone as one: the edge of a page cuts no more than one row."""
    first = next((number for number, row in enumerate(rows) if row.has_values), 0)
    if (
        first < 2
        or not _goes_on(rows)
        or max(max(word_ends(row)) for row in rows[:first])
        > min(cell.across[0] for row in rows for cell in row.cells if cell.is_value)
    ):
        return rows
    return [Row([cell for row in rows[:first] for cell in row.cells], has_values=False), *rows[first:]]
