"""The CMS families: recognised by addresses of the registry, their lists where they keep them."""

from __future__ import annotations

import pytest

from crawler.page import read_page
from crawler.pagers import pagers
from crawler.paging import advance
from crawler.platform import endpoints_of, lists_of, recognise, years_of
from crawler.source import registry

ARTICLES = {
    "http://a.gov.cn/zfxxgk/zfxxgknb/202301/t20230118_1734687.shtml": ("trs", ("http://a.gov.cn/zfxxgk/zfxxgknb/",)),
    "http://a.gov.cn/art/2022/1/12/art_1229663593_57869.html": (
        "hanweb-jis",
        ("http://a.gov.cn/col/col1229663593/index.html",),
    ),
    "http://a.gov.cn/hebmlx/c111204/202309/c01_925848.shtml": (
        "ucap",
        tuple(f"http://a.gov.cn/hebmlx/c111204/{name}.shtml" for name in ("list", "xxgk_list", "rlist")),
    ),
    "http://a.gov.cn/qynyncj/gkmlpt/content/1/506/post_1506022.html": (
        "gkmlpt",
        ("http://a.gov.cn/qynyncj/gkmlpt/annualreport",),
    ),
    "http://a.gov.cn/xxgk/2022n/bm/art/2023/art_394c0cf8b2d340fb98d442289222befc.html": (
        "hanweb-jpaas",
        ("http://a.gov.cn/xxgk/2022n/bm/index.html",),
    ),
    "http://a.gov.cn/info/1037/2231.htm": ("visualsite", ()),
    "http://a.gov.cn/public/6597/10847.html": ("public", ("http://a.gov.cn/public/column/6597?type=3",)),
    "https://a.gov.cn/OpennessAnnualReport/show/3391.html": ("openness", ("https://a.gov.cn/OpennessAnnualReport",)),
    "https://a.gov.cn/scwwj/ndbg/2026/1/29/c71dc662da7f466c99c985cbaaed8912.shtml": (
        "sichuan-date",
        ("https://a.gov.cn/scwwj/ndbg/list.shtml", "https://a.gov.cn/scwwj/ndbg/xxgklist.shtml"),
    ),
}


@pytest.mark.parametrize("url", ARTICLES)
def test_a_report_tells_its_platform_and_its_list(url: str) -> None:
    name, lists = ARTICLES[url]
    found = recognise(url)
    assert found is not None
    assert found[0].name == name
    assert lists_of(url) == lists


def test_most_of_the_registry_is_recognised() -> None:
    starts = [start for source in registry() for start in source.starts]
    known = [start for start in starts if recognise(start) is not None]
    assert len(known) / len(starts) >= 0.75


def test_years_of_an_address_that_shows_one() -> None:
    url = "http://a.gov.cn/module/xxgk/xxgkAnnualReport.jsp?area=1&fbtime=2022&showType=2"
    years = years_of(url, 2026)
    assert years == tuple(url.replace("2022", year) for year in ("2023", "2021", "2024", "2020"))
    assert years_of(url.replace("2022", "2026"), 2026) == tuple(url.replace("2022", year) for year in ("2025", "2024"))
    assert years_of("http://a.gov.cn/zfxxgknb/202301/t20230118_1.html", 2026) == ()


def test_create_page_counts_from_nought() -> None:
    def page(call: str, url: str = "http://a.gov.cn/nb/") -> str | None:
        found = list(pagers(read_page(f"<html><script>{call}</script></html>", url)))
        return found[0].url if found else None

    assert page("createPageHTML(3, 0, 'index', 'html')") == "http://a.gov.cn/nb/index_1.html"
    assert page('createPageHTML(3, 1,"index","shtml");') == "http://a.gov.cn/nb/index_2.shtml"
    assert page("createPageHTML(3, 2, 'index', 'html')") is None
    assert page("createPageHTML(1, 0)") is None
    # Other calls count from one.
    assert page("createPage(3, 2, 'l', 'shtml')", "http://a.gov.cn/nb/l_2.shtml") == "http://a.gov.cn/nb/l_3.shtml"
    assert page("createPage(3, 3, 'l', 'shtml')", "http://a.gov.cn/nb/l_3.shtml") is None
    boxed = "<html><script>createPageHTML('box', 3, 1, 'index', 'html', 9)</script></html>"
    first, second = (f"http://a.gov.cn/nb/index_{number}.html" for number in (1, 2))
    assert [found.url for found in pagers(read_page(boxed, "http://a.gov.cn/nb/"))] == [first, second]
    assert [found.url for found in pagers(read_page(boxed.replace("3, 1", "3, 2"), first))] == [second]
    assert page("var all = 3, at = 0; createPageHTML(all, at, 'list', 'shtml')") == "http://a.gov.cn/nb/list_1.shtml"
    assert page("createPage({countPage: 3, currentPage: 1, pageName: 'index', pageExt: 'htm'})") == (
        "http://a.gov.cn/nb/index_2.htm"
    )
    own = "function createPageHTML(all, at, name, ending) { if (all <= 1) return; }"
    assert page(f"{own} createPageHTML(3, 0, 'index', 'html')") == "http://a.gov.cn/nb/index_1.html"


def test_jpage_asks_for_what_the_page_does_not_show() -> None:
    script = (
        "<script>jpage({perPage:15,totalRecord:70,proxyUrl:'/module/jpage/dataproxy.jsp',"
        "proxyParam:{'col':'1','columnid':'9','unitid':'4'}})</script>"
    )
    found = next(pagers(read_page(f"<html>{script}</html>", "http://a.gov.cn/col/col9/index.html")))
    assert found.url == "http://a.gov.cn/module/jpage/dataproxy.jsp?startrecord=16&endrecord=60&perpage=15"
    assert found.form == "col=1&columnid=9&unitid=4"
    behind = advance(found.url, found.form, {"totalrecord": 70}, 45)
    assert behind is not None
    assert "startrecord=61&endrecord=70" in behind.url
    assert advance(behind.url, behind.form, {"totalrecord": 70}, 10) is None


def test_a_shell_names_its_interface() -> None:
    page = read_page(
        "<html><script>var _CONFIG = {SITE_ID: '763001', 'COLUMN_ID': 2103}</script></html>",
        "http://a.gov.cn/x/gkmlpt/annualreport",
    )
    assert [one.url for one in endpoints_of(page)] == ["http://a.gov.cn/x/gkmlpt/api/all/2103?page=1&sid=763001"]
    other = read_page("<html><script>$.get('/api/articles?channel=7&page=1')</script></html>", "http://a.gov.cn/nb/")
    assert [one.url for one in endpoints_of(other)] == ["http://a.gov.cn/api/articles?channel=7&page=1"]
