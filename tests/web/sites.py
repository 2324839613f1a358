"""The styles: how sites of the survey lay out the way from their home page to their reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from urllib.parse import parse_qs

from tests.web.pages import BODIES, list_page, page, report_page, report_text, title
from tests.web.server import Answer, Site

YEARS = range(2015, 2026)
COUNTY = BODIES[0]
NEAR_MISSES = (
    ("jd.html", "文字解读：云溪县2022年政府信息公开工作年度报告"),
    ("tj.html", "一图读懂2023年政府信息公开工作年度报告"),
    ("tz.html", "关于做好2024年政府信息公开工作年度报告编制公布工作的通知"),
    ("zn.html", "云溪县政府信息公开指南"),
    ("fz.html", "云溪县2023年法治政府建设年度报告"),
)
NAV = "<li><a href='/zwgk/'>政务公开</a></li>"


def html(text: str, encoding: str = "utf-8", declared: str | None = None, **more: float) -> Answer:
    """A page as an answer."""
    kind = "text/html" if declared == "" else f"text/html; charset={declared or encoding}"
    return Answer(text.encode(encoding, errors="replace"), media_type=kind, **more)  # type: ignore[arg-type]  # seconds


def _home(site: Site, column: str, way: str = "政府信息公开") -> None:
    """A home page, and the way to the column of the reports."""
    news = [(f"/news/{number}.html", f"云溪县召开第{number}次工作会议") for number in range(20)]
    site.routes["/"] = html(list_page("首页", news, nav=NAV))
    site.routes["/zwgk/"] = html(
        list_page("政务公开", [("/zwgk/zfxxgk/", way), ("/zwgk/czyjs/", "财政预决算"), ("/zwgk/ghjh/", "规划计划")])
    )
    site.routes["/zwgk/zfxxgk/"] = html(
        list_page(
            "政府信息公开",
            [("/zwgk/zn.html", "政府信息公开指南"), (column, "政府信息公开年报"), ("/zwgk/ysq/", "依申请公开")],
        )
    )
    site.lists |= {"/", "/zwgk/", "/zwgk/zfxxgk/"}
    for path in ("/news/", "/fwdt/", "/hdjl/", "/zwgk/czyjs/", "/zwgk/ghjh/"):
        site.routes[path] = html(list_page("其他", [(f"{path}x{n}.html", f"其他内容{n}") for n in range(9)]))
    for path in ("/about.html", "/zwgk/zn.html", "/zwgk/ysq/", *(address for address, _ in news)):
        site.routes[path] = html(page("说明", "<p>这里是说明文字。</p>" * 9))


def _misses(site: Site, folder: str) -> list[tuple[str, str]]:
    for name, text in NEAR_MISSES:
        site.routes[folder + name] = html(page(text, f"<p>{text}，全文如下。</p>" * 9))
    return [(folder + name, text) for name, text in NEAR_MISSES]


def trs() -> Site:
    """TRS: static lists, the count only in createPageHTML, bytes of GB18030 declared gb2312."""
    site = Site("trs")
    column = "/zwgk/zfxxgk/zfxxgknb/"
    _home(site, column)
    items = []
    for number, year in enumerate(reversed(YEARS)):
        for body in BODIES[:3]:
            path = f"{column}{year + 1}01/t{year + 1}0120_{number * 10 + len(body)}{BODIES.index(body)}.html"
            text = report_page(body, year).replace("charset='utf-8'", "charset='gb2312'")
            site.routes[path] = html(text, "gb18030", "gb2312")
            site.reports.add(path)
            items.append((path.replace(column, "./"), title(body, year)))
    items += [(address.replace(column, "./"), text) for address, text in _misses(site, column)]
    size = 15
    pages = -(-len(items) // size)
    for number in range(pages):
        path = column if number == 0 else f"{column}index_{number}.html"
        after = f"<script>createPageHTML({pages}, {number}, 'index', 'html');</script>"
        site.routes[path] = html(list_page("政府信息公开年报", items[number * size : (number + 1) * size], after=after))
        site.lists.add(path)
    return site


def hanweb() -> Site:
    """Hanweb: the first records in a script, the others behind dataproxy.jsp, asked by POST."""
    site = Site("hanweb")
    column = "/col/col1229/index.html"
    _home(site, column)
    records = []
    for year in reversed(YEARS):
        for number, body in enumerate(BODIES):
            path = f"/art/{year + 1}/1/20/art_1229_{year}{number}.html"
            site.routes[path] = html(report_page(body, year))
            site.reports.add(path)
            records.append(f"<li><a href='{path}' title='{title(body, year)}'>{title(body, year)[:12]}…</a></li>")

    def store(first: int, last: int) -> str:
        inside = "".join(f"<record><![CDATA[{record}]]></record>" for record in records[first - 1 : last])
        return (
            f"<datastore><totalrecord>{len(records)}</totalrecord><totalpage>{-(-len(records) // 15)}</totalpage>"
            f"<recordset>{inside}</recordset></datastore>"
        )

    script = (
        f"<script type='text/xml'>{store(1, 15)}</script><script>new jpage({{perPage:15,totalRecord:{len(records)},"
        "proxyUrl:'/module/web/jpage/dataproxy.jsp?page=1',proxyParam:{'col':'1','appid':'1','webid':'3','path':'/',"
        "'columnid':'1229','unitid':'4567','webname':'云溪','permissiontype':'0'}});</script>"
    )
    site.routes[column] = html(page("政府信息公开年报", "<div id='4567'></div>" + script))
    site.lists.add(column)

    def proxy(query: str, body: str) -> Answer:
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        if "columnid=1229" not in body:
            return Answer(b"", 500)
        return Answer(store(int(asked["startrecord"]), int(asked["endrecord"])).encode(), media_type="text/xml")

    site.routes["/module/web/jpage/dataproxy.jsp"] = proxy
    site.lists |= {"dataproxy 1", "dataproxy 2"}
    return site


def gkmlpt() -> Site:
    """Guangdong's directory platform: an empty shell, the list in an interface that answers JSON, page by page."""
    site = Site("gkmlpt", start="/yunxi/gkmlpt/annualreport")
    articles = []
    for year in reversed(YEARS):
        for number, body in enumerate(BODIES[:4]):
            path = f"/yunxi/gkmlpt/content/3/{year}/post_{year}{number}.html"
            site.routes[path] = html(report_page(body, year))
            site.reports.add(path)
            articles.append({"title": title(body, year), "url": path, "create_time": 1700000000})
    articles += [
        {"title": text, "url": path, "create_time": 1} for path, text in _misses(site, "/yunxi/gkmlpt/content/")
    ]
    site.routes[site.start] = html(
        page(
            "政府信息公开年报",
            "<div id='app'></div><script>window._CONFIG={SITE_ID: 763001, COLUMN_ID: 2103};</script>",
        )
    )

    def api(query: str, _: str) -> Answer:
        number = int(parse_qs(query)["page"][0])
        data = {"total": len(articles), "pageSize": 20, "articles": articles[(number - 1) * 20 : number * 20]}
        return Answer(json.dumps(data).encode(), media_type="application/json")

    site.routes["/yunxi/gkmlpt/api/all/2103"] = api
    site.lists |= {site.start, "api 1", "api 2", "api 3"}
    return site


def tree() -> Site:
    """A column of years, each year a column of bodies; the page names only the body."""
    site = Site("tree")
    root = "/xxgk/gknb/"
    _home(site, root)
    site.routes[root] = html(list_page("政府信息公开年报", [(f"{root}{year}n/", f"{year}年") for year in YEARS]))
    site.lists.add(root)
    for year in YEARS:
        folder = f"{root}{year}n/"
        site.routes[folder] = html(
            list_page(
                f"{year}年", [(f"{folder}zf/", "县政府"), (f"{folder}bm/", "县直部门"), (f"{folder}xz/", "乡镇街道")]
            )
        )
        for short, bodies in (("zf", BODIES[:1]), ("bm", BODIES[1:4]), ("xz", BODIES[4:5])):
            links = []
            for number, body in enumerate(bodies):
                path = f"{folder}{short}/{number}.html"
                site.routes[path] = html(report_page(body, year))
                site.reports.add(path)
                links.append((path, body.removeprefix("云溪县")))
            site.routes[f"{folder}{short}/"] = html(list_page(f"{year}年", links))
            site.lists |= {folder, f"{folder}{short}/"}
    return site


def based() -> Site:
    """Relative links under a base tag, behind a select of years and buttons."""
    site = Site("base")
    column = "/gk/nianbao/list.html"
    _home(site, column)
    options = []
    for year in YEARS:
        path = f"/files/nb/{year}.html"
        site.routes[path] = html(report_page(COUNTY, year))
        site.reports.add(path)
        if year % 2:
            options.append(f"<option value='nb/{year}.html'>{year}年</option>")
        else:
            options.append(
                f"</select><input type='button' value='{year}年' onclick=\"window.open('nb/{year}.html')\"><select>"
            )
    content = f"<select onchange='go()'>{''.join(options)}</select>"
    site.routes[column] = html(page("政府信息公开年报", content, extra=f"<base href='{'/files/'}'>"))
    site.lists.add(column)
    return site


def attached() -> Site:
    """Reports as PDF and Word, some in a page that holds only the link."""
    site = Site("attached")
    column = "/zfxxgk/ndbg/"
    _home(site, column)
    links = []
    for year in YEARS:
        ending, kind, magic = (
            ("pdf", "application/pdf", b"%PDF-1.4\n")
            if year % 2
            else ("doc", "application/msword", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        )
        path = f"{column}files/{year}.{ending}"
        site.routes[path] = Answer(magic + report_text(COUNTY, year).encode(), media_type=kind)
        site.reports.add(path)
        if year > 2020:
            cover = f"{column}{year}.html"
            site.routes[cover] = html(
                page(title(COUNTY, year), f"<p>附件：<a href='files/{year}.{ending}'>{year}年报.{ending}</a></p>")
            )
            site.lists.add(cover)
            links.append((cover, title(COUNTY, year)))
        else:
            links.append((path, title(COUNTY, year)))
    site.routes[column] = html(list_page("年度报告", links))
    site.lists.add(column)
    return site


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
        site.routes[path] = html(report_page(COUNTY, year))
        site.reports.add(path)
        site.lists.add(f"/old/{year}")
        links.append((f"/old/{year}", title(COUNTY, year)))
    site.routes[column] = html(list_page("政府信息公开年报", links))
    return site


def soft() -> Site:
    """Missing pages that answer 200, pages cut by a firewall, shells that only a browser fills."""
    site = Site("soft")
    column = "/xxgk/nb/"
    _home(site, column)
    links = []
    for year in YEARS:
        path = f"{column}{year}.html"
        links.append((path, title(COUNTY, year)))
        if year == 2016:
            site.routes[path] = html(page("提示", "<p>您访问的页面不存在或已删除！</p>"))
        elif year == 2017:
            site.routes[path] = Answer(b"<html><script>var _$x='...';eval(_$x)</script></html>", 412)
        elif year == 2018:
            site.routes[path] = html("<html><body><div id='app'></div><script src='/app.js'></script></body></html>")
        elif year == 2019:
            site.routes[path] = html(page(title(COUNTY, year), "<p><img src='1.jpg'><img src='2.jpg'></p>"))
        else:
            site.routes[path] = html(report_page(COUNTY, year))
            site.reports.add(path)
        site.lists.add(path)
    site.routes[column] = html(list_page("政府信息公开年报", links))
    site.lists.add(column)
    return site


def failing() -> Site:
    """Slow answers, one 503 before every second report, one 429 that says when to come back."""
    site = Site("failing")
    column = "/xxgk/xxgknb/"
    _home(site, column)
    tries: dict[str, int] = {}

    def reluctant(path: str, text: str, status: int, _: str, __: str) -> Answer:
        tries[path] = tries.get(path, 0) + 1
        if tries[path] == 1:
            return Answer(b"busy", status, headers={"Retry-After": "1"} if status == 429 else {})
        return html(text)

    links = []
    for year in YEARS:
        path = f"{column}{year}.html"
        text = report_page(COUNTY, year)
        if year % 4 == 0:
            site.routes[path] = partial(reluctant, path, text, 429 if year == 2020 else 503)
        else:
            site.routes[path] = html(text, seconds=0.2 if year == 2021 else 0.0)
        site.reports.add(path)
        links.append((path, title(COUNTY, year)))
    site.routes[column] = html(list_page("政府信息公开年报", links))
    site.lists.add(column)
    return site


def ruled() -> Site:
    """Robots rules: some folders are closed, a delay is asked for; one report stands only in the site map."""
    site = Site("ruled", forbidden=("/closed/", "/zwgk/secret/"))
    column = "/zwgk/zfxxgknb/"
    _home(site, column)
    site.routes["/robots.txt"] = Answer(
        b"User-agent: *\nDisallow: /closed/\nDisallow: /zwgk/secret/\nCrawl-delay: 0.2\n\nSitemap: /sitemap.xml\n",
        media_type="text/plain",
    )
    hidden = f"{column}2014.html"
    site.routes[hidden] = html(report_page(COUNTY, 2014))
    site.reports.add(hidden)
    site.lists |= {column, "/sitemap.xml"}

    def sitemap(_: str, __: str) -> Answer:
        places = "".join(f"<url><loc>{site.address}{path}</loc></url>" for path in ("/", "/closed/nb/9.html", hidden))
        return Answer(f"<?xml version='1.0'?><urlset>{places}</urlset>".encode(), media_type="text/xml")

    site.routes["/sitemap.xml"] = sitemap
    links = []
    for year in YEARS:
        closed = year in {2017, 2018}
        path = f"/closed/nb/{year}.html" if closed else f"{column}{year}.html"
        site.routes[path] = html(report_page(COUNTY, year))
        if not closed:
            site.reports.add(path)
        links.append((path, title(COUNTY, year)))
    site.routes[column] = html(list_page("政府信息公开年报", links))
    return site


def trapped() -> Site:
    """Endless calendars, session ids, sort orders, a next page without end, folders inside themselves."""
    site = Site("trapped")
    column = "/xxgk/ndbg/"
    _home(site, column)

    def listing(query: str, _: str) -> Answer:
        number = int(parse_qs(query).get("page", ["1"])[0])
        session = f"jsessionid={number * 7919}"
        links = [(f"{column}{year}.html;{session}?sort=date", title(COUNTY, year)) for year in YEARS]
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
        answer = html(report_page(COUNTY, year))
        for path in (f"{column}{year}.html",):
            site.routes[path] = answer
            site.reports.add(path)
        for number in range(1, 30):
            site.routes[f"{column}{year}.html;jsessionid={number * 7919}"] = answer
    site.routes[column] = listing
    site.routes["/calendar"] = calendar
    site.lists |= {column, "next 2"}
    return site


def single() -> Site:
    """Hanweb's yearly report module: one address, the year a parameter, each year rendered in place."""
    site = Site("single", start="/module/xxgk/xxgkAnnualReport.jsp?area=990101&fbtime=2022")

    def module(query: str, _: str) -> Answer:
        year = int(parse_qs(query)["fbtime"][0])
        if year not in YEARS:
            return html(page("年度报告", "<p>暂无内容</p>"))
        return html(report_page(COUNTY, year))

    site.routes["/module/xxgk/xxgkAnnualReport.jsp"] = module
    site.reports |= {f"/module/xxgk/xxgkAnnualReport.jsp?area=990101&fbtime={year}" for year in YEARS}
    return site


def from_a_report() -> Site:
    """Only a report's address is known; its list is where its platform keeps lists (UCAP)."""
    column = "/yunxi/c100123"
    hexes = {year: f"{year:032x}" for year in YEARS}
    site = Site("from a report", start=f"{column}/202301/{hexes[2022]}.shtml")
    links = []
    for year in YEARS:
        path = f"{column}/{year + 1}01/{hexes[year]}.shtml"
        site.routes[path] = html(report_page(COUNTY, year), declared="")
        site.reports.add(path)
        links.append((path, title(COUNTY, year)))
    site.routes[f"{column}/list.shtml"] = html(list_page("政府信息公开年报", links))
    site.lists |= {f"{column}/list.shtml", f"{column}/xxgk_list.shtml", f"{column}/rlist.shtml"}
    return site


def numbered() -> Site:
    """A compressed site without validators whose list is a table of bodies, years across, 查看 in the cells."""
    site = Site("numbered", validators=False, compressed=True)
    column = "/opennessannualreport/"
    _home(site, column, way="信息公开")
    rows = []
    for body in BODIES:
        cells = []
        for year in list(YEARS)[-3:]:
            path = f"{column}show/{year}{BODIES.index(body)}.html"
            site.routes[path] = html(report_page(body, year))
            site.reports.add(path)
            cells.append(f"<td>{year}</td><td><a href='{path}'>查看</a></td>")
        rows.append(f"<tr><td>{body}</td>{''.join(cells)}</tr>")
    site.routes[column] = html(page("政府信息公开年报", f"<table>{''.join(rows)}</table>"))
    site.lists.add(column)
    return site


STYLES: tuple[Callable[[], Site], ...] = (
    trs,
    hanweb,
    gkmlpt,
    tree,
    based,
    attached,
    redirecting,
    soft,
    failing,
    ruled,
    trapped,
    single,
    from_a_report,
    numbered,
)
