"""The labels of a form, ready for look-up: which rows, columns and groups a printed label may name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from corpus.form import Form, Row, Table, label_key, load_form
from corpus.model import FORMS, FormId
from corpus.text import fold

_SHORTEST_PREFIX = 5
_SHORTEST_PIECE = 3
_LIKE_ENOUGH = 0.84
_SLACK = 0.14
_LIKE_A_COLUMN = 0.72
"""Columns are fewer than rows and less alike: two wrong characters of eight leave no question."""
_LONGEST_HEADING = 16
_PRINTED_UNIT = re.compile(r"单位[:为]?\(?(亿元|百万元|万元|千元|元)|\((亿元|百万元|万元|千元|元)\)")

RowRef = tuple[int, int]
"""A row of a form: the index of its table, its index in the table."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Label keys of one form. ``rows`` and ``columns`` may name several places; ``groups`` name none of their own.

    ``spanning``: the groups that stand over columns.
    ``letters``: the row labels in which a character stands.
    """

    form: Form
    rows: Mapping[str, tuple[RowRef, ...]]
    columns: Mapping[str, frozenset[int]]
    groups: frozenset[str]
    spanning: frozenset[str]
    stubs: frozenset[str]
    letters: Mapping[str, tuple[str, ...]]

    def table(self, ref: RowRef) -> Table:
        """The table of a row."""
        return self.form.tables[ref[0]]

    def row(self, ref: RowRef) -> Row:
        """The row itself."""
        return self.form.tables[ref[0]].rows[ref[1]]

    def knows(self, key: str) -> bool:
        """Whether the form prints a label, or one that it is likely to be."""
        return key in self.columns or key in self.groups or key in self.stubs or bool(self.candidates(key))

    def is_piece(self, key: str) -> bool:
        """Whether the words of a row are a piece of one label, which a narrow column or a page's end broke."""
        return len(key) >= _SHORTEST_PIECE and any(key in label for label in self.rows)

    def candidates(self, key: str) -> Sequence[RowRef]:
        """The rows a label may name: exactly, else shortened or wrapped, else nearly; nothing where it is unclear."""
        return self.rows.get(key) or _near(self.form.id, key)

    def near(self, key: str) -> Sequence[RowRef]:
        """The rows that a label no form prints may name."""
        if len(key) < _SHORTEST_PREFIX or key in self.groups or key in self.columns or key in self.stubs:
            return ()
        return () if self._names_several(key) else self._shortened(key) or self._alike(key)

    def _names_several(self, key: str) -> bool:
        """Whether the labels of several rows stand in one: whose the values behind them are nobody can tell."""
        said = [label for label in self.rows if len(label) >= _SHORTEST_PREFIX and label in key]
        return len({self.rows[one] for one in said if not any(one in other for other in said if other != one)}) > 1

    def _shortened(self, key: str) -> Sequence[RowRef]:
        found = {
            refs
            for label, refs in self.rows.items()
            if len(label) >= _SHORTEST_PREFIX
            and (key.startswith(label) or (label.startswith(key) and len(key) * 2 >= len(label)))
        }
        return found.pop() if len(found) == 1 else ()

    def _alike(self, key: str) -> Sequence[RowRef]:
        return self.rows.get(alike(key, self.letters), ())


def alike(key: str, letters: Mapping[str, Sequence[str]], least: float = _LIKE_ENOUGH) -> str:
    """The one label, of those in which its letters stand, that a misspelt label is most like; "" where none is."""
    own = set(key)
    shared = Counter(label for letter in own for label in letters.get(letter, ()))
    likeness = {
        label: ratio
        for label, common in shared.items()
        # A bound that costs little: labels so alike have most of their characters in common.
        if common >= (least - _SLACK) * max(len(own), len(set(label)))
        and abs(len(label) - len(key)) <= max(2, len(label) // 3)
        and (ratio := SequenceMatcher(None, label, key, autojunk=False).ratio()) >= least
    }
    best = sorted(likeness, key=lambda label: likeness[label], reverse=True)
    unclear = len(best) > 1 and likeness[best[0]] == likeness[best[1]]
    return best[0] if best and not unclear else ""


@lru_cache(maxsize=20_000)
def heading_key(label: str) -> str:
    """The key of a label; that of the column which it misspells where it names nothing else in any form.

    >>> heading_key("本年处理绝对数量")
    '本年处理决定数量'
    """
    key = label_key(label)
    forms = [lexicon(form) for form in FORMS]
    if not _SHORTEST_PREFIX <= len(key) <= _LONGEST_HEADING or any(words.knows(key) for words in forms):
        return key
    return alike(key, _column_letters(), _LIKE_A_COLUMN) or key


@cache
def _column_letters() -> Mapping[str, Sequence[str]]:
    """The columns of all forms in which a character stands, short ones left out: they are like too many others."""
    columns = {key for form in FORMS for key in lexicon(form).columns if len(key) >= _SHORTEST_PREFIX}
    return {letter: tuple(key for key in columns if letter in key) for letter in set("".join(columns))}


@lru_cache(maxsize=20_000)
def _near(form: FormId, key: str) -> Sequence[RowRef]:
    return lexicon(form).near(key)


@cache
def lexicon(form: FormId) -> Lexicon:
    """The lexicon of a form, built once."""
    data = load_form(form)
    rows: dict[str, dict[RowRef, None]] = {}
    columns: dict[str, set[int]] = {}
    for index, table in enumerate(data.tables):
        for number, row in enumerate(table.rows):
            for key in _keys(row):
                rows.setdefault(key, {})[index, number] = None
        for column in table.columns:
            for label in (column.label, *column.variants):
                columns.setdefault(label_key(label), set()).add(index)
    return Lexicon(
        data,
        {key: tuple(refs) for key, refs in rows.items()},
        {key: frozenset(tables) for key, tables in columns.items()},
        frozenset(set(map(label_key, _groups(data))) - rows.keys() - {""}),
        frozenset(label_key(label) for table in data.tables for column in table.columns for label in column.path),
        frozenset(label_key(label) for table in data.tables for label in (table.stub, table.unit_column) if label),
        {letter: tuple(row for row in rows if letter in row) for letter in set("".join(rows))},
    )


def _groups(form: Form) -> Iterator[str]:
    """What stands over rows or columns."""
    for table in form.tables:
        yield table.caption
        for path in (*(row.path for row in table.rows), *(column.path for column in table.columns)):
            yield from path


def _keys(row: Row) -> Iterator[str]:
    """What a row's label may be, alone or run together with those of its groups, with its numbering or without."""
    for label in filter(None, (row.label, *row.variants)):
        yield label_key(label)
        for above in range(len(row.path)):
            groups = row.path[above:]
            yield label_key("".join((*groups, label)))
            yield label_key("".join(map(label_key, (*groups, label))))


@lru_cache(maxsize=20_000)
def printed_unit(label: str) -> str:
    """The unit of money that a header states for its column, ``""`` where it states none.

    >>> printed_unit("采购总金额（单位：万元，保留4位小数）")
    '万元'
    """
    match = _PRINTED_UNIT.search("".join(fold(label).split()))
    return (match[1] or match[2]) if match else ""
