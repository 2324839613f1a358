"""What sentences count, and what they say of the tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.extraction.numbers_in_text import sentences
from corpus.extraction.quantities import quantities
from corpus.model import Section, SectionKind


def _said(text: str, kind: SectionKind = "overview") -> list[tuple[str, Decimal, Decimal, str]]:
    return [(q.subject, q.low, q.high, q.unit) for q in quantities(sentences([Section(kind, "", (text,))]))]


@pytest.mark.parametrize(
    ("text", "subject", "low", "high", "unit"),
    [
        ("全年主动公开政府信息4,250条。", "published_items", 4250, 4250, "条"),
        ("全年主动公开政府信息１２万余条。", "published_items", 120000, 129999, "条"),
        ("我市门户网站发布信息11500余条。", "website_items", 11500, 11599, "条"),
        ("官方微信公众号发布政务信息约700条。", "wechat_items", 630, 770, "条"),
        ("召开新闻发布会十一次。", "press_conferences", 11, 11, "次"),
        ("组织政策解读稿件35篇。", "policy_explanations", 35, 35, "篇"),
        ("网站访问量达1.2亿次。", "site_visits", 120000000, 120000000, "次"),
        ("12345热线受理群众诉求9038件。", "hotline_cases", 9038, 9038, "件"),
        ("我局共发布政府信息312条。", "published_items", 312, 312, "条"),
        ("一年来，累计公开各类信息9,816条，较上年增加1%。", "published_items", 9816, 9816, "条"),
        ("依托政府网站主动公开信息980条。", "website_items", 980, 980, "条"),
        ("全年网站共更新信息3,010条。", "website_items", 3010, 3010, "条"),
        ("“云麓发布”微信公众号推送图文信息1,141条，阅读量320万次。", "wechat_items", 1141, 1141, "条"),
        ("出版《云溪县人民政府公报》四期800册。", "gazette_issues", 4, 4, "期"),
        ("对18份文件发布解读33篇。", "policy_explanations", 33, 33, "篇"),
        ("微信公众号发布政策解读12篇。", "policy_explanations", 12, 12, "篇"),
        ("新闻发布会召开了7次。", "press_conferences", 7, 7, "次"),
        ("办理12345热线工单327件，满意率97%。", "hotline_cases", 327, 327, "件"),
        ("召开推进会2次、培训会3次。", "training_sessions", 3, 3, "次"),
        ("举办业务培训3次，参训人员180余人次。", "trainees", 180, 189, "人次"),
        ("网站浏览量突破5000万次。", "site_visits", 50000000, 55000000, "次"),
    ],
)
def test_quantities(text: str, subject: str, low: int, high: int, unit: str) -> None:
    assert (subject, Decimal(low), Decimal(high), unit) in _said(text)


@pytest.mark.parametrize(
    "text",
    [
        "关停政务新媒体189个。",
        "政府公报栏目有待改进，共涉及3个部门。",
        "公开率达98.8%。",
        "按照第5条的要求公开信息。",
        "收到网民留言912件。",
        "去年召开新闻发布会9场。",
        "每季度至少召开1次新闻发布会。",
        "主要负责人出席新闻发布会2次。",
        "计划明年主动公开政府信息500条。",
        "近三年主动公开政府信息8600条。",
        "主动公开政府信息1万条以上。",
        "人均主动公开信息12条。",
        "截至2022年底，门户网站累计发布信息12.4万条。",
        "通过政府网站、微信公众号等平台发布信息1,620条。",
        "通过政务微信、微博发布信息3,200条。",
        "微信公众号平均每天推送信息3条。",
        "政务公开专栏点击量4.6万次。",
        "网站访问量占全市的98.8%。",
        "网站访问3个月。",
        "各乡镇举办培训各1次。",
        "政府公报数字化历史期刊240期。",
    ],
)
def test_precision_comes_before_recall(text: str) -> None:
    assert _said(text) == []


def test_only_section_one_is_counted() -> None:
    assert _said("召开新闻发布会3场。", "problems") == []


def test_the_place_of_a_quantity_can_be_found_again() -> None:
    section = Section("overview", "", ("前言。", "全年召开新闻发布会 ３ 场。"))
    (quantity,) = quantities(sentences([section]))
    assert section.text[quantity.offset :].startswith(quantity.sentence)
    assert quantity.sentence[quantity.start : quantity.end] == "３ 场"


def test_what_never_ends_is_no_sentence_and_costs_nothing() -> None:
    assert _said("新闻发布会3场、" * 1000) == []
    narrative = sentences([Section("overview", "", ("新闻发布会3场。" * 10_001,))])
    assert len(narrative) == 10_000
