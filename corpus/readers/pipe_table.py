"""Tables in plain text whose cells are parted by bars, as programs write them that turn pages into text.

A line is a row, with bars between its cells or around them (Markdown, boxes drawn with lines too); or a line is a
cell, its bar before or behind it, and nothing but the bars says where a row ends. Such a stream has rows of one width,
spanned positions being empty cells: where a text follows a value, a row begins, and the width divides these places.
Where no width does, the stream is one row: only its words can say where rows end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.numerals import is_value
from corpus.readers.text_table import AHEAD, BAR, NUMBERED, Laid

_RULE = re.compile(r"(?=.*(?:-{3}|[─━═┄┈]))[\s|｜+:\-\u2500-\u257f]+")
_LONGEST_CELL = 80
_LEAST_ROWS = 3
_LEAST_VALUES = 3
_MOST_COLUMNS = 40
_MOSTLY = 0.7
_MOST_LINES = 24
"""Of one cell: a note of the form broken in a narrow column."""


def barred(lines: Sequence[str], start: int) -> Laid:
    """The table that begins in this line."""
    end = start
    while end < len(lines) and (_is_barred(lines[end]) or _goes_on(lines, start, end)):
        end += 1
    if end == start:
        return Laid([], start + 1)
    printed = [line.strip() for line in lines[start:end]]
    is_stream = all(sum(bool(cell.strip()) for cell in BAR.split(line)) < 2 for line in printed)
    if not is_stream and all(BAR.match(line) for line in printed if BAR.search(line)):
        # Every row begins with a bar: a line without one is none, nor part of one.
        inside = next((index for index, line in enumerate(printed) if not _is_barred(line)), len(printed))
        printed, end = printed[:inside], start + inside
        if not printed:
            return Laid([], start + 1)
    printed = [line for line in printed if not _RULE.fullmatch(line)]
    # Where bars only end cells, one that begins a line ends a blank cell.
    is_boxed = all(map(BAR.match, printed))
    cells = _cells("\n".join(printed), is_boxed=is_boxed) if is_stream else []
    # Where bars have lines of their own no row is filled up: only what the cells say parts them.
    has_width = any(BAR.search(line) and not BAR.fullmatch(line) for line in printed)
    width = _width(cells) if has_width else 0
    rows = _chopped(cells, width) if is_stream else [_cells(line, is_boxed=is_boxed) for line in _joined(printed)]
    values = sum(bool(cell.strip()) and is_value(cell) for row in rows for cell in row)
    is_table = max(map(len, rows), default=0) > 1 and (len(rows) >= _LEAST_ROWS or values >= _LEAST_VALUES)
    return Laid(rows if is_table else [], end, aligned=is_stream and not width)


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
    below = index
    while below < min(index + _MOST_LINES, len(lines)) and _is_piece(lines[below]):
        below += 1
    if below == index or below == len(lines) or not BAR.search(lines[below]):
        return False
    is_right_below = below == index + 1 and BAR.match(lines[below].lstrip()) is not None
    if not is_right_below and (index == start or not BAR.search(lines[start])):
        return False
    behind = [cell.strip() for cell in BAR.split("\n".join(lines[below : below + _MOST_LINES]))[1:]]
    # Of a stream, a row of blanks; the header below a heading has words at once.
    is_blank = len(BAR.findall(lines[below])) == 1 and not any(behind[:AHEAD])
    following = behind if is_right_below or is_blank else list(filter(None, behind))
    return not NUMBERED.match(lines[index]) or any(map(is_value, following[:AHEAD]))


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


def _width(cells: Sequence[str]) -> int:
    """How many cells a row of a stream has; 0 where no width fits.

    Without blanks for its spanned positions a table has rows of one width only if each but the header begins so.
    """
    begins = _begins(cells)
    for width in range(min(_MOST_COLUMNS, len(cells) // 2), 1, -1):
        fitting = sum(i % width == 0 for i in begins)
        rows = len(cells) // width
        enough = fitting >= _MOSTLY * len(begins) if not all(cells) else fitting == len(begins) >= max(rows - 2, 1)
        if len(cells) % width == 0 and enough:
            return width
    return 0


def _chopped(cells: Sequence[str], width: int) -> list[list[str]]:
    """A stream of cells as rows; as one where no width fits, for whoever knows its words."""
    return [list(cells[first : first + width]) for first in range(0, len(cells), width)] if width else [list(cells)]


def _begins(cells: Sequence[str]) -> list[int]:
    """Where a text follows a value."""
    return [i for i in range(1, len(cells)) if not is_value(cells[i]) and is_value(cells[i - 1])]
