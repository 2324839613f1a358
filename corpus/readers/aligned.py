"""Tables without rules: lines whose segments stand in columns.

Values make the columns, since they never span several; headers add those in which no value stands. What stands left
of the first column of values is the label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.blocks import Cell
from corpus.numerals import is_value
from corpus.readers.ruled import RuledTable
from corpus.readers.typeset import Line, Segment

_LEAST_LINES = 2
_ROW_GAP = 0.6


@dataclass(slots=True)
class _Row:
    """The segments of one row of the table, which may have several lines."""

    segments: list[Segment]
    top: float
    bottom: float

    @property
    def has_values(self) -> bool:
        return any(is_value(segment.text) for segment in self.segments)


def aligned_tables(lines: Sequence[Line]) -> Iterator[Line | RuledTable]:
    """The lines, with every run of lines that stands in columns as one table."""
    index = 0
    while index < len(lines):
        end = _run(lines, index)
        run = lines[index:end]
        values = sum(any(is_value(segment.text) for segment in line.segments[1:]) for line in run)
        if len(run) >= _LEAST_LINES and values:
            yield _table(run)
            index = end
        else:
            yield lines[index]
            index += 1


def _run(lines: Sequence[Line], start: int) -> int:
    """The end of the run of lines in columns that begins at ``start``; lines of one segment only within it."""
    if len(lines[start].segments) < 2:
        return start
    end = index = start
    left, right = lines[start].x0, lines[start].x1
    while index < len(lines):
        line = lines[index]
        if len(line.segments) > 1:
            end = index + 1
            left, right = min(left, line.x0), max(right, line.x1)
        elif line.x1 - line.x0 > 0.6 * (right - left) or index - end >= 3:
            break
        index += 1
    return end


def _table(run: Sequence[Line]) -> RuledTable:
    rows = _rows(run)
    columns = _columns(rows)
    printed = []
    for number, row in enumerate(rows):
        cells: list[Cell] = []
        # One text for each stretch of columns that its segments cover, lines below one another joined.
        texts: dict[tuple[int, int], list[str]] = {}
        for segment in row.segments:
            texts.setdefault(_reach(segment, columns), []).append(segment.text)
        column = 0
        while column < len(columns):
            (first, last), words = next(
                ((reach, words) for reach, words in texts.items() if reach[0] == column), ((column, column), [])
            )
            cells.append(Cell("\n".join(words), number, len(cells), 1, last - first + 1))
            column = last + 1
        printed.append(tuple(cells))
    box = (
        min(line.x0 for line in run),
        run[0].top,
        max(line.x1 for line in run),
        run[-1].bottom,
    )
    return RuledTable(tuple(printed), box)


def _rows(run: Sequence[Line]) -> list[_Row]:
    """Lines joined to rows: those of one cell stand closer than those of two rows, if there are both."""
    gaps = [below.top - above.bottom for above, below in pairwise(run)]
    size = max(line.size for line in run)
    joined = _ROW_GAP * size if gaps and max(gaps) > _ROW_GAP * size else min(gaps, default=0) - 1
    rows: list[_Row] = []
    for line in run:
        if rows and line.top - rows[-1].bottom <= joined and not _both_rows(rows[-1], line):
            rows[-1].segments.extend(line.segments)
            rows[-1].bottom = max(rows[-1].bottom, line.bottom)
        else:
            rows.append(_Row(list(line.segments), line.top, line.bottom))
    return rows


def _both_rows(row: _Row, line: Line) -> bool:
    """Whether both have values in the second place or later: no row has two lines of values."""
    return row.has_values and any(is_value(segment.text) for segment in line.segments)


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]]:
    """The columns from left to right, each from where its text begins to where it ends."""
    values = _merged([(s.x0, s.x1) for row in rows for s in row.segments if is_value(s.text)])
    headers = [
        (segment.x0, segment.x1)
        for row in rows
        for segment in row.segments
        if not is_value(segment.text) and not any(x0 < segment.x1 and segment.x0 < x1 for x0, x1 in values)
    ]
    return sorted([*values, *_merged(headers)])


def _merged(intervals: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted(intervals):
        if merged and x0 <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(x1, merged[-1][1]))
        else:
            merged.append((x0, x1))
    return merged


def _reach(segment: Segment, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """The first and last column that a segment stands over; the nearest where it stands over none."""
    over = [index for index, (x0, x1) in enumerate(columns) if x0 < segment.x1 and segment.x0 < x1]
    if over:
        return over[0], over[-1]
    middle = (segment.x0 + segment.x1) / 2
    nearest = min(range(len(columns)), key=lambda index: abs(sum(columns[index]) / 2 - middle))
    return nearest, nearest
