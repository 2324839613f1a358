"""What a report's title looks like, from titles seen on real sites and names of made-up places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.extraction.year import period
from corpus.titles import beginning_title, is_report_title, near_miss, printed, read_title, titles_within

REPORTS = [
    "2023年下各镇政府信息公开工作年度报告",
    "云溪县2021年政府信息公开工作年度报告",
    "2021年度云溪县政府信息公开年报",
    "云溪县住房公积金管理中心2021年政府信息公开工作年度报告",
    "云溪县财政局2015年信息公开工作总结",
    "云溪县信息公开工作总结（2015年）",
    "云溪县政府信息公开工作2023年度报告",
    "云溪县审计局2020年政府信息公开工作年度报告及统计报表",
    "云溪县统计局2020年政府信息公开工作年度报告（含预算公开）",
    "云溪县档案馆2020年政府信息公开工作年度报告（不含下属单位）",
    "云溪县2020年政府信息公开工作年度报告（文字版）",
    "云溪县2020年政府信息公开工作年度报告【修订版】",
    "云溪县(本级机关)2020年政府信息公开工作年度报告",
    "《云溪县2020年政府信息公开工作年度报告》",
    "云溪县2020年政府資訊公開工作年度報告",
    "云溪县2020年度《政府信息公开条例》贯彻落实情况年度报告".replace("《政府信息公开条例》", "政府信息公开条例"),
    "云溪县委机构编制委员会办公室2022年政府信息公开工作年度报告",
    "云溪县新闻出版局2022年政府信息公开工作年度报告",
    "云溪大学2021年政府信息公开工作年度报告",
    "云溪县政府信息公开工作年度报告2021年",
    "云溪县2021年政府信息公开工作年终总结",
    "★云溪县卫生健康局2022年政府信息公开工作年度报告★",
    "云溪县财政局关于报送2021年政府信息公开工作年度报告的报告",
    "云溪县人民政府办公室关于印发《2021年云溪县政府信息公开工作年度报告》的通知",
    "关于公布云溪县2021年政府信息公开工作年度报告的公告",
    "云溪县2020年政府信息公开工作年度报告（附解读）",
    "云溪县财政局关于上报2021年度政府信息公开工作年度报告的函",
    "云溪县财政局2021年政府信息公开工作年度报告_通知公告",
]
NEAR = [
    "文字解读：云溪县2022年政府信息公开工作年度报告",
    "【文稿解读】云溪县2022年政府信息公开工作年度报告",
    "云溪县2021年政府信息公开工作年度报告公布情况",
    "云溪县2021年政府信息公开工作年度报告_解读",
    "关于做好2018年政府信息公开工作年度报告编制公布工作的通知",
    "关于印发《政府信息公开工作年度报告格式》的通知",
    "云溪县2023年政府信息公开工作年度报告（图片版）",
    "云溪县2023年政府信息公开工作年度报告(超链版)",
    "一图读懂云溪县2024年政府信息公开工作年度报告",
    "政府信息公开工作年度报告范文",
    "2020年政务公开工作总结汇编（20篇）",
    "政府信息公开工作年度报告制度",
    "云溪大学2020-2021学年信息公开工作年度报告",
    "云溪大学2021年信息公开工作年度报告",
    "云溪县人民医院2021年信息公开工作总结",
    "云溪县第一中学2021年信息公开年报",
    "高等学校信息公开年度报告",
    "政府信息公开指南",
    "云溪县政府网站工作年度报表",
    "云溪县2022年法治政府建设年度报告",
    "云溪县住房公积金2021年年度报告",
    "云溪县数据中心2024年度项目支出绩效单位自评报告",
    "云溪县2023年重大建设项目信息公开年度报告",
    "云溪县2023年党务公开年度报告",
]


@pytest.mark.parametrize("title", REPORTS)
def test_a_report_is_one_for_crawler_and_extraction_alike(title: str) -> None:
    read = read_title(title)
    assert read is not None
    assert read.near_miss == ""
    assert is_report_title(title)
    assert near_miss(title) == ""


@pytest.mark.parametrize("title", NEAR)
def test_a_near_miss_is_one_for_crawler_and_extraction_alike(title: str) -> None:
    read = read_title(title)
    assert read is None or read.near_miss
    assert not is_report_title(title)
    assert near_miss(title)


@pytest.mark.parametrize(
    "manner",
    [
        "|{}|",
        "| {} |",
        "{} ||",
        "## {}",
        "**{}**",
        "# **{}**",
        "{}.docx",
        "{}.PDF",
        "　{}　",
        "• {}",
        "📢 {}",
        "✅{}",
        "标题：{}",
        "#+TITLE: {}",
        "DC.title = {}",
        "首页 / 市财政局 / {}",
        "当前位置：首页 | 政务公开 | {}",
        "首页 → 年报 → {}",
        "名称 {} 文号 无",
        "索引号：003/202101-00004 信息名称：{} 发布日期：2022-01-20",
    ],
)
def test_bars_signs_and_the_endings_of_files_are_no_part_of_a_title(manner: str) -> None:
    title = "云溪县财政局2021年政府信息公开工作年度报告"
    read = read_title(manner.format(title))
    assert read is not None
    assert (read.text, read.body, read.year) == (title, "云溪县财政局", 2021)


@pytest.mark.parametrize(
    ("printed_body", "body"),
    [
        ("云溪县（本级）", "云溪县"),
        ("云溪县(不含下属单位)", "云溪县"),
        ("云溪县财政局（汇总）", "云溪县财政局"),
        ("云溪县政府系统", "云溪县政府"),
        ("云溪县财政局机关", "云溪县财政局"),
        ("云溪县卫生健康委员会本级", "云溪县卫生健康委员会"),
        ("云溪县政府(办公室)", "云溪县政府(办公室)"),
        ("关于云溪县财政局的", "云溪县财政局"),
        ("【政务公开】云溪县", "云溪县"),
        ("（云溪县）", "云溪县"),
        ("附件1：云溪县", "云溪县"),
    ],
)
def test_how_much_a_report_covers_is_no_part_of_its_body(printed_body: str, body: str) -> None:
    read = read_title(f"{printed_body}2021年政府信息公开工作年度报告")
    assert read is not None
    assert read.body == body


@pytest.mark.parametrize("year", ["2021", "二〇二一", "21"])
def test_a_year_is_one_in_two_digits_too(year: str) -> None:
    read = read_title(f"云溪县{year}年政府信息公开工作年度报告")
    assert read is not None
    assert (read.body, read.year) == ("云溪县", 2021)
    assert period(f"统计期自{year}年1月1日起，到{year}年12月31日止。") == 2021


@pytest.mark.parametrize(
    "text",
    [
        " 一、总体情况 全年平稳。",
        " 根据《条例》编制本报告。",
        "  2021年，全县照常。",
        "（文字版） 本报告由办公室编制。",
    ],
)
def test_a_title_and_the_text_may_stand_on_one_line(text: str) -> None:
    read = beginning_title("云溪县2021年 政府信息公开工作年度报告" + text)
    assert read is not None
    assert read.text.startswith("云溪县2021年政府信息公开工作年度报告")
    assert read.body == "云溪县"


@pytest.mark.parametrize(
    "text",
    [
        "现公布云溪县2021年政府信息公开工作年度报告 一、总体情况",
        "根据云溪县2021年政府信息公开工作年度报告，全年平稳。",
        "云溪县2021年政府信息公开工作年度报告公布后，群众满意。",
    ],
)
def test_a_sentence_about_a_report_begins_with_no_title(text: str) -> None:
    assert beginning_title(text) is None


def test_a_sentence_names_the_report_that_it_publishes() -> None:
    (read,) = titles_within("依《条例》，现公布云溪县财政局2021年政府信息公开年度报告。欢迎查阅。")
    assert (read.body, read.year) == ("现公布云溪县财政局", 2021)


@pytest.mark.parametrize(
    "text", ["云溪县2021年政府信息公开工作…", "云溪县2021年政府信息公开工作年度...", "云溪县政府信息公开年⋯⋯"]
)
def test_a_list_may_cut_the_text_of_a_link(text: str) -> None:
    assert is_report_title(text)


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault_and_printed_settles(text: str) -> None:
    assert printed(printed(text)) == printed(text)
    read = read_title(text)
    assert read is None or read.text
    assert not (is_report_title(text) and near_miss(text))
