"""Labels and headers that narrow columns broke around the values of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Cell, Grid
from corpus.extraction.tables import parse_tables
from corpus.form import figure_id, label_key, load_form

_TABLE = next(table for table in load_form("2021").tables if table.id == "applications")
_HEADER = [column.label for column in _TABLE.columns]
_SHORTEST = 8
"""Letters of a label that a column breaks."""


def _grid(rows: Sequence[Sequence[str]]) -> Grid:
    cells = (tuple(Cell(raw, at, column) for column, raw in enumerate(row)) for at, row in enumerate(rows))
    return Grid(tuple(cells), 0, aligned=True)


def _values(at: int) -> list[str]:
    parts = [at + 1, 2, 0, at % 3, 1, 0]
    return [*map(str, parts), str(sum(parts))]


def _expected() -> dict[str, int]:
    return {
        figure_id(row, column): int(value)
        for at, row in enumerate(_TABLE.rows)
        for column, value in zip(_TABLE.columns, _values(at), strict=True)
    }


def _read(grid: Grid) -> dict[str, int | None]:
    figures = parse_tables([grid], 2022).figures
    return {id_: None if (value := figures[id_].value) is None else int(value) for id_ in _expected()}


def _pieces(label: str, count: int) -> list[str]:
    width = -(-len(label) // count)
    return [label[at : at + width] for at in range(0, len(label), width)]


def _around(count: int, above: int, *, beside: bool) -> Iterator[list[str]]:
    """The rows, each long label in so many pieces, so many of them above the values, one beside them or none."""
    for at, row in enumerate(_TABLE.rows):
        is_long = len(label_key(row.label)) > _SHORTEST
        parts = _pieces(row.label, count) if is_long else [row.label]
        first = above if is_long else 0
        middle = parts[first : first + 1] if beside or not is_long else []
        yield from ([part] for part in parts[:first])
        yield [*middle, *_values(at)]
        yield from ([part] for part in parts[first + len(middle) :])


@pytest.mark.parametrize(
    ("count", "above", "beside"), [(2, 1, False), (3, 1, True), (3, 2, True), (3, 2, False), (3, 1, False)]
)
def test_pieces_above_beside_and_below_values_are_a_label(count: int, above: int, *, beside: bool) -> None:
    assert _read(_grid([_HEADER, *_around(count, above, beside=beside)])) == _expected()


def test_so_they_are_where_nothing_parts_rows() -> None:
    assert _read(_grid([[cell for row in [_HEADER, *_around(2, 1, beside=False)] for cell in row]])) == _expected()


@given(st.sampled_from(_TABLE.rows), st.sampled_from(_TABLE.rows))
def test_a_whole_label_is_no_piece_of_another(first: object, second: object) -> None:
    """Of labels above their values, and of rows that are blank, none takes what belongs to its neighbour."""
    rows = [_HEADER]
    for at, row in enumerate(_TABLE.rows):
        rows += [[row.label]] if row in (first, second) else [[row.label, *_values(at)]]
    read = parse_tables([_grid(rows)], 2022).figures
    for at, row in enumerate(_TABLE.rows):
        for column, value in zip(_TABLE.columns, _values(at), strict=True):
            found = read[figure_id(row, column)].value
            assert found is None if row in (first, second) else found == int(value)


def test_a_broken_header_is_one() -> None:
    halves = [("结果", "维持"), ("结果", "纠正"), ("其他", "结果"), ("尚未", "审结"), ("总计", "")] * 3
    above, below = zip(*halves, strict=True)
    groups = [["行政复议", "行政诉讼"], ["未经复议直接起诉", "复议后起诉"]]
    values = [str(number) for number in (1, 2, 3, 4, 10, 5, 0, 0, 1, 6, 7, 8, 0, 0, 15)]
    applications = [_HEADER, *([row.label, *_values(at)] for at, row in enumerate(_TABLE.rows))]
    read = parse_tables([_grid(applications), _grid([*groups, above, list(filter(None, below)), values])], 2022)
    remedies = next(table for table in load_form("2021").tables if table.groups)
    found = [read.figures[figure_id(remedies.rows[0], column)].value for column in remedies.columns]
    assert found == list(map(int, values))
    assert not any(id_.startswith("review") for doubt in read.doubts for id_ in doubt.figures)
