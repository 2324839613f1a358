"""The header of a table, and the cells below it: which columns it names, and where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import dropwhile

from rapidfuzz.distance.Levenshtein import normalized_similarity

from corpus.blocks import Cell
from corpus.extraction.lexicon import heading_key
from corpus.form import Column, Table, label_key
from corpus.numerals import are_counted, is_number, read_cell

_MOST_NAMED = 2 / 3
"""Of the labels that a table says over and over so many are right, where the others are told by their places."""
_MANY_COLUMNS = 7
_LIKE_ENOUGH = 0.7
"""One wrong letter of four."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A printed cell, its table and page, and the column it covers first once spans are carried out."""

    cell: Cell
    table: int
    page: int | None
    across: int

    state: str = field(init=False, compare=False)
    """What the cell holds: number, blank, dash or text."""
    key: str = field(init=False, compare=False)
    """The label it would be."""

    def __post_init__(self) -> None:
        # Asked for hundreds of times while rows and columns are told, by each form.
        object.__setattr__(self, "state", read_cell(self.cell.raw)[1])
        object.__setattr__(
            self, "key", heading_key(self.cell.raw) if self.state == "text" else label_key(self.cell.raw)
        )


@dataclass(frozen=True, slots=True)
class Header:
    """The header rows in force. ``foreign``: a header that is not of this form, under which nothing is read."""

    rows: tuple[tuple[PlacedCell, ...], ...] = ()
    foreign: bool = False
    _orders: dict[tuple[str, str], list[tuple[Column, PlacedCell]]] = field(default_factory=dict, compare=False)

    def extended(self, cells: Sequence[PlacedCell]) -> Header:
        """The same header with one more row below."""
        return Header((*self.rows, tuple(cell for cell in cells if cell.key)))

    @property
    def places(self) -> frozenset[int]:
        """Every place at which it has a cell."""
        return frozenset(cell.across for row in self.rows for cell in row)

    def names(self, table: Table) -> bool:
        """Whether this is the header of ``table``: it names at least two columns, or the only one."""
        return len(self.order(table)) >= min(2, len(table.columns))

    def order(self, table: Table) -> list[tuple[Column, PlacedCell]]:
        """The columns of ``table`` that the header names, from left to right, with their cells.

        Siblings stand in the order of their labels in one header row; a group's children stand in its place.
        """
        known = self._orders.get((table.id, table.caption))
        if known is None:
            known = self._orders[table.id, table.caption] = self._order(table)
        return known

    def _order(self, table: Table) -> list[tuple[Column, PlacedCell]]:
        if _repeats(table):
            # 结果维持 … 总计 three times over: the labels tell no order, so the form's stands, if all are there.
            # A header taken apart prints labels again below themselves: then its last row alone has them all.
            labels = [
                [cell for cell in row if any(cell.key in column_keys(c) for c in table.columns)] for row in self.rows
            ]
            last = labels[-1] if labels else []
            found = last if len(last) == len(table.columns) else [cell for row in labels for cell in row]
            if len(found) != len(table.columns):
                found = self._misread(table)
            return list(zip(table.columns, found, strict=True)) if found else []
        return self._under(table, (), 0)

    def _misread(self, table: Table) -> list[PlacedCell]:
        """The labels of a table that says them over and over, some of them misread: most are right, all have a cell."""
        above = {label_key(label) for column in table.columns for label in column.path}
        below = [[cell for cell in row if not _is_like(cell.key, above)] for row in self.rows]
        for cells in (*below[-1:], [cell for row in below for cell in row]):
            if len(cells) == len(table.columns):
                named = sum(_is_like(cell.key, column_keys(c)) for c, cell in zip(table.columns, cells, strict=True))
                return cells if named >= _MOST_NAMED * len(cells) else []
        return []

    def _under(self, table: Table, path: tuple[str, ...], depth: int) -> list[tuple[Column, PlacedCell]]:
        placed: list[tuple[int, list[tuple[Column, PlacedCell]]]] = []
        inside = [column for column in table.columns if column.path[: len(path)] == path]
        groups: list[str] = []
        for column in inside:
            if len(column.path) == len(path):
                if (cell := self._cell(column_keys(column))) is not None:
                    placed.append((cell.across, [(column, cell)]))
            elif column.path[len(path)] not in groups:
                groups.append(column.path[len(path)])
        for group in groups:
            children = self._under(table, (*path, group), depth + 1)
            if children:
                own = self._cell(frozenset((label_key(group),)))
                placed.append((own.across if own else children[0][1].across, children))
        # Where the end of a page cut the header, places in its two parts have nothing in common: the form tells.
        if len({cell.table for _, items in placed for _, cell in items}) > 1:
            placed = [(table.columns.index(items[0][0]), items) for _, items in placed]
        return [item for _, items in sorted(placed, key=lambda entry: entry[0]) for item in items]

    def _cell(self, keys: frozenset[str]) -> PlacedCell | None:
        return next((cell for row in self.rows for cell in row if cell.key in keys), None)


def _is_like(key: str, labels: Collection[str]) -> bool:
    """Whether a label is one of some, or misspelt as one of them: where it stands says which."""
    return key in labels or any(normalized_similarity(key, label) >= _LIKE_ENOUGH for label in labels)


def counts_columns(row: Iterable[str], below: Iterable[str]) -> bool:
    """Whether a row holds the numbers of columns (栏次 1 2 3 4 5 6 7): the values stand below it."""
    numbers = list(dropwhile(lambda raw: not is_number(raw), filter(None, map(str.strip, row))))
    is_over = sum(map(is_number, below)) >= _MANY_COLUMNS
    return is_over and len(numbers) >= _MANY_COLUMNS and are_counted(numbers)


@cache
def column_keys(column: Column) -> frozenset[str]:
    """What a header may print for a column."""
    return frozenset(label_key(label) for label in (column.label, *column.variants))


@cache
def names_of_columns(table: Table) -> frozenset[str]:
    """What columns and their groups are called: never a value, wherever a header's cells came to stand."""
    groups = {label_key(label) for column in table.columns for label in column.path}
    return frozenset(groups.union(*map(column_keys, table.columns)))


@cache
def _repeats(table: Table) -> bool:
    return len({label_key(column.label) for column in table.columns}) < len(table.columns)
