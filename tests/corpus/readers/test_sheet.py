"""Sheets: merged cells, numbers as printed, paragraphs around tables; refusals."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlwt

from corpus.blocks import Block, Grid, Paragraph
from corpus.errors import TooLargeError, UnreadableError
from corpus.readers.formats import read
from corpus.readers.libreoffice import converter
from tests.accuracy.formats.archives import zipped
from tests.accuracy.formats.office import xls_file
from tests.accuracy.harness import papers

ROWS: list[list[Any]] = [
    ["政府信息公开情况统计表"],
    ["统计指标", "单位", "统计数"],
    ["一、主动公开情况"],
    ["（一）主动公开政府信息数", "条", 1234],
    ["七、收取的费用", "万元", 0.25],
    ["四、结转下年度继续办理"],
    [],
    ["云溪县人民政府办公室为测试写下这一段话。"],
]


def xlsx(rows: list[list[Any]]) -> bytes:
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    for row in rows:
        sheet.append(row)
    workbook.create_sheet("隐藏").sheet_state = "hidden"
    workbook["隐藏"].append(["不读", 1])
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def xls(rows: list[list[Any]], *, is_coloured: bool = False) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("表")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    if is_coloured:
        sheet.write(65_535, 255, "", xlwt.easyxf("pattern: pattern solid, fore_colour yellow"))
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def coloured(rows: list[list[Any]]) -> bytes:
    """An .xls with a cell that is only coloured, where a sheet of its kind ends."""
    return xls(rows, is_coloured=True)


def csv(rows: list[list[Any]]) -> bytes:
    return "\r\n".join(",".join(map(str, row)) for row in rows).encode("gb18030")


def shown(blocks: tuple[Block, ...]) -> list[Any]:
    return [
        [[cell.raw for cell in row] for row in block.rows] if isinstance(block, Grid) else block.text
        for block in blocks
    ]


@pytest.mark.parametrize(("write", "name"), [(xlsx, "a.xlsx"), (xls, "a.xls"), (coloured, "b.xls"), (csv, "a.csv")])
def test_a_sheet_is_read_the_same_in_every_format(write: Callable[[list[list[Any]]], bytes], name: str) -> None:
    assert shown(read(write(ROWS), name=name).blocks) == [
        "政府信息公开情况统计表",
        [
            ["统计指标", "单位", "统计数"],
            ["一、主动公开情况", "", ""],
            ["（一）主动公开政府信息数", "条", "1234"],
            ["七、收取的费用", "万元", "0.25"],
            ["四、结转下年度继续办理", "", ""],
        ],
        "云溪县人民政府办公室为测试写下这一段话。",
    ]


def test_merged_cells_have_their_spans() -> None:
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    for row in (["申请人", "法人", None], [None, "企业", "机构"], ["一、新收", 1, 2]):
        sheet.append(row)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")
    output = io.BytesIO()
    workbook.save(output)
    (grid,) = read(output.getvalue()).blocks
    assert isinstance(grid, Grid)
    spans = [[(cell.raw, cell.rowspan, cell.colspan) for cell in row] for row in grid.rows]
    assert spans[0] == [("申请人", 2, 1), ("法人", 1, 2)]
    assert spans[1] == [("企业", 1, 1), ("机构", 1, 1)]


def test_the_row_below_a_header_is_its_own_even_if_blank() -> None:
    blocks = read(xlsx([["维持", "纠正", "总计"], [], [], ["五、存在的问题"]])).blocks
    assert shown(blocks) == [[["维持", "纠正", "总计"], ["", "", ""]], "五、存在的问题"]


@pytest.mark.parametrize("write", [xlsx, xls, csv])
def test_a_table_that_goes_on_below_an_empty_row_keeps_a_column_left_blank(
    write: Callable[[list[list[Any]]], bytes],
) -> None:
    rows: list[list[Any]] = [
        ["事项", "件数", "总计"],
        ["一", 1, 1],
        [],
        ["二", 2],
        ["三", 3],
        [],
        ["名称", "数"],
        ["四", 4],
    ]
    assert shown(read(write(rows), name="a.csv" if write is csv else "a.xls").blocks) == [
        [["事项", "件数", "总计"], ["一", "1", "1"]],
        [["二", "2", ""], ["三", "3", ""]],
        [["名称", "数"], ["四", "4"]],
    ]


def test_a_whole_report_on_a_sheet_keeps_its_paragraphs() -> None:
    blocks = read(
        xlsx([["一、总体情况"], ["全年公开信息。"], ["规章", 1], ["规范性文件", 2], ["三、收到申请"], ["有。"]])
    ).blocks
    assert [block for block in blocks if isinstance(block, Paragraph)] == [
        Paragraph("一、总体情况"),
        Paragraph("全年公开信息。"),
        Paragraph("三、收到申请"),
        Paragraph("有。"),
    ]


def test_a_quotation_mark_never_closed_costs_nothing() -> None:
    rows = shown(read(b'a,"b\n' + b"c,1\n" * 20, name="a.csv").blocks)
    assert rows


def test_a_sentence_with_commas_that_nobody_quoted_is_a_paragraph() -> None:
    said = "全年制作发布信息1,204条,其中转载93条。"
    lines = ["一、总体情况", said, "规章,5,0,47", "行政规范性文件,9,1,30", said]
    assert shown(read("\n".join(lines).encode(), name="a.csv").blocks) == [
        "一、总体情况",
        said,
        [["规章", "5", "0", "47"], ["行政规范性文件", "9", "1", "30"]],
        said,
    ]


@pytest.mark.parametrize("reference", ["XFD1048576", "A1048576"])
def test_a_cell_far_away_is_refused(reference: str) -> None:
    archive = _members(xlsx([["a", "b"]]))
    sheet = "xl/worksheets/sheet1.xml"
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'.encode()
    archive[sheet] = archive[sheet].replace(b"</sheetData>", far)
    with pytest.raises(TooLargeError, match="cells"):
        read(zipped(archive))


def test_entities_are_refused() -> None:
    archive = _members(xlsx([["a", "b"]]))
    archive["xl/workbook.xml"] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + archive["xl/workbook.xml"]
    with pytest.raises(UnreadableError, match="entities"):
        read(zipped(archive))


def test_a_workbook_that_does_not_say_where_its_sheets_are_is_damaged() -> None:
    members = _members(xlsx([["项目", "件数"], ["新收", 1]]))
    del members["xl/_rels/workbook.xml.rels"]
    with pytest.raises(UnreadableError):
        read(zipped(members), name="a.xlsx")


def _members(payload: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("words", "is_cell"), [("第二十条第（一）项", True), ("三、依申请公开", False), ("2024年报表", False)]
)
def test_a_merged_cell_as_wide_as_its_table_is_the_caption(words: str, is_cell: bool) -> None:  # noqa: FBT001 - a case
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    for row in ([words], ["信息内容", "制发件数", "废止件数"], ["规章", 1, 2]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    output = io.BytesIO()
    workbook.save(output)
    first = read(output.getvalue()).blocks[0]
    assert isinstance(first, Grid) is is_cell


def test_a_row_of_empty_fields_is_its_tables_where_paragraphs_have_none() -> None:
    rows = "第二十条第（一）项,,\n信息内容,制发件数,废止件数\n规章,1,2\n"
    assert isinstance(read(f"云溪县报告\n\n{rows}".encode(), name="a.csv").blocks[1], Grid)
    assert isinstance(read(f"云溪县报告,,\n\n{rows}".encode(), name="a.csv").blocks[1], Paragraph)


@pytest.mark.skipif(converter() is None, reason="LibreOffice calculates it")
def test_a_formula_that_nobody_calculated_is_calculated() -> None:
    (grid,) = read(xlsx([["指标", "单位", "数"], ["收到", "件", "=1+2"]])).blocks
    assert isinstance(grid, Grid)
    assert grid.rows[1][2].raw == "3"


def test_a_formula_that_nobody_can_calculate_is_no_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    (grid,) = read(xlsx([["指标", "单位", "数"], ["收到", "件", "=1+2"]])).blocks
    assert isinstance(grid, Grid)
    assert grid.rows[1][2].raw == "=1+2"


@pytest.mark.parametrize("lost", [60, 100, 200])
def test_a_workbook_cut_short_in_its_directory_is_refused(lost: int) -> None:
    """The library panics there: no error of its kind."""
    with pytest.raises(UnreadableError, match="damaged"):
        read(xls_file(papers(1)[0])[:-lost], name="report.xls")


def test_a_column_hidden_for_one_table_stays_a_column_of_another() -> None:
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    for row in (
        ["项目", "上年", "今年"],
        ["新收", 77, 12],
        [],
        ["项目", "复议", None],
        [None, "维持", "纠正"],
        ["件数", 3, 4],
    ):
        sheet.append(row)
    sheet.merge_cells("B4:C4")
    sheet.column_dimensions["B"].hidden = True
    output = io.BytesIO()
    workbook.save(output)
    grids = [block for block in read(output.getvalue()).blocks if isinstance(block, Grid)]
    assert [[cell.raw for cell in row] for row in grids[0].rows] == [["项目", "今年"], ["新收", "12"]]
    assert [cell.raw for cell in grids[1].rows[2]] == ["件数", "3", "4"]


def test_general_shows_no_more_digits_than_a_cell_has_room_for() -> None:
    workbook: Any = openpyxl.Workbook()
    workbook.active.append(["甲", 17 + 1e-13, 4068.2, 0.1 + 0.2])
    workbook.active.append(["乙", 12, 1234567.125, 3])
    workbook.properties.title = "云溪县年报"
    output = io.BytesIO()
    workbook.save(output)
    content = read(output.getvalue())
    rows = [row for block in content.blocks if isinstance(block, Grid) for row in block.rows]
    assert [[cell.raw for cell in row] for row in rows] == [
        ["甲", "17", "4068.2", "0.3"],
        ["乙", "12", "1234567.125", "3"],
    ]
    assert content.metadata == {"documenttitle": "云溪县年报"}


def test_a_first_column_that_counts_all_rows_is_no_part_of_them() -> None:
    rows = [*ROWS, *[[f"第{at}项", "件", 7 * at] for at in range(6)]]
    counted = [[number, *row] for number, row in enumerate(rows, 1)]
    assert [_said(block) for block in read(xlsx(counted)).blocks] == [_said(block) for block in read(xlsx(rows)).blocks]


def _said(block: Block) -> object:
    if isinstance(block, Grid):
        return [[cell.raw for cell in row if cell.raw] for row in block.rows]
    return block.text
