"""Which links lead to reports: the titles of the survey, its near misses, and what a column's links look like."""

from __future__ import annotations

import pytest

from corpus.titles import is_report_title
from crawler.links import WEAK_STEPS, is_other, judge
from crawler.page import read_page
from crawler.records import read_json, read_xml

TITLES = (
    "2022年上海市政府信息公开工作年度报告",
    "天津市2017年政府信息公开年度报告",
    "安徽省人民政府2017年政府信息公开工作报告",
    "西藏自治区政府国资委2020政府信息公开工作年度报告",
    "2018年南昌市政府信息公开工作年报",
    "南昌经济技术开发区2019年度政府信息公开工作年报",
    "中意宁波生态园管理委员会2021年政务公开工作年度报告",
    "伊宁县政府信息公开工作2023年度报告",
    "鄂尔多斯市国有资产监督管理委员会政府信息公开工作2022年度报告",
    "2008年度衡阳市政府信息公开工作年度报告",
    "衡阳市财政局2021年度政府信息公开年度报告",
    "市委机构编制委员会办公室2022年政府信息公开工作年度报告",
    "政府信息公开工作年度报告",
    "某市审计局政府信息公开工作年度报告（2020年度）",
)
OTHERS = (
    "文字解读：大明湖街道办事处2022年政府信息公开工作年度报告",
    "2021年政府信息公开工作年度报告公布情况",
    "关于做好2018年政府信息公开工作年度报告编制公布工作的通知",
    "政府信息公开指南",
    "政府网站工作年度报表",
    "2022年法治政府建设年度报告",
    "住房公积金2021年年度报告",
    "2023年政府信息公开工作年度报告（图片版）",
    "一图读懂2024年政府信息公开工作年度报告",
)


@pytest.mark.parametrize("title", TITLES)
def test_titles_of_reports(title: str) -> None:
    assert is_report_title(title)


@pytest.mark.parametrize("title", OTHERS)
def test_near_misses(title: str) -> None:
    assert is_other(title)
    assert not is_report_title(title)


def _found(content: str, *, strong: bool, url: str = "http://yunxi.gov.cn/zwgk/nb/") -> dict[str, str]:
    page = read_page(f"<html><body>{content}</body></html>", url)
    return {
        judgement.link.url.removeprefix("http://yunxi.gov.cn"): judgement.kind
        for judgement in judge(page, strong=strong, weak=0)
    }


def test_a_year_or_a_name_is_enough_inside_the_column_only() -> None:
    content = (
        "<a href='2021.html'>2021年</a><a href='czj.html'>财政局</a><a href='/x.html'>便民服务</a>"
        "<table><tr><td>教育局</td><td><a href='a.html'>查看</a></td></tr></table><a href='index_1.html'>下一页</a>"
        "<a href='1999.html'>1999年</a><a href='p.jpg'>2020年</a>"
    )
    assert _found(content, strong=True) == {
        "/zwgk/nb/2021.html": "list",
        "/zwgk/nb/czj.html": "list",
        "/zwgk/nb/a.html": "report",
        "/zwgk/nb/index_1.html": "next",
    }
    assert _found(content, strong=False) == {}


def test_ways_are_followed_so_far_and_navigation_only_where_it_speaks() -> None:
    content = "<div class='nav'><a href='/1'>政府信息公开</a><a href='/2'>统计局</a><a href='/3'>信息公开年报</a></div>"
    assert _found(content, strong=False) == {"/1": "list", "/3": "list"}
    assert _found(content, strong=True) == {"/3": "list"}
    page = read_page(content, "http://yunxi.gov.cn/")
    assert [judgement.link.url for judgement in judge(page, strong=False, weak=WEAK_STEPS)] == ["http://yunxi.gov.cn/3"]


def test_links_hide_in_scripts_records_frames_and_handlers() -> None:
    title = "云溪县2021年政府信息公开工作年度报告"
    content = f"""
      <script type="text/xml"><record><![CDATA[<li><a href='/a.html'>{title}</a></li>]]></record></script>
      <script>var list = [{{"title": "{title}", "url": "\\/b.html"}}, {{url:'/c.html', name:'{title}'}}];</script>
      <iframe src="/d.pdf"></iframe><li onclick="window.open('/e.html')">{title}</li>
      <a href="javascript:window.open('/f.html')">{title}</a><a href='/g.html' title='{title}'>{title[:9]}…</a>
    """
    assert set(_found(content, strong=True)) == {
        f"/{name}" for name in ("a.html", "b.html", "c.html", "d.pdf", "e.html", "f.html", "g.html")
    }


def test_records_of_any_shape() -> None:
    url = "http://yunxi.gov.cn/api/list?page=1&size=2"
    found = read_json(
        'cb({"data":{"total":"5","rows":[{"Title":"甲","Url":"/1"},{"docTitle":"<em>乙</em>","docPubUrl":"2"}]}})', url
    )
    assert found is not None
    assert [(link.url, link.text) for link in found.links] == [
        ("http://yunxi.gov.cn/1", "甲"),
        ("http://yunxi.gov.cn/api/2", "乙"),
    ]
    assert read_json("<html>", url) is None
    sitemap = read_xml("<?xml version='1.0'?><urlset><url><loc>http://yunxi.gov.cn/nb/1.html</loc></url></urlset>", url)
    assert [link.url for link in sitemap.links] == ["http://yunxi.gov.cn/nb/1.html"]
    assert read_xml("", url).links == ()


def test_a_feed_may_use_prefixes_that_nothing_declares() -> None:
    item = "<item><title>云溪县2021年年报</title><link>/nb/1.html</link><dc:date>2022-01-20</dc:date><l:>7</l:></item>"
    feed = read_xml(f"<rss><channel>{item}</channel></rss>", "http://yunxi.gov.cn/feed.xml")
    assert [(link.url, link.text) for link in feed.links] == [("http://yunxi.gov.cn/nb/1.html", "云溪县2021年年报")]
