"""The account of the labels that stand in the tables: a row whose label is printed is read, or somebody says that not.

The account of the numbers (``table_account.py``) is blind where the cells of a row are blank: nothing is left of it but
its label, run together with another's, or half of it in a table and half above. So the labels are sought in the letters
of all cells and short lines, whatever parts these, once all readings have had their turn; a short one, or half of one,
where it stands alone; a table of which nothing was read, by what its columns and groups are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.blocks import Block, Grid
from corpus.extraction.figures import Tables, absent, doubt_of
from corpus.extraction.row_cells import UNITS
from corpus.extraction.table_account import LABEL_ALONE
from corpus.form import Form, Row, Table, figure_id, label_key, load_form
from corpus.model import FormId
from corpus.text import fold

_UNMISTAKABLE = 6
"""A label so long names a row whatever stands around it, and half of one if so much of it is printed."""
_SPECIFIC = 4
_BEGUN = 2
"""Names of its columns and groups by which a table is told: one may be a word of the report."""

_LONGEST_LABEL = 80
_NO_WORD = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Said:
    """What all cells and short lines say but units, which may stand between the two halves of a label."""

    letters: str
    alone: frozenset[str]
    """The letters of each."""

    def names(self, name: str, longer: Iterable[str]) -> bool:
        """Whether a label is printed: a short one alone, another anywhere but in a longer one."""
        if len(name) < _UNMISTAKABLE:
            return name in self.alone
        return self.letters.count(name) > sum(map(self.letters.count, longer))


def with_labels_said(blocks: Sequence[Block], read: Tables) -> Tables:
    """A reading with the figures, in doubt, of rows that its tables print and of which it has nothing."""
    lost = list(_rows_said(_said(blocks), read, load_form(read.form))) if read.form else []
    if not lost:
        return read
    figures = {**read.figures, **{id_: absent(id_) for ids in lost for id_ in ids}}
    return replace(read, figures=figures, doubts=(*read.doubts, *(doubt_of(ids, LABEL_ALONE) for ids in lost)))


def _rows_said(said: _Said, read: Tables, form: Form) -> Iterator[Sequence[str]]:
    """The figures of each row that is named and was not read.

    A label that rows share (form of 2014: 被依法纠错数) tells nothing where one of them was read.
    """
    parts: dict[str, list[tuple[Row, list[str]]]] = {}
    for table in form.tables:
        parts.setdefault(table.id, []).extend(
            (row, [figure_id(row, column) for column in table.columns]) for row in table.rows
        )
    for id_, rows in parts.items():
        lost = [(row, ids) for row, ids in rows if read.figures.keys().isdisjoint(ids)]
        if len(lost) < len(rows):
            known = {name for row, ids in rows if not read.figures.keys().isdisjoint(ids) for name in _names(row)}
            yield from (ids for row, ids in lost if _is_said(row, said, known | _other_names(form.id)))
        elif len(said.alone & _told_by(id_, form.id)) >= _BEGUN:
            yield from (ids for _, ids in lost)


def _is_said(row: Row, said: _Said, others: set[str]) -> bool:
    """Whether a row's label is printed, or so much of it that it can be no other's."""
    names = [name for name in _names(row) if name not in others]
    return any(said.names(name, {other for other in others if name in other}) for name in names) or any(
        name.startswith(each) and not any(other.startswith(each) for other in others)
        for each in said.alone
        if len(each) >= _UNMISTAKABLE
        for name in names
    )


def _names(row: Row) -> set[str]:
    """The letters of a row's label, without its note and with it."""
    return {name for name in (label_key(row.label), _letters(row.label)) if name}


@cache
def _other_names(form: FormId) -> frozenset[str]:
    """What the columns and groups of all tables are called: no row is told by it."""
    return frozenset(name for table in load_form(form).tables for name in _column_names(table) | _group_names(table))


@cache
def _told_by(table: str, form: FormId) -> frozenset[str]:
    """What columns and groups of this table alone are called, and no row."""
    names: set[str] = set()
    others: set[str] = set()
    for each in load_form(form).tables:
        (names if each.id == table else others).update(_column_names(each) | _group_names(each))
        others.update(*map(_names, each.rows))
    names -= others
    return frozenset(name for name in names if len(name) >= _SPECIFIC)


def _column_names(table: Table) -> set[str]:
    return {_letters(name) for column in table.columns for name in (column.label, *column.path)}


def _group_names(table: Table) -> set[str]:
    return {_letters(name) for row in table.rows for name in row.path}


def _letters(text: str) -> str:
    return _NO_WORD.sub("", fold(text))


def _said(blocks: Sequence[Block]) -> _Said:
    texts = [text for text in _texts(blocks) if len(text) <= _LONGEST_LABEL and text.strip() not in UNITS]
    return _Said(_letters("".join(texts)), frozenset(map(_letters, texts)) - {""})


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            yield from (cell.raw for row in block.rows for cell in row)
        else:
            yield block.text
