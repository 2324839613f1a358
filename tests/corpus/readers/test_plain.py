"""Tables in plain text: whatever parts their cells, the same rows; headings and sentences stay outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Grid, Paragraph
from corpus.errors import TooLargeError
from corpus.readers.formats import read
from corpus.readers.plain import read_plain

_HEADING = "二、主动公开政府信息情况"
_AFTER = "三、收到和处理政府信息公开申请情况"
_SENTENCE = "本章的数字由各股室汇总，截止日期为十二月三十一日。"

_ROWS = [
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "0", "4"],
    ["行政规范性文件", "26", "", "211"],
]

_BARRED = {
    "a bar behind each cell": """\
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 0 | 0 | 4 |
行政规范性文件 | 26 | | 211 |""",
    "Markdown": """\
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
|---|:---:|---|---|
| 规章 | 0 | 0 | 4 |
| 行政规范性文件 | 26 |  | 211 |""",
    "a box drawn with lines": """\
┌────┬────┬────┬────┐
│信息内容│本年制发件数│本年废止件数│现行有效件数│
├────┼────┼────┼────┤
│规章│0│0│4│
│行政规范性文件│26││211│
└────┴────┴────┴────┘""",
    "a label on a line of its own": """\
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 0 | 0 | 4 |
行政规范性文件
| 26 | | 211 |""",
    "a cell on each line": """\
信息内容 |
本年制发件数 |
本年废止件数 |
现行有效件数 |
规章 |
0 |
0 |
4 |
行政规范性文件
|
26 |
|
211 |""",
    "a bar before each cell": """\
信息内容
| 本年制发件数
| 本年废止件数
| 现行有效件数
|
规章
| 0
| 0
| 4
|
行政规范性文件
| 26
|
| 211
|""",
}


@pytest.mark.parametrize("table", _BARRED.values(), ids=_BARRED)
def test_bars_part_cells(table: str) -> None:
    before, grid, after, sentence = read_plain(f"{_HEADING}\n{table}\n{_AFTER}\n{_SENTENCE}").blocks
    assert (before, after, sentence) == (Paragraph(_HEADING), Paragraph(_AFTER), Paragraph(_SENTENCE))
    assert isinstance(grid, Grid)
    assert not grid.aligned
    assert _rows(grid) == _ROWS


def test_a_cell_broken_over_lines_before_its_bar() -> None:
    [grid] = read_plain("项目 |\n数量 |\n受理的\n申请 |\n3 |\n办结的\n申请 |\n2 |\n转下年 |\n1 |").blocks
    assert isinstance(grid, Grid)
    assert _rows(grid)[1:] == [["受理的\n申请", "3"], ["办结的\n申请", "2"], ["转下年", "1"]]


def test_a_heading_above_a_header_with_blanks_is_a_heading() -> None:
    rows = [
        "项目 | | 数量 |",
        "受理 | | 3 |",
        "办结 | | 2 |",
        "四、诉讼情况",
        "复议 | | | | 诉讼 |",
        "维持 | 纠正 | 其他 | 未结 | 总计 |",
        "1 | 2 | 0 | 4 | 5 |",
    ]
    blocks = read_plain("\n".join(rows)).blocks
    assert blocks[1] == Paragraph("四、诉讼情况")
    assert [isinstance(block, Grid) for block in blocks] == [True, False, True]


def test_bars_between_links_are_no_table() -> None:
    assert all(isinstance(block, Paragraph) for block in read_plain("首页 | 政务公开 | 年报\n\n打印 | 关闭").blocks)


@pytest.mark.parametrize("gap", [" ", "    ", "\u3000"])
def test_white_space_parts_cells(gap: str) -> None:
    rows = [
        ["第二十条第（一）项"],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "0", "4"],
        ["（一） 行政规范性文件 (含转发, 不含复函)", "26", "2", "211"],
        ["行政许可", "35"],
    ]
    lines = [_HEADING, *map(gap.join, rows), _AFTER, "申请由专人登记，按时答复。"]
    blocks = read_plain("\n".join(lines)).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == [_HEADING, _AFTER, lines[-1]]
    [grid] = [block for block in blocks if isinstance(block, Grid)]
    assert grid.aligned
    assert _rows(grid) == rows


@pytest.mark.parametrize("gap", ["\t", " ", "\n"])
@pytest.mark.parametrize("heading", ["（三）平台建设", "3.平台建设", "三、平台建设"])
def test_a_numbered_line_above_a_table_is_no_part_of_it(heading: str, gap: str) -> None:
    rows = [
        ["信息内容", "本年制发件数", "现行有效件数"],
        ["规章", "0", "4"],
        ["规范性文件", "2", "9"],
        ["行政许可", "3", "1"],
    ]
    first, *others = read_plain("\n".join([heading, *map(gap.join, rows)])).blocks
    assert first == Paragraph(heading)
    assert [isinstance(block, Grid) for block in others] == [True]


def test_values_alone_are_a_row_where_there_are_many() -> None:
    [grid, date] = read_plain("行政复议 行政诉讼\n维持 纠正 其他 未结 总计\n1 0 0 2 3\n2023年1月20日").blocks
    assert isinstance(grid, Grid)
    assert _rows(grid)[-1] == ["1", "0", "0", "2", "3"]
    assert date == Paragraph("2023年1月20日")


def test_one_cell_a_line_ends_at_the_next_heading() -> None:
    table = "信息内容\n本年制发件数\n规章\n0\n行政规范性文件\n3\n行政许可\n7"
    blocks = read_plain(f"{_HEADING}\n{table}\n{_AFTER}\n年初没有结转。").blocks
    assert blocks[0] == Paragraph(_HEADING)
    assert blocks[2] == Paragraph(_AFTER)
    assert isinstance(blocks[1], Grid)
    assert blocks[1].aligned


_cell = st.one_of(st.integers(0, 99_999).map(str), st.sampled_from(["", "-", "/"]))


@given(st.lists(st.lists(_cell, min_size=3, max_size=3), min_size=3, max_size=12))
def test_what_is_written_with_bars_is_read(values: list[list[str]]) -> None:
    rows = [[f"第{'甲乙丙丁戊己庚辛壬癸子丑'[number]}类事项", *cells] for number, cells in enumerate(values)]
    for text in (
        "\n".join(f"| {' | '.join(row)} |" for row in rows),
        "\n".join(f"{' | '.join(row)} |" for row in rows),
    ):
        [grid] = read_plain(text).blocks
        assert isinstance(grid, Grid)
        assert _rows(grid) == rows


def _rows(grid: Grid) -> list[list[str]]:
    return [[cell.raw for cell in row] for row in grid.rows]


_LINES = ["信息内容", "本年制发件数", "规章", "0", "行政规范性文件", "3", "行政许可", "7"]


@pytest.mark.parametrize(
    "page",
    [
        "".join(f"<div class='cell'>{line}</div>" for line in _LINES),
        "<p>信息内容&nbsp;&nbsp;本年制发件数</p><p>规章&emsp;0</p><p>行政规范性文件&emsp;3</p><p>行政许可&emsp;7</p>",
        "<pre>信息内容  本年制发件数\n规章      0\n行政规范性文件  3\n行政许可  7</pre>",
        "<p>信息内容 | 本年制发件数<br>规章 | 0<br>行政规范性文件 | 3<br>行政许可 | 7</p>",
    ],
    ids=["elements set as cells", "paragraphs", "lines as typed", "bars"],
)
def test_a_page_may_print_its_tables_as_text(page: str) -> None:
    content = read(f"<html><body><h2>{_HEADING}</h2>{page}<p>{_SENTENCE}</p></body></html>".encode())
    assert [block.text for block in content.blocks if not isinstance(block, Grid)] == [_HEADING, _SENTENCE]
    [grid] = [block for block in content.blocks if isinstance(block, Grid)]
    assert [cell for row in _rows(grid) for cell in row] == _LINES


def test_a_page_with_its_tables_keeps_its_paragraphs() -> None:
    table = f"<table>{'<tr><td>行政许可</td><td>1</td></tr>' * 10}</table>"
    paragraphs = "".join(f"<p>{line}</p>" for line in _LINES)
    blocks = read(f"<html><body>{table}{paragraphs}</body></html>".encode()).blocks
    assert [block.text for block in blocks if not isinstance(block, Grid)] == _LINES


@pytest.mark.parametrize("text", ["1\n" * 80_000, "|" * 80_000, "甲 乙\n" * 40_000, "\t" * 80_000 + "1"])
def test_a_text_of_more_pieces_than_a_report_holds_is_refused(text: str) -> None:
    with pytest.raises(TooLargeError, match="pieces"):
        read_plain(text)


def test_characters_by_their_names_in_html_are_read() -> None:
    rows = [[f"&nbsp;{cell}&nbsp;" for cell in row] for row in _ROWS]
    text = "\n".join([f"{_HEADING}&ldquo;&rdquo;", *("\t".join(row) for row in rows), _AFTER])
    [heading, grid, _] = read_plain(text).blocks
    assert heading == Paragraph(f"{_HEADING}“”")
    assert isinstance(grid, Grid)
    assert [[cell.raw.strip() for cell in row] for row in grid.rows] == _ROWS


def test_one_or_two_names_of_characters_are_quoted() -> None:
    [paragraph] = read_plain("页面把空格写作 &nbsp; 或者 &emsp; 都可以。").blocks
    assert paragraph == Paragraph("页面把空格写作 &nbsp; 或者 &emsp; 都可以。")


_CLAUSES = st.lists(st.text("公开信息工作年报机关", min_size=3, max_size=9), min_size=30, max_size=60)


@given(st.lists(_CLAUSES, min_size=1, max_size=3), st.integers(24, 40))
def test_sentences_that_a_program_broke_at_a_width_are_whole_again(paragraphs: list[list[str]], width: int) -> None:
    whole = ["，".join(clauses) + "。" for clauses in paragraphs]
    broken = [f"　　{text}"[at : at + width] for text in whole for at in range(0, len(text) + 2, width)]
    text = "\n".join(["某县年度报告", "一、总体情况", *broken, "二、其他", "没有其他事项。"])
    blocks = [block.text for block in read_plain(text).blocks if isinstance(block, Paragraph)]
    assert blocks == ["某县年度报告", "一、总体情况", *whole, "二、其他", "没有其他事项。"]


def test_lines_of_one_width_that_end_with_their_sentences_are_paragraphs_each() -> None:
    lines = [f"第{number}季度，本机关公开信息若干条，答复申请若干件，没有收取任何费用。" for number in "一二三四"]
    assert [block.text for block in read_plain("\n".join(lines)).blocks if isinstance(block, Paragraph)] == lines
