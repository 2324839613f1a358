"""Where the rows of a table contradict their totals one and all, the order of its columns was misread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

import pytest

from corpus.blocks import Block, Cell, Grid
from corpus.extraction.contradicted import CONTRADICTED
from corpus.extraction.tables import parse_tables
from corpus.readers.formats import read
from tests.accuracy.formats.page import html
from tests.accuracy.harness import papers

Row = tuple[Cell, ...]
_PARTS = 7


@pytest.fixture(scope="module")
def blocks() -> tuple[Block, ...]:
    return read(html(next(paper for paper in papers(1) if paper.form == "2021"))).blocks


def _turned(blocks: Sequence[Block], change: Callable[[list[str]], list[str]]) -> list[Block]:
    """The same blocks with the numbers of the applicants' rows changed."""

    def turn(row: Row) -> Row:
        at = [place for place, cell in enumerate(row) if cell.raw.isdigit()]
        if len(at) != _PARTS:
            return row
        raws = dict(zip(at, change([row[place].raw for place in at]), strict=True))
        return tuple(replace(cell, raw=raws.get(place, cell.raw)) for place, cell in enumerate(row))

    return [replace(block, rows=tuple(map(turn, block.rows))) if isinstance(block, Grid) else block for block in blocks]


def _doubted(blocks: Sequence[Block]) -> set[str]:
    found = parse_tables(blocks)
    return {figure for doubt in found.doubts if doubt.doubt.code == CONTRADICTED for figure in doubt.figures}


def test_totals_that_stand_first_below_a_header_that_has_them_last_put_the_table_in_doubt(
    blocks: tuple[Block, ...],
) -> None:
    doubted = _doubted(_turned(blocks, lambda raws: [raws[-1], *raws[:-1]]))
    assert {f"applications.{row}.total" for row in ("received", "granted", "handled", "carried_out")} <= doubted
    assert all(figure.startswith("applications.") for figure in doubted)


def test_a_source_that_adds_up_wrongly_in_two_rows_is_no_misreading(blocks: tuple[Block, ...]) -> None:
    rows = count()
    wrong = _turned(blocks, lambda raws: [*raws[:-1], str(int(raws[-1]) + (next(rows) < 2))])
    assert wrong != list(blocks)
    assert not _doubted(wrong)
    assert not _doubted(blocks)
