"""Blanks that part the thousands of printed numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Cell, Content, Grid
from corpus.numerals import read_cell
from corpus.readers.formats import read
from corpus.readers.thousands import with_thousands

_LARGE = st.integers(1_000, 9_999_999)


def _read(*raws: str) -> list[str]:
    grid = Grid(tuple((Cell(raw, at, 0),) for at, raw in enumerate(raws)), 0)
    [block] = with_thousands(Content((grid,))).blocks
    assert isinstance(block, Grid)
    return [row[0].raw for row in block.rows]


def _parted(number: int) -> str:
    return f"{number:,}".replace(",", " ")


@given(st.lists(_LARGE, min_size=3), st.lists(st.integers(0, 999)))
def test_a_document_that_parts_thousands_so_is_read(large: list[int], small: list[int]) -> None:
    raws = [*map(_parted, large), *map(str, small), "规 章"]
    assert [read_cell(raw)[0] for raw in _read(*raws)][:-1] == [*large, *small]


@given(st.lists(_LARGE, min_size=3), st.sampled_from(["&nbsp;", " ", "&#160;"]))
def test_a_page_may_part_them_too(large: list[int], blank: str) -> None:
    cells = "".join(f"<tr><td>{_parted(number).replace(' ', blank)}</td></tr>" for number in large)
    page = f"<html><body><p>数</p><table>{cells}</table></body></html>"
    [grid] = [block for block in read(page.encode(), name="page.html").blocks if isinstance(block, Grid)]
    assert [read_cell(row[0].raw)[0] for row in grid.rows] == large


@given(st.lists(_LARGE, min_size=3), st.integers(0, 999), st.integers(0, 99))
def test_two_numbers_in_any_cell_are_two_everywhere(large: list[int], one: int, two: int) -> None:
    raws = [*map(_parted, large), f"{one} {two}"]
    assert _read(*raws) == raws


@given(_LARGE, st.lists(_LARGE, min_size=2))
def test_a_few_may_be_two_numbers_each_where_others_are_not_parted(parted: int, others: list[int]) -> None:
    raws = [_parted(parted)] * 3 + list(map(str, others))
    assert _read(*raws) == raws
