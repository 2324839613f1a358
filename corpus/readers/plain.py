"""Plain text → blocks. Tables come in several layouts (docs/field.md, "How tables arrive").

*Rows*: a row is a line of cells separated by tabs, or by commas. *Ladder*: a cell is a line. *Barred*: bars part the
cells. *Spaced*: white space parts them. Each is asked, and what it finds is weighed: no order decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from html import unescape
from itertools import count, groupby

from corpus.blocks import Block, Cell, Content, Grid, Paragraph, are_from_picture
from corpus.numerals import is_number
from corpus.readers.cell_per_line import bare_ladder, ladder
from corpus.readers.delimited import COMMA, TAB, separated
from corpus.readers.enumerated import unboxed, uncounted, unframed, unmarked
from corpus.readers.limits import Limits
from corpus.readers.markdown import printed
from corpus.readers.page_marks import without_page_marks
from corpus.readers.pipe_table import barred
from corpus.readers.section_numbers import without_section_numbers
from corpus.readers.text_table import BAR, Laid
from corpus.readers.unfolding import unfolded
from corpus.readers.whitespace_table import spaced
from corpus.readers.wrapped import continuations
from corpus.text import clean

# What ends a line beside the usual one: of old systems, of Word, of mainframes, of Unicode. Word ends cells by a bell.
_LINE_ENDS = {**dict.fromkeys(map(ord, "\r\v\x85\u2028\u2029"), "\n"), ord("\a"): "\t"}
_ESCAPES = {r"\r": "", r"\n": "\n", r"\t": "\t"}
_QUOTED = re.compile(r"""(["'])(.*)\1""", re.DOTALL)
_HALF = 0.5
# Characters as HTML names them, where a page was saved by its text alone; one or two may be quoted.
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#[xX][\da-fA-F]{2,4});")
_LEAST_ENTITIES = 3
_GAP = re.compile(r"\n{4,}")
# What a browser copies of cells with a paragraph in each: its margins, two lines, on both sides of the tab, once around
# an empty cell; and around the end of a row, a line by itself (HTML Standard, "innerText").
_CELLS_APART = re.compile(r"\n[ ]*\n[ ]*\t(?=[ ]*\n[ ]*\n)")
_LEAST_APART = 20
_ROWS_APART = re.compile(r"\n(?:[ ]*\n){3,}")
_MARGINS = re.compile(r"(?<=\t)(?:[ ]*\n){2,}[ ]*|(?:\n[ ]*){2,}(?=\t)")
Layout = Callable[[list[str], int], Laid]
"""Finds the table that begins in a line."""

_ENOUGH_VALUES = 10
"""Numbers in the tables of a page that has its statutory tables; a date and an address stand in others."""


def read_plain(text: str, limits: Limits | None = None) -> Content:
    """Blocks of a plain text: any text is at least paragraphs. Raises TooLargeError for more than a report can hold."""
    text = unescape(text) if len(_ENTITY.findall(text)) >= _LEAST_ENTITIES else text
    text = _without_margins(text.replace("\r\n", "\n"))
    lines = _unescaped(text).translate(_LINE_ENDS).split("\n")
    text = _GAP.sub("\n\n\n", printed("\n".join(unboxed(unframed(lines)))))
    (limits or Limits()).check_pieces(_pieces(text))
    lines = list(unfolded(without_section_numbers(without_page_marks(unmarked(text.split("\n"))))))
    blocks: list[Block] = []
    tables = 0
    runs = list(_runs(lines))
    continued = continuations(lines, [start for laid, start in runs if not laid.rows])
    for laid, start in runs:
        if laid.rows:
            blocks.append(_grid(laid, tables))
            tables += 1
        elif paragraph := clean(lines[start]).strip():
            above = blocks[-1] if start in continued and blocks else None
            if isinstance(above, Paragraph):
                paragraph = above.text + paragraph
                blocks.pop()
            blocks.append(Paragraph(paragraph))
    return Content(tuple(blocks))


def _without_margins(text: str) -> str:
    """The text with the cells of a row on a line, where paragraphs in them set them apart."""
    if len(_CELLS_APART.findall(text)) < _LEAST_APART:
        return text
    return _MARGINS.sub("", _ROWS_APART.sub("\n", text))


def _unescaped(text: str) -> str:
    """A text whose line ends are written as programs write them in strings."""
    if text.count(r"\n") <= text.count("\n"):
        return text
    for written, meant in _ESCAPES.items():
        text = text.replace(written, meant)
    return text


def with_tables(content: Content, limits: Limits) -> Content:
    """The content with tables where its paragraphs print them as lines of text; one that has its tables as it is.

    So is one that was read from pictures: where its words stood there has told its tables, and lines no longer do.
    """
    if are_from_picture(content.blocks):
        return content
    grids = [block for block in content.blocks if isinstance(block, Grid)]
    if sum(is_number(cell.raw) for grid in grids for row in grid.rows for cell in row) >= _ENOUGH_VALUES:
        return content
    limits.check_pieces(sum(_pieces(block.text) for block in content.blocks if not isinstance(block, Grid)))
    numbers = count()
    return replace(
        content,
        blocks=tuple(
            replace(block, index=next(numbers)) if isinstance(block, Grid) else block
            for block in _with_tables(content.blocks)
        ),
    )


def _with_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, each run of paragraphs with the tables that it prints."""
    for is_text, run in groupby(blocks, lambda block: isinstance(block, Paragraph)):
        if not is_text:
            yield from run
            continue
        lines = list(unfolded([block.text for block in run if isinstance(block, Paragraph)]))
        for laid, start in _runs(lines):
            yield _grid(laid, 0) if laid.rows else Paragraph(lines[start])


def _pieces(text: str) -> int:
    """How many paragraphs and cells a text may hold at most."""
    return len(text.split()) + text.count("\t") + len(BAR.findall(text))


def _runs(lines: list[str]) -> Iterator[tuple[Laid, int]]:
    """Each table, and each other line as none, with the index of its first line, in order.

    A layout that finds no table says up to which line there is none, so that no line is looked at again and again.
    """
    index = 0
    none_before: dict[Layout, int] = dict.fromkeys(LAYOUTS, 0)
    while index < len(lines):
        laid = _best(lines, index, none_before)
        yield laid, index
        index = laid.end


def _best(lines: list[str], index: int, none_before: dict[Layout, int]) -> Laid:
    """Of the tables that layouts find from this line on the one with most numbers in cells of their own.

    Of equals one whose cells something printed parts: white space may be nothing but a gap. Then one that tells rows.
    """
    found = []
    for layout, nothing in none_before.items():
        if index >= nothing:
            laid = layout(lines, index)
            if laid.rows:
                found.append(laid)
            else:
                none_before[layout] = laid.end
    return max(found, key=lambda laid: (_numbers(laid), not laid.aligned, len(laid.rows)), default=Laid([], index + 1))


def _numbers(laid: Laid) -> int:
    return sum(is_number(cell) for row in laid.rows for cell in row)


LAYOUTS: tuple[Layout, ...] = (
    ladder,
    barred,
    spaced,
    bare_ladder,
    partial(separated, separator=TAB),
    partial(separated, separator=COMMA),
)
"""None comes before another: what they find decides."""


def _grid(laid: Laid, index: int) -> Grid:
    printed = uncounted(_unquoted(laid.rows))
    rows = (tuple(Cell(raw, row, column) for column, raw in enumerate(cells)) for row, cells in enumerate(printed))
    return Grid(tuple(rows), index, aligned=laid.aligned)


def _unquoted(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The rows without quotation marks, where most of their cells are quoted."""
    cells = [cell for row in rows for cell in row if cell.strip()]
    quoted = sum(_QUOTED.fullmatch(cell) is not None for cell in cells)
    return [[_QUOTED.sub(r"\2", cell) for cell in row] for row in rows] if quoted > _HALF * len(cells) else rows
