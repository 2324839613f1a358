"""Cells of a table that came one after another, with nothing to say where a row ends: parted by what they say.

Values end a row, and the label of a row stands before them; what stands before the label is the header. In such a
stream a header of several levels has lost its places: if it names every column, they stand in the order of the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise, product

from corpus.blocks import Block, Cell, Grid
from corpus.extraction.header import column_keys
from corpus.extraction.lexicon import RowRef, lexicon
from corpus.extraction.row_cells import UNITS
from corpus.form import Table, label_key, letters_of
from corpus.model import FORMS, FormId
from corpus.numerals import are_counted, is_value
from corpus.readers.text_table import ITEM
from corpus.text import fold

_MOST_PIECES = 8
_HALVES = 2
_LEAST_COUNTED = 8
_SEVERAL = 2
_LEAST_COLUMNS = 3
"""Of a table in which the number of values tells rows apart."""


def unrolled(block: Block) -> Block:
    """The table with its rows parted, if it is such a stream; any other block as it is."""
    if not isinstance(block, Grid) or not block.aligned or len(block.rows) != 1:
        return block
    cells = list(_mended(_labels_first(_uncounted(block.rows[0]))))
    return replace(block, rows=tuple(tuple(row) for row in _rows(cells)))


def _uncounted(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells without the numbers of rows, each of which stands right before the words of one."""
    counts = [at for at, (one, next_) in enumerate(pairwise(cells)) if is_value(one.raw) and _is_word(next_.raw)]
    if len(counts) < _LEAST_COUNTED or not are_counted([cells[at].raw.strip() for at in counts]):
        return cells
    return [cell for at, cell in enumerate(cells) if at not in frozenset(counts)]


def _is_word(raw: str) -> bool:
    return not is_value(raw) and raw.strip() not in UNITS


def _mended(cells: Sequence[Cell]) -> Iterator[Cell]:
    """The cells with those joined that are the pieces of one label, which a narrow column broke over lines."""
    at = 0
    while at < len(cells):
        pieces = next((count for count in range(2, _MOST_PIECES) if _is_one_label(cells[at : at + count])), 1)
        yield (
            replace(cells[at], raw="\n".join(cell.raw for cell in cells[at : at + pieces])) if pieces > 1 else cells[at]
        )
        at += pieces


#   1.本机关不掌           1.本机关不掌握相关政府信息
#        1   0    becomes       1   0
#   握相关政府信息
def _labels_first(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, pieces of one label joined before the values that stand between them, centred beside its lines."""
    runs = [(list(words), values) for words, values in _runs(cells)]
    for (words, values), (below, others) in pairwise(runs):
        if any(cell.raw.strip() for cell in values) and (halves := _halves(words, below)):
            last, first = halves
            if others and first == len(below):
                # They are the label of the values behind them, or those have none.
                continue
            words[-last:] = [
                replace(words[-last], raw="\n".join(cell.raw for cell in (*words[-last:], *below[:first])))
            ]
            del below[:first]
    return [cell for words, values in runs for cell in (*words, *values)]


def _halves(words: Sequence[Cell], below: Sequence[Cell]) -> tuple[int, int] | None:
    """How many words before values, and how many behind them, are one label together, neither of them one."""
    if not words or not below or _is_known(label_key(words[-1].raw)) or _is_known(label_key(below[0].raw)):
        return None
    counts = product(range(1, min(len(words), _MOST_PIECES) + 1), range(1, min(len(below), _MOST_PIECES) + 1))
    for last, first in sorted(counts, key=sum):
        parts = ["".join(cell.raw for cell in some) for some in (words[-last:], below[:first])]
        if not any(_is_known(label_key(part)) for part in parts) and _is_known(label_key("".join(parts))):
            return last, first
    return None


def _is_one_label(pieces: Sequence[Cell]) -> bool:
    """Whether words together are a label that some form prints, and the first of them is none, or has an open note."""
    if any(is_value(piece.raw) for piece in pieces):
        return False
    first, whole = (fold(text) for text in (pieces[0].raw, "".join(piece.raw for piece in pieces)))
    if whole.count("(") > whole.count(")"):
        return False
    if not _is_known(label_key(whole)):
        # Misspelt besides: only two halves that are no labels, or as good as none, make one.
        halves = [label_key(piece.raw) for piece in pieces]
        return len(pieces) == _HALVES and not any(map(_table_of, halves)) and _table_of(label_key(whole)) is not None
    is_open = first.count("(") > first.count(")")
    goes_on = label_key(first) == label_key(whole) or _rows_named(label_key(first)) & _rows_named(label_key(whole))
    return bool(is_open or goes_on or not _is_known(label_key(first)))


def _rows_named(key: str) -> frozenset[tuple[FormId, RowRef]]:
    """The rows that a label names in any form."""
    return frozenset((form, ref) for form in FORMS for ref in lexicon(form).rows.get(key, ()))


def _is_known(key: str) -> bool:
    return any(key in words.rows or key in words.columns or key in words.groups for words in map(lexicon, FORMS))


def _rows(cells: Sequence[Cell]) -> Iterator[Sequence[Cell]]:
    above: list[Cell] = []
    last: Table | None = None
    for words, values in _runs(cells):
        texts = [*above, *words]
        first, table = _label(texts)
        if table is None and not any(cell.raw.strip() for cell in values):
            first, table = _unnamed(texts, last)
            if table is None or not len(values) >= len(table.columns) >= _LEAST_COLUMNS:
                # Blanks among the words of a header.
                above = texts
                continue
        above, last = [], table or last
        if table is None and len(texts) == 1:
            first = 0
        of_row, *of_others = _by_width(values, table)
        yield from filter(None, (*header_of(texts[:first], table), [*texts[first:], *of_row], *of_others))
    if above:
        yield above


def _by_width(values: list[Cell], table: Table | None) -> list[list[Cell]]:
    """The values of a row, and those of rows below it that lost their labels."""
    width = len(table.columns) if table else 0
    if width < _LEAST_COLUMNS or not values:
        return [values]
    if len(values) % width == 0:
        return [values[at : at + width] for at in range(0, len(values), width)]
    # A label left blank is a cell more, before the values of its row.
    step = width + 1
    begins = range(width, len(values), step)
    if (len(values) + 1) % step or any(values[at].raw.strip() for at in begins):
        return [values]
    return [values[:width], *(values[at : at + step] for at in begins)]


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
        # The last column of a header may be called as a row is, but for its number: 总计, 其他.
        is_column = _is_column(keys[at]) and not ITEM.match(texts[at].raw)
        if at > 0 and is_column and (_is_column(keys[at - 1]) or _is_over_columns(keys[at - 1])):
            break
        if table := _table_of(keys[at]):
            first = at
            while first > 0 and _is_group(keys[first - 1]):
                first -= 1
            return first, table
    return len(keys), None


def _unnamed(texts: Sequence[Cell], last: Table | None) -> tuple[int, Table | None]:
    """Where a label begins that no form knows, and its table: of the header before it, else of the row above."""
    keys = [label_key(text.raw) for text in texts]
    if not keys or any(lexicon(form).knows(keys[-1]) for form in FORMS):
        return len(keys), None
    first = 1 + max((at for at, key in enumerate(keys) if _is_column(key)), default=-1)
    tables = (table for form in FORMS for table in lexicon(form).form.tables if table.rows[0].label)
    headed = (table for table in tables if all(not column_keys(one).isdisjoint(keys) for one in table.columns))
    return first, next(headed, None) if first else last


def _table_of(key: str) -> Table | None:
    """The table in which a label names a row: as a form prints it, else nearly so."""
    lexicons = [lexicon(form) for form in FORMS]
    exact = (each.table(each.rows[key][0]) for each in lexicons if key in each.rows)
    near = (each.table(refs[0]) for each in lexicons if (refs := each.candidates(key)))
    return next(exact, None) or next(near, None)


def _is_group(key: str) -> bool:
    return any(key in lexicon(form).groups for form in FORMS) and not _is_column(key)


def _is_column(key: str) -> bool:
    return any(key in lexicon(form).columns for form in FORMS)


def _is_over_columns(key: str) -> bool:
    """Whether a label is that of a group of columns."""
    return any(key in lexicon(form).spanning for form in FORMS)


def run_together(*texts: str) -> tuple[str, ...]:
    """The columns whose whole header texts are, one label behind the other; none for texts that are anything else.

    What stands in brackets is a note, or some of the labels.
    """
    return _columns_of("".join(map(label_key, texts))) or _columns_of("".join(map(letters_of, texts)))


@lru_cache(maxsize=20_000)
def _columns_of(key: str) -> tuple[str, ...]:
    said = _labels_of_headers().findall(key)
    for table in (table for form in FORMS for table in lexicon(form).form.tables if "".join(said) == key):
        labels = frozenset[str]().union(*map(column_keys, table.columns))
        if len(table.columns) >= _LEAST_COLUMNS and sum(label in labels for label in said) == len(table.columns):
            return tuple(cell.raw for cell in next(iter(header_of([Cell(label, 0, 0) for label in said], table))))
    return ()


@cache
def _labels_of_headers() -> re.Pattern[str]:
    """What headers print, the longest first: 法人或其他组织 is not 其他."""
    words = [lexicon(form) for form in FORMS]
    labels = {key for each in words for some in (each.columns, each.spanning, each.stubs) for key in some}
    return re.compile("|".join(sorted(labels, key=len, reverse=True)))


def header_of(cells: Sequence[Cell], table: Table | None) -> Iterator[Sequence[Cell]]:
    """The row of a header: as it came, or the columns of the table where the form has them if all are there.

    Columns of one group keep the order in which they came; where a group stands among the others cannot be told.
    """
    columns = table.columns if table else ()
    own: dict[str, Cell] = {}
    for cell in cells:
        for column in columns:
            if label_key(cell.raw) in column_keys(column):
                own.setdefault(column.key, cell)
    if len(own) < max(len(columns), _SEVERAL):
        # Of one column there is no order, and its name beside that of the labels is what tells a header.
        yield cells
        return
    outermost = min(len(column.path) for column in columns)
    place = {column.key: column.path if len(column.path) > outermost else (column.key,) for column in columns}
    waiting: dict[tuple[str, ...], list[Cell]] = {}
    for key, cell in own.items():
        waiting.setdefault(place[key], []).append(cell)
    yield [waiting[place[column.key]].pop(0) for column in columns]
