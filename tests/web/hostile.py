"""Sites that make it hard: they redirect, refuse, lie about missing pages, forbid, or never end."""

from __future__ import annotations

import io
from functools import partial
from urllib.parse import parse_qs

from PIL import Image

from tests.web.home import home, html
from tests.web.pages import YEARS, bodies, county, list_page, page, report_id, report_page, title
from tests.web.server import Answer, Site


def redirecting() -> Site:
    """Addresses that send on: to the same page elsewhere, by status, by meta refresh, by script, in a circle."""
    site = Site("redirecting", start="/start")
    column = "/zwgk/xxgknb/index.html"
    site.routes["/start"] = Answer(b"", 302, headers={"Location": "/home.html"})
    site.routes["/home.html"] = html(
        "<html><head><meta http-equiv='refresh' content='0;url=./main.html'></head><body></body></html>"
    )
    site.routes["/main.html"] = html(list_page("首页", [("/go.html", "政府信息公开年报"), ("/round", "年度报告")]))
    site.routes["/go.html"] = html(f"<html><body><script>window.location.href='{column}';</script></body></html>")
    site.routes["/round"] = Answer(b"", 301, headers={"Location": "/round2"})
    site.routes["/round2"] = Answer(b"", 301, headers={"Location": "/round"})
    site.lists |= {"/start", "/home.html", "/main.html", "/go.html", "/round", "/round2", column}
    links = []
    for year in YEARS:
        path = f"/zwgk/xxgknb/{year}.html"
        site.routes[f"/old/{year}"] = Answer(b"", 301, headers={"Location": path})
        site.routes[path] = html(report_page(county(), year))
        site.reports[path] = report_id(county(), year)
        site.lists.add(f"/old/{year}")
        links.append((f"/old/{year}", title(county(), year)))
    site.routes[column] = html(list_page("政府信息公开年报", links))
    return site


def soft() -> Site:
    """Missing pages that answer 200, pages cut by a firewall, shells that only a browser fills."""
    site = Site("soft")
    column = "/xxgk/nb/"
    home(site, column)
    links = []
    for year in YEARS:
        path = f"{column}{year}.html"
        links.append((path, title(county(), year)))
        if year == 2016:
            site.routes[path] = html(page("提示", "<p>您访问的页面不存在或已删除！</p>"))
        elif year == 2017:
            site.routes[path] = Answer(b"<html><script>var _$x='...';eval(_$x)</script></html>", 412)
        elif year == 2018:
            site.routes[path] = html("<html><body><div id='app'></div><script src='/app.js'></script></body></html>")
        elif year == 2019:
            shown = "<p><img src='1.png'><img src='2.png'></p><p><a href='/'><img src='back.png'></a></p>"
            site.routes[path] = html(page(title(county(), year), shown))
            for number in (1, 2):
                site.routes[f"{column}{number}.png"] = Answer(_picture(number), media_type="image/png")
        else:
            site.routes[path] = html(report_page(county(), year))
            site.reports[path] = report_id(county(), year)
        site.lists.add(path)
    site.routes[column] = html(list_page("政府信息公开年报", links))
    site.lists.add(column)
    return site


def _picture(number: int) -> bytes:
    """A page without a word."""
    written = io.BytesIO()
    Image.new("L", (500 + number, 700), 255).save(written, "PNG")
    return written.getvalue()


def failing() -> Site:
    """Slow answers, one 503 before every second report, one 429 that says when to come back."""
    site = Site("failing")
    column = "/xxgk/xxgknb/"
    home(site, column)
    tries: dict[str, int] = {}

    def reluctant(path: str, text: str, status: int, _: str, __: str) -> Answer:
        tries[path] = tries.get(path, 0) + 1
        if tries[path] == 1:
            return Answer(b"busy", status, headers={"Retry-After": "1"} if status == 429 else {})
        return html(text)

    links = []
    for year in YEARS:
        path = f"{column}{year}.html"
        text = report_page(county(), year)
        if year % 4 == 0:
            site.routes[path] = partial(reluctant, path, text, 429 if year == 2020 else 503)
        else:
            site.routes[path] = html(text, seconds=0.2 if year == 2021 else 0.0)
        site.reports[path] = report_id(county(), year)
        links.append((path, title(county(), year)))
    site.routes[column] = html(list_page("政府信息公开年报", links))
    site.lists.add(column)
    return site


def ruled() -> Site:
    """Robots rules: some folders are closed, a delay is asked for; one report stands only in the site map."""
    site = Site("ruled", forbidden=("/closed/", "/zwgk/secret/"))
    column = "/zwgk/zfxxgknb/"
    home(site, column)
    site.routes["/robots.txt"] = Answer(
        b"User-agent: *\nDisallow: /closed/\nDisallow: /zwgk/secret/\nCrawl-delay: 0.2\n\nSitemap: /sitemap.xml\n",
        media_type="text/plain",
    )
    hidden = f"{column}hidden.html"
    other = bodies()[1]
    site.routes[hidden] = html(report_page(other, 2020))
    site.reports[hidden] = report_id(other, 2020)
    site.lists |= {column, "/sitemap.xml"}

    def sitemap(_: str, __: str) -> Answer:
        places = "".join(f"<url><loc>{site.address}{path}</loc></url>" for path in ("/", "/closed/nb/9.html", hidden))
        return Answer(f"<?xml version='1.0'?><urlset>{places}</urlset>".encode(), media_type="text/xml")

    site.routes["/sitemap.xml"] = sitemap
    links = []
    for year in YEARS:
        closed = year in {2017, 2018}
        path = f"/closed/nb/{year}.html" if closed else f"{column}{year}.html"
        site.routes[path] = html(report_page(county(), year))
        if not closed:
            site.reports[path] = report_id(county(), year)
        links.append((path, title(county(), year)))
    site.routes[column] = html(list_page("政府信息公开年报", links))
    return site


def trapped() -> Site:
    """Endless calendars, session ids, sort orders, a next page without end, folders inside themselves."""
    site = Site("trapped")
    column = "/xxgk/ndbg/"
    home(site, column)

    def listing(query: str, _: str) -> Answer:
        number = int(parse_qs(query).get("page", ["1"])[0])
        session = f"jsessionid={number * 7919}"
        links = [(f"{column}{year}.html;{session}?sort=date", title(county(), year)) for year in YEARS]
        links += [(f"{column}nb/nb/nb/{'nb/' * number}", "年度报告")]
        after = (
            f"<a href='?page={number + 1}&sort=title'>下一页</a><a href='?page={number}&order=desc'>排序</a>"
            f"<table>{''.join(f'<td><a href=/calendar?y=20{n}&m={n}>{n}</a></td>' for n in range(10, 30))}</table>"
        )
        return html(list_page("年度报告", links, after=after))

    def calendar(query: str, _: str) -> Answer:
        year = int(parse_qs(query).get("y", ["2020"])[0])
        return html(list_page("日历", [(f"/calendar?y={year + n}&m={n}", f"{year + n}年") for n in range(12)]))

    for year in YEARS:
        answer = html(report_page(county(), year))
        for path in (f"{column}{year}.html",):
            site.routes[path] = answer
            site.reports[path] = report_id(county(), year)
        for number in range(1, 30):
            site.routes[f"{column}{year}.html;jsessionid={number * 7919}"] = answer
    site.routes[column] = listing
    site.routes["/calendar"] = calendar
    site.lists |= {column, "next 2"}
    return site
