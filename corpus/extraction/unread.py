"""Tables of which only the labels arrived: every cell blank, or the numbers lost on the way to us.

Where paragraphs say the labels of a table one after another, or cells the groups of its columns, and no such table was
read, it was printed. Its cells are null and in doubt: whoever counts them as absent would be told nothing of the loss.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from rapidfuzz.distance import LCSseq

from corpus.blocks import Block, Grid
from corpus.extraction.header import column_keys
from corpus.extraction.lexicon import Lexicon, RowRef, lexicon
from corpus.extraction.remedies import groups_named
from corpus.form import Form, Row, Table, figure_id, label_key, load_form
from corpus.model import FORMS, FormId
from corpus.text import fold

UNREAD = "table_without_numbers"

_NUMBER = re.compile(r"\d+")
_NO_WORD = re.compile(r"[\W\d_]+")
_NO_HAN = re.compile(r"[^\u3400-\u9fff]+")
_SPECIFIC = 6
_LEAST_NUMBERS = 5
_WORDY = ("applications", "statistics")
"""Tables with so many rows that nothing else names them in order."""
_SPREAD = 3
"""Times as many letters as its labels have may stand in a table: units, groups, values in words."""
_LEAST_SAID = 0.75
"""Of the letters of a table's labels, in order."""
_LEAST_ROWS = 6
_LEAST_SHARE = 0.5
_LEAST_CELLED = 0.25
"""Of a table's rows: labels in cells need be fewer than those of paragraphs, and only nearly a form's."""
_LONGEST_LABEL = 80
_OFTEN = 5
"""No label of a form stands in more cells."""
_VALUES = "0123456789.,-/— "
"""What may have run into a label."""


def unread(
    blocks: Sequence[Block], read: Collection[str], known: FormId | None, year: int | None = None
) -> tuple[Form, list[str]] | None:
    """The form whose tables, other than those ``read``, left their labels only, and the figures of these.

    ``known`` is the form of those that were read. Where two forms have the same labels, that of the ``year`` is meant.
    """
    if known and all(table.id in read for table in load_form(known).tables):
        return None
    said = _Said(blocks)
    found = [_found(said, form, known, read) for form in map(load_form, (known,) if known else FORMS)]
    _, form, lost = max(found, key=lambda reading: (bool(reading[2]), reading[0], reading[1].is_of(year)))
    ids = [figure_id(row, column) for table, row, column in form.cells() if table.id in lost]
    return (form, ids) if ids else None


class _Said:
    """What blocks say in words: ``keys`` of paragraphs no longer than a label, ``pieces`` of short texts in one.

    ``whole``: the same with what is as long as a sentence and has as many numbers as a row: none of a report's words.
    ``text``: all that is said in Chinese.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.keys = {label_key(line.rstrip(_VALUES)) for line in _texts(blocks)[1]}
        self.pieces, self.whole = (_joined(blocks, least) for least in (math.inf, _LEAST_NUMBERS))
        self.text = _NO_HAN.sub("", "".join(_cells(blocks)))


def _found(said: _Said, form: Form, known: FormId | None, read: Collection[str]) -> tuple[int, Form, set[str]]:
    """How many rows of a form are named, the form, and its tables, other than those ``read``, that were printed."""
    rows = _named(said.keys, said.pieces, lexicon(form.id))
    lost = _lost(said.blocks, form, rows, read)
    # Every row may be a sentence, or have a mark-up, and no number.
    lost |= {id_ for id_ in _WORDY if _is_said(said.text, form, id_)} - set(read)
    if lost or known:
        # Beside another table its labels are no words of a sentence.
        lost |= _in_order(said.pieces if known else said.whole, form)
    return len(rows), form, _with_others(lost - set(read), form, read)


def _in_order(pieces: str, form: Form) -> set[str]:
    """The tables of a form whose labels pieces say in order: those of the rows, or of columns where no row has one."""
    return {
        table.id
        for table in form.tables
        if (_is_said(pieces, form, table.id) if table.rows[0].label else _is_crossed(pieces, table))
    }


def _with_others(lost: set[str], form: Form, read: Collection[str]) -> set[str]:
    """The tables that were lost, and all others that were not read: who prints two tables of a form prints all.

    Of one that is little but its header nothing may be left that names it.
    """
    is_printed = lost and len(lost | set(read)) > 1
    return {table.id for table in form.tables} - set(read) if is_printed else lost


def _texts(blocks: Sequence[Block]) -> tuple[list[str], list[str]]:
    """The cells of tables, and the paragraphs, that are no longer than a label."""
    cells = [cell.raw for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row]
    lines = [block.text for block in blocks if not isinstance(block, Grid)]
    return [cell for cell in cells if len(cell) <= _LONGEST_LABEL], [
        line for line in lines if len(line) <= _LONGEST_LABEL
    ]


def _named(keys: Collection[str], pieces: str, words: Lexicon) -> set[RowRef]:
    """The rows that labels name, exactly, nearly, or in pieces."""
    rows = {ref for key in keys for ref in (words.rows.get(key) or _nearly(key, words))}
    rows.update(ref for key, refs in words.rows.items() if len(key) >= _SPECIFIC and key in pieces for ref in refs)
    return rows


def _lost(blocks: Sequence[Block], form: Form, rows: Collection[RowRef], read: Collection[str]) -> set[str]:
    """The tables of a form, other than those ``read``, of which enough rows are named, or the groups of columns."""
    told = Counter(form.tables[index].id for index, _ in rows)
    celled = Counter(form.tables[index].id for index, _ in _in_cells(blocks, lexicon(form.id)))
    whole = Counter(table.id for table in form.tables for _ in table.rows)
    lost = {
        id_
        for id_, count in whole.items()
        if told[id_] >= max(_LEAST_ROWS, _LEAST_SHARE * count) or celled[id_] >= max(_LEAST_ROWS, _LEAST_CELLED * count)
    }
    return {table.id for table in form.tables if table.id in lost or _is_headed(blocks, form, table)} - set(read)


def _nearly(key: str, words: Lexicon) -> Sequence[RowRef]:
    """The rows that a misspelt label may name."""
    return words.candidates(key) if len(key) >= _SPECIFIC else ()


def _in_cells(blocks: Sequence[Block], words: Lexicon) -> set[RowRef]:
    """The rows that the cells of tables name, exactly or nearly."""
    keys = {label_key(cell) for cell in _texts(blocks)[0]}
    return {ref for key in keys if len(key) >= _SPECIFIC for ref in words.candidates(key)}


def _cells(blocks: Sequence[Block]) -> Iterator[str]:
    """The cells of tables and the paragraphs, in their order."""
    for block in blocks:
        if isinstance(block, Grid):
            yield from (cell.raw for row in block.rows for cell in row)
        else:
            yield block.text


def _joined(blocks: Sequence[Block], least: float) -> str:
    """The words of cells and short paragraphs in one: a column so narrow that it breaks labels leaves their pieces.

    Of longer ones those are taken that have at ``least`` so many numbers.
    """
    cells = list(_cells(blocks))
    said = [
        (cell, _NO_WORD.sub("", fold(cell)))
        for cell in cells
        if len(cell) <= _LONGEST_LABEL or len(_NUMBER.findall(cell)) >= least
    ]
    # Values in words may stand between the pieces of labels.
    times = Counter(cells)
    seldom = "".join(words for cell, words in said if times[cell] <= _OFTEN)
    return "\n".join(("".join(words for _, words in said), seldom))


def _is_crossed(pieces: str, table: Table) -> bool:
    """Whether the columns of a table without labels for its rows are all printed, in the form's order."""
    at = 0
    for column in table.columns:
        ends = [found + len(key) for key in column_keys(column) if (found := pieces.find(key, at)) >= 0]
        if not ends:
            return False
        at = min(ends)
    return True


def _is_said(text: str, form: Form, table_id: str) -> bool:
    """Whether a text says the labels of a table in the form's order, in however many pieces."""
    rows = [row for table in form.tables if table.id == table_id for row in table.rows if row.label]
    return len(rows) > 0 and (_are_in_order(text, rows) or _are_spelt(text, rows))


def _are_in_order(text: str, rows: Sequence[Row]) -> bool:
    """Whether labels stand in order, all but one, whatever is between them: sentences may be."""
    at = missing = 0
    for row in rows:
        keys = map(label_key, (row.label, *row.variants))
        ends = [found + len(key) for key in keys if (found := text.find(key, at)) >= 0]
        at = min(ends, default=at)
        missing += not ends
    return len(rows) >= _LEAST_ROWS and missing <= 1


def _are_spelt(text: str, rows: Sequence[Row]) -> bool:
    """Whether labels stand near each other in order, however misspelt.

    Their longest common subsequence tells: a printed table holds nine tenths of its labels' letters and more, any other
    text of a report up to four.
    """
    labels = "".join(label_key(row.label) for row in rows)
    windows = (text[at : at + _SPREAD * len(labels)] for at in range(0, len(text), len(labels)))
    return any(LCSseq.similarity(labels, window) >= _LEAST_SAID * len(labels) for window in windows)


def _is_headed(blocks: Sequence[Block], form: Form, table: Table) -> bool:
    """Whether a table prints the names of the groups of columns: its values were lost behind its header.

    Paragraphs may name two groups in passing; with the columns of a group below them they are a header, a cell a line.
    """
    if not table.groups:
        return False
    cells, lines = _texts(blocks)
    in_cells, in_lines = (
        len({columns for text in texts if (columns := groups_named(form.id, text))}) for texts in (cells, lines)
    )
    keys = {key for column in table.columns for key in column_keys(column)}
    kinds = sum(label_key(line) in keys for line in lines)
    return in_cells > 1 or (in_lines > 1 and kinds >= len(table.columns) // len(table.groups))
