"""The cells behind a row's label, ready to be set against columns: units taken out, merged blanks spread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.extraction.header import Header, PlacedCell, names_of_columns
from corpus.extraction.lexicon import printed_unit
from corpus.form import Column, Row, Table
from corpus.numerals import are_counted, read_cell

UNITS = frozenset(("件", "条", "次", "篇", "个", "人", "人次", "项", "元", "千元", "万元", "百万元", "亿元"))
"""What the statistics table prints in its column of units."""

Kind = tuple[str, str, int]
"""What rows have in common that print the same columns: their table, its caption, how many columns."""

Sort = tuple[bool, bool]
"""Whether blanks stand before a row's last value, and whether all of them are nought: such rows have own habits."""

_TABLE_OF_TOTALS = "applications"
_LEAST_COUNTED = 8


@dataclass(frozen=True, slots=True)
class Side:
    """Columns that the cells may be set against, and where in the header each stands; no places where it says none.

    ``named``: the same of those that the header names, None for the others.
    """

    columns: tuple[Column, ...]
    places: tuple[int, ...] = ()
    named: tuple[int | None, ...] = ()

    @property
    def is_apart(self) -> bool:
        """Whether the header has other columns between them."""
        return bool(self.places) and self.places[-1] - self.places[0] >= len(self.places)


@dataclass(frozen=True, slots=True)
class RowCells:
    """``like``: what rows of a kind have in common that are padded alike.

    ``headed``: every place at which the header has a cell. ``units``: printed units by column key.
    """

    values: tuple[PlacedCell, ...]
    sides: tuple[Side, ...]
    headed: frozenset[int]
    units: Mapping[str, str]
    kind: Kind
    like: tuple[int, int]
    has_total: bool
    is_headless: bool
    """Whether columns in another order than the form's would show nowhere."""

    numbers: tuple[Decimal | None, ...] = field(init=False)
    filled: int = field(init=False)
    """How many of the cells are no blanks."""
    sort: Sort = field(init=False)

    def __post_init__(self) -> None:
        filled = [at for at, cell in enumerate(self.values) if cell.state != "blank"]
        numbers = tuple(read_cell(cell.cell.raw)[0] for cell in self.values)
        object.__setattr__(self, "numbers", numbers)
        object.__setattr__(self, "filled", len(filled))
        apart = bool(filled) and filled[-1] - filled[0] >= len(filled)
        object.__setattr__(self, "sort", (apart or len(filled) == 1, not any(numbers)))

    @property
    def other_sort(self) -> Sort:
        """The sort that differs from its own in being nought."""
        return self.sort[0], not self.sort[1]

    def is_overfull(self, side: Side) -> bool:
        """Whether it has more cells than columns, and no blank at either end that padding could have left."""
        ends = self.values[0], self.values[-1]
        return len(self.values) > len(side.columns) and all(cell.state != "blank" for cell in ends)

    def places(self, width: int) -> tuple[int, ...]:
        """Where the cells of so many columns stand, if as many are there, or as many that are no blanks."""
        filled = [cell.across for cell in self.values if cell.state != "blank"]
        every = [cell.across for cell in self.values] if filled else []
        return tuple(next((some for some in (filled, every) if len(some) == width), ()))


def row_cells(cells: Sequence[PlacedCell], table: Table, row: Row, header: Header) -> RowCells | None:
    """The cells behind the label of a row; None where the header belongs to another form or table."""
    order = header.order(table)
    has_total = table.id == _TABLE_OF_TOTALS
    if header.foreign or (header.rows and not order and _needs_header(table)):
        return None
    units = {column.key: unit for column, cell in order if (unit := printed_unit(cell.cell.raw))}
    values = [cell for cell in cells if cell.state != "text" or cell.key not in names_of_columns(table)]
    if table.unit_column and (printed := next(filter(is_unit, values), None)) is not None:
        values.remove(printed)
        units = {column.key: "".join(printed.cell.raw.split()) for column in table.columns}
    values = _spread(values, len(table.columns))
    return RowCells(
        tuple(values),
        _sides(table, order),
        header.places,
        units,
        (table.id, table.caption, len(table.columns)),
        (len(values), len(row.path)),
        has_total,
        # Of one column, named by its unit, there is no order.
        not _is_led(order, table, values) if order else _shows_no_order(table, cells) and not units,
    )


def with_own_values(rows: Sequence[RowCells]) -> list[RowCells]:
    """The rows without what is printed in them beside their values: numbers that count them, other columns."""
    return list(map(_below_own, _without_counts(rows)))


def _below_own(row: RowCells) -> RowCells:
    """A row without what is below columns that are no form's (上年数), where each cell stands below one of the header.

    Where one does not, spans lie, and the header's places are weighed with all else. A blank below none may be padding.
    """
    places = row.sides[0].places
    filled = {cell.across for cell in row.values if cell.state != "blank"}
    if not places or tuple(cell.across for cell in row.values if cell.across in places) != places:
        return row
    kept = tuple(cell for cell in row.values if cell.across in places or cell.across not in row.headed)
    return _with_values(row, kept) if filled <= row.headed and len(kept) < len(row.values) else row


def _without_counts(rows: Sequence[RowCells]) -> list[RowCells]:
    """The rows without the numbers that count them (行次), where the first of each is one more than that above."""
    alike: defaultdict[Kind, list[RowCells]] = defaultdict(list)
    for row in rows:
        alike[row.kind].append(row)
    counted = {
        kind
        for kind, some in alike.items()
        if len(some) >= _LEAST_COUNTED and are_counted(list(map(_first_of_too_many, some)))
    }
    return [_without_first(row) if row.kind in counted else row for row in rows]


def _first_of_too_many(row: RowCells) -> str:
    """The first number of a row with more cells than columns; nothing to count with where it has not."""
    number = row.numbers[_first(row)] if row.filled > 1 and len(row.values) > len(row.sides[0].columns) else None
    return f"{number:f}" if number is not None else ""


def _first(row: RowCells) -> int:
    return next(at for at, cell in enumerate(row.values) if cell.state != "blank")


def _without_first(row: RowCells) -> RowCells:
    at = _first(row)
    return _with_values(row, row.values[:at] + row.values[at + 1 :])


def _with_values(row: RowCells, values: tuple[PlacedCell, ...]) -> RowCells:
    return replace(row, values=values, like=(len(values), row.like[1]))


def values_of(cells: Sequence[PlacedCell], table: Table, header: Header) -> list[PlacedCell]:
    """The cells of a row without a label that are in the place of values: words there are kept, words beside are not.

    To leave words out among the values would move those behind them.
    """
    under = frozenset(cell.across for _, cell in header.order(table))
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


def _needs_header(table: Table) -> bool:
    """Whether its rows below another header are another's: neither groups nor labels of their own tell them."""
    return not table.rows[0].path and table.id != _TABLE_OF_TOTALS


def _is_led(order: Sequence[tuple[Column, PlacedCell]], table: Table, values: Sequence[PlacedCell]) -> bool:
    """Whether a header tells the order of values: the form's, or another if they stand below it, cell by cell."""
    named = [column for column, _ in order]
    is_usual = named == [column for column in table.columns if column in named]
    under = {cell.across for _, cell in order}
    return is_usual or {cell.across for cell in values if cell.state != "blank"} <= under


def _shows_no_order(table: Table, cells: Sequence[PlacedCell]) -> bool:
    """Whether columns in another order would show nowhere, but in the header that is missing.

    On paper that of the applicants' table, the same in all forms, may stand above a page's end as loose words.
    """
    is_printed = table.id == _TABLE_OF_TOTALS and any(cell.page is not None for cell in cells)
    return table.id != "remedies" and not is_printed


def is_unit(cell: PlacedCell) -> bool:
    """Whether a cell prints a unit and nothing else."""
    return "".join(cell.cell.raw.split()) in UNITS


def _sides(table: Table, order: Sequence[tuple[Column, PlacedCell]]) -> tuple[Side, ...]:
    """The columns as the header has them: all, though it may not name each; or only those that it names."""
    named = tuple(column for column, _ in order)
    places = tuple(cell.across for _, cell in order)
    if list(places) != sorted(set(places)):
        places = ()
    if len(named) == len(table.columns):
        return (Side(named, places, places),)
    at = dict(zip(named, places, strict=False))
    whole = Side(table.columns, named=tuple(map(at.get, table.columns)))
    return (whole, Side(named, places, places)) if named else (whole,)


def _spread(values: Sequence[PlacedCell], count: int) -> list[PlacedCell]:
    """Blank cells merged across columns, as many times as they span; where the count fits as printed, no cell is."""
    if len(values) == count:
        return list(values)
    spread: list[PlacedCell] = []
    for cell in values:
        times = cell.cell.colspan if cell.state == "blank" else 1
        spread.extend(replace(cell, across=cell.across + offset) for offset in range(times))
    return spread
