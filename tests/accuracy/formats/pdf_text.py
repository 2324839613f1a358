"""A paper as programs take its text out of a PDF: a row's values on a line, its label around them (docs/field.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from unicodedata import east_asian_width

from tests.accuracy.formats.text import laid_out, one_line, printed
from tests.accuracy.paper import Box, Paper, Table, squares

_LETTERS = 12
"""Of a label in one line of its column."""
_COLUMNS = 10
"""That a column of values takes up, in letters of half width."""


def text_raw(paper: Paper) -> bytes:
    """A label is a line, and all values of its row are the next, a space between them (pdftotext -raw)."""

    def lines(table: Table) -> Iterator[str]:
        for are_values, some in groupby(chain.from_iterable(printed(table)), lambda box: bool(box.figure)):
            boxes = list(some)
            yield from filter(None, [_values(boxes)] if are_values else (one_line(box.text) for box in boxes))

    return laid_out(paper, lines)


def text_halves(paper: Paper) -> bytes:
    """A label of several lines stands half above and half below the line of its values (pdfplumber)."""

    def lines(table: Table) -> Iterator[str]:
        for row in printed(table):
            labels = [box for box in row if not box.figure and box.text]
            if not any(box.figure for box in row):
                yield " ".join(one_line(box.text) for box in labels)
                continue
            groups = [box for box in labels if box.rowspan > 1]
            label, *units = [one_line(box.text) for box in labels if box.rowspan == 1] or [""]
            parts = [label[at : at + _LETTERS] for at in range(0, len(label), _LETTERS)]
            half, beside = divmod(len(parts), 2)
            yield from (one_line(box.text) for box in groups)
            yield from parts[:half]
            yield " ".join(filter(None, (*parts[half : half + beside], *units, _values(row))))
            yield from parts[half + beside :]

    return laid_out(paper, lines)


def text_layout(paper: Paper) -> bytes:
    """Each line of a cell stands where it does on the page, in the middle of its rows (pdftotext -layout)."""
    return laid_out(paper, lambda table: _drawn(list(squares(table))))


def _values(row: Sequence[Box]) -> str:
    return " ".join(one_line(box.text) for box in row if box.figure and box.text.strip())


def _drawn(rows: list[list[tuple[Box, bool]]]) -> Iterator[str]:
    """The lines of a table, each cell in the middle of the lines of its rows."""
    broken = [[list(_broken(box)) if fresh else [] for box, fresh in row] for row in rows]
    heights = [
        max([1, *(len(cell) for (box, _), cell in zip(row, cells, strict=True) if box.rowspan == 1)])
        for row, cells in zip(rows, broken, strict=True)
    ]
    widths = [
        2 + max([_COLUMNS, *(_width(line) for row, cells in zip(rows, broken, strict=True)
                             if row[at][0].colspan == 1 for line in cells[at])])
        for at in range(len(rows[0]))
    ]  # fmt: skip
    page = [[""] * len(widths) for _ in range(sum(heights))]
    for number, (row, cells) in enumerate(zip(rows, broken, strict=True)):
        for at, ((box, _), cell) in enumerate(zip(row, cells, strict=True)):
            height = sum(heights[number : number + box.rowspan])
            first = sum(heights[:number]) + max(height - len(cell), 0) // 2
            for below, text in enumerate(cell[:height]):
                page[first + below][at] = text
    for line in page:
        drawn = ""
        for at, text in enumerate(line):
            drawn += " " * max(sum(widths[:at]) - _width(drawn), 1) * bool(text) + text
        yield drawn.rstrip()


def _broken(box: Box) -> Iterator[str]:
    text = one_line(box.text)
    letters = _COLUMNS if box.figure else _LETTERS * box.colspan
    yield from (text[at : at + letters].strip() for at in range(0, len(text), letters))


def _width(text: str) -> int:
    return sum(1 + (east_asian_width(letter) in "WF") for letter in text)
