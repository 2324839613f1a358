"""What is a report and what only looks like one (docs/contract.md, "What is a report"): every kind of paper by rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.blocks import Block, Cell, Content, Grid, Heading, Paragraph
from corpus.errors import NotAReportError
from corpus.extraction.interpret import interpret
from corpus.model import Report
from corpus.regions import Registry

REGISTRY = Registry.load()
BODIES = ("宝丰县人民政府", "宝丰县财政局", "宝丰县人民政府办公室")
CHAPTERS = (
    ("一、总体情况", "全县各级机关按要求更新了栏目。"),
    ("二、主动公开政府信息情况", "门户网站全年运行平稳。"),
    ("三、收到和处理政府信息公开申请情况", "答复都在期限之内。"),
    ("五、存在的主要问题及改进情况", "图表说明偏少，来年配图。"),
    ("六、其他需要报告的事项", "没有收取信息处理费。"),
)
# The chapters of any other yearly paper.
OTHER_CHAPTERS = (
    ("一、总体情况", "全年项目按计划推进。"),
    ("二、主要做法", "分管负责人逐月调度。"),
    ("三、存在的主要问题及改进措施", "进度偏慢，来年提前。"),
    ("四、其他需要说明的事项", "没有其他事项。"),
)
NEAR_MISSES = (
    "{}2021年政府信息公开工作年度报告解读",
    "图解：{}2021年政府信息公开工作年度报告",
    "一图读懂{}2021年政府信息公开工作年度报告",
    "【文稿解读】{}2021年政府信息公开工作年度报告",
    "{}关于做好2021年政府信息公开工作年度报告编制发布工作的通知",
    "{}关于印发政府信息公开工作年度报告格式的通知",
    "{}政府信息公开指南",
    "{}2021年政府网站工作年度报表",
    "{}2021年法治政府建设年度报告",
    "{}2021年度法治政府建设情况报告",
    "{}2021年度项目支出绩效单位自评报告",
    "2021年{}部门决算",
    "{}2021年政务公开工作总结汇编（20篇）",
    "{}各部门2021年政府信息公开工作年度报告",
    "{}2021年政府信息公开工作年度报告模板",
    "××县20××年政府信息公开工作年度报告",
    "2021年上半年{}政府信息公开工作总结",
    "{}2021年第三季度政府信息公开工作报告",
    "{}2021年1-6月政府信息公开工作情况报告",
    "{}2021年3月份政府信息公开情况报告",
)
OTHER_PAPERS = (
    "云溪县政务公开工作自查报告",
    "{}2021年工作总结",
    "{}关于2021年重点工作的情况报告",
    "{}工作规则",
    "{}关于加强档案管理的意见",
    "{}2021年政务公开工作要点",
    "{}公开制度",
    "{}2021年三季度政府信息公开统计报告",
    "{}政务公开月报",
    "{}政务公开工作周报（第12期）",
    "{}2021年下半年政务公开工作情况汇报",
    "{}2021年二季度信息公开工作小结",
    "{}政府信息公开审查办法（2021年修订）",
    "{}2021年信息公开简报",
    "{}2021年政务公开工作三年行动计划",
    "{}2021年政府信息公开社会评议结果报告",
    "{}2021年度政务服务工作年度报告",
)


def told(*blocks: Block, name: str = "") -> Report:
    return interpret(Content(blocks, name), REGISTRY)


def text(chapters: tuple[tuple[str, str], ...]) -> list[Block]:
    return [Paragraph(line) for chapter in chapters for line in chapter]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("title", NEAR_MISSES)
def test_a_near_miss_is_none_whatever_its_text(title: str, body: str) -> None:
    with pytest.raises(NotAReportError):
        told(Heading(title.format(body), 1), *text(CHAPTERS))
    with pytest.raises(NotAReportError):
        told(Paragraph(title.format(body)), *text(CHAPTERS))


@pytest.mark.parametrize("kind", [Paragraph, lambda line: Heading(line, 1)])
def test_a_collection_is_none_though_the_titles_of_its_pieces_are_reports(kind: Callable[[str], Block]) -> None:
    titles = ("2021年区政务公开工作总结汇编（7篇）", "2021年宝丰县财政局政务公开工作总结")
    with pytest.raises(NotAReportError, match="汇编"):
        told(*map(kind, titles), *text(CHAPTERS))


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("title", OTHER_PAPERS)
def test_a_paper_of_another_kind_is_none_though_its_chapters_are_alike(title: str, body: str) -> None:
    signed = (Paragraph(body), Paragraph("2022年1月20日"))
    with pytest.raises(NotAReportError):
        told(Paragraph(title.format(body)), *text(OTHER_CHAPTERS), *signed)
    with pytest.raises(NotAReportError):
        told(Paragraph(f"{body}2021年工作平稳。"), *text(OTHER_CHAPTERS), *signed)


@pytest.mark.parametrize("body", BODIES)
def test_a_report_without_any_title_is_one(body: str) -> None:
    report = told(Paragraph(f"现公布{body}2021年政府信息公开工作年度报告。"), *text(CHAPTERS))
    assert report.agency.name == body
    assert report.title == f"{body}2021年政府信息公开工作年度报告"
    assert [doubt.code for doubt in report.warnings] == ["untitled"]


def test_a_university_reports_under_its_own_rules_unless_it_has_the_table() -> None:
    with pytest.raises(NotAReportError, match="own kind"):
        told(Paragraph("云南大学2021年政府信息公开工作年度报告"), *text(CHAPTERS))
    with pytest.raises(NotAReportError, match=r"高等学校信息公开|学年"):
        told(Paragraph("云南大学2020-2021学年信息公开工作年度报告"), *text(CHAPTERS))
    academy = told(Paragraph("云南省农业科学院2021年政府信息公开工作年度报告"), *text(CHAPTERS))
    assert academy.agency.name == "云南省农业科学院"


def test_the_menu_of_a_site_is_no_title() -> None:
    menu = ("政府信息公开指南", "政府信息公开制度", "政府信息公开年报", "依申请公开")
    published = Paragraph("发布机构：宝丰县财政局 发布日期：2022-01-12")
    assert told(*map(Paragraph, menu), published, *text(CHAPTERS)).agency.name == "宝丰县财政局"
    with pytest.raises(NotAReportError, match="something else"):
        told(Paragraph(menu[0]), published, *text(CHAPTERS))


def test_a_university_without_a_title_is_none_either() -> None:
    with pytest.raises(NotAReportError, match="own kind"):
        told(Paragraph("本报告由云南大学编制，统计期限自2021年1月1日至2021年12月31日。"), *text(CHAPTERS))


def test_less_than_three_chapters_are_too_little() -> None:
    with pytest.raises(NotAReportError, match="fewer than 3"):
        told(Paragraph("宝丰县2021年政府信息公开工作年度报告"), *text(CHAPTERS[:2]))


def _form(value: str) -> Grid:
    """The table of remedies and that of applications' sums, each cell with one value."""
    rows = [["行政复议"], ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"], [value] * 5]
    return Grid(tuple(tuple(Cell(raw, at, place) for place, raw in enumerate(row)) for at, row in enumerate(rows)), 0)


COLUMN = Paragraph("首页 > 政府信息公开年报")


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("paper", ["{}2022年第三季度政府信息公开情况统计", "{}2022年上半年政府信息公开工作情况汇报"])
def test_a_columns_name_makes_no_report_of_a_paper_about_a_part_of_the_year(paper: str, body: str) -> None:
    with pytest.raises(NotAReportError, match="something else than a report"):
        told(COLUMN, Heading(paper.format(body), 1), *text(CHAPTERS), _form("0"))


def test_a_blank_form_under_no_title_is_none() -> None:
    lines = (COLUMN, Paragraph("填报单位：宝丰县财政局"), Paragraph("统计期限自2022年1月1日起至2022年12月31日止。"))
    assert told(*lines, _form("3")).year == 2022
    with pytest.raises(NotAReportError, match="fewer than 3"):
        told(*lines, _form(""))
