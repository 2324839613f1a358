"""The table of 行政复议 and 行政诉讼 where its groups of columns do not stand side by side.

The form prints one line of values below three groups of the same five columns. Authors also print the groups below
each other: each in a line behind its name, or below its name and a header of its own, or each column in a line. Then
a line of values belongs to the groups last named, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from corpus.extraction.header import Header, PlacedCell, column_keys
from corpus.extraction.placing import Draft
from corpus.extraction.row_cells import values_of
from corpus.form import Column, Form, Table, label_key, load_form
from corpus.model import FormId
from corpus.text import fold

_BRACKETS = re.compile(r"^\s*\([一二三四五六七八九十\d]+\)|[()]")
_LEAST_VALUES = 3
"""A line under a header has so many cells at least; fewer may be a number that strayed in."""


@lru_cache(maxsize=20_000)
def groups_named(form: FormId, text: str) -> tuple[Column, ...]:
    """The columns of the group that a text names and nothing else; none for any other text."""
    return _groups(form).get(label_key(_BRACKETS.sub("", fold(text))), ())


@dataclass(slots=True)
class Remedies:
    """What was named while rows passed by. ``groups``: the columns of each group named since the last values."""

    form: Form
    groups: list[tuple[Column, ...]] = field(default_factory=list)
    is_used: bool = True

    def note(self, cells: Sequence[PlacedCell]) -> None:
        """Take note of the groups that a printed row names, header or not."""
        named = [columns for cell in cells if (columns := groups_named(self.form.id, cell.cell.raw))]
        if named:
            valued = any(cell.state in ("number", "dash") for cell in cells)
            self.groups = named if self.is_used or valued else [*self.groups, *named]
            self.is_used = False

    def read(self, cells: Sequence[PlacedCell], header: Header) -> Draft | None:
        """The values that a printed row holds for the groups last named; None where it belongs to no such table."""
        at = next((at for at, table in enumerate(self.form.tables) if _is_ours(table)), None)
        if at is None or not self.groups or header.foreign or header.names(self.form.tables[at]):
            return None
        kinds = [cell for cell in cells if cell.state == "text" and any(cell.key in keys for keys in self._keys())]
        above = {label_key(label) for columns in self.groups for column in columns for label in column.path}
        names = [cell for cell in cells if groups_named(self.form.id, cell.cell.raw) or cell.key in above]
        own = [cell for cell in cells if cell not in kinds and cell not in names]
        if len(kinds) == 1:
            # The name beside a value is its header: one above it may still be another table's.
            part, header = self._across(kinds[0].key, own), Header()
        else:
            part = () if kinds else self._below(header, own)
        if not part:
            return None
        draft = Draft((at, 0), header, "|".join(column.key for column in part), part=part)
        draft.cells = values_of(own, draft.part_of(self.form.tables[at]), header)
        # A name over a row of blanks is a caption; beside the columns it may be a line without numbers.
        first = next(iter(draft.cells), None)
        captioned = any(header.rows and name.across >= header.rows[-1][0].across for name in names)
        if first is None or (not draft.filled and (captioned or len(draft.cells) < len(part))):
            return None
        self.is_used = True
        return draft

    def _below(self, header: Header, cells: Sequence[PlacedCell]) -> tuple[Column, ...]:
        """The columns of the groups whose header is in force: of all that were named, or of the last."""
        if len(cells) < _LEAST_VALUES:
            return ()
        keys = frozenset(key for keys in self._keys() for key in keys)
        counts = [sum(cell.key in keys for cell in row) for row in header.rows]
        every = tuple(column for columns in self.groups for column in columns)
        return next((part for part in (every, self.groups[-1]) if len(part) in (sum(counts), *counts[-1:])), ())

    def _across(self, kind: str, values: Sequence[PlacedCell]) -> tuple[Column, ...]:
        """The columns of one name: each group has one, the last group's is meant where there is one value."""
        filled = [cell for cell in values if cell.state != "blank"]
        columns = tuple(column for columns in self.groups for column in columns if kind in column_keys(column))
        if len(columns) > 1 and len(columns) in (len(values), len(filled)):
            return columns
        return columns[-1:] if len(filled) <= 1 else ()

    def _keys(self) -> list[frozenset[str]]:
        return [column_keys(column) for column in self.groups[-1]]


def _is_ours(table: Table) -> bool:
    return bool(table.groups)


@cache
def _groups(form: FormId) -> Mapping[str, tuple[Column, ...]]:
    """Every way to name a group → its columns."""
    found: dict[str, tuple[Column, ...]] = {}
    for table in load_form(form).tables:
        for label, variants in table.groups.items():
            columns = tuple(column for column in table.columns if column.path[-1] == label)
            parents = columns[0].path[:-1]
            for name in (label, *variants):
                found[label_key(name)] = found[label_key("".join((*parents, name)))] = columns
    return found
