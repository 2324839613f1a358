"""The account of the labels that stand in the tables: a row whose label is printed is read, or somebody says that not.

The account of the numbers (``table_account.py``) is blind where the cells of a row are blank: nothing is left of it but
its label, run together with another's, or half of it in a table and half above. So the labels are sought in the letters
of all cells and short lines, whatever parts these, once all readings have had their turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.blocks import Block, Grid
from corpus.extraction.figures import Tables, absent, doubt_of
from corpus.extraction.row_cells import UNITS
from corpus.extraction.table_account import LABEL_ALONE
from corpus.form import Row, figure_id, label_key, load_form
from corpus.text import fold

_UNMISTAKABLE = 6
"""A label so long names a row whatever stands around it."""

_LONGEST_LABEL = 80
_NO_WORD = re.compile(r"[\W\d_]+")


def with_labels_said(blocks: Sequence[Block], read: Tables) -> Tables:
    """A reading with the figures, in doubt, of rows that its tables print and of which it has nothing."""
    lost = list(_rows_said(_said(blocks), read))
    if not lost:
        return read
    figures = {**read.figures, **{id_: absent(id_) for ids in lost for id_ in ids}}
    return replace(read, figures=figures, doubts=(*read.doubts, *(doubt_of(ids, LABEL_ALONE) for ids in lost)))


def _rows_said(letters: str, read: Tables) -> Iterator[Sequence[str]]:
    """The figures of each row, of a table that was read, that is named among some letters and was not read.

    A label that rows share (form of 2014: 被依法纠错数) tells nothing where one of them was read.
    """
    for table in load_form(read.form).tables if read.form else ():
        rows = [(row, [figure_id(row, column) for column in table.columns]) for row in table.rows]
        lost = [(row, ids) for row, ids in rows if read.figures.keys().isdisjoint(ids)]
        read_as = {name for row, ids in rows if not read.figures.keys().isdisjoint(ids) for name in _names(row)}
        if len(lost) < len(rows):
            yield from (ids for row, ids in lost if any(name in letters for name in _names(row) if name not in read_as))


def _names(row: Row) -> Iterator[str]:
    """The letters of a row's label, without its note and with it, as far as they name no other."""
    return (name for name in (label_key(row.label), _letters(row.label)) if len(name) >= _UNMISTAKABLE)


def _letters(text: str) -> str:
    return _NO_WORD.sub("", fold(text))


def _said(blocks: Sequence[Block]) -> str:
    """The letters of all cells and short lines but units, which may stand between the two halves of a label."""
    texts = (text for text in _texts(blocks) if len(text) <= _LONGEST_LABEL and text.strip() not in UNITS)
    return _letters("".join(texts))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Grid):
            yield from (cell.raw for row in block.rows for cell in row)
        else:
            yield block.text
