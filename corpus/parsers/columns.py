"""Which printed cell of a row belongs to which column.

Two kinds of evidence: how many cells stand behind the label, and where the header's cells stand. Flattened spans
leave blank padding on either side of the values, and declared spans lie, so the count is asked first and the header
decides where the count leaves several readings. Where neither fits, the cells were destroyed: nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from corpus.blocks import Cell
from corpus.form import Column, Table, label_key
from corpus.numerals import read_cell
from corpus.parsers.lexicon import printed_unit

UNITS = frozenset(("件", "条", "次", "篇", "个", "人", "人次", "项", "元", "千元", "万元", "百万元", "亿元"))
"""What the statistics table prints in its column of units."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A printed cell, its table and page, and the column it covers first once spans are carried out."""

    cell: Cell
    table: int
    page: int | None
    across: int

    @property
    def state(self) -> str:
        """What the cell holds: number, blank, dash or text."""
        return read_cell(self.cell.raw)[1]

    @property
    def key(self) -> str:
        """The label it would be."""
        return label_key(self.cell.raw)


@dataclass(frozen=True, slots=True)
class Header:
    """The header rows in force. ``foreign``: a header that is not of this form, under which nothing is read."""

    rows: tuple[tuple[PlacedCell, ...], ...] = ()
    foreign: bool = False
    _orders: dict[tuple[str, str], list[tuple[Column, PlacedCell]]] = field(default_factory=dict, compare=False)

    def extended(self, cells: Sequence[PlacedCell]) -> Header:
        """The same header with one more row below."""
        return Header((*self.rows, tuple(cell for cell in cells if cell.key)))

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
            return list(zip(table.columns, found, strict=True)) if len(found) == len(table.columns) else []
        return self._under(table, (), 0)

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
        return [item for _, items in sorted(placed, key=lambda entry: entry[0]) for item in items]

    def _cell(self, keys: frozenset[str]) -> PlacedCell | None:
        return next((cell for row in self.rows for cell in row if cell.key in keys), None)


@dataclass(frozen=True, slots=True)
class Assignment:
    """The cells of a row by column; None for a cell that was destroyed. ``units``: printed units by column key."""

    columns: tuple[Column, ...]
    cells: tuple[PlacedCell | None, ...]
    units: Mapping[str, str]
    doubt: str = ""


class Padding:
    """How many blank cells stand before the values, learned from the rows that can be read in one way only.

    A table that lost its spans pads all rows alike: those with as many cells behind the label start at one place.
    """

    def __init__(self) -> None:
        self._starts: dict[tuple[str, int, int], Counter[int]] = {}

    def learn(self, cells: Sequence[PlacedCell], table: Table) -> None:
        """Take note of a row that leaves no choice."""
        values = _expanded(cells, len(table.columns))
        starts = _starts(values, len(table.columns))
        if len(starts) == 1:
            self._starts.setdefault(_like(table, values), Counter())[starts[0]] += 1

    def start(self, values: Sequence[PlacedCell], table: Table) -> int | None:
        """Where rows like this one start, if most of them agree."""
        seen = self._starts.get(_like(table, values))
        return seen.most_common(1)[0][0] if seen else None


def assign(cells: Sequence[PlacedCell], table: Table, header: Header, padding: Padding) -> Assignment | None:
    """Read the cells behind a row's label. None where the header belongs to another form or table."""
    order = header.order(table)
    if header.foreign or (not order and header.rows and not table.rows[0].path and table.id != "applications"):
        return None
    units = {column.key: unit for column, cell in order if (unit := printed_unit(cell.cell.raw))}
    values = list(cells)
    if table.unit_column:
        printed = next((cell for cell in values if "".join(cell.cell.raw.split()) in UNITS), None)
        if printed is not None:
            values.remove(printed)
            units = {column.key: "".join(printed.cell.raw.split()) for column in table.columns}
    values = _expanded(values, len(table.columns))
    found = tuple(column for column, _ in order)
    rest = tuple(column for column in table.columns if column not in found)
    whole = found if not rest else table.columns
    for columns in dict.fromkeys((whole, found or whole)):
        reading = _by_count(values, columns, order, table, padding)
        if reading is not None:
            window, doubt = reading
            return Assignment(columns, tuple(window), units, doubt or ("" if order else _headless(table, values)))
    if order and (positioned := _by_position(values, order, header)) is not None:
        return Assignment(found, tuple(positioned), units)
    return Assignment(whole, (None,) * len(whole), units, "此行单元格数目与表样不符，无法确定各格归属")


def _headless(table: Table, values: Sequence[PlacedCell]) -> str:
    """A table without a header is read on trust: columns in another order would show nowhere.

    On paper the header of the applicants' table, the same in all forms, may stand above a page's end as loose words.
    """
    paper = table.id == "applications" and any(cell.page is not None for cell in values)
    return "" if paper or table.id == "remedies" else "表头缺失，按位置读取"


def _by_count(
    values: Sequence[PlacedCell],
    columns: Sequence[Column],
    order: Sequence[tuple[Column, PlacedCell]],
    table: Table,
    padding: Padding,
) -> tuple[list[PlacedCell], str] | None:
    """The only window of as many cells as columns outside which all is blank, or the best of several; and a doubt."""
    starts = _starts(values, len(columns))
    windows = [list(values[start : start + len(columns)]) for start in starts]
    if len(windows) <= 1:
        return (windows[0], "") if windows else None
    if all(cell.state == "blank" for cell in values):
        return windows[-1], ""
    usual = padding.start(values, table) if len(columns) == len(table.columns) else None
    expected = _expected(windows, starts, [cell.across for _, cell in order], usual)
    balanced = [window for window in windows if _balances(window)] if table.id == "applications" else []
    if len(balanced) == 1 and balanced[0] is not expected:
        return balanced[0], "" if expected is None else "此行各格与表头错位，按合计相符的位置读取"
    if expected is None:
        return None
    loose = expected[0].state == expected[-1].state == "blank"
    return expected, "此行首尾空白，只能按表头或其他行的位置读取，可能错位" if loose else ""


def _expected(
    windows: Sequence[list[PlacedCell]], starts: Sequence[int], positioned: Sequence[int], usual: int | None
) -> list[PlacedCell] | None:
    """The window where other rows of the table have theirs, else the one right below the header."""
    if usual in starts:
        return windows[starts.index(usual)]
    return next((window for window in windows if [cell.across for cell in window] == positioned), None)


def _starts(values: Sequence[PlacedCell], count: int) -> list[int]:
    """Where ``count`` cells may start so that all the others are blank."""
    filled = [index for index, cell in enumerate(values) if cell.state != "blank"]
    first, last = (filled[0], filled[-1]) if filled else (len(values), -1)
    return list(range(max(last - count + 1, 0), min(first, len(values) - count) + 1))


def _like(table: Table, values: Sequence[PlacedCell]) -> tuple[str, int, int]:
    """What rows have in common that are padded alike."""
    return table.id, len(table.columns), len(values)


def _by_position(
    values: Sequence[PlacedCell], order: Sequence[tuple[Column, PlacedCell]], header: Header
) -> list[PlacedCell] | None:
    """The cells right under the header's: every one is there under its own, and no number stands under nothing."""
    at = {cell.across: cell for cell in values}
    columns = [cell.across for _, cell in order]
    headed = {cell.across for row in header.rows for cell in row}
    if columns != sorted(set(columns)):
        return None
    if any(cell.state == "number" and cell.across not in headed for cell in values):
        return None
    cells = [at.get(column) for column in columns]
    return [cell for cell in cells if cell is not None] if all(cells) else None


def _balances(window: Sequence[PlacedCell]) -> bool:
    """Whether the row's total is the sum of the cells before it, a blank counted as nothing (I3)."""
    *addends, total = (read_cell(cell.cell.raw)[0] or Decimal(0) for cell in window)
    return sum(addends) == total


def _expanded(values: Sequence[PlacedCell], count: int) -> list[PlacedCell]:
    """Blank cells merged across columns, as many times as they span; where the count fits as printed, no cell is."""
    if len(values) == count:
        return list(values)
    expanded: list[PlacedCell] = []
    for cell in values:
        times = cell.cell.colspan if cell.state == "blank" else 1
        expanded.extend(replace(cell, across=cell.across + offset) for offset in range(times))
    return expanded


@cache
def _repeats(table: Table) -> bool:
    return len({label_key(column.label) for column in table.columns}) < len(table.columns)


@cache
def column_keys(column: Column) -> frozenset[str]:
    """What a header may print for a column."""
    return frozenset(label_key(label) for label in (column.label, *column.variants))
