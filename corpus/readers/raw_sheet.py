"""A sheet as a person sees it: a rectangle of printed cells without the rows and columns that are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.readers.limits import Limits

Spans = dict[tuple[int, int], tuple[int, int]]
"""Merged cells: (row, column) of the first to (rows, columns) covered."""


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

    def put(self, row: int, column: int, raw: str, limits: Limits) -> None:
        """A cell that prints something. Raises TooLargeError for a sheet beyond the limits."""
        self.cells[row, column] = raw
        self.height, self.width = max(self.height, row + 1), max(self.width, column + 1)
        limits.check_cells(self.height * self.width)

    def shown(self) -> RawSheet:
        """The sheet without what is hidden; a merged cell shows its text in what is left of it."""
        rows = [row for row in range(self.height) if row not in self.hidden_rows]
        columns = [
            column for column in range(self.width) if not any(column in hidden for hidden in self.hidden_columns)
        ]
        row_at = {row: index for index, row in enumerate(rows)}
        column_at = {column: index for index, column in enumerate(columns)}
        raws = [[self.cells.get((row, column), "") for column in columns] for row in rows]
        spans: Spans = {}
        for (top, left), (height, width) in self.spans.items():
            if (top, left) not in self.cells:
                continue
            down = list(_within(row_at, top, height))
            across = list(_within(column_at, left, width))
            if down and across:
                spans[down[0], across[0]] = len(down), len(across)
                raws[down[0]][across[0]] = self.cells[top, left]
        return RawSheet(raws, spans)


def _within(at: Mapping[int, int], first: int, size: int) -> Iterator[int]:
    """The places of what is shown of a merged cell; a sheet that ends inside it cuts it."""
    last = max(at, default=0)
    beyond = max(first + size - 1 - last, 0) if first <= last else 0
    found = [at[number] for number in range(first, min(first + size, last + 1)) if number in at]
    yield from found
    if found:
        yield from range(found[-1] + 1, found[-1] + 1 + beyond)
