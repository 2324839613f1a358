"""Tables in plain text whose cells are parted by bars, as programs write them that turn pages into text.

A line is a row, with bars between its cells or around them (Markdown, boxes drawn with lines too), or all lines between
two rules are, where labels are broken in their cells; or a line is a cell, its bar before or behind it, and nothing but
the bars says where a row ends: a stream (``corpus.readers.bar_stream``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.numerals import is_value
from corpus.readers.bar_stream import parted
from corpus.readers.drawn_box import drawn
from corpus.readers.text_table import AHEAD, BAR, NUMBERED, Laid

_RULE = re.compile(r"(?=.*(?:-{3}|[─━═┄┈]))[\s|｜+:\-\u2500-\u257f]+")
_SPACES = " \t\u3000"
"""What may stand around a line; a space that no line breaks at is a blank cell."""

_LONGEST_CELL = 80
_LEAST_ROWS = 3
_LEAST_VALUES = 3
_LEAST_RULED = 3
"""Rows between rules: fewer are a header and what stands below it."""
_MOST_LINES = 24
"""Of one cell: a note of the form broken in a narrow column."""


def barred(lines: Sequence[str], start: int) -> Laid:
    """The table that begins in this line."""
    end = _end(lines, start)
    if end == start:
        return Laid([], start + 1)
    printed = [line.strip(_SPACES) for line in lines[start:end] if not _RULE.fullmatch(line.strip())]
    # Where bars only end cells, one that begins a line ends a blank cell.
    is_boxed = all(map(BAR.match, printed))
    if _is_stream(lines[start:end]):
        rows = _stream(printed, is_boxed=is_boxed)
    else:
        between = _between_rules(lines[start:end], is_boxed=is_boxed)
        rows = drawn(lines[start:end]) or between or _lines(printed, is_boxed=is_boxed)
    # Blanks count too: bars around nothing are cells that somebody left empty.
    values = sum(is_value(cell) for row in rows for cell in row)
    is_table = max(map(len, rows), default=0) > 1 and (len(rows) >= _LEAST_ROWS or values >= _LEAST_VALUES)
    return Laid(rows if is_table else [], end, aligned=_is_stream(lines[start:end]) and len(rows) == 1)


def _end(lines: Sequence[str], start: int) -> int:
    """The line behind the table; its first where none begins."""
    end = start
    while end < len(lines) and (_is_barred(lines[end]) or _goes_on(lines, start, end)):
        end += 1
    printed = [line.strip() for line in lines[start:end]]
    if not _is_stream(printed) and all(BAR.match(line) for line in printed if BAR.search(line)):
        # Every row begins with a bar: a line without one is none, nor part of one.
        return next((at for at in range(start, end) if not _is_barred(lines[at])), end)
    return end


def _is_stream(lines: Sequence[str]) -> bool:
    """Whether no line has two cells."""
    return all(sum(bool(cell.strip()) for cell in BAR.split(line)) <= 1 for line in lines)


def _stream(printed: Sequence[str], *, is_boxed: bool) -> list[list[str]]:
    """The rows of a stream; where bars have lines of their own only what the cells say parts them."""
    cells = _cells("\n".join(printed), is_boxed=is_boxed)
    is_closed = any(BAR.search(line) and not BAR.fullmatch(line) for line in printed)
    return parted(printed, cells) if is_closed else [cells]


def _lines(printed: Sequence[str], *, is_boxed: bool) -> list[list[str]]:
    """The rows of a table that has each on a line."""
    return [_cells(line, is_boxed=is_boxed) for line in _joined(printed)]


#   +------+---+
#   | a    |   |
#   | long | 5 |     no column has two values between two rules: its lines are one row
#   | name |   |
#   +------+---+
def _between_rules(lines: Sequence[str], *, is_boxed: bool) -> list[list[str]]:
    """The rows of a table that has a rule between each and the next; none where its rules part no rows."""
    groups = [
        [_cells(line.strip(_SPACES), is_boxed=is_boxed) for line in group]
        for is_rule, group in groupby(lines, lambda line: _RULE.fullmatch(line.strip()) is not None)
        if not is_rule
    ]
    if len(groups) < _LEAST_RULED or not all(map(_is_one_row, groups)):
        return []
    return [["\n".join(filter(None, cells)) for cells in zip(*group, strict=True)] for group in groups]


def _is_one_row(group: Sequence[Sequence[str]]) -> bool:
    """Whether lines have as many cells each, and no column has two values."""
    if len(set(map(len, group))) > 1:
        return False
    return all(sum(bool(cell) and is_value(cell) for cell in cells) <= 1 for cells in zip(*group, strict=True))


def _is_barred(line: str) -> bool:
    """Whether bars part a line, or it is a rule between rows."""
    return BAR.search(line) is not None or _RULE.fullmatch(line) is not None


def _goes_on(lines: Sequence[str], start: int, index: int) -> bool:
    """Whether a line without a bar is part of a cell: the bar stands before the next line, or behind a later one.

    A heading of a section is numbered as rows are, and has no value soon behind it.
    """
    if not lines[index].strip():
        # A blank cell above the bar that ends it.
        return start < index < len(lines) - 1 and BAR.fullmatch(lines[index + 1].strip()) is not None
    below = next((at for at in range(index, min(index + _MOST_LINES, len(lines))) if not _is_piece(lines[at])), index)
    if below == index or not BAR.search(lines[below]):
        return False
    is_right_below = below == index + 1 and BAR.match(lines[below].lstrip()) is not None
    if not is_right_below and (index == start or not BAR.search(lines[start])):
        return False
    return not NUMBERED.match(lines[index]) or _has_value_soon(lines, below, is_right_below=is_right_below)


def _has_value_soon(lines: Sequence[str], below: int, *, is_right_below: bool) -> bool:
    """Whether a value stands soon behind the bar that ends a numbered cell."""
    behind = [cell.strip() for cell in BAR.split("\n".join(lines[below : below + _MOST_LINES]))[1:]]
    # Of a stream, a row of blanks; the header below a heading has words at once.
    is_blank = len(BAR.findall(lines[below])) == 1 and not any(behind[:AHEAD])
    following = behind if is_right_below or is_blank else list(filter(None, behind))
    return any(map(is_value, following[:AHEAD]))


def _is_piece(line: str) -> bool:
    """Whether a line may be part of a cell that is broken over lines."""
    text = line.strip()
    return not BAR.search(text) and 0 < len(text) <= _LONGEST_CELL and not text.endswith(("。", "；", ";"))


def _joined(lines: Sequence[str]) -> list[str]:
    """Rows, those joined that are broken inside their first cell."""
    rows: list[str] = []
    is_open = False
    for line in lines:
        if is_open:
            rows[-1] += "\n" + line
        else:
            rows.append(line)
        is_open = not BAR.search(line)
    return rows


def _cells(row: str, *, is_boxed: bool) -> list[str]:
    """What stands between the bars; the outer ones part nothing."""
    cells = [cell.strip() for cell in BAR.split(row)]
    first = 1 if is_boxed and len(cells) > 1 and not cells[0] else 0
    return cells[first:-1] if len(cells) > first + 1 and not cells[-1] else cells[first:]
