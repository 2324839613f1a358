"""Every number that a statutory table prints is a figure's, or a doubt or a warning names it, whatever happened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.extraction.figures import Tables
from corpus.extraction.table_account import LABEL_ALONE, UNREAD_NUMBER
from corpus.extraction.tables import parse_tables
from corpus.form import load_form
from corpus.model import FORMS
from corpus.numerals import read_cell

_JUNK = ("", "甲乙丙", "办理情况", "合计数", "本年度", "一、", "备注", "无")


def _printed(form: str, table: str) -> list[list[str]]:
    """A table with another number in each cell: header, then rows of label and numbers."""
    rows: list[list[str]] = []
    for part in load_form(form).tables:
        if part.id != table:
            continue
        rows.append([part.stub or "项目", *(column.label for column in part.columns)])
        for row in part.rows:
            rows.append([row.label, *(f"{len(rows) + 10}{at:02}" for at in range(len(part.columns)))])
    return rows


def _grid(rows: list[list[str]]) -> Grid:
    return Grid(tuple(tuple(Cell(raw, at, i) for i, raw in enumerate(row)) for at, row in enumerate(rows)), 0)


def _unaccounted(rows: list[list[str]], tables: Tables) -> set[str]:
    """The numbers of which nothing tells: no figure is theirs, no doubt or warning shows them."""
    said = [*(doubt.doubt for doubt in tables.doubts), *tables.warnings]
    shown = {number for each in said for value in each.values.values() for number in str(value).split("、")}
    if any(number.endswith("…") for number in shown):
        return set()
    read = {figure.raw.strip() for figure in tables.figures.values()}
    return {raw for row in rows for raw in row if read_cell(raw)[1] == "number"} - read - shown


@st.composite
def _damaged(draw: st.DrawFn) -> list[list[str]]:
    """A statutory table in which labels are lost, cells are dropped or added and rows change places."""
    form, table = draw(st.sampled_from([("2021", "applications"), ("2019", "disclosure"), ("2021", "disclosure")]))
    rows = _printed(form, table)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(rows) - 1))
        match draw(st.sampled_from(["label", "drop", "stray", "swap", "header"])):
            case "label":
                rows[at][0] = draw(st.sampled_from(_JUNK))
            case "drop" if len(rows[at]) > 1:
                del rows[at][draw(st.integers(1, len(rows[at]) - 1))]
            case "stray":
                rows[at].append(str(draw(st.integers(90000, 99999))))
            case "swap":
                other = draw(st.integers(1, len(rows) - 1))
                rows[at], rows[other] = rows[other], rows[at]
            case "header":
                column = draw(st.integers(0, len(rows[0]) - 1))
                rows[0][column] = draw(st.sampled_from(_JUNK))
    return rows


@settings(max_examples=120, deadline=None)
@given(_damaged())
def test_the_account_balances(rows: list[list[str]]) -> None:
    tables = parse_tables([_grid(rows)], 2022)
    if tables.form is not None:
        assert not _unaccounted(rows, tables)


def test_what_only_the_reading_by_layout_had_is_told_where_the_labels_are_taken() -> None:
    rows = _printed("2019", "disclosure")
    rows[0], rows[6] = rows[6], rows[0]
    rows[4][0] = ""
    assert not _unaccounted(rows, parse_tables([_grid(rows)], 2022))


def test_a_doubt_about_a_row_hides_no_other_number_in_it() -> None:
    rows = _printed("2021", "applications")
    rows[1][1] = "约 3 件"
    rows[1].append("90000")
    tables = parse_tables([_grid(rows)], 2022)
    assert any("applications.received.natural_person" in doubt.figures for doubt in tables.doubts)
    assert not _unaccounted(rows, tables)


def test_a_form_with_more_columns_explains_no_more_of_a_table() -> None:
    rows = _printed("2021", "disclosure")
    sparse = [row if row[0] != "规章" else row[:1] for row in rows]
    [stream] = [replace(_grid([[cell for row in sparse for cell in row]]), aligned=True)]
    figures = parse_tables([stream], 2022).figures
    assert figures["disclosure.licensing.decisions"].raw == next(row[1] for row in rows if row[0] == "行政许可")
    assert "disclosure.licensing.items_last_year" not in figures


def test_a_label_in_a_table_without_rules_is_named_wherever_its_values_are() -> None:
    rows = _printed("2021", "disclosure")
    apart = [[row[0]] for row in rows if row[0] == "行政许可"]
    grid = replace(_grid([*(row for row in rows if row[0] != "行政许可"), *apart]), aligned=True)
    tables = parse_tables([grid], 2022)
    assert "disclosure.licensing.decisions" in {id_ for doubt in tables.doubts for id_ in doubt.figures}


def test_of_a_row_found_twice_one_may_be_a_row_that_its_table_lacks() -> None:
    rows = _printed("2021", "disclosure")
    at = next(at for at, row in enumerate(rows) if row[0] == "行政许可")
    rows[at][0] = "行政处罚"
    named = {id_ for doubt in parse_tables([_grid(rows)], 2022).doubts for id_ in doubt.figures}
    assert "disclosure.licensing.decisions" in named


def test_numbers_of_which_nothing_says_whose_they_are_are_told() -> None:
    rows = _printed("2021", "disclosure")
    lines: list[Block] = [Paragraph("、".join(map(str, range(70001, 70016))))]
    tables = parse_tables([replace(_grid(rows), aligned=True), *lines], 2022)
    assert any("70007" in str(doubt.doubt.values.get("numbers")) for doubt in tables.doubts)


def test_under_a_header_of_no_form_the_numbers_are_named() -> None:
    rows = _printed("2021", "disclosure")
    at = next(at for at, row in enumerate(rows) if row[0] == "行政许可")
    rows[at - 1] = ["事项名称", "某种数量"]
    tables = parse_tables([_grid(rows)], 2022)
    [doubt] = [doubt for doubt in tables.doubts if doubt.doubt.code == UNREAD_NUMBER]
    assert doubt.figures == ("disclosure.licensing.decisions",)
    assert doubt.doubt.values["numbers"] == rows[at][1]


def test_labels_run_together_with_another_are_named_where_no_number_is_left_of_theirs() -> None:
    rows = _printed("2021", "applications")
    rows[1:3] = [[rows[1][0], *rows[2]]]
    tables = parse_tables([_grid(rows)], 2022)
    doubted = {id_ for doubt in tables.doubts if doubt.doubt.code == LABEL_ALONE for id_ in doubt.figures}
    assert "applications.received.total" in doubted
    assert "applications.carried_in.total" not in doubted


def test_numbers_of_a_part_of_which_no_label_is_known_may_be_those_of_any_part_that_was_not_read() -> None:
    rows = _printed("2019", "disclosure")
    rows[-2:] = [["甲乙", "丙丁", "戊己"], ["庚辛壬癸", "143", "9.51"]]
    tables = parse_tables([_grid(rows)], 2020)
    assert "disclosure.procurement.amount" in {id_ for doubt in tables.doubts for id_ in doubt.figures}


def test_a_number_beside_a_header_is_told_also_where_the_labels_alone_are_read() -> None:
    rows = _printed("2021", "disclosure")
    rows[0].append("90000")
    assert not _unaccounted(rows, parse_tables([_grid(rows)], 2022))


def test_a_row_printed_as_paragraphs_is_named() -> None:
    rows = _printed("2021", "disclosure")
    at = next(at for at, row in enumerate(rows) if row[0] == "行政许可")
    blocks: list[Block] = [_grid([*rows[: at - 1], *rows[at + 1 :]]), *map(Paragraph, rows[at])]
    tables = parse_tables(blocks, 2022)
    assert [doubt.figures for doubt in tables.doubts if doubt.doubt.code == LABEL_ALONE] == [
        ("disclosure.licensing.decisions",)
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_whole_table_leaves_nothing_to_say(form: str) -> None:
    table = next(table.id for table in load_form(form).tables if table.id in ("applications", "statistics"))
    tables = parse_tables([_grid(_printed(form, table))], None)
    assert not [doubt for doubt in tables.doubts if doubt.doubt.code in (UNREAD_NUMBER, LABEL_ALONE)]
    assert not tables.warnings


def test_a_table_of_other_matters_is_nobodys() -> None:
    other = replace(_grid([["序号", "标题"], ["1", "通知"], ["2", "公告"]]), index=1)
    tables = parse_tables([_grid(_printed("2021", "applications")), other], 2022)
    assert not tables.warnings


def test_below_a_whole_header_a_number_without_a_known_label_is_told() -> None:
    """A part of one row whose label lost its first letters: it may be any row of such a part that was not read."""
    header = ["信息内容", "本年处理决定数量"]
    read = _grid([header, ["行政处罚", "12"], ["行政强制", "3"]])
    lost = replace(_grid([header, ["政许可", "8"]]), index=1)
    tables = parse_tables([read, lost], 2022)
    assert {id_ for doubt in tables.doubts for id_ in doubt.figures} == {"disclosure.licensing.decisions"}
