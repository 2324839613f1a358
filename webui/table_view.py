"""A statutory table redrawn as on paper: header and group labels with their spans, and every cell in its place.

The layout follows from the form's data alone (``corpus.form``): labels above a column and to the left of a row
are merged where neighbours share them. A statistics table is an outline: its group labels are rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.form import Column, Row, Table, figure_id
from corpus.model import Figure, Finding
from webui.marks import flagged


@dataclass(frozen=True, slots=True)
class Label:
    """A header cell; ``indent`` counts the levels of an outline."""

    text: str
    scope: str
    rowspan: int = 1
    colspan: int = 1
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of the form, in words row › column: its figure, None where the report lacks it, and the findings on it.

    ``findings`` are positions in the report's findings, only those that are broken or doubt our reading.
    """

    id: str
    words: str
    unit: str
    figure: Figure | None
    findings: tuple[int, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: labels first, then cells. ``key`` is the row's in the form, empty for a mere heading."""

    labels: tuple[Label, ...]
    entries: tuple[Entry, ...]
    unit: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """A statutory table, ready to be drawn. ``width`` is the number of value columns, ``stubs`` of label columns."""

    table: str
    caption: str
    head: tuple[tuple[Label, ...], ...]
    lines: tuple[Line, ...]
    stubs: int
    width: int


def lay_out(table: Table, figures: Mapping[str, Figure], findings: Sequence[Finding]) -> TableView:
    """Put a report's figures into the layout of one table of its form."""
    doubted = flagged(findings)
    outline = bool(table.unit_column)
    stubs = 1 if outline else max((len(row.path) + bool(row.label) for row in table.rows), default=0)
    lines = _outline(table) if outline else _grouped(table.rows, stubs)
    filled = []
    for labels, row in lines:
        entries: tuple[Entry, ...] = ()
        if row is not None:
            ids = [(column, figure_id(row, column)) for column in table.columns]
            entries = tuple(
                _entry(table, row, column, figures.get(id_), {at: findings[at] for at in doubted.get(id_, ())})
                for column, id_ in ids
            )
        key, unit = (row.key, row.unit if outline else "") if row is not None else ("", "")
        filled.append(Line(labels, entries, unit, key))
    return TableView(
        table.id, table.caption, _head(table, stubs, outline=outline), tuple(filled), stubs, len(table.columns)
    )


def _head(table: Table, stubs: int, *, outline: bool) -> tuple[tuple[Label, ...], ...]:
    depth = max(len(column.path) for column in table.columns) + 1
    rows: list[list[Label]] = [[] for _ in range(depth)]
    if stubs:
        rows[0].append(Label(table.stub, "col", depth, stubs))
    if outline:
        rows[0].append(Label(table.unit_column, "col", depth))
    paths = [(*column.path, column.label) for column in table.columns]
    for level in range(depth):
        for start, stop in _runs([path[: level + 1] for path in paths]):
            path = paths[start]
            if level < len(path) - 1:
                rows[level].append(Label(path[level], "colgroup", 1, stop - start))
            elif level == len(path) - 1:
                rows[level].extend(Label(paths[at][level], "col", depth - level) for at in range(start, stop))
    return tuple(map(tuple, rows))


def _grouped(rows: Sequence[Row], stubs: int) -> list[tuple[tuple[Label, ...], Row | None]]:
    paths = [(*row.path, row.label) if row.label else row.path for row in rows]
    lines: list[list[Label]] = [[] for _ in rows]
    for level in range(stubs):
        for start, stop in _runs([path[: level + 1] for path in paths]):
            path = paths[start]
            if level < len(path) - 1:
                lines[start].append(Label(path[level], "rowgroup", stop - start))
            elif level == len(path) - 1:
                for at in range(start, stop):
                    lines[at].append(Label(paths[at][level], "row", 1, stubs - level))
    return [(tuple(labels), row) for labels, row in zip(lines, rows, strict=True)]


def _outline(table: Table) -> list[tuple[tuple[Label, ...], Row | None]]:
    lines: list[tuple[tuple[Label, ...], Row | None]] = []
    printed: set[tuple[str, ...]] = {(*row.path, row.label) for row in table.rows}
    for row in table.rows:
        for depth in range(1, len(row.path) + 1):
            above = row.path[:depth]
            if above not in printed:
                printed.add(above)
                lines.append(((Label(above[-1], "rowgroup", indent=depth - 1),), None))
        lines.append(((Label(row.label, "row", indent=len(row.path)),), row))
    return lines


def _runs(keys: Sequence[tuple[str, ...]]) -> Iterable[tuple[int, int]]:
    start = 0
    for at in range(1, len(keys) + 1):
        if at == len(keys) or keys[at] != keys[start]:
            yield start, at
            start = at


def _entry(table: Table, row: Row, column: Column, figure: Figure | None, doubting: Mapping[int, Finding]) -> Entry:
    words = " › ".join(filter(None, (*row.path, row.label, *column.path, column.label)))
    broken = any(finding.verdict == "broken" for finding in doubting.values())
    state = "broken" if broken else "doubt" if doubting else figure.state if figure else "absent"
    return Entry(figure_id(row, column), words, table.unit(row, column), figure, tuple(doubting), state)
