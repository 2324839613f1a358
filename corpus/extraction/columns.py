"""Which printed cell of a row belongs to which column.

Two kinds of evidence: how many cells stand behind the label, and where the header's cells stand. Flattened spans
leave blank padding on either side of the values, and declared spans lie, so the count is asked first and the header
decides where the count leaves several readings. Where neither fits, the cells were destroyed: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.extraction.dropped import UNTOLD, DroppedBlanks
from corpus.extraction.header import Header, PlacedCell, right_under
from corpus.extraction.lexicon import printed_unit
from corpus.extraction.padding import Padding, expanded, fitting, headed, openings
from corpus.form import Column, Row, Table

UNITS = frozenset(("件", "条", "次", "篇", "个", "人", "人次", "项", "元", "千元", "万元", "百万元", "亿元"))
"""What the statistics table prints in its column of units."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """The cells of a row by column; None for a cell that was destroyed. ``units``: printed units by column key."""

    columns: tuple[Column, ...]
    cells: tuple[PlacedCell | None, ...]
    units: Mapping[str, str]
    doubt: str = ""


def values_of(cells: Sequence[PlacedCell], table: Table, header: Header) -> list[PlacedCell]:
    """The cells of a row without a label that are in the place of values: words there are kept, words beside are not.

    To leave words out among the values would move those behind them.
    """
    under = frozenset(headed(header.order(table)))
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


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the other rows tell about where the values of a row begin, and whether its blanks were dropped."""

    padding: Padding = field(default_factory=Padding)
    dropped: DroppedBlanks = field(default_factory=DroppedBlanks)

    def learn(self, cells: Sequence[PlacedCell], table: Table, row: Row, header: Header) -> None:
        """Take note of one of them."""
        self.padding.learn(cells, table, row, header)
        self.dropped.learn(cells, table)


def assign(
    cells: Sequence[PlacedCell], table: Table, row: Row, header: Header, neighbours: Neighbours
) -> Assignment | None:
    """Read the cells behind a row's label. None where the header belongs to another form or table."""
    padding = neighbours.padding
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
    values = expanded(values, len(table.columns))
    found = tuple(column for column, _ in order)
    rest = tuple(column for column in table.columns if column not in found)
    whole = found if not rest else table.columns
    if (closed_up := neighbours.dropped.placed(values, table, whole)) is not None:
        return Assignment(whole, closed_up[0], units, closed_up[1])
    if whole == found and padding.keeps(table) and (apart := _apart(values, order, header)) is not None:
        return Assignment(found, tuple(apart), units)
    for columns in dict.fromkeys((whole, found or whole)):
        reading = _by_count(values, columns, order, (table, row), padding)
        if reading is not None:
            window, doubt = reading
            return Assignment(columns, tuple(window), units, doubt or ("" if order else _headless(table, values)))
    if order and (positioned := right_under(values, order, header)) is not None:
        return Assignment(found, tuple(positioned), units)
    return Assignment(whole, (None,) * len(whole), units, UNTOLD)


def _headless(table: Table, values: Sequence[PlacedCell]) -> str:
    """A table without a header is read on trust: columns in another order would show nowhere.

    On paper the header of the applicants' table, the same in all forms, may stand above a page's end as loose words.
    """
    paper = table.id == "applications" and any(cell.page is not None for cell in values)
    return "" if paper or table.id == "remedies" else "header_missing"


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
    starts = openings(values, count)
    positioned = [start for start in starts if _headed_at(values, start, count) == headed(order)]
    if len(starts) <= 1:
        window = list(values[starts[0] : starts[0] + count]) if starts else []
        return (window, "" if positioned or not padding.pads(table) else _short(window)) if window else None
    if all(cell.state == "blank" for cell in values):
        return list(values[starts[-1] : starts[-1] + count]), ""
    whole = count == len(table.columns)
    usual = padding.starts(values, table, row) if whole else []
    likely = [*usual, *positioned] if padding.strays(table) else [*positioned, *usual]
    balanced = fitting(values, table) if whole else starts
    expected = next((start for start in likely if start in starts), None)
    doubt = ""
    if expected not in balanced:
        doubt = "row_shifted"
        expected = balanced[0] if expected is None and len(balanced) == 1 else expected
    if expected is None:
        return None
    window = list(values[expected : expected + count])
    # What stands right under the header, from the first cell on, leaves only what is beside the table.
    loose = window[0].state == window[-1].state == "blank" and not (positioned == [0] and expected == 0)
    return window, doubt or ("row_blank_ends" if loose else "")


def _short(window: Sequence[PlacedCell]) -> str:
    """The doubt about a row that begins with a blank where other rows have more cells, beside its header's columns."""
    begins_blank = window[0].state == "blank" and any(cell.state != "blank" for cell in window)
    return "row_blank_start" if begins_blank else ""


def _headed_at(values: Sequence[PlacedCell], start: int, count: int) -> list[int]:
    return [cell.across for cell in values[start : start + count]]


def _apart(
    values: Sequence[PlacedCell], order: Sequence[tuple[Column, PlacedCell]], header: Header
) -> list[PlacedCell] | None:
    """The cells right under the header's where these have blank columns between them, and nothing stands in those."""
    columns = headed(order)
    if columns == list(range(columns[0], columns[0] + len(columns))):
        return None
    if any(cell.state != "blank" and cell.across not in columns for cell in values):
        return None
    return right_under(values, order, header)
