"""What the layout sees to be words stays words, though the labels alone find a number among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.blocks import Block, Grid
from corpus.extraction.figures import absent, doubt_of
from corpus.extraction.second_reading import with_all_of
from corpus.extraction.tables import parse_tables
from corpus.extraction.unread import UNREAD
from corpus.readers.formats import read
from tests.accuracy.formats.page import html
from tests.accuracy.harness import papers


@pytest.fixture(scope="module")
def blocks() -> tuple[Block, ...]:
    return read(html(next(paper for paper in papers(1) if paper.form == "2021"))).blocks


def _worded(blocks: Sequence[Block], id_: str, words: str) -> list[Block]:
    """The blocks with the cell of a figure replaced."""
    place = parse_tables(blocks, 2021).figures[id_].place
    assert place is not None
    return [
        replace(
            block,
            rows=tuple(
                tuple(
                    replace(cell, raw=words) if (cell.row, cell.column) == (place.row, place.column) else cell
                    for cell in row
                )
                for row in block.rows
            ),
        )
        if isinstance(block, Grid) and block.index == place.table
        else block
        for block in blocks
    ]


@pytest.mark.parametrize("words", ["#DIV/0!", "约12", "增15", "≥3", "见附件2", "12（略）", "第3"])
@pytest.mark.parametrize("id_", ["review.total", "disclosure.licensing.decisions", "applications.granted.total"])
def test_a_number_among_words_is_none(blocks: tuple[Block, ...], id_: str, words: str) -> None:
    tables = parse_tables(_worded(blocks, id_, words), 2021)
    assert tables.figures[id_].value is None
    assert any(id_ in doubt.figures for doubt in tables.doubts)


def test_quotation_marks_are_no_words(blocks: tuple[Block, ...]) -> None:
    quoted = [
        replace(block, rows=tuple(tuple(replace(cell, raw=f'"{cell.raw}"') for cell in row) for row in block.rows))
        if isinstance(block, Grid)
        else block
        for block in blocks
    ]
    plain, found = parse_tables(blocks, 2021).figures, parse_tables(quoted, 2021).figures
    numbers = {id_: figure.value for id_, figure in plain.items() if figure.value is not None}
    assert {id_: found[id_].value for id_ in numbers} == numbers


def test_a_row_that_neither_reading_has_a_cell_of_is_absent(blocks: tuple[Block, ...]) -> None:
    # The labels alone find the 总计 of the next table in its place, and no value that could be its own.
    left = [
        replace(block, rows=tuple(row for row in block.rows if all(cell.raw != "（七）总计" for cell in row)))
        if isinstance(block, Grid)
        else block
        for block in blocks
    ]
    tables = parse_tables(left, 2021)
    assert not any(id_.startswith("applications.handled.") for id_ in tables.figures)
    assert not tables.doubts


def test_what_the_other_concludes_is_told_where_numbers_were_lost(blocks: tuple[Block, ...]) -> None:
    whole = parse_tables(blocks, 2021)
    row = {id_ for id_ in whole.figures if id_.startswith("applications.handled.")}
    read = replace(whole, figures={id_: figure for id_, figure in whole.figures.items() if id_ not in row})
    other = replace(whole, figures={**whole.figures, **{id_: absent(id_) for id_ in row}})
    assert row
    assert with_all_of(read, other) == read
    doubting = replace(read, doubts=(doubt_of(["review.total"], UNREAD),))
    assert row <= set(with_all_of(doubting, other).doubts[-1].figures)
