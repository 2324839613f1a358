"""Blocks of any shape are read: what is cut out of pictures has empty rows, what people type jagged ones."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import Block, Cell, Grid, Heading, Paragraph
from corpus.extraction.tables import parse_tables
from corpus.form import load_form
from corpus.model import FORMS

_LABELS = sorted(
    {
        name
        for form in FORMS
        for table in load_form(form).tables
        for names in (
            *((row.label, *row.path) for row in table.rows),
            *((col.label, *col.path) for col in table.columns),
        )
        for name in names
    }
)
_TEXTS = st.one_of(
    st.sampled_from(_LABELS),
    st.integers(0, 20_000).map(str),
    st.sampled_from(["", " ", "\n", "0", "/", "—", "件", "万元", "0 0", "1.5", "项目", "（勾稽关系为：第一项）"]),
)
_SPANS = st.sampled_from([1, 1, 1, 2, 7])


def _grid(rows: list[list[tuple[str, int, int]]], index: int) -> Grid:
    return Grid(
        tuple(
            tuple(Cell(raw, at, across, down, along) for across, (raw, down, along) in enumerate(row))
            for at, row in enumerate(rows)
        ),
        index,
    )


_GRIDS = st.builds(_grid, st.lists(st.lists(st.tuples(_TEXTS, _SPANS, _SPANS), max_size=9), max_size=12), st.just(0))
_BLOCKS: st.SearchStrategy[Block] = st.one_of(
    _GRIDS, st.builds(Paragraph, _TEXTS), st.builds(Heading, _TEXTS, st.integers(1, 6))
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_BLOCKS, max_size=6))
def test_blocks_of_any_shape_are_read_and_each_number_has_its_cell(blocks: list[Block]) -> None:
    printed = {cell.raw for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row}
    shown = "\n".join([*printed, *(block.text for block in blocks if not isinstance(block, Grid))])
    for figure in parse_tables(blocks, 2021).figures.values():
        assert figure.value is None or (figure.raw and figure.raw in shown)
