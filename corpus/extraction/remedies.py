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
from corpus.numerals import read_cell
from corpus.text import fold

_BRACKETS = re.compile(r"^\s*\([一二三四五六七八九十\d]+\)|[()]")
_LEAST_VALUES = 3
"""A line under a header has so many cells at least; fewer may be a number that strayed in."""

Part = tuple[Column, ...]
"""Columns that one line holds: groups one after another, or what all groups call the same."""


@lru_cache(maxsize=20_000)
def groups_named(form: FormId, text: str) -> tuple[Column, ...]:
    """The columns of the group that a text names and nothing else; none for any other text."""
    return _groups(form).get(label_key(_BRACKETS.sub("", fold(text))), ())


@dataclass(slots=True)
class Remedies:
    """What was named while rows passed by. ``groups``: the columns of each group named since the last values."""

    form: Form
    groups: list[Part] = field(default_factory=list)
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
        at = next((at for at, table in enumerate(self.form.tables) if table.groups), None)
        if at is None or not self.groups or header.names(self.form.tables[at]):
            return None
        kinds, names, values = self._told(cells, self.form.tables[at])
        foreign = header.foreign
        if len(kinds) == 1:
            # The name beside a value is its header: one above it may still be another table's.
            header = Header()
        part = () if foreign else self._part(kinds, values, header)
        if not part and (whole := self._added_up(cells)):
            self.is_used = True
            every = self._every
            return Draft((at, 0), Header(), _key(every), whole, every, doubt="header_missing")
        draft = Draft((at, 0), header, _key(part), part=part)
        draft.cells = values_of(values, draft.part_of(self.form.tables[at]), header)
        if not part or not draft.cells or _is_caption(draft, names):
            return None
        self.is_used = True
        return draft

    def _added_up(self, cells: Sequence[PlacedCell]) -> list[PlacedCell]:
        """The cells of a line below an unreadable header that has the columns of all groups named, and their totals."""
        filled = [cell for cell in cells if cell.state != "blank"]
        numbers = [read_cell(cell.cell.raw)[0] for cell in filled]
        if len(self.groups) == 1 or len(filled) != sum(map(len, self.groups)) or None in numbers or not any(numbers):
            return []
        left = iter(numbers)
        parts = [[next(left) or 0 for _ in columns] for columns in self.groups]
        return filled if all(sum(part[:-1]) == part[-1] for part in parts) else []

    @property
    def _every(self) -> Part:
        """The columns of all groups last named."""
        return tuple(column for columns in self.groups for column in columns)

    def _told(
        self, cells: Sequence[PlacedCell], table: Table
    ) -> tuple[list[PlacedCell], list[PlacedCell], list[PlacedCell]]:
        """The cells that name columns, those that name groups, and the others."""
        above = {label_key(label) for column in table.columns for label in column.path}
        kinds, names, values = [], [], []
        for cell in cells:
            if cell.state == "text" and self._called(cell.key)[-1]:
                kinds.append(cell)
            elif cell.key in above or groups_named(self.form.id, cell.cell.raw):
                names.append(cell)
            else:
                values.append(cell)
        return kinds, names, values

    def _part(self, kinds: Sequence[PlacedCell], values: Sequence[PlacedCell], header: Header) -> Part:
        """The most columns that the line may hold and has as many cells for, or its header has."""
        filled = sum(cell.state != "blank" for cell in values)
        if len(kinds) == 1:
            # One value belongs to the group last named.
            every, last = self._called(kinds[0].key)
            return every if len(every) > 1 and len(every) in (len(values), filled) else last if filled <= 1 else ()
        if kinds or len(values) < _LEAST_VALUES:
            return ()
        headed = [sum(bool(self._called(cell.key)[-1]) for cell in row) for row in header.rows]
        return next((part for part in (self._every, self.groups[-1]) if len(part) in (sum(headed), *headed[-1:])), ())

    def _called(self, kind: str) -> tuple[Part, Part]:
        """The columns that are called so in the groups last named, and in the last of them."""
        every, last = (
            tuple(column for columns in groups for column in columns if kind in column_keys(column))
            for groups in (self.groups, self.groups[-1:])
        )
        return every, last


def _key(part: Part) -> str:
    return "|".join(column.key for column in part)


def _is_caption(draft: Draft, names: Sequence[PlacedCell]) -> bool:
    """Whether a row without numbers is a name over others; a name beside the columns may head a line of blanks."""
    rows = draft.header.rows
    is_over = any(rows and name.across >= rows[-1][0].across for name in names)
    return not draft.filled and (is_over or len(draft.cells) < len(draft.part))


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
                found[label_key("的".join((name, *parents)))] = columns
    return found
