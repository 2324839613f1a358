"""Blocks as one text: where the letters of labels stand in it, whatever is between them, and where values do.

Numbers of labels, marks of notes, dates and words with digits in them are no values; what stands right behind a letter
is one only behind the label of a row or column.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, chain
from typing import NamedTuple

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.extraction.row_cells import UNITS
from corpus.form import Column, Form, Row, label_key, load_form
from corpus.model import FORMS
from corpus.numerals import is_number
from corpus.text import fold

_VALUE = re.compile(
    r"(?<![\d.])(?<![A-Za-z]=)(?<![A-Za-z]=\")[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:万?元|人次|[件条项个次篇人])?(?![\w.])"
)
_PART = re.compile(r"\S+")
_BLANK = re.compile(r"\"\"|''|\b(?:null|none|nan)\b|(?m:(?<=[=|:])[ \t]*$)")
_COUNTED = re.compile(r"\s*[、.]\s*[^\W\d]")
"""What stands behind a number of its own that counts a label: its mark, and the label."""
_NUMBERING = re.compile(
    rf"{_COUNTED.pattern}|"
    r"[ \t]*\)[ \t]*[^\W\d]|[ \t]*\((?![一二三四五六七八九十]+\))[^\W\d]"
    r"|\]\s*=>|\]?[\"']?[ \t]*[:=]"
)
"""What stands behind the number of a label or a place, or before a remark about a number."""

_END = re.compile(r"。|\n\s*[一二三四五六七八九十]+\s*、")
"""What no row goes beyond: the end of a sentence, a heading."""

_NOTE = re.compile(r"\s*\([^()]*\)")
_NUMBERED = re.compile(r"(?<!第)(?<!第 )\(\s*[一二三四五六七八九十]+\s*\)\s*[^\W\d]")
"""The label of another row behind its number; 第二十条第（一）项 is none."""
_MARKED = 2
"""Letters that end what stands before each value: of mark-up around it, the nearest."""

_ZEROS = re.compile("00+")
"""Cells run together: no number begins with a nought."""

_RUN_TOGETHER = 5
"""Digits of one run that are as many as the row has columns: so many make no count of anything."""
_ALL_TOGETHER = re.compile(rf"(?<![\d.])0{{{_RUN_TOGETHER},}}(?![\d.])")
"""A row of noughts without anything between them: so do the cells of the other rows run together."""

_COPULAS = ("为", "是", "分别为", "分别是", "共", "共计", "合计")
"""What joins a row or its columns and their values in a sentence."""

_OF_RECORD = 2
"""Cells of a row: what is counted, and its number."""

_LATIN = re.compile("[a-z]")
_NO_LETTER = re.compile(r"[\W\d_]+")


class Value(NamedTuple):
    """A value as it is printed, and where."""

    start: int
    raw: str

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.start + len(self.raw)


def _whole_numbers(cells: Sequence[Cell], begins: Sequence[int]) -> Iterator[Value]:
    """The cells that are a number each."""
    for cell, at in zip(cells, begins, strict=False):
        if is_number(cell.raw):
            yield Value(at + len(cell.raw) - len(cell.raw.lstrip()), cell.raw.strip())


def _empty(block: Block, start: int) -> Iterator[Value]:
    """The empty cells of a record from a place on: behind what is counted, its last or none."""
    if isinstance(block, Grid) and max(map(len, block.rows), default=0) == _OF_RECORD:
        for row in block.rows:
            if row and not any(cell.raw.strip() for cell in row[1:]):
                yield Value(start + len(row[0].raw), "")
            start += sum(len(cell.raw) + 1 for cell in row)


class FlatText:
    """Blocks as one text, its letters by themselves, and the values in it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        cells = [list(_cells(block)) for block in blocks]
        self.starts = [0, *accumulate(sum(len(cell.raw) + 1 for cell in some) for some in cells)]
        self._cells = list(chain.from_iterable(cells))
        self._begins = list(accumulate((len(cell.raw) + 1 for cell in self._cells[:-1]), initial=0))
        self.text = "".join(f"{cell.raw}\n" for cell in self._cells)
        self._folded = "".join(_folded(letter) for letter in self.text)
        self._runs_together = _ALL_TOGETHER.search(self._folded) is not None
        self._places = [at for at, letter in enumerate(self._folded) if letter.isalpha()]
        self._letters = "".join(self._folded[at] for at in self._places)
        self._ends = [match.start() for match in _END.finditer(self._folded)]
        self._values = self._all_values(list(_whole_numbers(self._cells, self._begins)))
        said = [Value(match.start(), "") for match in _BLANK.finditer(self._folded)]
        self._blanks = sorted([*said, *chain.from_iterable(map(_empty, blocks, self.starts))])

    def _all_values(self, whole: Sequence[Value]) -> list[Value]:
        """The values in order: what is a number as a whole is one, with spaces between its digits too.

        Where spaces part all letters, the number of a label stands as alone as a value.
        """
        whole = [value for value in whole if not _COUNTED.match(self._folded, value.end)]
        glued = {end for form in FORMS for label in _labels(load_form(form)) for _, end in self.said(label)}
        inside = {place for value in whole for place in range(value.start, value.end)}
        return sorted([*whole, *(value for value in self._found(_VALUE, glued) if value.start not in inside)])

    def block_at(self, place: int) -> int:
        """The index of the block in which a place of the text is."""
        return bisect_left(self.starts, place + 1) - 1

    def cell(self, start: int, end: int) -> Cell:
        """What is printed between two places, as sure as that of which it is a part.

        Of several numbers in one cell of a picture none is sure: they may stand in another order there.
        """
        whole = self._cells[bisect_right(self._begins, start) - 1]
        raw = self.text[start:end]
        is_cut = whole.cutout is not None and raw.strip() != whole.raw.strip()
        return replace(whole, raw=raw, confidence=0.0 if is_cut else whole.confidence, rowspan=1, colspan=1)

    def note_end(self, end: int) -> int:
        """Where the note ends that begins at a place, behind a label; the place itself where none does."""
        return note.end() if (note := _NOTE.match(self._folded, end)) else end

    def said(self, key: str, start: int = 0) -> Iterator[tuple[int, int]]:
        """From where to where some letters are printed, whatever stands between them, from a place on."""
        at = self._letters.find(key, bisect_left(self._places, start))
        while at >= 0:
            yield self._places[at], self._places[at + len(key) - 1] + 1
            at = self._letters.find(key, at + 1)

    def values(self, start: int, end: int, width: int) -> Sequence[Value]:
        """What is counted between two places, no further than a sentence goes.

        Blanks too where that makes the ``width``: those before are positions that the label spans.
        """
        numbers = self.numbers(start, end)
        least = 2 if self._runs_together else _RUN_TOGETHER
        if len(numbers) == 1 and len(numbers[0].raw) == width >= least and numbers[0].raw.isdecimal():
            return _digits(*numbers[0])
        if len(numbers) >= width:
            return numbers
        cells = sorted([*numbers, *_between(self._blanks, start, self._end(start, end))])
        first = next((at for at, cell in enumerate(cells) if cell.raw), len(cells))
        return cells[-width:] if len(cells) >= width >= len(cells) - first else numbers

    def numbers(self, start: int, end: int) -> Sequence[Value]:
        """The numbers between two places, no further than a sentence goes."""
        return _between(self._values, start, self._end(start, end))

    def all_numbers(self, start: int, end: int) -> Sequence[Value]:
        """The numbers between two places, whatever ends between them; spaces part them: 0 0 3 is three."""
        found = _between(self._values, start, end)
        return [Value(each.start + part.start(), part.group()) for each in found for part in _PART.finditer(each.raw)]

    def sentence_end(self, start: int) -> int:
        """Where the first sentence or heading behind a place ends or begins, or all does."""
        return self._end(start, len(self.text))

    def is_line(self, value: Value) -> bool:
        """Whether a value is all that its line has, but for dashes around it."""
        first = self.text.rfind("\n", 0, value.start) + 1
        last = self.text.find("\n", value.end)
        return self.text[first:last].strip(" \t-—–·~") == value.raw

    def are_alike(self, start: int, values: Sequence[Value]) -> bool:
        """Whether the words between values, but for the labels of columns, are the same: none, or those of a mark-up.

        无 and a remark stand in the place of a value, or beside it; what stands before the first may be the label of
        another row. ``start`` is where the label of the values ends.
        """
        ends = [start, *(value.end for value in values)]
        before, *between = [
            _LATIN.sub("a", _known_words().sub("", _NO_LETTER.sub("", _NOTE.sub("", self._folded[end : value.start]))))
            for end, value in zip(ends, values, strict=False)
        ] or [""]
        is_marked = bool(between and between[0]) and before.endswith(between[0][-_MARKED:])
        is_of_row = is_marked or before.isascii() or before in (*UNITS, *_COPULAS) or before in _captions()
        is_numbered = bool(values) and _NUMBERED.search(self._folded, start, values[0].start) is not None
        return len(set(between)) <= 1 and is_of_row and not is_numbered

    def _end(self, start: int, end: int) -> int:
        at = bisect_left(self._ends, start)
        return min(end, self._ends[at]) if at < len(self._ends) else end

    def _found(self, pattern: re.Pattern[str], glued: set[int]) -> Iterator[Value]:
        """The values; right behind a letter stand only those of a label or a copula that ends there."""
        for match in pattern.finditer(self._folded):
            start, end = match.span()
            raw = self.text[start:end]
            before = self._folded[max(start - 3, 0) : start]
            is_word = before[-1:].isalpha() and start not in glued and not before.endswith(_COPULAS)
            if not is_word and not _NUMBERING.match(self._folded, end) and is_number(raw):
                yield from _digits(start, raw) if _ZEROS.fullmatch(raw) else (Value(start, raw),)


def with_grid(
    blocks: Sequence[Block], text: FlatText, rows: Sequence[Sequence[Cell]], place: tuple[int, int]
) -> list[Block]:
    """The blocks with a table in the place of a part of their text, and what stands beside this in its blocks."""
    start, end = place
    first, last = text.block_at(start), text.block_at(end - 1)
    grid = Grid(
        tuple(tuple(replace(cell, row=y, column=x) for x, cell in enumerate(row)) for y, row in enumerate(rows)),
        sum(isinstance(block, Grid) for block in blocks[:first]),
        aligned=True,
    )
    before, after = text.text[text.starts[first] : start].strip(), text.text[end : text.starts[last + 1]].strip()
    beside = [[Paragraph(rest)] if rest else [] for rest in (before, after)]
    return [*blocks[:first], *beside[0], grid, *beside[1], *blocks[last + 1 :]]


def _digits(start: int, raw: str) -> list[Value]:
    """The digits of a run as a value each."""
    return [Value(start + at, digit) for at, digit in enumerate(raw)]


def _folded(letter: str) -> str:
    """A letter as it is matched, a space for one that nobody sees: so many as are printed."""
    folded = fold(letter)
    return (folded or " ") if len(folded) <= 1 else letter


def _cells(block: Block) -> Iterator[Cell]:
    """What a block holds: the cells of a table, or its text as one."""
    if isinstance(block, Grid):
        yield from (cell for row in block.rows for cell in row)
    else:
        yield Cell(block.text, 0, 0, confidence=block.confidence if isinstance(block, Paragraph) else None)


def _between(values: Sequence[Value], start: int, end: int) -> Sequence[Value]:
    return values[bisect_left(values, start, key=_start) : bisect_left(values, end, key=_start)]


def _start(value: Value) -> int:
    return value.start


def _labels(form: Form) -> set[str]:
    """What is printed for the rows and columns of a form, letters alone."""
    items = (item for table in form.tables for some in (table.rows, table.columns) for item in some)
    return {key for item in items for key in keys_of(item)}


@cache
def _captions() -> str:
    """What stands above the parts of a table, letters alone: of 第二十条第（五）项 a part may have been taken away."""
    tables = (table for form in FORMS for table in load_form(form).tables)
    return " ".join(_NO_LETTER.sub("", fold(table.caption)) for table in tables)


@cache
def _known_words() -> re.Pattern[str]:
    """What is printed for columns, their groups and tables, and for nothing."""
    tables = [table for form in FORMS for table in load_form(form).tables]
    words = {letters(label) for table in tables for label in (table.caption, table.stub, table.unit_column)}
    for column in (column for table in tables for column in table.columns):
        words |= keys_of(column) | {letters(label) for label in column.path}
    return re.compile("|".join(sorted(words - {""}, key=len, reverse=True)) + "|null|none|nan")


def keys_of(item: Row | Column) -> set[str]:
    """What is printed for a row or column, in any spelling, letters alone."""
    return {letters(label) for label in (item.label, *item.variants)} - {""}


def letters(label: str) -> str:
    """The letters of a label without its numbering and notes."""
    return _NO_LETTER.sub("", label_key(label))
