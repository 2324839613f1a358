"""A sheet as a person sees it: a rectangle of printed cells without the rows and columns that are hidden."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from corpus.readers.limits import Limits

Spans = dict[tuple[int, int], tuple[int, int]]
"""Merged cells: (row, column) of the first to (rows, columns) covered."""


_MOST_RANGES = 200
"""Under conditions: further ones hide nothing, as each looks at every cell."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as a rectangle of raw cells, from its first row and column."""

    rows: Sequence[Sequence[str]]
    spans: Spans


@dataclass(slots=True)
class SheetDraft:
    """What a file says of a sheet while it is read: cells by (row, column) from 0, merged ones, what is hidden."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    spans: Spans = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    height: int = 0
    width: int = 0
    ranges: int = 0
    """Of cells, looked at for a condition."""

    def put(self, row: int, column: int, raw: str, limits: Limits) -> None:
        """A cell that prints something. Raises TooLargeError for a sheet beyond the limits."""
        self.cells[row, column] = raw
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)
        limits.check_cells(self.height * self.width)

    def hide(
        self, ranges: Iterable[tuple[range, range]], condition: Callable[[float], bool], instead: str = ""
    ) -> None:
        """Take away the numbers of some rows and columns that meet a condition: nobody sees them, but what is there."""
        for rows, columns in islice(ranges, _MOST_RANGES - self.ranges):
            self.ranges += 1
            met = [
                at for at, raw in self.cells.items() if at[0] in rows and at[1] in columns and _meets(raw, condition)
            ]
            for at in met:
                del self.cells[at]
            self.cells.update(dict.fromkeys(met, instead) if instead else {})

    def shown(self) -> RawSheet:
        """The sheet without what is hidden; a merged cell shows its text in what is left of it."""
        rows = [row for row in range(self.height) if row not in self.hidden_rows]
        row_at = {row: index for index, row in enumerate(rows)}
        usual = self._columns_at(range(0))
        kept = {row: self._columns_at(columns) for row, columns in self._own_columns()}
        width = max((len(at) for at in (usual, *kept.values())), default=0)
        raws = []
        for row in rows:
            shown = [self.cells.get((row, column), "") for column in kept.get(row, usual)]
            raws.append(shown + [""] * (width - len(shown)))
        spans: Spans = {}
        for (top, left), (height, across) in self.spans.items():
            down = list(_within(row_at, top, height))
            beside = list(_within(kept.get(top, usual), left, across))
            if (top, left) in self.cells and down and beside:
                spans[down[0], beside[0]] = len(down), len(beside)
                raws[down[0]][beside[0]] = self.cells[top, left]
        return RawSheet(raws, spans)

    def _is_hidden(self, column: int) -> bool:
        return any(column in hidden for hidden in self.hidden_columns)

    def _columns_at(self, also: Container[int]) -> dict[int, int]:
        """Where each column stands that is shown, or is ``also`` kept."""
        shown = (column for column in range(self.width) if column in also or not self._is_hidden(column))
        return {column: index for index, column in enumerate(shown)}

    def _own_columns(self) -> Iterator[tuple[int, set[int]]]:
        """Rows of tables that a hidden column belongs to, with such columns.

        A column is hidden for the sake of one table, and a table below it on the sheet loses one of its own. Where the
        merged cell over several columns begins in the hidden one, this is such a column: one that was put in later
        moves the merged cell to its right.
        """
        own: dict[int, set[int]] = {}
        for (top, left), (_, across) in self.spans.items():
            reaches = any(not self._is_hidden(column) for column in range(left, left + across))
            if (top, left) in self.cells and reaches and self._is_hidden(left):
                own.setdefault(top, set()).add(left)
        filled = {row for row, _ in self.cells}
        for top, columns in own.items():
            first = last = top
            while first - 1 in filled:
                first -= 1
            while last + 1 in filled:
                last += 1
            for row in range(first, last + 1):
                yield row, columns


def _meets(raw: str, condition: Callable[[float], bool]) -> bool:
    try:
        return condition(float(raw.replace(",", "")))
    except ValueError:
        return False


def _within(at: Mapping[int, int], first: int, size: int) -> Iterator[int]:
    """The places of what is shown of a merged cell; a sheet that ends inside it cuts it."""
    last = max(at, default=0)
    beyond = max(first + size - 1 - last, 0) if first <= last else 0
    found = [at[number] for number in range(first, min(first + size, last + 1)) if number in at]
    yield from found
    if found:
        yield from range(found[-1] + 1, found[-1] + 1 + beyond)
