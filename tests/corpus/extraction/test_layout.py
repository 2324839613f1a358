"""A table without rules is in doubt when a number in it fits nowhere, and only then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.blocks import Block, Cell, Grid
from corpus.extraction.layout import UNCERTAIN
from corpus.extraction.tables import parse_tables
from corpus.readers.formats import read
from tests.accuracy.formats.print import pdf_unruled
from tests.accuracy.harness import papers


@pytest.fixture(scope="module")
def blocks() -> tuple[Block, ...]:
    return read(pdf_unruled(next(paper for paper in papers(1) if paper.form == "2021"))).blocks


def _altered(blocks: Sequence[Block], label: str, raw: str) -> list[Block]:
    """The same blocks with another label on one row."""
    return [
        replace(
            block,
            rows=tuple(
                tuple(replace(cell, raw=raw) if label in cell.raw.replace("\n", "") else cell for cell in row)
                for row in block.rows
            ),
        )
        if isinstance(block, Grid)
        else block
        for block in blocks
    ]


def test_where_every_number_is_read_nothing_is_doubted(blocks: tuple[Block, ...]) -> None:
    assert not parse_tables(blocks).doubts


def test_a_number_that_fits_no_row_puts_its_table_in_doubt(blocks: tuple[Block, ...]) -> None:
    tables = parse_tables(_altered(blocks, "第二十条第（六）项", "77"))
    doubted = {figure for doubt in tables.doubts if doubt.doubt.code == UNCERTAIN for figure in doubt.figures}
    assert {"disclosure.penalties.decisions", "disclosure.coercion.decisions"} <= doubted
    assert "applications.received.total" not in doubted


def test_what_is_not_found_in_a_table_in_doubt_has_no_value_and_is_named(blocks: tuple[Block, ...]) -> None:
    tables = parse_tables(_altered(_altered(blocks, "行政许可", "别的事项"), "第二十条第（五）项", "77"))
    doubted = {figure for doubt in tables.doubts if doubt.doubt.code == UNCERTAIN for figure in doubt.figures}
    lost = tables.figures["disclosure.licensing.decisions"]
    assert (lost.value, lost.place) == (None, None)
    assert "disclosure.licensing.decisions" in doubted


def test_a_layout_that_the_reader_doubts_is_doubted_whole(blocks: tuple[Block, ...]) -> None:
    unsure = [replace(block, certain=False) if isinstance(block, Grid) else block for block in blocks]
    tables = parse_tables(unsure)
    doubted = {figure for doubt in tables.doubts if doubt.doubt.code == UNCERTAIN for figure in doubt.figures}
    assert doubted == set(tables.figures)


def test_a_label_beside_nothing_where_all_other_rows_are_full_is_in_doubt(blocks: tuple[Block, ...]) -> None:
    emptied = [
        replace(block, rows=tuple(map(_without_numbers, block.rows))) if isinstance(block, Grid) else block
        for block in blocks
    ]
    doubted = {figure for doubt in parse_tables(emptied).doubts for figure in doubt.figures}
    assert "applications.refused.safety_stability.total" in doubted
    assert "applications.refused.third_party.total" not in doubted


def _without_numbers(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    if not any("三安全" in cell.raw for cell in row):
        return row
    return tuple(replace(cell, raw="") if cell.raw.isdecimal() else cell for cell in row)
