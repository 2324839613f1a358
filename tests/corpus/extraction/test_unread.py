"""Labels without numbers: a table was printed and not read, and its cells say so."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.extraction.tables import parse_tables
from corpus.extraction.unread import UNREAD
from corpus.form import load_form
from corpus.sample.generate import generate

_APPLICATIONS = next(table for table in load_form("2021").tables if table.id == "applications")
_LABELS = [row.label for row in _APPLICATIONS.rows]


@pytest.mark.parametrize("numbers", ["", "00103250"])
def test_a_table_of_labels_is_null_and_in_doubt(numbers: str) -> None:
    blocks: list[Block] = [Paragraph("三、收到和处理政府信息公开申请情况")]
    blocks += [Paragraph(label + numbers) for label in _LABELS]
    tables = parse_tables(blocks, 2022)
    [doubt] = tables.doubts
    assert tables.form == "2021"
    assert doubt.doubt.code == UNREAD
    assert len(doubt.figures) == len(_LABELS) * len(_APPLICATIONS.columns)
    assert {tables.figures[id_].state for id_ in doubt.figures} == {"blank"}


def test_numbers_behind_labels_without_a_header_are_in_doubt() -> None:
    tables = parse_tables([Paragraph(f"{label} 12 0 0 3 0 1 16") for label in _LABELS], 2022)
    doubted = {id_ for doubt in tables.doubts for id_ in doubt.figures}
    assert len(doubted) == len(_LABELS) * len(_APPLICATIONS.columns)
    assert tables.figures["applications.received.total"].value == 16


def test_labels_beside_a_table_that_was_read_say_nothing() -> None:
    rows = [[label, *map(str, range(7))] for label in _LABELS]
    header = ["", *(column.label for column in _APPLICATIONS.columns)]
    cells = (tuple(Cell(raw, at, i) for i, raw in enumerate(row)) for at, row in enumerate([header, *rows]))
    read = parse_tables([Grid(tuple(cells), 0), *map(Paragraph, _LABELS)], 2022)
    assert read.form == "2021"
    assert not [doubt for doubt in read.doubts if doubt.doubt.code == UNREAD]


def test_a_few_labels_in_a_sentence_are_no_table() -> None:
    assert parse_tables([Paragraph("其他"), Paragraph("总计"), Paragraph("部分公开")], 2022).form is None


def test_a_header_without_values_is_in_doubt() -> None:
    cells = (Cell("行政复议", 0, 0), Cell("未经复议直接起诉", 0, 1), Cell("复议后起诉", 0, 2))
    tables = parse_tables([Grid((cells,), 0)], 2022)
    assert [doubt.doubt.code for doubt in tables.doubts] == [UNREAD]
    assert tables.figures["review.total"].value is None


def test_a_header_of_groups_with_a_cell_on_each_line_and_blanks_below_it_is_in_doubt() -> None:
    kinds = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    lines = ["行政复议", "行政诉讼", *kinds, "未经复议直接起诉", "复议后起诉", *kinds, *kinds, "1", "1"]
    tables = parse_tables([Paragraph(line) for line in lines], 2022)
    assert "review.total" in {id_ for doubt in tables.doubts for id_ in doubt.figures}
    assert tables.figures["review.total"].value is None


def test_the_names_of_groups_above_paragraphs_are_no_table() -> None:
    lines = ["（一）行政复议", "全年没有行政复议。", "（二）未经复议直接起诉", "没有。", "总计"]
    assert parse_tables([Paragraph(line) for line in lines], 2022).form is None


def test_labels_in_pieces_and_in_order_beside_another_table_are_a_table() -> None:
    rows = [row.label for table in load_form("2021").tables if table.id == "disclosure" for row in table.rows]
    pieces = [piece for label in rows for piece in (label[:2], label[2:]) if piece]
    read = parse_tables([*map(Paragraph, [*pieces, *_LABELS])], 2022)
    assert read.figures["disclosure.fees.amount"].value is None
    assert "disclosure.fees.amount" in {id_ for doubt in read.doubts for id_ in doubt.figures}
    too_few = parse_tables([*map(Paragraph, [*pieces[2:-4], *_LABELS])], 2022)
    assert "disclosure.fees.amount" not in too_few.figures


def test_tables_in_one_long_line_are_in_doubt_with_those_of_few_words() -> None:
    form = load_form("2021")
    cells = [f"{label}：0" for table in form.tables for label in (*(row.label for row in table.rows),)]
    crossed = [f"{column.label}：0" for table in form.tables if table.groups for column in table.columns]
    tables = parse_tables([Paragraph("；".join([*cells, *crossed]))], 2022)
    doubted = {id_ for doubt in tables.doubts for id_ in doubt.figures}
    assert {"applications.handled.total", "review.total"} <= doubted


@pytest.mark.parametrize(("year", "form"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2024, "2021")])
def test_labels_that_two_forms_share_are_of_the_form_of_the_year(year: int, form: str) -> None:
    of_2019, of_2021 = (
        [row.label for table in load_form(form).tables if table.id == "applications" for row in table.rows]
        for form in ("2019", "2021")
    )
    tables = parse_tables([Paragraph(label) for label in of_2019 if label in of_2021], year)
    assert tables.form == form


def test_values_in_words_between_the_pieces_of_labels_hide_no_table() -> None:
    labels = [row.label for row in load_form("2014").tables[0].rows]
    rows = [cells for label in labels for cells in ([label[:7], "暂无"], [label[7:], "条"]) if cells[0]]
    grid = Grid(
        tuple(tuple(Cell(raw, at, i) for i, raw in enumerate(row)) for at, row in enumerate(rows)), 0, aligned=True
    )
    tables = parse_tables([grid], 2016)
    assert tables.form == "2014"
    assert "statistics.disclosed.website" in {id_ for doubt in tables.doubts for id_ in doubt.figures}


def test_rows_in_a_mark_up_without_numbers_are_in_doubt() -> None:
    blanks = "[td][/td]" * 12
    tables = parse_tables([Paragraph(f"[tr][td]{label}[/td]{blanks}[/tr]") for label in _LABELS], 2022)
    assert tables.form == "2021"
    assert tables.figures["applications.received.total"].state == "blank"
    assert tables.figures.keys() == {id_ for doubt in tables.doubts for id_ in doubt.figures}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 8))
def test_labels_however_broken_and_misspelt_are_a_table(seed: int, longest: int) -> None:
    """A letter in seven is another one or gone, and lines break anywhere: the table was printed all the same."""
    chance = Random(seed)  # noqa: S311 - a test, no secret
    letters = [
        chance.choice(("", "口", letter * 2)) if chance.random() < 1 / 7 else letter
        for label in _LABELS
        for letter in label
    ]
    said = "".join(letters)
    pieces = [said[at : at + longest] for at in range(0, len(said), longest)]
    tables = parse_tables([Paragraph(piece) for piece in pieces], 2022)
    assert tables.form == "2021"
    assert "applications.received.total" in {id_ for doubt in tables.doubts for id_ in doubt.figures}


def test_a_narrative_that_speaks_of_the_same_things_is_no_table() -> None:
    """The sample's own narratives, of every form: none says the labels of a table in their order."""
    for report in generate(reports=60):
        blocks = [Paragraph(line) for section in report.sections for line in section.text.splitlines()]
        assert parse_tables(blocks, report.year).form is None


def test_labels_far_from_each_other_are_a_table_where_all_are_said() -> None:
    """A sentence for each row, with the name of every column in it, and no number that a figure could be."""
    named = "，".join(f"其中{'、'.join(column.path)}{column.label}若干" for column in _APPLICATIONS.columns)
    tables = parse_tables([Paragraph(f"{label}，{named}。") for label in _LABELS], 2022)
    assert tables.form == "2021"
    assert "applications.received.total" in {id_ for doubt in tables.doubts for id_ in doubt.figures}
