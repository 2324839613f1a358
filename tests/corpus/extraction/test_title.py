"""Which lines make a title together, and which only stand above one."""

from __future__ import annotations

import pytest

from corpus.extraction.title import titles

TITLE = "宝丰县张八桥镇人民政府2021年政府信息公开工作年度报告"


def _read(*lines: tuple[str, bool]) -> set[tuple[str, int | None]]:
    return {(found.title.body, found.title.year) for found in titles(lines)}


def test_a_title_broken_over_lines_is_one() -> None:
    assert _read(("宝丰县张八桥镇人民政府", False), ("2021年政府信息公开工作年度报告", True)) == {
        ("", 2021),
        ("宝丰县张八桥镇人民政府", 2021),
    }


@pytest.mark.parametrize("date", ["2023-08-01", "2023年8月1日", "2023/8/1 10:20", "2023.08.01 来源：本站"])
def test_a_date_above_a_title_is_no_part_of_it(date: str) -> None:
    assert _read((date, False), (TITLE, False)) == {("宝丰县张八桥镇人民政府", 2021)}


@pytest.mark.parametrize("site", ["宝丰县人民政府", "宝丰县政务公开"])
def test_a_site_above_a_heading_that_is_a_whole_title_is_no_part_of_it(site: str) -> None:
    assert _read((site, False), (TITLE, True)) == {("宝丰县张八桥镇人民政府", 2021)}


def test_a_publisher_above_a_title_that_names_it_is_no_part_of_it() -> None:
    title = "2008年张八桥镇人民政府信息公开工作年度报告"
    assert _read(("宝丰县张八桥镇人民政府", False), (title, False)) == {("张八桥镇人民政府", 2008)}


def test_the_neighbours_of_an_article_are_no_titles_of_it() -> None:
    assert not _read(("上一篇：" + TITLE, False), ("下一条：" + TITLE, False))


@pytest.mark.parametrize("mark", [" ", "　", "|"])
def test_a_page_that_is_one_line_has_its_title_among_its_words(mark: str) -> None:
    line = mark.join(("首页", "政务公开", "年度报告", TITLE, "发布时间：2022-01-12", "依照条例编写。" * 12))
    assert ("宝丰县张八桥镇人民政府", 2021) in _read((line, False))


@pytest.mark.parametrize(
    "line",
    [
        f"宝丰县人民政府 - {TITLE} - 部门年报",
        f"title: {TITLE}",
        f"og:title = {TITLE}",
        "宝丰县张八桥镇人民政府关于发布2021年政府信息公开工作年度报告的公告",
    ],
)
def test_a_title_is_told_from_what_stands_around_it(line: str) -> None:
    assert ("宝丰县张八桥镇人民政府", 2021) in _read((line, False))


def test_a_notice_over_papers_of_others_is_a_near_miss() -> None:
    line = "宝丰县人民政府办公室关于转发2021年政府信息公开工作年度报告的通知"
    assert all(found.title.near_miss for found in titles([(line, False)]))


@pytest.mark.parametrize("site", ["_宝丰县人民政府", "-政府信息公开年报-宝丰县人民政府", "_年度报告 | 宝丰县政府网"])
def test_a_pages_name_copied_as_its_first_line_has_its_site_behind(site: str) -> None:
    assert ("宝丰县张八桥镇人民政府", 2021) in _read((TITLE + site, False), ("您现在的位置：首页", False))


def test_a_column_among_the_fields_of_a_catalogue_is_no_body() -> None:
    assert _read(("索引号 003/202101-00004 组配分类 政府信息公开年度报告", False)) == {("", None)}
