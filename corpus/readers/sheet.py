"""Spreadsheets → blocks: .xlsx, .xls and .csv, all as rows of printed cells.

Empty rows part the blocks of a sheet. Within one, what stands alone in its row before the first or after the last row
of several cells is a paragraph, so that a sheet can hold a whole report.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from corpus.blocks import Block, Cell, Content, Grid, Paragraph
from corpus.numerals import are_counted, is_value
from corpus.readers.enumerated import uncounted
from corpus.readers.limits import Limits
from corpus.readers.package import Package, title_apart
from corpus.readers.raw_sheet import RawSheet
from corpus.readers.workbook import sheets
from corpus.text import clean

_SENTENCE = re.compile(r"[。；！？]$")
_PROSE = re.compile("。|；.*；")
_NOTE = re.compile(r"(?:备?注|说明)[:：]")
_NO_CAPTION = re.compile(r"\d|^[一二三四五六七八九十]+[、.．]|[。；！？]$")
_QUOTED = re.compile(r"""=\s*"([^"]*)"|'([\d.,]+)""")
_LONGEST_CELL = 120
_LEAST_COUNTED = 10
# What pandas calls columns that have no name.
_UNNAMED = re.compile(r"Unnamed: \d+(?:_level_\d+)?")
_SEPARATORS = ",\t;，|~^¦§"


def read_workbook(package: Package, limits: Limits) -> Content:
    """Blocks of an .xlsx. Raises UnreadableError for a damaged workbook, TooLargeError beyond the limits."""
    return replace(content_of(sheets(package, limits)), metadata=title_apart(package))


def content_of(found: Iterable[RawSheet]) -> Content:
    """Blocks of some sheets."""
    blocks: list[Block] = []
    for sheet in found:
        blocks.extend(
            _Sheet(_uncounted(sheet.rows), sheet.spans).blocks(sum(isinstance(block, Grid) for block in blocks))
        )
    return Content(tuple(blocks))


def _uncounted(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The rows of a sheet, its first column left empty where a program counts them all there, but for a name above."""
    first = [row[0].strip() if row else "" for row in rows]
    below = first[1:] if first and not is_value(first[0]) else first
    return [["", *row[1:]] for row in rows] if len(below) >= _LEAST_COUNTED and are_counted(below) else rows


def read_csv(text: str, limits: Limits) -> Content:
    """Blocks of a comma-separated file; the separator is the one that its lines have most of."""
    lines = text.splitlines()
    separator = max(_SEPARATORS, key=text.count)
    quote = "'" if '"' not in text and text.count(f"'{separator}'") * 2 > text.count(separator) else '"'
    spaced = f"{separator} {quote}" in text
    try:
        source = io.StringIO(text, newline="")
        rows = list(csv.reader(source, delimiter=separator, quotechar=quote, skipinitialspace=spaced))
    except csv.Error:
        # A quotation mark that is never closed: each line is a row of its own.
        rows = [line.split(separator) for line in lines]
    if not any(map(any, rows[1::2])):
        # Each row ends twice, as where a program's line ends are ended again.
        rows = rows[::2]
    # Exports write ="0012" or '0012 so that a sheet keeps the zeros; it shows 0012.
    rows = [
        [match[match.lastindex or 1] if (match := _QUOTED.fullmatch(cell)) else _UNNAMED.sub("", cell) for cell in row]
        for row in rows
    ]
    rows = list(_rejoined(uncounted(rows, _LEAST_COUNTED), separator))
    width = max(map(len, rows), default=0)
    limits.check_cells(len(rows) * width)
    # Where paragraphs are written without empty fields, a row that has them is as wide as its table.
    is_ragged = any(len(row) == 1 for row in rows)
    wide = frozenset(number for number, row in enumerate(rows) if is_ragged and len(row) > 1)
    return Content(tuple(_Sheet([row + [""] * (width - len(row)) for row in rows], {}, wide).blocks(0)))


def _rejoined(rows: Sequence[Sequence[str]], separator: str) -> Iterator[list[str]]:
    """The rows, those of one cell that are a sentence with separators of its own, which nobody quoted.

    The rows of a table are as wide as those beside them, whatever they say.
    """
    for above, row, below in zip([[], *rows], rows, [*rows[1:], []], strict=False):
        is_alone = len(row) not in (len(above), len(below)) or not any(map(is_value, filter(None, row)))
        is_prose = len(row) > 1 and all(row) and _PROSE.search("".join(row))
        yield [separator.join(row)] if is_alone and is_prose else list(row)


def is_csv(text: str) -> bool:
    """Whether lines hold as many separators as the lines beside them, often enough to be no chance."""
    lines = [line for line in text.splitlines()[:400] if line.strip()]
    counts = [line.count(",") for line in lines]
    same = sum(a == b > 0 for a, b in pairwise(counts))
    return len(lines) > 4 and same * 2 > len(lines)


class _Sheet:
    """The raw cells of one sheet, which of them hold something, and which are covered by a merged one.

    ``wide``: the rows known to be as wide as their table, however few of their cells are filled.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[str]],
        spans: Mapping[tuple[int, int], tuple[int, int]],
        wide: frozenset[int] = frozenset(),
    ) -> None:
        self._rows = rows
        self._wide = wide
        self._spans = spans
        self._covered = {
            (row + down, column + right): (row, column)
            for (row, column), (height, width) in spans.items()
            for down in range(min(height, len(rows) - row))
            for right in range(min(width, len(rows[row]) - column))
        }
        self._filled = [
            [column for column in range(len(row)) if self._holds(number, column)] for number, row in enumerate(rows)
        ]

    def _holds(self, row: int, column: int) -> bool:
        """Whether a cell prints something here, or one that began in a row above does."""
        first_row, first_column = self._covered.get((row, column), (row, column))
        return bool(self._rows[first_row][first_column]) and (first_row < row or first_column == column)

    def blocks(self, tables: int) -> Iterator[Block]:
        """Paragraphs and grids, these counted from ``tables``."""
        right = 0
        for run in self._runs():
            inside = self._table_rows(run)
            for is_table, numbers in groupby(run, key=inside.__contains__):
                if is_table:
                    right = self._right(lines := list(numbers), right)
                    yield self._grid(lines, right, tables)
                    tables += 1
                else:
                    yield from self._paragraphs(numbers)

    def _runs(self) -> Iterator[list[int]]:
        """Rows without an empty one between them; below a header the empty row is its table's."""
        run: list[int] = []
        for number, filled in enumerate(self._filled):
            if filled or (run and self._is_header(run[-1])):
                run.append(number)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _is_header(self, number: int) -> bool:
        raws = [self._rows[number][column] for column in self._filled[number]]
        return len(raws) > 2 and not any(map(is_value, filter(None, raws)))

    def _table_rows(self, run: Sequence[int]) -> set[int]:
        """The rows of a run that are its table's: from the first to the last with several cells, and labels below."""
        several = [number for number in run if len(self._filled[number]) > 1]
        if not several:
            return set()
        below = [number for number in run if number > several[-1]]
        sentence = next((index for index, number in enumerate(below) if self._is_sentence(number)), None)
        # Where narrative follows, the line before it is its heading.
        labels = below if sentence is None else below[: max(sentence - 1, 0)]
        first = several[0] - self._is_caption(several[0] - 1, run)
        inside = {number for number in run if first <= number <= several[-1] and not self._is_sentence(number)}
        return inside | set(labels)

    def _is_caption(self, number: int, run: Sequence[int]) -> bool:
        """Whether a row is one cell as wide as the table right below it, and no title or heading of the text."""
        if number not in run or len(self._filled[number]) != 1:
            return False
        left = self._filled[number][0]
        width = max(self._filled[number + 1]) - left + 1
        is_merged = left <= min(self._filled[number + 1]) and self._spans.get((number, left), (1, 1))[1] >= width
        is_over = is_merged or number in self._wide
        return is_over and not _NO_CAPTION.search(self._rows[number][left].strip())

    def _is_sentence(self, number: int) -> bool:
        if len(self._filled[number]) != 1:
            return False
        text = self._rows[number][self._filled[number][0]].strip()
        return (len(text) > _LONGEST_CELL or bool(_SENTENCE.search(text))) and not _NOTE.match(text)

    def _paragraphs(self, numbers: Iterable[int]) -> Iterator[Block]:
        for number in numbers:
            for column in self._filled[number]:
                for line in self._rows[number][column].split("\n"):
                    if text := clean(line).strip():
                        yield Paragraph(text)

    def _right(self, numbers: Sequence[int], above: int) -> int:
        """Where the columns end that some rows use: with those ``above`` where values go on without a header."""
        ends = [
            column + self._spans.get((number, column), (1, 1))[1]
            for number in numbers
            for column in self._filled[number]
        ]
        first = (self._rows[numbers[0]][column] for column in self._filled[numbers[0]])
        return max(*ends, above if any(map(is_value, first)) else 0)

    def _grid(self, numbers: Sequence[int], right: int, index: int) -> Grid:
        """Some rows as a grid, from the first column that any of them uses to ``right``; counted from 0."""
        left = min(column for number in numbers for column in self._filled[number])
        printed = []
        for line, number in enumerate(numbers):
            cells: list[Cell] = []
            for column in range(left, min(right, len(self._rows[number]))):
                at = (number, column)
                if self._covered.get(at, at) == at:
                    cells.append(Cell(self._rows[number][column], line, len(cells), *self._spans.get(at, (1, 1))))
            printed.append(tuple(cells))
        return Grid(tuple(printed), index)


def renumbered(blocks: Iterable[Block], start: int) -> Iterator[Block]:
    """The same blocks with their tables counted from ``start``."""
    for block in blocks:
        if isinstance(block, Grid):
            yield replace(block, index=start)
            start += 1
        else:
            yield block
