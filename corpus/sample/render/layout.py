"""The statutory tables as they are laid out on paper: header cells, group labels, spans. No format knows them twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from corpus.form import Column, Row, Table, figure_id, load_form
from corpus.model import FormId, SectionKind

_NO_COUNT = "——"  # the statistics table prints it in the rows that only head a group


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A cell in its first position. ``figure`` is the id of the figure to be printed there, "" for a label."""

    text: str
    figure: str = ""
    colspan: int = 1
    rowspan: int = 1
    header: bool = False


LaidTable = tuple[tuple[LaidCell, ...], ...]


@cache
def lay_out(form: FormId) -> Mapping[SectionKind, tuple[LaidTable, ...]]:
    """The tables of a form, by the section in which they are printed, in order."""
    tables = load_form(form).tables
    laid: dict[SectionKind, tuple[LaidTable, ...]] = {}
    for section, some in groupby(tables, key=lambda table: table.section):
        parts = list(some)
        if parts[0].id == "disclosure":
            width = 1 + max(len(table.columns) for table in parts)
            laid[section] = (tuple(row for table in parts for row in _part(table, width)),)
        elif parts[0].unit_column:
            laid[section] = tuple(tuple(_statistics(table)) for table in parts)
        else:
            laid[section] = tuple(tuple(_grouped(table)) for table in parts)
    return laid


def width(table: LaidTable) -> int:
    """How many columns the table has."""
    return sum(cell.colspan for cell in table[0])


def _part(table: Table, wide: int) -> Iterator[tuple[LaidCell, ...]]:
    """One part of the table of section 二: a caption over the whole width, a header, rows; the last column is wide."""
    spans = [1] * (len(table.columns) - 1) + [wide - len(table.columns)]
    yield (LaidCell(table.caption, colspan=wide, header=True),)
    yield (
        LaidCell(table.stub, header=True),
        *(
            LaidCell(_with_unit(column), colspan=span, header=True)
            for column, span in zip(table.columns, spans, strict=True)
        ),
    )
    for row in table.rows:
        yield (
            LaidCell(row.label, header=True),
            *(
                LaidCell("", figure_id(row, column), colspan=span)
                for column, span in zip(table.columns, spans, strict=True)
            ),
        )


def _with_unit(column: Column) -> str:
    return f"{column.label}（单位：{column.unit}）" if column.unit == "万元" else column.label


def _grouped(table: Table) -> Iterator[tuple[LaidCell, ...]]:
    """A table whose columns and rows stand in groups: those of sections 三 and 四."""
    height = 1 + max(len(column.path) for column in table.columns)
    depth = 1 + max(len(row.path) for row in table.rows) if table.stub else 0
    for level in range(height):
        stub = [LaidCell(table.stub, colspan=depth, rowspan=height, header=True)] if depth and not level else []
        yield (*stub, *_header(table.columns, level, height))
    for index, row in enumerate(table.rows):
        yield (
            *(_labels(table.rows, index, depth) if depth else ()),
            *(LaidCell("", figure_id(row, column)) for column in table.columns),
        )


def _header(columns: tuple[Column, ...], level: int, height: int) -> Iterator[LaidCell]:
    """The cells of one header row: groups that are open here, and columns whose own label stands here."""
    reaching = (column for column in columns if len(column.path) >= level)

    def cell(column: Column) -> tuple[str, ...]:
        # A column whose own label stands here is a group of its own.
        return column.path[: level + 1] if len(column.path) > level else (*column.path, column.key)

    for _, group in groupby(reaching, key=cell):
        members = list(group)
        first = members[0]
        if len(first.path) > level:
            yield LaidCell(first.path[level], colspan=len(members), header=True)
        else:
            yield LaidCell(_with_unit(first), rowspan=height - level, header=True)


def _labels(rows: tuple[Row, ...], index: int, depth: int) -> Iterator[LaidCell]:
    """The group labels that begin at this row, each over its rows, then the row's own over what is left."""
    row = rows[index]
    for level, group in enumerate(row.path):
        opens = row.path[: level + 1]
        if index and rows[index - 1].path[: level + 1] == opens:
            continue
        size = sum(1 for other in rows if other.path[: level + 1] == opens)
        yield LaidCell(group, rowspan=size, header=True)
    yield LaidCell(row.label, colspan=depth - len(row.path), header=True)


def _statistics(table: Table) -> Iterator[tuple[LaidCell, ...]]:
    """The statistics table: indicator, unit, count; a group that is no indicator has a row with dashes."""
    (column,) = table.columns
    yield (LaidCell(table.caption, colspan=3, header=True),)
    yield tuple(LaidCell(text, header=True) for text in (table.stub, table.unit_column, column.label))
    printed: set[tuple[str, ...]] = set()
    for row in table.rows:
        for level in range(1, len(row.path) + 1):
            if row.path[:level] not in printed:
                printed.add(row.path[:level])
                yield LaidCell(row.path[level - 1], header=True), LaidCell(_NO_COUNT), LaidCell(_NO_COUNT)
        printed.add((*row.path, row.label))
        yield LaidCell(row.label, header=True), LaidCell(row.unit), LaidCell("", figure_id(row, column))
