"""Tables told by their labels alone: the values of a row stand between its label and the label of the next.

Programs print tables as records, tuples, sentences and mark-up, and what parts cells and rows is different in each. The
order of labels and values is not. So the labels of a form are the anchors: of all chains of them in the form's order
that is taken which explains most, and a row has what is counted between two of them if it has as many columns.

    [规章]                       规章：制发件数5；废止件数0；有效件数47。
    制发件数=5           or      ('规章', '5', '0', '47'), ('行政规范性文件', '94', …
    废止件数=0                   规章 → 5 0 47 in each of them

What stands behind a label that is not told so is one cell as it was found, so that reading it says so (``columns.py``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile, zip_longest
from typing import NamedTuple

from corpus.blocks import Block, Cell
from corpus.extraction.flat_text import FlatText, keys_of, letters, with_grid
from corpus.extraction.streams import header_of
from corpus.form import Column, Form, Table, load_form
from corpus.model import FORMS

_LEAST_CELLS = 8
_LEAST_SHARE = 0.5
"""Of the rows of a table: a sentence may name some with their numbers."""

_MISSED = 0.3
"""What a row of the form costs that is not told; one that is gains 1."""

_LONGER = 0.001
"""What each letter of a label gains: of two that stand in one place the longer is meant."""

_MOST_MISSED = 4
_MOST_ANCHORS = 2000
_NEAR = 100
"""Places where labels stand: so many are looked at, and so many between two that follow each other."""

_FAR = 400
"""Letters and signs between a header and the first row of its table."""


def anchored(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; where a form's labels stand in order with values between them, these as a table instead."""
    text = FlatText(blocks)
    found = max((_best(text, load_form(form)) for form in FORMS), key=lambda chain: chain.told)
    if not _is_table(found, text):
        return list(blocks)
    rows = list(_rows(found, text))
    start, end = rows[0].start, rows[-1].end
    return with_grid(blocks, text, [row.cells for row in rows], (start, end))


def _is_table(found: _Chain, text: FlatText) -> bool:
    """Whether a chain tells most rows of some table, and not a few that a sentence may name in passing."""
    told: Counter[str] = Counter()
    cells = 0
    for anchor, end in found.parts():
        if _gain(text, anchor, end) > 0:
            told[anchor.table.id] += 1
            cells += len(anchor.table.columns)
    rows = Counter(table.id for table in found.form.tables for _ in table.rows)
    return cells >= _LEAST_CELLS and any(told[id_] >= _LEAST_SHARE * rows[id_] for id_ in told)


class _Anchor(NamedTuple):
    """The label of a row of a table as it is printed, and where."""

    row: int
    table: Table
    start: int
    end: int


class _Row(NamedTuple):
    """What is printed of a row, and where."""

    cells: Sequence[Cell]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Chain:
    """Labels in the form's order; ``told``: how many of them have as many values behind them as their rows columns."""

    form: Form
    anchors: tuple[_Anchor, ...] = ()
    told: float = 0.0

    def parts(self) -> Iterator[tuple[_Anchor, int | None]]:
        """Each label and where the next begins."""
        yield from zip_longest(self.anchors, (anchor.start for anchor in self.anchors[1:]))


def _best(text: FlatText, form: Form) -> _Chain:
    """The chain of a form's labels that explains most, by dynamic programming over all places at which they stand."""
    nodes = sorted(islice(_anchors(text, form), _MOST_ANCHORS), key=lambda anchor: (anchor.start, anchor.row))
    best: list[tuple[float, int]] = []
    for at, node in enumerate(nodes):
        before = [
            (best[earlier][0] + _gain(text, one, node.start) - _MISSED * (node.row - one.row - 1), earlier)
            for earlier, one in islice(enumerate(nodes), max(at - _NEAR, 0), at)
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


def _anchors(text: FlatText, form: Form) -> Iterator[_Anchor]:
    """The labels of rows wherever they are printed."""
    rows = ((table, row) for table in form.tables for row in table.rows)
    for number, (table, row) in enumerate(rows):
        for start, end in {place for key in keys_of(row) for place in text.said(key)}:
            yield _Anchor(number, table, start, end)


def _gain(text: FlatText, anchor: _Anchor, end: int | None = None) -> float:
    """What a label explains if the next stands at ``end``; behind the last there may be other values."""
    width = len(anchor.table.columns)
    values = text.values(anchor.end, len(text.text) if end is None else end, width)
    told = len(values) == width or (end is None and len(values) > width)
    told = told and text.are_alike(anchor.end, values[:width])
    return (1.0 if told else -_MISSED) + _LONGER * (anchor.end - anchor.start)


def _rows(chain: _Chain, text: FlatText) -> Iterator[_Row]:
    """The rows of the tables, the header of each before them, and the table without labels behind all."""
    anchors = chain.anchors
    remedies = list(_remedies(text, chain.form, anchors[-1].end))
    behind = remedies[0].start if remedies else len(text.text)
    above = 0
    table: Table | None = None
    for anchor, end in chain.parts():
        values = text.values(anchor.end, behind if end is None else end, len(anchor.table.columns))
        stop = values[-1].end if values else anchor.end
        if anchor.table is not table:
            yield from _header(text, anchor.table, above, stop, anchor.start)
        table, above = anchor.table, stop
        is_told = len(values) == len(anchor.table.columns) and text.are_alike(anchor.end, values)
        places = [(value.start, value.end) for value in values] if is_told else [(anchor.end, stop)]
        yield _Row([text.cell(*place) for place in ((anchor.start, anchor.end), *places)], anchor.start, stop)
    yield from remedies


def _header(text: FlatText, table: Table, start: int, end: int, at: int) -> Iterator[_Row]:
    """The labels of a table's columns as they stand above its first row, or among its values."""
    above = {letters(label) for column in table.columns for label in column.path}
    keys = {key for column in table.columns for key in keys_of(column)} | above
    start, end = max(start, at - _FAR), min(end, at + _FAR)
    said = {place for key in keys for place in takewhile(lambda place: place[1] <= end, text.said(key, start))}
    # 其他 is no column where 法人或其他组织 stands.
    whole = [one for one in sorted(said) if not any(a <= one[0] and one[1] <= b for a, b in said - {one})]
    for row in header_of([text.cell(start, text.note_end(end)) for start, end in whole], table):
        yield _Row([Cell(table.stub, 0, 0), *row], at, at)


def _remedies(text: FlatText, form: Form, start: int) -> Iterator[_Row]:
    """The table whose rows have no labels: its columns in order, a value behind each or all of them behind the last."""
    columns = next((table.columns for table in form.tables if table.groups), ())
    places = list(_said_in_order(text, columns, start))
    if not places or len(places) < len(columns):
        return
    width, (_, end) = len(places), places[-1]
    behind = [text.numbers(one[1], following[0]) for one, following in pairwise(places)]
    last = text.values(end, len(text.text), width)
    values = [value for some in (*behind, last[: 1 if any(behind) else width]) for value in some]
    if len(values) == width and {len(some) for some in behind} <= {0, 1}:
        yield _Row([text.cell(*place) for place in places], places[0][0], end)
        yield _Row([text.cell(value.start, value.end) for value in values], places[0][0], values[-1].end)


def _said_in_order(text: FlatText, columns: Sequence[Column], start: int) -> Iterator[tuple[int, int]]:
    """From where to where each column is named, one behind the other, up to the first that is not."""
    for column in columns:
        first = [place for key in keys_of(column) for place in islice(text.said(key, start), 1)]
        if not first:
            return
        place = min(first, key=lambda place: (place[0], -place[1]))
        yield place
        start = place[1]
