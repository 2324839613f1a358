"""Tables in plain text with a cell on each line: empty lines part the rows, or the cells, or nothing does.

Most writers start the line of a cell with a tab; a line without one then continues the cell before it. All values of a
row may share a line below their label, and stand behind it where they are told to fit (``value_lines.py``).
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from corpus.numerals import is_value, read_cell
from corpus.readers.text_table import BAR, ITEM, NUMBERED, Laid, begins_section, is_caption
from corpus.readers.value_lines import values_apart
from corpus.text import compact

_LADDER_LINE = re.compile(r"\t[^\t]*")
_LONGEST_CELL = 60
_LEAST_VALUES = 3
_BLANKS_A_LABEL = 2
_LONGEST_DASH = 2
_MOST_TOGETHER = 3
"""Rows that run together although empty lines part the others."""


def ladder(lines: list[str], start: int) -> Laid:
    """Lines that begin with their only tab; a line without a tab right below one continues its cell."""
    if not lines[start].startswith("\t"):
        return Laid([], start + 1)
    rows: list[list[str]] = [[]]
    end = index = start
    while index < len(lines):
        line = lines[index]
        if _LADDER_LINE.fullmatch(line):
            rows[-1].append(line[1:])
            end = index + 1
        elif not line:
            if rows[-1]:
                rows.append([])
        elif "\t" not in line and rows[-1]:
            rows[-1][-1] += "\n" + line
            end = index + 1
        else:
            break
        index += 1
    rows = [row for row in rows if row]
    # A single indented line is a paragraph, not a table.
    return Laid(rows, end) if sum(map(len, rows)) > _LEAST_VALUES else Laid([], start + 1)


def bare_ladder(lines: list[str], start: int) -> Laid:
    """A ladder without tabs: short lines, among them values on lines of their own."""
    end = start
    while end < len(lines) and _is_cell(lines[end]) and not begins_section(lines, end):
        end += 1
    if end == start or not lines[start].strip() or begins_section(lines, start, ITEM):
        return Laid([], start + 1)
    groups, is_stream = _rows_of(lines[start:end])
    rows = values_apart(groups)
    values = _filled(rows)
    if not values:
        return Laid([], end)
    if first := _first(groups, values[0]):
        return Laid([], _line_after(lines, start, groups[:first]))
    behind = values[-1] + 1
    return Laid(rows[:behind], _line_after(lines, start, groups[:behind]), aligned=is_stream)


def _rows_of(lines: list[str]) -> tuple[list[list[str]], bool]:
    """The lines as empty ones part them, up to the next heading; as one row where these part none, and whether so."""
    groups = [list(group) for filled, group in groupby(lines, key=bool) if filled]
    if _parts_cells(groups):
        # An empty line behind each cell parts no rows; a break without one is inside a label.
        groups = [["\n".join(group) for group in groups]]
    groups = groups[: next((i for i, group in enumerate(groups) if i and _is_heading(group)), None)]
    is_stream = len(groups) == 1 or any(_rows_in(group) > _MOST_TOGETHER for group in groups)
    return ([[line for group in groups for line in group]] if is_stream else groups), is_stream


def _filled(groups: list[list[str]]) -> list[int]:
    """Which groups have values; none where they are too few for a table."""
    cells = [line for group in groups for line in group]
    if sum(bool(line) and is_value(line) for line in cells) < _LEAST_VALUES:
        return []
    blanks = sum(not line.strip() for line in cells)
    texts = sum(not is_value(line) for line in cells)
    # A table of blanks has many of them to each label; elsewhere a line of one space parts paragraphs.
    is_filled = is_value if blanks > _BLANKS_A_LABEL * texts else _is_figure
    return [index for index, group in enumerate(groups) if any(map(is_filled, group))]


def _first(groups: list[list[str]], filled: int) -> int:
    """Where the header begins of a table whose first values stand in the group ``filled``.

    Headings and sentences before it stay paragraphs: a header has several cells.
    """
    first = filled
    while first > 0 and (len(groups[first - 1]) > 1 or len(groups[first]) == 1 or is_caption(groups[first - 1][0])):
        first -= 1
    return first


def _parts_cells(groups: list[list[str]]) -> bool:
    """Whether empty lines part cells: every value stands alone between two, and few labels are broken."""
    broken = [group for group in groups if len(group) > 1]
    alone = [group for group in groups if len(group) == 1 and is_value(group[0])]
    if not broken:
        return True
    return len(alone) >= _LEAST_VALUES and not any(is_value(line) for group in broken for line in group)


def _line_after(lines: list[str], start: int, groups: list[list[str]]) -> int:
    """The index behind the lines of some groups."""
    filled = sum(cell.count("\n") + 1 for group in groups for cell in group)
    index = start
    while filled:
        filled -= bool(lines[index])
        index += 1
    return index


def _is_cell(line: str) -> bool:
    if "\t" in line or BAR.search(line) or len(compact(line)) > _LONGEST_CELL:
        return False
    return not line.rstrip().endswith(("。", "；", ";"))


def _rows_in(group: list[str]) -> int:
    """How often words follow a value: where no empty line parts rows, only this says where they end."""
    return 1 + sum(is_value(above) and not is_value(below) for above, below in pairwise(group))


def _is_heading(group: list[str]) -> bool:
    """Whether a line alone between rows is the heading of a section: a numbered row has values."""
    return len(group) == 1 and NUMBERED.match(group[0]) is not None


def _is_figure(line: str) -> bool:
    """Whether a line is a number, or the dash that stands for none; a longer one is a rule."""
    state = read_cell(line)[1]
    return state == "number" or (state == "dash" and len(line.strip()) <= _LONGEST_DASH)
