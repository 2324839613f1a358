"""Layouts of plain text that real pages have: a bar a line, cells as paragraphs, commas alone, all on one line."""

from __future__ import annotations

import pytest

from corpus.blocks import Grid, Paragraph
from corpus.readers import plain
from corpus.readers.bar_stream import parted
from corpus.readers.listed import unlisted
from corpus.readers.plain import read_plain
from tests.accuracy.harness import FORMATS, papers

_ROWS = ("规章 3 0 12", "行政规范性文件 14 2 120", "行政许可 5 6 7", "行政处罚 8 9 10", "行政强制 1 2 3", "其他 4 4 5")


def _grids(text: str) -> list[list[list[str]]]:
    blocks = read_plain(text).blocks
    return [[[cell.raw for cell in row] for row in block.rows] for block in blocks if isinstance(block, Grid)]


def _paragraphs(text: str) -> list[str]:
    return [block.text for block in read_plain(text).blocks if isinstance(block, Paragraph)]


def test_a_bar_with_a_line_of_its_own_ends_a_cell() -> None:
    cells = ["信息内容", "数量", "规章", "3", "行政规范性文件", "14", "行政许可", "\u00a0", "行政处罚", "8"]
    lines = "\n|\n".join(cells)
    assert _grids(lines + "\n|\n") == [
        [["信息内容", "数量", "规章", "3", "行政规范性文件", "14", "行政许可", "", "行政处罚", "8"]]
    ]


def test_an_empty_line_parts_cells_and_a_break_inside_a_label_does_not() -> None:
    [[row]] = _grids("信息内容\n\n本年新\n制作数量\n\n规章\n\n3\n\n许可\n\n4\n\n处罚\n\n5")
    assert row == ["信息内容", "本年新\n制作数量", "规章", "3", "许可", "4", "处罚", "5"]


def test_a_numbered_row_in_a_long_line_is_no_heading() -> None:
    table = f"信息内容 制发 废止 有效 {' '.join(_ROWS)} 四、结转下年 1 0 1"
    line = f"一、情况 2021 年,本县平稳。 二、数据 {table} 五、问题 略。"
    assert _paragraphs(line) == ["一、情况", "2021 年,本县平稳。", "二、数据", "五、问题", "略。"]


def test_lines_of_commas_are_rows() -> None:
    text = '说明，如下表。\n项目,制发,废止\n规章,3,0\n"许可,审批",5,\n第二段，没有表。'
    assert _grids(text) == [[["项目", "制发", "废止"], ["规章", "3", "0"], ["许可,审批", "5", ""]]]
    assert len(_paragraphs(text)) == 2


def test_a_sentence_with_commas_is_no_table() -> None:
    assert not _grids("全年收到,3件,办结,2件。\n答复,1件,其余,转下年。\n以上,1,2,3。")


def test_a_line_that_holds_whole_tables_is_parted() -> None:
    table = f"信息内容 制发 废止 有效 {' '.join(_ROWS)}"
    line = f"某县年报 2021 年 一、总体情况 本县公开 12 条。 二、主动公开情况 {table} 三、问题 无。"
    [[row]] = _grids(line)
    assert row[:8] == ["信息内容", "制发", "废止", "有效", "规章", "3", "0", "12"]
    assert row[-4:] == ["其他", "4", "4", "5"]
    assert _paragraphs(line) == [
        "某县年报 2021 年",
        "一、总体情况",
        "本县公开 12 条。",
        "二、主动公开情况",
        "三、问题",
        "无。",
    ]


def test_before_many_values_half_a_sentence_is_of_a_label() -> None:
    half = "的，只计这一情形，不计其 6 7 8 9 10"
    lines = [
        "项目 甲 乙 丙 丁 戊",
        "规章 1 2 3 4 5",
        "部分公开（区分处理",
        half,
        "他情形）",
        "许可 1 1 1 1 1",
        "处罚 2 2 2 2 2",
    ]
    [rows] = _grids("\n".join(lines))
    assert half.split() in rows


def test_dates_and_numbers_of_a_sentence_are_no_table() -> None:
    line = "本报告所列数据的统计期限自 2021 年 1 月 1 日 起至 2021 年 12 月 31 日止。 " * 3
    assert _paragraphs(line) == [" ".join(line.split())]


def test_the_number_of_a_broken_label_counts_for_no_line_above_the_values() -> None:
    column = ["三、本年", "度办理结果", "（一）", "予以公开", *"1234567", "（二）部分公开", *"1234567"]
    [[row]] = _grids("\n".join(["一、本年新收", *"1234567", *column]))
    assert row[8:13] == [*column[:4], "1"]


def test_no_order_of_layouts_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    some = papers(1)
    texts = [write(one).decode() for name, (_, write) in FORMATS.items() if name.startswith("text_") for one in some]
    read = [read_plain(text) for text in texts]
    monkeypatch.setattr(plain, "LAYOUTS", plain.LAYOUTS[::-1])
    assert [read_plain(text) for text in texts] == read


def test_a_header_cut_into_pairs_makes_no_rows() -> None:
    kinds = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    header = ["行政复议", "行政诉讼", *kinds, "未经复议直接起诉", "复议后起诉", *kinds, *kinds]
    cells = [*header, "1", *[""] * 3, "1", *[""] * 10, ""]
    assert parted([f"{cell} |" for cell in cells], cells) == [cells]


def test_rows_with_a_bar_alone_before_each_are_rows_however_many_are_words() -> None:
    rows = [
        ["第一项"],
        ["信息内容", "本年制发件数"],
        ["行政规范性文件", ""],
        ["第二项"],
        ["信息内容", "本年处理决定数量"],
    ]
    lines = [line for row in rows for line in ("|", *(f"{cell or chr(0xA0)} |" for cell in row))]
    cells = [cell for row in rows for cell in ("", *row)]
    assert parted(lines, cells) == rows


def test_rows_that_say_nothing_part_no_stream() -> None:
    blank = ["", "", ""]
    told = [
        ["信息内容", "制发", "废止", "有效"],
        *([name, *blank] for name in "甲乙丙丁庚辛壬癸子丑"),
        ["戊", *blank, "己", *blank],
    ]
    lines = [
        line for row in told for line in (*(f"{cell or chr(0xA0)} |" for cell in row), "|" * (8 - len(row))) if line
    ]
    rows = [[*row, *[""] * (8 - len(row))] for row in told]
    assert parted(lines, [cell for row in rows for cell in row]) == rows


@pytest.mark.parametrize(("bar", "rule"), [("|", "+------+---+---+"), ("║", "╬══════╬═══╬═══╬")])
def test_lines_between_two_rules_are_one_row_where_no_column_has_two_values(bar: str, rule: str) -> None:
    rows = [["信息", "制发", "有效"], ["内容", "件数", "件数"], None, ["规章", "3", "12"], None]
    rows += [["行政规", "", ""], ["范性文", "14", "120"], ["件", "", ""], None, ["行政许可", "5", ""]]
    lines = [rule if row is None else bar + bar.join(f" {cell} " for cell in row) + bar for row in rows]
    assert _grids("\n".join([rule, *lines, rule])) == [
        [
            ["信息\n内容", "制发\n件数", "有效\n件数"],
            ["规章", "3", "12"],
            ["行政规\n范性文\n件", "14", "120"],
            ["行政许可", "5", ""],
        ]
    ]


def test_a_rule_below_a_header_alone_parts_no_rows() -> None:
    lines = [
        "+---+---+",
        "| 信息内容 | 件数 |",
        "+---+---+",
        "| 规章 | 3 |",
        "| 许可 | 4 |",
        "| 处罚 | 5 |",
        "+---+---+",
    ]
    assert _grids("\n".join(lines)) == [[["信息内容", "件数"], ["规章", "3"], ["许可", "4"], ["处罚", "5"]]]


def test_a_page_in_a_table_has_its_paragraphs_without_bars() -> None:
    rows = [f"| {' | '.join(row.split())} |" for row in _ROWS]
    head = [
        "| 宝丰县人民政府办公室2021年政府信息公开工作年度报告 |",
        "| 一、总体情况 |",
        "| 全年照常更新，答复按期。 |",
    ]
    lines = [*head, "| 二、主动公开政府信息情况 |", *rows, "| 五、存在的主要问题及改进情况 |", "| 更新偏慢。 |"]
    assert _paragraphs("\n".join(lines)) == [line.strip("| ") for line in lines if line not in rows]
    assert _grids("\n".join(lines)) == [[row.split() for row in _ROWS]]


@pytest.mark.parametrize("mark", ["|", " | ", "｜", "¦", "\t", " / ", "||", ";", " · ", "→"])
def test_a_page_joined_by_a_mark_in_one_line_reads_as_line_by_line(mark: str) -> None:
    head = ["首页", "某县2021年政府信息公开工作年度报告", "一、总体情况", "全年照常更新。", "答复都在期限内。"]
    tail = ["三、存在的主要问题", "更新偏慢，人手不够。", "打印"]
    header = ["信息内容", "制发件数", "废止件数", "有效件数"]
    said = [*head, "二、主动公开情况", *header, *" ".join(_ROWS * 2).split(), *tail]
    assert read_plain(mark.join(said)) == read_plain("\n".join(said))


def test_cells_with_a_paragraph_each_are_copied_with_its_margins() -> None:
    """Margins stand around tabs and ends of rows, once around an empty cell (HTML Standard, "innerText")."""
    row = "规章\n\n\t\n\n5\n\n\t\n\n6\n\n\t\n\n7"
    hollow = "规范性文件\n\n\t\n\n\t\n\n\t\n\n8"
    text = "\n\n\n\n\n".join([row, hollow, *[row] * 8])
    (rows,) = _grids(text)
    assert rows[:2] == [["规章", "5", "6", "7"], ["规范性文件", "", "", "8"]]
    assert len(rows) == 10


def test_lists_in_a_list_are_rows() -> None:
    """YAML 1.2, § 8.2.1: what is empty there is a blank cell, and -1 keeps its sign."""
    row = "- - 行政许可\n  - 40\n  - -1\n  - \n  - '635'"
    (rows,) = _grids(unlisted("\n".join([row] * 4)))
    assert rows == [["行政许可", "40", "-1", "", "635"]] * 4
