"""Laws of carrying spans out, and of numbers and sections, over inputs that nobody thought of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Cell, Grid

SPANS = st.lists(
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=1, max_size=5), min_size=1, max_size=7
)


def grid(spans: list[list[tuple[int, int]]]) -> Grid:
    return Grid(
        tuple(
            tuple(Cell(f"{row}.{column}", row, column, *span) for column, span in enumerate(line))
            for row, line in enumerate(spans)
        ),
        0,
    )


@given(SPANS)
def test_the_lattice_is_a_rectangle_as_high_as_the_table(spans: list[list[tuple[int, int]]]) -> None:
    lattice = grid(spans).lattice
    assert len(lattice) == len(spans)
    assert len({len(line) for line in lattice}) == 1


@given(SPANS)
def test_every_printed_cell_begins_in_its_row_and_keeps_its_order(spans: list[list[tuple[int, int]]]) -> None:
    made = grid(spans)
    for printed, line in zip(made.rows, made.lattice, strict=True):
        firsts = [line.index(cell) for cell in printed]
        assert firsts == sorted(firsts)


@given(SPANS)
def test_a_cell_never_reaches_beyond_its_spans(spans: list[list[tuple[int, int]]]) -> None:
    for number, line in enumerate(grid(spans).lattice):
        for cell in filter(None, line):
            assert cell.row <= number < cell.row + cell.rowspan
            assert line.count(cell) <= cell.colspan


@given(st.integers(1, 6), st.integers(1, 6))
def test_without_spans_the_lattice_is_the_table(height: int, width: int) -> None:
    made = grid([[(1, 1)] * width] * height)
    assert made.lattice == made.rows
