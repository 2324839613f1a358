"""Cells that came one after another: rows by what the cells say; a header of several levels as the form has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from corpus.blocks import Cell, Grid
from corpus.extraction.streams import unrolled
from corpus.extraction.tables import parse_tables
from corpus.form import load_form

_APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
_FLAT = ["申请人情况", "总计", "自然人", "法人或其他组织", *_APPLICANTS[1:6]]
_ROWS = [
    ["一、本年新收政府信息公开申请数量", "16", "3", "0", "1", "2", "4", "26"],
    ["二、上年结转政府信息公开申请数量", "1", "0", "0", "0", "0", "0", "1"],
    ["三、本年度办理结果", "（一）予以公开", "12", "3", "0", "1", "2", "4", "22"],
    ["（二）部分公开", "3", "0", "0", "0", "0", "0", "3"],
    ["（七）总计", "15", "3", "0", "1", "2", "4", "25"],
    ["四、结转下年度继续办理", "2", "0", "0", "0", "0", "0", "2"],
    ["1.属于国家秘密", "0", "0", "0", "0", "0", "0", "0"],
]


def _stream(*rows: Sequence[str]) -> Grid:
    cells = tuple(Cell(raw, 0, column) for column, raw in enumerate(raw for row in rows for raw in row))
    return Grid((cells,), 0, aligned=True)


def _texts(grid: object) -> list[list[str]]:
    assert isinstance(grid, Grid)
    return [[cell.raw for cell in row] for row in grid.rows]


def test_values_end_a_row() -> None:
    assert _texts(unrolled(_stream(_FLAT, *_ROWS))) == [_APPLICANTS, *_ROWS]


def test_each_cell_stays_where_it_was_printed() -> None:
    stream = _stream(_FLAT, *_ROWS)
    found = unrolled(stream)
    assert isinstance(found, Grid)
    assert {id(cell) for row in found.rows for cell in row} <= {id(cell) for cell in stream.rows[0]}


def test_columns_of_one_group_keep_their_order() -> None:
    swapped = ["申请人情况", "总计", "自然人", "法人或其他组织", "科研机构", "商业企业", *_APPLICANTS[3:6]]
    read = parse_tables([_stream(swapped, *_ROWS)], 2022)
    assert read.figures["applications.received.research"].value == 3
    assert read.figures["applications.received.business"].value == 0
    assert read.figures["applications.received.total"].value == 26


def test_blanks_among_the_words_of_a_header_end_no_row() -> None:
    header = ["第二十条第（一）项", "", "", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    rows = unrolled(_stream(header, ["规章", "0", "0", "4"], ["行政规范性文件", "26", "34", "211"]))
    assert _texts(rows) == [
        list(filter(None, header)),
        ["规章", "0", "0", "4"],
        ["行政规范性文件", "26", "34", "211"],
    ]


@pytest.mark.parametrize("first", [_ROWS[0], ["一、本年新收政府", *[""] * 7]])
def test_as_many_blanks_as_its_table_has_columns_are_a_row_whatever_stands_before_them(first: list[str]) -> None:
    blank = [""] * 7
    rows = [first, ["二、上年结", *blank], ["转政府信息公开申请数量", *blank], ["（二）部公开", *blank], _ROWS[4]]
    assert _texts(unrolled(_stream(_FLAT, *rows))) == [_APPLICANTS, *rows]


def test_a_row_right_below_its_header_may_be_called_as_the_last_column_is() -> None:
    rows = [["（七）总计", *[""] * 7], _ROWS[5]]
    assert _texts(unrolled(_stream(_FLAT, *rows))) == [_APPLICANTS, *rows]


def test_a_header_whose_last_column_is_called_as_a_row_is() -> None:
    columns = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    header = ["行政复议", "行政诉讼", *columns, "未经复议直接起诉", "复议后起诉", *columns, *columns]
    values = [str(number) for number in range(15)]
    assert _texts(unrolled(_stream(header, values))) == [header, values]


@pytest.mark.parametrize(
    "grid", [replace(_stream(*_ROWS), aligned=False), Grid(_stream(*_ROWS).rows * 2, 0, aligned=True)]
)
def test_any_other_table_stays_as_it_is(grid: Grid) -> None:
    assert unrolled(grid) is grid


def test_pieces_that_together_are_a_label_are_one_cell() -> None:
    cells = ["规章", "3", "行政规", "范性文件", "14", "部分公开（区分处理的，", "只计这一情形，不计其他情形）", "2"]
    grid = Grid((tuple(Cell(raw, 0, at) for at, raw in enumerate(cells)),), 0, aligned=True)
    unrolled_ = unrolled(grid)
    assert isinstance(unrolled_, Grid)
    assert [cell.raw for row in unrolled_.rows for cell in row if not cell.raw.isdigit()] == [
        "规章",
        "行政规\n范性文件",
        "部分公开（区分处理的，\n只计这一情形，不计其他情形）",
    ]


_STATISTICS = next(table for table in load_form("2014").tables if table.unit_column)


@pytest.mark.parametrize("is_counted", [True, False])
@pytest.mark.parametrize("order", [("label", "unit", "value"), ("label", "value", "unit"), ("label", "value")])
def test_a_list_of_one_number_a_row_is_read_counted_or_not(order: Sequence[str], *, is_counted: bool) -> None:
    header = [{"label": "统计指标", "unit": "单位", "value": "统计数"}[part] for part in order]
    rows = []
    for at, row in enumerate(_STATISTICS.rows):
        printed = {"label": row.label, "unit": row.unit, "value": str(900 - 13 * at)}
        rows.append([*([str(at + 1)] if is_counted else []), *(printed[part] for part in order)])
    read = parse_tables([_stream(header, *rows)], 2016)
    assert [figure.value for figure in read.figures.values()] == [900 - 13 * at for at in range(len(rows))]
    assert not read.doubts
