"""Columns beside two thousand pages of news: what is found must not cost a visit to them."""

from __future__ import annotations

from tests.web.style import style
from tests.web.town import Link, Town

NEWS = 2000


@style("crowds")
def news_archive(town: Town) -> None:
    """An archive of a hundred lists of news, each leading to the next, every page with the newest beside it."""
    links = town.reports("/zwgk/nb/", bodies=2, years=4)
    town.column("/zwgk/nb/", links)
    names = [f"/xw/list_{n}.html" for n in range(NEWS // 20)]
    beside = town.rows([Link(f"/xw/{n}.html", f"第{n}场项目观摩活动举行") for n in range(5)])
    for n, name in enumerate(names):
        told = [Link(f"/xw/{k}.html", f"第{k}场项目观摩活动举行") for k in range(n * 20, n * 20 + 20)]
        after = f"<a href='{names[n + 1]}'>下一页</a>" if n + 1 < len(names) else ""
        town.aside(name, town.listing(told, head="要闻动态", after=after))
        for path, text in told:
            town.aside(path, town.page(text, "<p>活动在城东水厂举行。</p>" + beside))
    town.home(Link("/zwgk/nb/", "政府信息公开年报"), Link("/xw/list_0.html", "要闻动态"))


@style("crowds")
def news_of_the_same_shape(town: Town) -> None:
    """One system, one shape of address: news stand in a box beside the list, and name the year and the office."""
    links = town.reports("/art/2026/1/", bodies=2, years=4, shape="art_31_{year}{n}.html")
    news = [
        Link(f"/art/2026/{n % 12 + 1}/art_31_{n}.html", f"{town.county}财政局部署{2019 + n % 7}年第{n}项工作")
        for n in range(NEWS)
    ]
    for n, (path, text) in enumerate(news):
        more = news[n + 1 : n + 7]
        town.aside(path, town.page(text, "<p>会议强调要抓好落实。</p>" + town.rows(more)))
    town.column("/col/col31/", links, after=f"<div class='side'><h4>最新动态</h4>{town.rows(news[:12])}</div>")
