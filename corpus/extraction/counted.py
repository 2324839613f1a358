"""Tables told by the number of their values: what has as many as a table has cells has them in its order.

Programs that take text out of a page break labels and put their pieces, and those of groups, beside, between and behind
the values, so that no label is left to find. The values stand in the order of the rows all the same:

    三、本  （二）部分公开（区分处理的，
    年度办         1 0 0 0 0 0 1
    理结果  只计这一情形，不计其他情形）

A stretch is a table if it has a value for each cell and no more, all that the labels say is printed in it and no letter
of other words, and its identities (勾稽关系) hold: evidence for the place of each value, never a repair of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice

from corpus.blocks import Block, Cell
from corpus.extraction.flat_text import FlatText, Value, letters, with_grid
from corpus.form import Form, Identity, Table, figure_id, load_form
from corpus.model import FORMS
from corpus.numerals import read_cell
from corpus.text import fold

_LEAST_CELLS = 15
_LEAST_COLUMNS = 3
"""A table of fewer has no sums by which the places of its values are told."""

_LEAST_TOLD = 4
"""Identities with a number on a side."""
_HOLD = 0.9
"""Of these: reports have errors of their own."""

_PRINTED = 0.97
"""Of the letters of all labels: one that is broken keeps them."""
_BEGINNING = 4
"""Letters of the first label, wherever it is broken."""
_MOST_PLACES = 50
"""At which a table may begin: no report says so more often."""
_FAR = 400
"""Letters and signs between a header and the first row."""


def counted(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; where stretches of them have as many values as a table has cells, the tables instead."""
    found, text = list(blocks), FlatText(blocks)
    for form, table in _tables():
        for start, end in _stretches(text, table, form):
            values = _values(text, start, end, table)
            if values and _is_of(table, text.text[start:end]) and _hold(values, table, form):
                is_headed = _are_printed(_names(table), text.text[max(start - _FAR, 0) : start])
                cells = [text.cell(value.start, value.end) for value in values]
                found = with_grid(found, text, _rows(table, cells, is_headed=is_headed), (start, end))
                text = FlatText(found)
                break
    return found


def _tables() -> Iterator[tuple[Form, Table]]:
    """The tables that are large enough for their values to be told by their number."""
    for form in map(load_form, FORMS):
        for table in form.tables:
            if len(table.rows) * len(table.columns) >= _LEAST_CELLS and len(table.columns) >= _LEAST_COLUMNS:
                yield form, table


def _stretches(text: FlatText, table: Table, form: Form) -> Iterator[tuple[int, int]]:
    """From where a table's first row may begin, or its header where no row has a label, to where what follows does."""
    begins = letters(table.rows[0].label or table.columns[0].path[0])[:_BEGINNING]
    behind = form.tables[form.tables.index(table) + 1 :][:1]
    names = [letters((*next_.columns[0].path, next_.columns[0].label)[0]) for next_ in behind]
    for start, _ in islice(text.said(begins), _MOST_PLACES):
        ends = [place for name in names for place, _ in islice(text.said(name, start), 1)]
        yield start, min(ends) if ends else text.sentence_end(start)


def _values(text: FlatText, start: int, end: int, table: Table) -> Sequence[Value]:
    """The values of a stretch if they are as many as a table has; the number of a page stands alone in its line."""
    count = len(table.rows) * len(table.columns)
    values = text.all_numbers(start, end)
    for some in (values, [value for value in values if not text.is_line(value)]):
        if len(some) == count:
            return some
    return ()


def _is_of(table: Table, said: str) -> bool:
    """Whether a stretch says what the labels of a table's rows say, and nothing else."""
    groups = (name for row in table.rows for name in (row.label, *row.path))
    columns = (name for column in table.columns for name in (column.label, *column.path))
    strange = {*filter(str.isalpha, fold(said))} - {*fold("".join((table.stub, *groups, *columns)))}
    return not strange and _are_printed([row.label for row in table.rows if row.label] or _names(table), said)


def _are_printed(names: Iterable[str], said: str) -> bool:
    """Whether all that some labels say is printed in a text, in whatever pieces."""
    asked = Counter("".join(map(letters, names)))
    return (asked & Counter(fold(said))).total() >= _PRINTED * asked.total()


def _hold(values: Sequence[Value], table: Table, form: Form) -> bool:
    """Whether the identities of a table hold for its values in their order, and there are some that tell."""
    ids = [figure_id(row, column) for row in table.rows for column in table.columns]
    read = {id_: read_cell(value.raw)[0] or Decimal(0) for id_, value in zip(ids, values, strict=True)}
    told = [identity for identity in form.identities if _is_told(identity, read)]
    held = [_sum(each.left, read) == _sum(each.right, read) for each in told]
    if not table.rows[0].label:
        return all(held)
    return len(told) >= _LEAST_TOLD and sum(held) >= _HOLD * len(held)


def _is_told(identity: Identity, read: dict[str, Decimal]) -> bool:
    """Whether an identity is of a table's figures, and has a number on a side."""
    ids = (*identity.left, *identity.right)
    return identity.relation == "equal" and read.keys() >= {*ids} and any(read[id_] for id_ in ids)


def _sum(ids: Iterable[str], read: dict[str, Decimal]) -> Decimal:
    return sum((read[id_] for id_ in ids), Decimal(0))


def _names(table: Table) -> list[str]:
    return [column.label for column in table.columns]


def _rows(table: Table, cells: Sequence[Cell], *, is_headed: bool) -> list[list[Cell]]:
    """The rows of a table that has some cells in their order, each behind its label."""
    if not table.rows[0].label:
        return [[Cell(name, 0, 0) for name in _names(table)], list(cells)]
    rows = [[Cell(name, 0, 0) for name in (table.stub, *_names(table))]] if is_headed else []
    width = len(table.columns)
    for at, row in enumerate(table.rows):
        values = cells[at * width : (at + 1) * width]
        rows.append([replace(values[0], raw=row.label), *values])
    return rows
