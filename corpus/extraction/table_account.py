"""The account of the numbers that the statutory tables print: each is a figure's, or somebody says that it is not.

Reading has many ways to lose a number: a header of no form, a label that nobody prints, a row too long. None of them
may lose it without a word (ARCHITECTURE.md, idea 4). So what was read is held against what is printed, whatever the
reason: a number without a figure names the figures whose number it may be, those of the rows that its own printed row
names, or else those that its table lacks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from corpus.blocks import Block, Cell, Grid
from corpus.extraction.header import counts_columns, names_of_columns
from corpus.extraction.lexicon import Lexicon, RowRef, lexicon
from corpus.form import figure_id, label_key
from corpus.model import FormId
from corpus.numerals import is_number, is_value

UNREAD_NUMBER = "number_unread"
LABEL_ALONE = "label_without_numbers"

_SPECIFIC = 4
"""A label so long names a row wherever it stands; 总计 or 规章 may be a word of any table."""

_LEAST_LABELS = 2
_LISTED = 3  # labels of one table as paragraphs: fewer may be words of the report
_LONGEST_LABEL = 80
_MOST_PIECES = 12
_LONGEST_PIECE = 12
"""Of a label that a narrow column broke."""

_NEAR = 6
"""Blocks between a number and the table that it fell out of."""

_NUMBER = re.compile(r"\d[\d,.]*")
_WHOLE_ROW = 5
_SHOWN = 250
"""Numbers of a doubt: more than a whole report prints in its tables."""

_AHEAD = 2
"""Labels that may stand between a label and its first number, where a cell is a line."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Numbers without a figure, as printed, and the figures whose numbers they may be."""

    code: str
    figures: tuple[str, ...]
    numbers: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The first of the numbers, in words of no language."""
        rest = "…" if len(self.numbers) > _SHOWN else ""
        return "、".join(self.numbers[:_SHOWN]) + rest


@dataclass(frozen=True, slots=True)
class Read:
    """What became of the tables: the identities of the ``cells`` that are figures', the figures, those in doubt.

    ``shown``: the numbers that the doubts print, and how often; ``again``: the figures of rows that were found twice.
    """

    form: FormId
    cells: Collection[int]
    figures: Collection[str]
    doubted: Collection[str]
    shown: Counter[str]
    again: Collection[str]


def balance(blocks: Sequence[Block], read: Read) -> list[Lost]:
    """What the tables print and nothing tells of."""
    words = lexicon(read.form)
    shown = read.shown.copy()
    lost = [
        *(item for block in blocks if isinstance(block, Grid) for item in _of_grid(block, read, words, shown)),
        *(item for block in blocks if isinstance(block, Grid) for item in _labels_in(block, read, words)),
        *_numbers_alone(blocks, read, words),
        *_labels_alone(blocks, read, words),
        *_taken_twice(read, words),
    ]
    return _together(lost)


def _of_grid(grid: Grid, read: Read, words: Lexicon, shown: Counter[str]) -> Iterator[Lost]:
    """The numbers of one table that became no figure; those of a table that is not statutory are nobody's.

    A doubt that prints a number tells of one such number, not of every other that is as great: it is taken off
    ``shown``.
    """
    unread = [
        (row, numbers)
        for row, below in zip_longest(grid.rows, grid.rows[1:], fillvalue=())
        if (numbers := _unread(row, read)) and not counts_columns(_raws(row), _raws(below))
    ]
    if not unread or not _is_statutory(grid, read, words):
        return
    missing = tuple(id_ for id_ in _ids_of_tables(grid, words) if id_ not in read.figures)
    for row, every in unread:
        if numbers := tuple(number for number in every if not _taken(number, shown)):
            yield Lost(UNREAD_NUMBER, _whose(row, missing, read, words), numbers)


def _whose(row: Sequence[Cell], missing: tuple[str, ...], read: Read, words: Lexicon) -> tuple[str, ...]:
    """The figures whose numbers a row's may be; none where doubts tell of them already."""
    ids = tuple(_ids_of_rows(row, words))
    # What a row says of its figures tells of no other number in it: they may be another row's, or another form's.
    if any(id_ in read.doubted for id_ in ids):
        return ()
    return tuple(id_ for id_ in ids if id_ not in read.figures) or missing


def _labels_in(grid: Grid, read: Read, words: Lexicon) -> Iterator[Lost]:
    """The rows of a statutory table that a printed row with values names, and of which nothing was read.

    Where no rule parts the rows, values may stand anywhere.
    """
    if not _is_statutory(grid, read, words):
        return
    for row in grid.rows:
        if grid.aligned or any(cell.raw.strip() and is_value(cell.raw) for cell in row):
            for cell in row:
                key = label_key(cell.raw)
                refs = words.rows.get(key, ()) if len(key) >= _SPECIFIC and key not in words.columns else ()
                ids = tuple(id_ for ref in refs for id_ in _ids(ref, words))
                if ids and not any(id_ in read.figures for id_ in ids):
                    yield Lost(LABEL_ALONE, ids)


def _taken_twice(read: Read, words: Lexicon) -> Iterator[Lost]:
    """The rows of a table that lacks some and has others twice: one of the two may be a row that is lacking."""
    parts: dict[str, list[str]] = {}
    for table, row, column in words.form.cells():
        parts.setdefault(table.id, []).append(figure_id(row, column))
    for ids in parts.values():
        absent = tuple(id_ for id_ in ids if id_ not in read.figures)
        if absent and any(id_ in read.again for id_ in ids):
            yield Lost(LABEL_ALONE, absent)


def _raws(row: Iterable[Cell]) -> Iterator[str]:
    return (cell.raw for cell in row)


def _unread(row: Iterable[Cell], read: Read) -> tuple[str, ...]:
    return tuple(number for cell in row if id(cell) not in read.cells for number in _numbers_in(cell))


def _taken(number: str, shown: Counter[str]) -> bool:
    """Whether a doubt is left that prints it, which is then taken."""
    known = shown[number] > 0
    shown[number] -= known
    return known


def _numbers_in(cell: Cell) -> list[str]:
    """The number that a cell is, or those that stand in lines of it: a row that no label parted is one cell."""
    if is_number(cell.raw):
        return [cell.raw.strip()]
    lines = cell.raw.split("\n")
    numbers = [line.strip() for line in lines if _NUMBER.fullmatch(line.strip())]
    return numbers if len(numbers) > 1 else []


def _is_statutory(grid: Grid, read: Read, words: Lexicon) -> bool:
    """Whether anything in it became a figure, or its labels are those of a form: of rows, or its whole header."""
    if any(id(cell) in read.cells for row in grid.rows for cell in row):
        return True
    if any(_is_headed(grid, words, index) for index in range(len(words.form.tables))):
        return True
    named = {ref for row in grid.rows for cell in row for ref in _named(cell.raw, words)}
    return len(named) >= _LEAST_LABELS


def _ids_of_rows(row: Iterable[Cell], words: Lexicon) -> Iterator[str]:
    """The figures of the rows that the labels of a printed row may name."""
    for cell in row:
        for ref in _named(cell.raw, words):
            yield from _ids(ref, words)


def _ids_of_tables(grid: Grid, words: Lexicon) -> Iterator[str]:
    """The figures of the tables that a grid holds, as far as their labels tell; who prints one part prints all."""
    refs = {ref for row in grid.rows for cell in row for ref in words.rows.get(label_key(cell.raw), ())}
    held = {words.table(ref).id for ref in refs}
    for index, table in enumerate(words.form.tables):
        if table.id in held or _is_headed(grid, words, index):
            for number in range(len(table.rows)):
                yield from _ids((index, number), words)


def _is_headed(grid: Grid, words: Lexicon, index: int) -> bool:
    """Whether a grid prints the header of a table: groups of columns, where rows have no label, or stub and columns.

    So does one that has no words but names of columns: of a table too wide for a page the labels stand on another.
    """
    table = words.form.tables[index]
    printed = {label_key(cell.raw) for row in grid.rows for cell in row if not is_value(cell.raw)} - {""}
    if len(printed) >= _LEAST_LABELS and printed <= names_of_columns(table):
        return True
    if not table.rows[0].label:
        return not printed.isdisjoint(map(label_key, table.groups))
    return label_key(table.stub) in printed and all(
        not printed.isdisjoint(map(label_key, (column.label, *column.variants))) for column in table.columns
    )


def _labels_alone(blocks: Sequence[Block], read: Read, words: Lexicon) -> Iterator[Lost]:
    """The rows of which nothing was read but their label, which is a paragraph or several.

    Below it stands a number, or other labels of the table are paragraphs too: their cells were blank, or lost.
    """
    if all(figure_id(row, column) in read.figures for _, row, column in words.form.cells()):
        return
    said: dict[tuple[RowRef, ...], bool] = {}
    for refs, has_value in _labels_said(blocks, words):
        if not any(id_ in read.figures for ref in refs for id_ in _ids(ref, words)):
            said[refs] = has_value or said.get(refs, False)
    listed = Counter(refs[0][0] for refs in said)
    for refs, has_value in said.items():
        if has_value or listed[refs[0][0]] >= _LISTED:
            yield Lost(LABEL_ALONE, tuple(id_ for ref in refs for id_ in _ids(ref, words)))


def _labels_said(blocks: Sequence[Block], words: Lexicon) -> Iterator[tuple[tuple[RowRef, ...], bool]]:
    """The rows that paragraphs name, and whether a value stands near below their label."""
    texts = ["" if isinstance(block, Grid) else block.text for block in blocks]
    for at in range(len(texts)):
        refs, end = _label_at(texts, at, words)
        if refs:
            below = takewhile(lambda line: len(line) <= _LONGEST_LABEL, texts[end : end + 1 + _AHEAD])
            yield tuple(refs), any(line.strip() and is_value(line) for line in below)


def _numbers_alone(blocks: Sequence[Block], read: Read, words: Lexicon) -> Iterator[Lost]:
    """Numbers that stand as paragraphs beside a table without rules: where a cell is a line, they fell out of it."""
    for at, block in enumerate(blocks):
        if isinstance(block, Grid) or not (numbers := _bare_numbers(block.text)):
            continue
        for near in blocks[max(at - _NEAR, 0) : at + _NEAR + 1]:
            if isinstance(near, Grid) and near.aligned and _is_statutory(near, read, words):
                held = tuple(id_ for id_ in _ids_of_tables(near, words) if id_ not in read.figures)
                # So many are a row, if of a table whose name was not printed.
                missing = held or (_absent(read, words) if len(numbers) >= _WHOLE_ROW else ())
                if missing:
                    yield Lost(UNREAD_NUMBER, missing, numbers)
                    break


def _bare_numbers(text: str) -> tuple[str, ...]:
    """The numbers of a text that has nothing but numbers and signs."""
    return () if any(map(str.isalpha, text)) else tuple(_NUMBER.findall(text))


def _absent(read: Read, words: Lexicon) -> tuple[str, ...]:
    """The figures of the form that were not found."""
    return tuple(id_ for _, row, column in words.form.cells() if (id_ := figure_id(row, column)) not in read.figures)


def _label_at(texts: Sequence[str], start: int, words: Lexicon) -> tuple[Sequence[RowRef], int]:
    """The rows that a paragraph names, alone or with those below it into which its label is broken; and its end."""
    if refs := _named(texts[start], words):
        return refs, start + 1
    whole = ""
    for end in range(start, min(start + _MOST_PIECES, len(texts))):
        if not texts[end] or len(texts[end]) > _LONGEST_PIECE:
            break
        whole += texts[end]
        if end > start and len(key := label_key(whole)) >= _SPECIFIC and key in words.rows:
            return words.rows[key], end + 1
    return (), start + 1


def _named(text: str, words: Lexicon) -> Sequence[RowRef]:
    """The rows that a text may name by itself: as a form prints them, or nearly so."""
    if len(text) > _LONGEST_LABEL:
        return ()
    key = label_key(text)
    return words.candidates(key) if len(key) >= _SPECIFIC and key not in words.columns else ()


def _ids(ref: RowRef, words: Lexicon) -> Iterator[str]:
    row, table = words.row(ref), words.table(ref)
    yield from (figure_id(row, column) for column in table.columns)


def _together(lost: Sequence[Lost]) -> list[Lost]:
    """Those that name the same figures as one."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for item in lost:
        found.setdefault((item.code, item.figures), []).extend(item.numbers)
    return [Lost(code, figures, tuple(numbers)) for (code, figures), numbers in found.items()]
