"""A row whose label is printed is read, or a doubt names its figures: however its label is broken or run together."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.extraction.tables import parse_tables
from corpus.form import Form, figure_id, load_form

_WIDTH = 7


def _rows(form: Form) -> list[list[str]]:
    """A table of applications with its header."""
    rows: list[list[str]] = []
    for table in (table for table in form.tables if table.id == "applications"):
        rows.append(["", *(column.label for column in table.columns)])
        rows += [[row.label, *("0" for _ in table.columns)] for row in table.rows]
    return rows


def _grid(rows: list[list[str]], index: int = 0) -> Grid:
    return Grid(tuple(tuple(Cell(raw, at, i) for i, raw in enumerate(row)) for at, row in enumerate(rows)), index)


@given(at=st.integers(1, 24), cut=st.integers(1, 30), form=st.sampled_from(["2019", "2021"]), manner=st.integers(0, 2))
@settings(max_examples=60)
def test_no_row_with_a_label_is_absent_without_a_word(at: int, cut: int, form: str, manner: int) -> None:
    rows = _rows(load_form("2019" if form == "2019" else "2021"))
    at = min(at, len(rows) - 2)
    label = rows[at][0]
    blocks: list[Block]
    if manner == 0:  # Two labels in one cell, their cells blank.
        together = [f"{label} {rows[at + 1][0]}", *[""] * _WIDTH]
        blocks = [_grid([*rows[:at], together, *rows[at + 2 :]])]
    elif manner == 1:  # Half of it between two tables, where a page ends.
        blocks = [
            _grid(rows[:at]),
            Paragraph(label[:cut]),
            _grid([[label[cut:], *[""] * _WIDTH], *rows[at + 1 :]], 1),
        ]
    else:  # Alone above its table, without a cell.
        blocks = [Paragraph(label), _grid([*rows[:at], *rows[at + 1 :]])]
    tables = parse_tables(blocks, 2020 if form == "2019" else 2022)
    known = load_form(tables.form) if tables.form else load_form("2021")
    lost = {
        figure_id(row, column)
        for table in known.tables
        for row in table.rows
        if row.label == label and len(label) > 8
        for column in table.columns
    }
    assert lost <= tables.figures.keys()


def test_a_row_that_is_not_printed_stays_absent() -> None:
    rows = _rows(load_form("2021"))
    label = rows.pop(5)[0]
    figures = parse_tables([_grid(rows)], 2022).figures
    assert not [id_ for id_ in figures if ".refused.state_secret." in id_] or "国家秘密" not in label


def test_a_label_that_two_rows_share_is_no_sign_of_the_one_that_is_gone() -> None:
    """The form of 2014 prints 被依法纠错数 under 行政复议 and under 行政诉讼."""
    form = load_form("2014")
    rows = [(row, column) for table in form.tables for row in table.rows for column in table.columns]
    corrected = [row.label for row, _ in rows if "纠错" in row.label]
    gone = next(at for at, (row, _) in enumerate(rows) if row.label == corrected[0])
    lines = [["指标", "统计数"], *([row.label, str(at + 1)] for at, (row, _) in enumerate(rows))]
    tables = parse_tables([_grid([line for at, line in enumerate(lines) if at != gone + 1])], 2016)
    assert len(corrected) > 1
    assert not {id_ for doubt in tables.doubts for id_ in doubt.figures} & {figure_id(*rows[gone])}


def _doubted(blocks: Sequence[Block], year: int) -> set[str]:
    return {id_ for doubt in parse_tables(blocks, year).doubts for id_ in doubt.figures}


def _ids(form: str, table: str) -> set[str]:
    known = load_form("2019" if form == "2019" else "2021")
    tables = (each for each in known.tables if each.id == table)
    return {figure_id(row, column) for each in tables for row in each.rows for column in each.columns}


@given(shown=st.integers(10, 30), at=st.integers(1, 20))
def test_half_of_a_label_that_stands_alone_names_its_row(shown: int, at: int) -> None:
    rows = _rows(load_form("2021"))
    half = rows.pop(at)[0][:shown]
    row = next(row for table in load_form("2021").tables for row in table.rows if row.label.startswith(half))
    lost = {id_ for id_ in _ids("2021", "applications") if id_.startswith(f"{row.key}.")}
    is_like_another = any(half.split("）", 1)[-1][:6] in other for other, *_ in rows)
    assert is_like_another or lost <= _doubted([_grid(rows), Paragraph(half)], 2022)


def test_a_table_told_by_its_columns_alone_is_in_doubt_as_a_whole() -> None:
    columns = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    blocks: list[Block] = [
        _grid(_rows(load_form("2021"))),
        Paragraph("未经复议直接起诉"),
        *(Paragraph(name) for name in columns),
    ]
    assert _ids("2021", "remedies") <= _doubted(blocks, 2022)
    assert not _ids("2021", "remedies") & _doubted(blocks[:2], 2022)
