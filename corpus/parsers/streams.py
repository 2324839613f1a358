"""Cells of a table that came one after another, with nothing to say where a row ends: parted by what they say.

Values end a row, and the label of a row stands before them; what stands before the label is the header. In such a
stream a header of several levels has lost its places: if it names every column, they stand in the order of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.blocks import Block, Cell, Grid
from corpus.form import Table, label_key
from corpus.model import FORMS
from corpus.numerals import is_value
from corpus.parsers.columns import column_keys
from corpus.parsers.lexicon import lexicon


def unrolled(block: Block) -> Block:
    """The table with its rows parted, if it is such a stream; any other block as it is."""
    if not isinstance(block, Grid) or not block.aligned or len(block.rows) != 1:
        return block
    return replace(block, rows=tuple(tuple(row) for row in _rows(block.rows[0])))


def _rows(cells: Sequence[Cell]) -> Iterator[Sequence[Cell]]:
    above: list[Cell] = []
    for words, values in _runs(cells):
        texts = [*above, *words]
        first, table = _label(texts)
        if table is None and not any(cell.raw.strip() for cell in values):
            # Blanks among the words of a header.
            above = texts
            continue
        above = []
        if table is None and len(texts) == 1:
            first = 0
        yield from filter(None, (*_header(texts[:first], table), [*texts[first:], *values]))
    if above:
        yield above


def _runs(cells: Sequence[Cell]) -> Iterator[tuple[list[Cell], list[Cell]]]:
    """Words with the values behind them."""
    texts: list[Cell] = []
    values: list[Cell] = []
    for cell in cells:
        if is_value(cell.raw):
            values.append(cell)
            continue
        if values:
            yield texts, values
            texts, values = [], []
        texts.append(cell)
    yield texts, values


def _label(texts: Sequence[Cell]) -> tuple[int, Table | None]:
    """Where the label of the row begins, with those of its groups, and the row's table; the end where none stands."""
    keys = [label_key(text.raw) for text in texts]
    for at in reversed(range(len(keys))):
        # The last column of a header may be called as a row is: 总计, 其他.
        if at > 0 and _is_column(keys[at]) and _is_column(keys[at - 1]):
            break
        for words in map(lexicon, FORMS):
            if refs := words.candidates(keys[at]):
                first = at
                while first > 0 and keys[first - 1] in words.groups and not _is_column(keys[first - 1]):
                    first -= 1
                return first, words.table(refs[0])
    return len(keys), None


def _is_column(key: str) -> bool:
    return any(key in lexicon(form).columns for form in FORMS)


def _header(cells: Sequence[Cell], table: Table | None) -> Iterator[Sequence[Cell]]:
    """The row of a header: as it came, or the columns of the table where the form has them if all are there.

    Columns of one group keep the order in which they came; where a group stands among the others cannot be told.
    """
    columns = table.columns if table else ()
    named = {id(cell): column for cell in cells for column in columns if label_key(cell.raw) in column_keys(column)}
    if not columns or sorted(column.key for column in named.values()) != sorted(column.key for column in columns):
        yield cells
        return
    outermost = min(len(column.path) for column in columns)
    place = {column.key: column.path if len(column.path) > outermost else (column.key,) for column in columns}
    waiting: dict[tuple[str, ...], list[Cell]] = {}
    for cell in cells:
        if column := named.get(id(cell)):
            waiting.setdefault(place[column.key], []).append(cell)
    yield [waiting[place[column.key]].pop(0) for column in columns]
