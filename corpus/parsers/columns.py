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
from corpus.form import Column, Row, Table, label_key
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

    A table that lost its spans pads all rows alike: those with as many cells behind the label, and below as many
    groups, start at one place. Where the header agrees with all such rows, it is believed.
    """

    def __init__(self) -> None:
        self._starts: dict[tuple[str, str, int, int, int], Counter[int]] = {}
        self._padded: set[tuple[str, str, int]] = set()
        self._strayed: Counter[tuple[str, str, int]] = Counter()

    def learn(self, cells: Sequence[PlacedCell], table: Table, row: Row, header: Header) -> None:
        """Take note of a row that leaves no choice."""
        values = _expanded(cells, len(table.columns))
        if all(cell.state == "blank" for cell in values):
            return
        if len(values) > len(table.columns):
            self._padded.add(_kind(table))
        starts = _fitting(values, table)
        if len(starts) == 1:
            self._starts.setdefault(_like(table, row, values), Counter())[starts[0]] += 1
        sure = _starts(values, len(table.columns))
        if len(sure) == 1:
            # Blanks among the values may be columns of the table or none.
            window = _window(values, sure[0], table)
            if all(cell.state != "blank" for cell in window):
                under = [cell.across for cell in window] == _headed(header.order(table))
                self._strayed[_kind(table)] += -1 if under else 1
        elif not sure and _by_position(values, header.order(table), header):
            self._strayed[_kind(table)] -= 1

    def starts(self, values: Sequence[PlacedCell], table: Table, row: Row) -> list[int]:
        """Where other rows like this one start, the most common first."""
        own = _fitting(values, table)
        others = self._starts.get(_like(table, row, values), Counter()) - Counter(own if len(own) == 1 else ())
        return [start for start, _ in others.most_common()]

    def pads(self, table: Table) -> bool:
        """Whether rows of the table have more cells than it has columns."""
        return _kind(table) in self._padded

    def strays(self, table: Table) -> bool:
        """Whether most rows of the table stand elsewhere than below its header's columns."""
        return self._strayed[_kind(table)] > 0

    def keeps(self, table: Table) -> bool:
        """Whether most rows of the table stand below its header's columns."""
        return self._strayed[_kind(table)] < 0


def values_of(cells: Sequence[PlacedCell], table: Table, header: Header) -> list[PlacedCell]:
    """The cells of a row without a label that are in the place of values: words there are kept, words beside are not.

    To leave words out among the values would move those behind them.
    """
    under = frozenset(_headed(header.order(table)))
    if not under:
        return list(cells) if len(cells) == len(table.columns) else [cell for cell in cells if cell.state != "text"]
    values = list(cells)
    while (
        values
        and values[0].state == "text"
        and (values[0].across not in under or (len(values) > len(table.columns) and values[-1].state != "blank"))
    ):
        del values[0]
    while values and values[-1].state == "text" and values[-1].across not in under:
        del values[-1]
    return values


def assign(cells: Sequence[PlacedCell], table: Table, row: Row, header: Header, padding: Padding) -> Assignment | None:
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
    if whole == found and padding.keeps(table) and (apart := _apart(values, order, header)) is not None:
        return Assignment(found, tuple(apart), units)
    for columns in dict.fromkeys((whole, found or whole)):
        reading = _by_count(values, columns, order, (table, row), padding)
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
    place: tuple[Table, Row],
    padding: Padding,
) -> tuple[list[PlacedCell], str] | None:
    """The only window of as many cells as columns outside which all is blank, or the best of several; and a doubt."""
    table, row = place
    count = len(columns)
    starts = _starts(values, count)
    headed = _headed(order)
    positioned = [start for start in starts if _headed_at(values, start, count) == headed]
    if len(starts) <= 1:
        window = list(values[starts[0] : starts[0] + count]) if starts else []
        return (window, "" if positioned or not padding.pads(table) else _short(window)) if window else None
    if all(cell.state == "blank" for cell in values):
        return list(values[starts[-1] : starts[-1] + count]), ""
    whole = count == len(table.columns)
    usual = padding.starts(values, table, row) if whole else []
    likely = [*usual, *positioned] if padding.strays(table) else [*positioned, *usual]
    fitting = _fitting(values, table) if whole else starts
    expected = next((start for start in likely if start in starts), None)
    doubt = ""
    if expected not in fitting:
        doubt = "此行各格与表头错位，合计相符的位置与其他行不同"
        expected = fitting[0] if expected is None and len(fitting) == 1 else expected
    if expected is None:
        return None
    window = list(values[expected : expected + count])
    # What stands right under the header, from the first cell on, leaves only what is beside the table.
    loose = window[0].state == window[-1].state == "blank" and not (positioned == [0] and expected == 0)
    return window, doubt or ("此行首尾空白，只能按表头或其他行的位置读取，可能错位" if loose else "")


def _short(window: Sequence[PlacedCell]) -> str:
    """The doubt about a row that begins with a blank where other rows have more cells, beside its header's columns."""
    begins_blank = window[0].state == "blank" and any(cell.state != "blank" for cell in window)
    return "此行首格空白，其他行的数字之前另有空格，疑有一格缺失" if begins_blank else ""


def _fitting(values: Sequence[PlacedCell], table: Table) -> list[int]:
    """Where the values may start so that all others are blank and the total is the sum (I3).

    A total that is printed and not 0 says more than one that is blank.
    """
    starts = _starts(values, len(table.columns))
    if table.id != "applications" or len(starts) == 1:
        return starts
    sure = [
        start for start in starts if _total(_window(values, start, table)) and _balances(_window(values, start, table))
    ]
    return sure or [start for start in starts if _balances(_window(values, start, table))]


def _window(values: Sequence[PlacedCell], start: int, table: Table) -> Sequence[PlacedCell]:
    return values[start : start + len(table.columns)]


def _headed(order: Sequence[tuple[Column, PlacedCell]]) -> list[int]:
    """Where the columns of a header stand."""
    return [cell.across for _, cell in order]


def _headed_at(values: Sequence[PlacedCell], start: int, count: int) -> list[int]:
    return [cell.across for cell in values[start : start + count]]


def _starts(values: Sequence[PlacedCell], count: int) -> list[int]:
    """Where ``count`` cells may start so that all the others are blank."""
    filled = [index for index, cell in enumerate(values) if cell.state != "blank"]
    first, last = (filled[0], filled[-1]) if filled else (len(values), -1)
    return list(range(max(last - count + 1, 0), min(first, len(values) - count) + 1))


def _kind(table: Table) -> tuple[str, str, int]:
    return table.id, table.caption, len(table.columns)


def _like(table: Table, row: Row, values: Sequence[PlacedCell]) -> tuple[str, str, int, int, int]:
    """What rows have in common that are padded alike."""
    return *_kind(table), len(values), len(row.path)


def _apart(
    values: Sequence[PlacedCell], order: Sequence[tuple[Column, PlacedCell]], header: Header
) -> list[PlacedCell] | None:
    """The cells right under the header's where these have blank columns between them, and nothing stands in those."""
    columns = _headed(order)
    if columns == list(range(columns[0], columns[0] + len(columns))):
        return None
    if any(cell.state != "blank" and cell.across not in columns for cell in values):
        return None
    return _by_position(values, order, header)


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
    """Whether the row's total is blank, or the sum of the cells before it, a blank counted as nothing (I3)."""
    addends = (read_cell(cell.cell.raw)[0] or Decimal(0) for cell in window[:-1])
    return window[-1].state == "blank" or sum(addends) == _total(window)


def _total(window: Sequence[PlacedCell]) -> Decimal:
    return read_cell(window[-1].cell.raw)[0] or Decimal(0)


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
