"""How far a document speaks of itself: what stands below it, or is a column's name above it, tells nothing of it."""

from __future__ import annotations

from corpus.blocks import Content, Paragraph
from corpus.extraction.metadata import Metadata, parse_metadata
from corpus.regions import Registry

REGISTRY = Registry.load()
PERIOD = "数据统计期限为2022年1月1日至2022年12月31日。"
NEIGHBOURS = ("上一篇：青石县林业局2018年政府信息公开年报", "下一篇：宝丰县赵庄镇2017年政府信息公开年报")


def _read(*lines: str) -> Metadata:
    return parse_metadata(Content(tuple(map(Paragraph, lines))), REGISTRY)


def test_the_neighbours_below_an_untitled_report_say_nothing_of_it() -> None:
    for text in (("一、工作概述", "栏目已更新。"), ("栏目已更新。",)):
        found = _read("宝丰县财政局编制本报告。", PERIOD, *text, *NEIGHBOURS)
        assert found.agency is not None, found.reason
        assert (found.agency.name, found.year) == ("宝丰县财政局", 2022)


def test_a_columns_name_makes_no_government_report() -> None:
    found = _read("政府信息公开年报", PERIOD, "一、总体情况", "中心更新了栏目。", "宝丰县人民政府网站可查。")
    assert found.agency is None
