"""Plain text → blocks. Tables come in several layouts (docs/field.md, "How tables arrive").

*Rows*: a row is a line of cells separated by tabs, or by commas. *Ladder*: a cell is a line. *Barred*: bars part the
cells. *Spaced*: white space parts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, groupby

from corpus.blocks import Block, Cell, Content, Grid, Paragraph
from corpus.numerals import read_cell
from corpus.readers.cell_per_line import bare_ladder, ladder
from corpus.readers.comma_table import separated
from corpus.readers.limits import Limits
from corpus.readers.markdown import printed_markdown
from corpus.readers.pipe_table import barred
from corpus.readers.text_table import BAR, Laid, begins_section, is_caption
from corpus.readers.unfolding import unfolded
from corpus.readers.whitespace_table import spaced
from corpus.text import clean

# What ends a line beside the usual one: of old systems, of mainframes, of Unicode.
_LINE_ENDS = dict.fromkeys(map(ord, "\r\x85\u2028\u2029"), "\n")
# How terminals are told to change colours (ECMA-48, 8.3.117).
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_QUOTED = re.compile(r"^> ?", re.MULTILINE)
_GAP = re.compile(r"\n{4,}")
_ENOUGH_VALUES = 10
"""Numbers in the tables of a page that has its statutory tables; a date and an address stand in others."""


def read_plain(text: str, limits: Limits | None = None) -> Content:
    """Blocks of a plain text: any text is at least paragraphs. Raises TooLargeError for more than a report can hold."""
    text = _GAP.sub("\n\n\n", _COLOUR.sub("", text).replace("\r\n", "\n").translate(_LINE_ENDS))
    text = printed_markdown(_unquoted(text))
    (limits or Limits()).check_pieces(_pieces(text))
    lines = list(unfolded(text.split("\n")))
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
        lines = list(unfolded([block.text for block in run if isinstance(block, Paragraph)]))
        blocks += [_grid(laid, 0) if laid.rows else Paragraph(lines[start]) for laid, start in _runs(lines)]
    numbers = count()
    return replace(
        content,
        blocks=tuple(replace(block, index=next(numbers)) if isinstance(block, Grid) else block for block in blocks),
    )


def _unquoted(text: str) -> str:
    """A text without the signs before its lines by which a letter quotes another (RFC 3676, 4.5)."""
    is_quoted = all(line.startswith(">") for line in text.split("\n") if line.strip())
    return _QUOTED.sub("", text) if is_quoted else text


def _pieces(text: str) -> int:
    """How many paragraphs and cells a text may hold at most."""
    return len(text.split()) + text.count("\t") + len(BAR.findall(text))


def _runs(lines: list[str]) -> Iterator[tuple[Laid, int]]:
    """Each table, and each other line as none, with the index of its first line, in order.

    A layout that finds no table says up to which line there is none, so that no line is looked at again and again.
    """
    index = 0
    none_before = dict.fromkeys((ladder, _rows, barred, separated, spaced, bare_ladder), 0)
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
    is_cell = bool(lines[index].strip()) and is_caption(lines[index])
    return is_above and is_cell and not begins_section(lines, index)


def _is_number(line: str) -> bool:
    return read_cell(line)[1] == "number"


def _grid(laid: Laid, index: int) -> Grid:
    rows = (tuple(Cell(raw, row, column) for column, raw in enumerate(cells)) for row, cells in enumerate(laid.rows))
    return Grid(tuple(rows), index, aligned=laid.aligned)
