"""Sections: whatever stands between the headings comes back, in order, each paragraph once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.blocks import Block, Cell, Grid, Paragraph
from corpus.extraction.sections import parse_sections
from corpus.form import load_form
from corpus.model import FormId

TITLE = "云溪县2024年政府信息公开工作年度报告"
CHAPTERS = load_form("2021").chapters
ORDINALS = "一二三四五六"
SENTENCES = st.lists(
    st.text("全县公开信息办理申请回应关切改进服务", min_size=6, max_size=40).map(lambda text: text + "。"), max_size=4
)
TABLE = Grid(((Cell("规章", 0, 0), Cell("3", 0, 1)),), 0)


def blocks(bodies: list[list[str]], style: str) -> list[Block]:
    made: list[Block] = [Paragraph(TITLE)]
    for ordinal, chapter, body in zip(ORDINALS, CHAPTERS, bodies, strict=True):
        made.append(Paragraph(style.format(ordinal) + chapter.heading))
        made.extend(map(Paragraph, body))
        made.append(TABLE)
    return made


@given(st.lists(SENTENCES, min_size=6, max_size=6), st.sampled_from(["{}、", "{}、 ", "({})", "第{}部分 "]))
def test_every_paragraph_comes_back_in_its_section(bodies: list[list[str]], style: str) -> None:
    sections = parse_sections(blocks(bodies, style), TITLE, "2021", 2024)
    assert [section.kind for section in sections] == [chapter.kind for chapter in CHAPTERS]
    assert [list(section.paragraphs) for section in sections] == bodies


def test_headings_in_traditional_characters_above_simplified_text() -> None:
    headings = (
        "一、總體情況",
        "二、主動公開政府信息情況",
        "四、政府信息公開行政複議、行政訴訟情況",
        "五、存在的主要問題及改進情況",
    )
    texts = [Paragraph(text) for heading in headings for text in (heading, "栏目已更新。")]
    sections = parse_sections(texts, TITLE, "2021", 2024)
    assert [section.kind for section in sections] == ["overview", "disclosure", "remedies", "problems"]
    assert [section.heading for section in sections] == list(headings)


@given(st.lists(SENTENCES, min_size=6, max_size=6), st.integers(0, 5))
def test_a_section_left_out_takes_nothing_from_the_others(bodies: list[list[str]], missing: int) -> None:
    made = blocks(bodies, "{}、")
    heading = Paragraph(f"{ORDINALS[missing]}、{CHAPTERS[missing].heading}")
    start = made.index(heading)
    del made[start : start + len(bodies[missing]) + 2]
    sections = parse_sections(made, TITLE, "2021", 2024)
    assert [list(section.paragraphs) for section in sections] == bodies[:missing] + bodies[missing + 1 :]


@given(st.lists(SENTENCES, min_size=6, max_size=6))
def test_a_table_of_contents_opens_no_section(bodies: list[list[str]]) -> None:
    made = blocks(bodies, "{}、")
    contents = [Paragraph(f"{ordinal}、{chapter.heading}") for ordinal, chapter in zip(ORDINALS, CHAPTERS, strict=True)]
    sections = parse_sections([made[0], *contents, *made[1:]], TITLE, "2021", 2024)
    assert [list(section.paragraphs) for section in sections][1:] == bodies[1:]


def test_what_stands_before_the_tables_of_a_report_without_headings_is_its_overview() -> None:
    made: list[Block] = [
        Paragraph(TITLE),
        Paragraph("全县扎实推进。"),
        Grid(((Cell("规章", 0, 0),),), 0),
        Paragraph("问题不少。"),
    ]
    assert [(section.kind, section.text) for section in parse_sections(made, TITLE, "2021", 2024)] == [
        ("overview", "全县扎实推进。")
    ]
    assert parse_sections(made, TITLE, None, 2024) == ()


@given(st.lists(st.text(max_size=50), max_size=12))
def test_no_text_fails(texts: list[str]) -> None:
    parse_sections([Paragraph(text) for text in texts], texts[0] if texts else "", None, None)


OVERVIEW = "全县扎实推进政务公开，公开内容更加规范。"


def texts(made: list[Block], year: int = 2024, title: str = TITLE) -> list[tuple[str, str]]:
    form: FormId = "2021" if year > 2020 else "2014"
    return [(section.kind, section.text) for section in parse_sections(made, title, form, year)]


@pytest.mark.parametrize(
    ("ordinal", "heading", "kind"),
    [
        (2, "行政机关主动公开政府信息的情况", "disclosure"),
        (3, "政府信息公开申请收到和处理情况", "applications"),
        (4, "政府信息公开被申请行政复议、提起行政诉讼情况", "remedies"),
        (5, "存在的困难、问题及下一步改进措施", "problems"),
        (6, "其它需报告的事项", "other_matters"),
    ],
)
def test_a_heading_in_other_words_opens_the_section_of_its_subject(ordinal: int, heading: str, kind: str) -> None:
    made: list[Block] = [Paragraph(TITLE), Paragraph("一、总体情况"), Paragraph(OVERVIEW)]
    number = f"{ORDINALS[ordinal - 1]}、"
    for own in ([Paragraph(number + heading), Paragraph("本年度无。")], [Paragraph(f"{number}{heading} 本年度无。")]):
        assert texts([*made, *own]) == [("overview", OVERVIEW), (kind, "本年度无。")]


@pytest.mark.parametrize(
    "number", ["一、", "（一）", "第一部分", "第一章 ", "1.", "一，", "一 ", "—、", "（-）", "ー．"]
)
@pytest.mark.parametrize("between", ["。", "：", " ", ""])
def test_a_heading_may_run_into_its_first_sentence(number: str, between: str) -> None:
    made: list[Block] = [Paragraph(f"{number}总体情况{between}{OVERVIEW}")]
    assert texts(made, title="") == [("overview", OVERVIEW)]


@pytest.mark.parametrize("number", ["二、", "（二）", "第二部分 ", ""])
def test_a_heading_may_be_broken_over_two_lines(number: str) -> None:
    made: list[Block] = [Paragraph("一、总体情况"), Paragraph(OVERVIEW)]
    made += [Paragraph(f"{number}主动公开政府"), Paragraph("信息情况"), Paragraph("本年度无。")]
    assert texts(made, title="") == [("overview", OVERVIEW), ("disclosure", "本年度无。")]


def test_numbers_in_brackets_are_of_a_lower_level_where_others_are_not() -> None:
    lower = ["（一）主动公开情况", "公开信息20条。", "（二）依申请公开情况", "收到申请5件。", "（三）平台建设"]
    made: list[Block] = [Paragraph("一、概述"), *map(Paragraph, lower)]
    made += [Paragraph("二、主动公开信息工作"), Paragraph("本年度无。"), Paragraph("三、收到申请的处理情况")]
    for year in (2024, 2016):
        assert texts(made, year, "")[0] == ("overview", "\n".join(lower))


def test_chapters_of_old_reports_are_told_by_what_they_mean() -> None:
    headings = {
        "组织领导和制度建设情况": "overview",
        "重点领域公开情况": "unclassified",
        "公民、法人和其他组织申请公开政府信息情况": "applications",
        "公开收费及减免情况": "fees",
        "行政复议、诉讼及举报情况": "remedies",
        "政府信息公开工作人员和经费情况": "resources",
        "存在的不足和下一步工作打算": "problems",
        "说明与附表": "other_matters",
    }
    made: list[Block] = []
    for number, heading in enumerate(headings):
        made += [Paragraph(f"{'一二三四五六七八'[number]}、{heading}"), Paragraph(f"第{number}章。")]
    assert texts(made, 2016, "") == [(kind, f"第{number}章。") for number, kind in enumerate(headings.values())]


@pytest.mark.parametrize(
    "tail",
    [
        ("云溪县人民政府 2025年1月20日",),
        ("云溪县人民政府", "（盖章）", "2025年1月20日"),
        ("云溪县人民政府办公室2025年1月20日印发",),
        ("附件：1.云溪县统计表", "云溪县人民政府", "2025-01-20"),
        ("附件：", "云溪县2024年年报.pdf"),
        ("（此件公开发布）",),
        ("[ 大 中 小 ]", "阅读量：33"),
        ("初审：某某", "终审：某某"),
        ("文章纠错", "收藏本页"),
        ("相关链接", "云溪县2023年政府信息公开工作年度报告"),
    ],
)
def test_what_stands_around_the_signature_is_no_text(tail: tuple[str, ...]) -> None:
    made: list[Block] = [Paragraph("一、总体情况"), Paragraph(OVERVIEW), *map(Paragraph, tail)]
    assert texts(made, title="") == [("overview", OVERVIEW)]


@pytest.mark.parametrize(
    "sentence",
    ["关闭政务新媒体账号3个。", "首页设置专栏5个。", "相关信息已在县政府网站公开。", "打印机、触摸屏等设备齐全。"],
)
def test_a_sentence_that_begins_like_furniture_stays(sentence: str) -> None:
    made: list[Block] = [Paragraph("一、总体情况"), Paragraph(sentence), Paragraph(OVERVIEW)]
    assert texts(made, title="") == [("overview", f"{sentence}\n{OVERVIEW}")]
