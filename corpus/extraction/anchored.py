"""Tables told by their labels alone: the values of a row stand between its label and the label of the next.

Programs print tables as records, tuples, sentences and mark-up, and what parts cells and rows is different in each. The
order of labels and values is not. So the labels of a form are the anchors: of all chains of them in the form's order
that is taken which explains most, and a row has what is counted between two of them if it has as many columns.

    [规章]                       规章：制发件数5；废止件数0；有效件数47。
    制发件数=5           or      ('规章', '5', '0', '47'), ('行政规范性文件', '94', …
    废止件数=0                   规章 → 5 0 47 in each of them

Numbers of labels, words with digits in them, dates and notes are no values. A row with too few or too many stands in the
table as it was found, so that reading it says so (``columns.py``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import NamedTuple

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.extraction.header import column_keys
from corpus.extraction.streams import header_of
from corpus.form import Column, Form, Row, Table, label_key, load_form
from corpus.model import FORMS
from corpus.numerals import read_cell
from corpus.text import fold

_VALUE = re.compile(
    r"(?<![\d.])(?<![A-Za-z]=)(?<![A-Za-z]=\")[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:万?元|[件条项个次篇人])?(?![\w.])"
)
_BLANK = re.compile(r"\"\"|''|\b(?:null|none|nan)\b")
_NUMBERING = re.compile(r"\s*[、.)]\s*(?=[^\W\d])")
_END = re.compile(r"。|\n\s*[一二三四五六七八九十]+\s*、")
"""What no row goes beyond: the end of a sentence, a heading."""

_NO_LETTER = re.compile(r"[\W\d_]+")
_LEAST_ROWS = 4
_LEAST_SHARE = 0.5
"""Of the rows of a chain that have as many values as columns: fewer may be words of the narrative."""

_MISSED = 0.3
"""What a row of the form costs that is not told; one that is gains 1."""

_LONGER = 0.001
"""What each letter of a label gains: of two that stand in one place the longer is meant."""

_MOST_MISSED = 4
_FAR = 400
"""Letters and signs between a header and the first row of its table."""


def anchored(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; where a form's labels stand in order with values between them, these as a table instead."""
    text = _Text(blocks)
    found = max((_best(text, load_form(form)) for form in FORMS), key=lambda chain: chain.told)
    if found.told < max(_LEAST_ROWS, _LEAST_SHARE * len(found.anchors)):
        return list(blocks)
    rows = list(_rows(found, text))
    start, end = rows[0].start, rows[-1].end
    first, last = text.block_at(start), text.block_at(end - 1)
    grid = Grid(
        tuple(tuple(Cell(raw, number, at) for at, raw in enumerate(row.cells)) for number, row in enumerate(rows)),
        sum(isinstance(block, Grid) for block in blocks[:first]),
        aligned=True,
    )
    before, after = text.text[text.starts[first] : start].strip(), text.text[end : text.starts[last + 1]].strip()
    beside = [[Paragraph(rest)] if rest else [] for rest in (before, after)]
    return [*blocks[:first], *beside[0], grid, *beside[1], *blocks[last + 1 :]]


class _Value(NamedTuple):
    """A value as it is printed, and where."""

    start: int
    raw: str

    @property
    def end(self) -> int:
        return self.start + len(self.raw)


class _Anchor(NamedTuple):
    """The label of a row of a table as it is printed, and where."""

    row: int
    table: Table
    start: int
    end: int


class _Row(NamedTuple):
    """What is printed of a row, and where."""

    cells: Sequence[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Chain:
    """Labels in the form's order; ``told``: how many of them have as many values behind them as their rows columns."""

    form: Form
    anchors: tuple[_Anchor, ...] = ()
    told: float = 0.0


class _Text:
    """Blocks as one text, its letters by themselves, and the values in it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.starts = [0]
        pieces: list[str] = []
        for block in blocks:
            cells = [cell.raw for row in block.rows for cell in row] if isinstance(block, Grid) else [block.text]
            pieces.append("\n".join(cells) + "\n")
            self.starts.append(self.starts[-1] + len(pieces[-1]))
        self.text = "".join(pieces)
        self._folded = "".join(folded if len(folded := fold(letter)) == 1 else letter for letter in self.text)
        self._places = [at for at, letter in enumerate(self._folded) if letter.isalpha()]
        self._letters = "".join(self._folded[at] for at in self._places)
        self._ends = [match.start() for match in _END.finditer(self._folded)]
        glued = {end for form in FORMS for label in _labels(load_form(form)) for _, end in self.said(label)}
        self._values = list(self._found(_VALUE, glued))
        self._blanks = [_Value(match.start(), "") for match in _BLANK.finditer(self._folded)]

    def block_at(self, place: int) -> int:
        """The index of the block in which a place of the text is."""
        return bisect_left(self.starts, place + 1) - 1

    def said(self, key: str, start: int = 0) -> Iterator[tuple[int, int]]:
        """From where to where some letters are printed, whatever stands between them, from a place on."""
        at = self._letters.find(key, bisect_left(self._places, start))
        while at >= 0:
            yield self._places[at], self._places[at + len(key) - 1] + 1
            at = self._letters.find(key, at + 1)

    def values(self, start: int, end: int, width: int) -> list[_Value]:
        """What is counted between two places, no further than a sentence goes.

        Blanks too where that makes the ``width``: those before are positions that the label spans.
        """
        numbers = self.numbers(start, end)
        if len(numbers) >= width:
            return numbers
        cells = sorted([*numbers, *_between(self._blanks, start, self._end(start, end))])
        first = next((at for at, cell in enumerate(cells) if cell.raw), len(cells))
        return cells[-width:] if len(cells) >= width >= len(cells) - first else numbers

    def numbers(self, start: int, end: int) -> Sequence[_Value]:
        """The numbers between two places, no further than a sentence goes."""
        return _between(self._values, start, self._end(start, end))

    def _end(self, start: int, end: int) -> int:
        at = bisect_left(self._ends, start)
        return min(end, self._ends[at]) if at < len(self._ends) else end

    def _found(self, pattern: re.Pattern[str], glued: set[int]) -> Iterator[_Value]:
        """The values; right behind a letter stand only those of a label that ends there."""
        for match in pattern.finditer(self._folded):
            start, end = match.span()
            raw = self.text[start:end]
            is_word = start > 0 and self._folded[start - 1].isalpha() and start not in glued
            if not is_word and not _NUMBERING.match(self._folded, end) and read_cell(raw)[1] == "number":
                yield _Value(start, raw)


def _between(values: Sequence[_Value], start: int, end: int) -> Sequence[_Value]:
    return values[bisect_left(values, start, key=_start) : bisect_left(values, end, key=_start)]


def _start(value: _Value) -> int:
    return value.start


def _labels(form: Form) -> set[str]:
    """What is printed for the rows and columns of a form, letters alone."""
    return {key for table in form.tables for item in (*table.rows, *table.columns) for key in _keys(item)}


def _keys(item: Row | Column) -> set[str]:
    return {_letters(label) for label in (item.label, *item.variants)} - {""}


def _letters(label: str) -> str:
    return _NO_LETTER.sub("", label_key(label))


def _best(text: _Text, form: Form) -> _Chain:
    """The chain of a form's labels that explains most, by dynamic programming over all places at which they stand."""
    nodes = sorted(_anchors(text, form), key=lambda anchor: (anchor.start, anchor.row))
    best: list[tuple[float, int]] = []
    for at, node in enumerate(nodes):
        before = [
            (best[earlier][0] + _gain(text, one, node.start) - _MISSED * (node.row - one.row - 1), earlier)
            for earlier, one in enumerate(nodes[:at])
            if one.end <= node.start and 0 < node.row - one.row <= _MOST_MISSED
        ]
        best.append(max(before, default=(0.0, -1)))
    whole = [score + _gain(text, node) for node, (score, _) in zip(nodes, best, strict=True)]
    at = max(range(len(nodes)), key=whole.__getitem__, default=-1)
    told, anchors = max(whole, default=0.0), []
    while at >= 0:
        anchors.append(nodes[at])
        at = best[at][1]
    return _Chain(form, tuple(reversed(anchors)), told)


def _anchors(text: _Text, form: Form) -> Iterator[_Anchor]:
    """The labels of rows wherever they are printed."""
    rows = ((table, row) for table in form.tables for row in table.rows)
    for number, (table, row) in enumerate(rows):
        for start, end in {place for key in _keys(row) for place in text.said(key)}:
            yield _Anchor(number, table, start, end)


def _gain(text: _Text, anchor: _Anchor, end: int | None = None) -> float:
    """What a label explains if the next stands at ``end``; behind the last there may be other values."""
    width = len(anchor.table.columns)
    count = len(text.values(anchor.end, len(text.text) if end is None else end, width))
    told = count >= width if end is None else count == width
    return (1.0 if told else -_MISSED) + _LONGER * (anchor.end - anchor.start)


def _rows(chain: _Chain, text: _Text) -> Iterator[_Row]:
    """The rows of the tables, the header of each before them, and the table without labels behind all."""
    anchors = chain.anchors
    remedies = list(_remedies(text, chain.form, anchors[-1].end))
    behind = remedies[0].start if remedies else len(text.text)
    above = max(0, anchors[0].start - _FAR)
    for anchor, following in pairwise([*anchors, None]):
        end = following.start if following else behind
        values = text.values(anchor.end, end, len(anchor.table.columns))
        stop = values[-1].end if values else anchor.end
        is_first = anchor is anchors[0] or anchors[anchors.index(anchor) - 1].table is not anchor.table
        if is_first:
            yield from _header(text, anchor.table, above, stop, anchor.start)
        above = stop
        yield _Row([text.text[anchor.start : anchor.end], *(value.raw for value in values)], anchor.start, stop)
    yield from remedies


def _header(text: _Text, table: Table, start: int, end: int, at: int) -> Iterator[_Row]:
    """The labels of a table's columns as they stand above its first row, or among its values."""
    above = {_letters(label) for column in table.columns for label in column.path}
    keys = {key for column in table.columns for key in _keys(column)} | above
    said = {place for key in keys for place in text.said(key, start) if place[1] <= end}
    # 其他 is no column where 法人或其他组织 stands.
    whole = [one for one in sorted(said) if not any(a <= one[0] and one[1] <= b for a, b in said - {one})]
    cells = [Cell(text.text[first:last], 0, 0) for first, last in whole]
    for row in header_of(cells, table):
        yield _Row([table.stub, *(cell.raw for cell in row)], at, at)


def _remedies(text: _Text, form: Form, start: int) -> Iterator[_Row]:
    """The table whose rows have no labels: its columns in order, a value behind each or all of them behind the last."""
    table = next((table for table in form.tables if table.groups), None)
    if table is None:
        return
    places, at = [], start
    for column in table.columns:
        first = [place for key in _keys(column) for place in islice(text.said(key, at), 1)]
        if not first:
            return
        places.append(min(first, key=lambda place: (place[0], -place[1])))
        at = places[-1][1]
    width = len(places)
    behind = [text.numbers(one[1], following[0]) for one, following in pairwise(places)]
    last = text.values(at, len(text.text), width)
    values = [value for some in behind for value in some] + last[: width if not any(behind) else 1]
    if len(values) == width and {len(some) for some in behind} <= {0, 1}:
        yield _Row([text.text[first:end] for first, end in places], places[0][0], at)
        yield _Row([value.raw for value in values], places[0][0], values[-1].end)
