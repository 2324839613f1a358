"""Plain text → blocks. Tables come in several layouts (FIELD.md, "How tables arrive").

*Rows*: a row is a line of cells separated by tabs. *Ladder*: a cell is a line, rows are separated by empty lines;
most writers start the cell's line with a tab, and a line without one continues the cell before it. *Barred*: bars part
the cells. *Spaced*: white space parts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, groupby, pairwise

from corpus.blocks import Block, Cell, Content, Grid, Paragraph
from corpus.numerals import is_value, read_cell
from corpus.readers.barred import barred
from corpus.readers.laid import BAR, ITEM, NUMBERED, Laid, begins_section
from corpus.readers.limits import Limits
from corpus.readers.spaced import spaced
from corpus.text import clean, compact

_GAP = re.compile(r"\n{4,}")
_LADDER_LINE = re.compile(r"\t[^\t]*")
_LONGEST_CELL = 60
_LONGEST_CAPTION = 20
_PUNCTUATION = re.compile(r"[，。：；、,:;]")
_LEAST_VALUES = 3
_ENOUGH_VALUES = 10
"""Numbers in the tables of a page that has its statutory tables; a date and an address stand in others."""

_BLANKS_A_LABEL = 2
_LONGEST_DASH = 2
_MOST_TOGETHER = 3
"""Rows that run together although empty lines part the others."""


def read_plain(text: str, limits: Limits | None = None) -> Content:
    """Blocks of a plain text: any text is at least paragraphs. Raises TooLargeError for more than a report can hold."""
    text = _GAP.sub("\n\n\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    (limits or Limits()).check_pieces(_pieces(text))
    lines = text.split("\n")
    blocks: list[Block] = []
    tables = 0
    for laid, start in _runs(lines):
        if laid.rows:
            blocks.append(_grid(laid, tables))
            tables += 1
        elif paragraph := clean(lines[start]).strip():
            blocks.append(Paragraph(paragraph))
    return Content(tuple(blocks))


def with_tables(content: Content, limits: Limits) -> Content:
    """The content with tables where its paragraphs print them as lines of text; one that has its tables as it is."""
    grids = [block for block in content.blocks if isinstance(block, Grid)]
    if sum(_is_number(cell.raw) for grid in grids for row in grid.rows for cell in row) >= _ENOUGH_VALUES:
        return content
    limits.check_pieces(sum(_pieces(block.text) for block in content.blocks if not isinstance(block, Grid)))
    blocks: list[Block] = []
    for is_text, group in groupby(content.blocks, lambda block: isinstance(block, Paragraph)):
        run = list(group)
        if not is_text:
            blocks += run
            continue
        lines = [block.text for block in run if isinstance(block, Paragraph)]
        blocks += [_grid(laid, 0) if laid.rows else run[start] for laid, start in _runs(lines)]
    numbers = count()
    return replace(
        content,
        blocks=tuple(replace(block, index=next(numbers)) if isinstance(block, Grid) else block for block in blocks),
    )


def _pieces(text: str) -> int:
    """How many paragraphs and cells a text may hold at most."""
    return len(text.split()) + text.count("\t") + len(BAR.findall(text))


def _runs(lines: list[str]) -> Iterator[tuple[Laid, int]]:
    """Each table, and each other line as none, with the index of its first line, in order.

    A layout that finds no table says up to which line there is none, so that no line is looked at again and again.
    """
    index = 0
    none_before = dict.fromkeys((_ladder, _rows, barred, spaced, _bare_ladder), 0)
    while index < len(lines):
        for layout, nothing in none_before.items():
            if index < nothing:
                continue
            laid = layout(lines, index)
            if laid.rows:
                yield laid, index
                index = laid.end
                break
            none_before[layout] = laid.end
        else:
            index += 1
            yield Laid([], index), index - 1


def _rows(lines: list[str], start: int) -> Laid:
    """Consecutive lines with a tab; among them and above them also cells over all columns."""
    end = start
    while end < len(lines) and ("\t" in lines[end] or _spans(lines, end)):
        end += 1
    return Laid([line.split("\t") for line in lines[start:end]], end)


def _spans(lines: list[str], index: int) -> bool:
    """Whether a line is a cell over all columns of the row below it."""
    is_above = index + 1 < len(lines) and "\t" in lines[index + 1]
    is_caption = bool(lines[index].strip()) and _is_caption(lines[index])
    return is_above and is_caption and not begins_section(lines, index)


def _ladder(lines: list[str], start: int) -> Laid:
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


def _bare_ladder(lines: list[str], start: int) -> Laid:
    """A ladder without tabs: short lines, among them values on lines of their own."""
    end = start
    while end < len(lines) and _is_cell(lines[end]) and not begins_section(lines, end):
        end += 1
    if end == start or not lines[start].strip() or begins_section(lines, start, ITEM):
        return Laid([], start + 1)
    groups = [list(group) for filled, group in groupby(lines[start:end], key=bool) if filled]
    if all(len(group) == 1 for group in groups):
        # An empty line behind each cell parts no rows.
        groups = [[line for [line] in groups]]
    groups = groups[: next((i for i, group in enumerate(groups) if i and _is_heading(group)), None)]
    if is_stream := len(groups) == 1 or any(_rows_in(group) > _MOST_TOGETHER for group in groups):
        groups = [[line for group in groups for line in group]]
    blanks = sum(not line.strip() for group in groups for line in group)
    texts = sum(not is_value(line) for group in groups for line in group)
    # A table of blanks has many of them to each label; elsewhere a line of one space parts paragraphs.
    is_filled = is_value if blanks > _BLANKS_A_LABEL * texts else _is_figure
    values = [index for index, group in enumerate(groups) if any(map(is_filled, group))]
    if sum(bool(line) and is_value(line) for group in groups for line in group) < _LEAST_VALUES or not values:
        return Laid([], end)
    # Headings and sentences before the first header of the table stay paragraphs: a header has several cells.
    first = values[0]
    while first > 0 and (len(groups[first - 1]) > 1 or len(groups[first]) == 1 or _is_caption(groups[first - 1][0])):
        first -= 1
    if first:
        return Laid([], _line_after(lines, start, sum(map(len, groups[:first]))))
    kept = groups[: values[-1] + 1]
    return Laid(kept, _line_after(lines, start, sum(map(len, kept))), aligned=is_stream)


def _line_after(lines: list[str], start: int, filled: int) -> int:
    """The index behind so many lines that are not empty."""
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


def _is_caption(line: str) -> bool:
    """Whether a line may be the first cell of a table, over all its columns: a few words, no heading, no sentence."""
    return len(line) <= _LONGEST_CAPTION and not _PUNCTUATION.search(line) and not ITEM.match(line)


def _is_figure(line: str) -> bool:
    """Whether a line is a number, or the dash that stands for none; a longer one is a rule."""
    return _is_number(line) or (bool(line.strip()) and is_value(line) and len(line.strip()) <= _LONGEST_DASH)


def _is_number(line: str) -> bool:
    return read_cell(line)[1] == "number"


def _grid(laid: Laid, index: int) -> Grid:
    rows = (tuple(Cell(raw, row, column) for column, raw in enumerate(cells)) for row, cells in enumerate(laid.rows))
    return Grid(tuple(rows), index, aligned=laid.aligned)
