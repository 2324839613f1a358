"""The styles: how sites of the survey lay out the way from their home page to their reports."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs

from tests.web import hostile, scripted
from tests.web.home import home, html, misses
from tests.web.pages import (
    YEARS,
    bodies,
    county,
    list_page,
    page,
    report_file,
    report_id,
    report_page,
    report_print,
    title,
)
from tests.web.server import Answer, Site

PRINTED = (2019, 2021, 2024)
"""The years of the reports in PDF, which take their time to read."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def trs() -> Site:
    """TRS: static lists, the count only in createPageHTML, bytes of GB18030 declared gb2312."""
    site = Site("trs")
    column = "/zwgk/zfxxgk/zfxxgknb/"
    home(site, column)
    items = []
    for number, year in enumerate(reversed(YEARS)):
        for body in bodies()[:3]:
            path = f"{column}{year + 1}01/t{year + 1}0120_{number * 10 + len(body)}{bodies().index(body)}.html"
            text = re.sub("(?i)charset=[\"']?utf-8", 'charset="gb2312', report_page(body, year))
            site.routes[path] = html(text, "gb18030", "gb2312")
            site.reports[path] = report_id(body, year)
            items.append((path.replace(column, "./"), title(body, year)))
    items += [(address.replace(column, "./"), text) for address, text in misses(site, column)]
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
    home(site, column)
    records = []
    for year in reversed(YEARS):
        for number, body in enumerate(bodies()):
            path = f"/art/{year + 1}/1/20/art_1229_{year}{number}.html"
            site.routes[path] = html(report_page(body, year))
            site.reports[path] = report_id(body, year)
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
        for number, body in enumerate(bodies()[:4]):
            path = f"/yunxi/gkmlpt/content/3/{year}/post_{year}{number}.html"
            site.routes[path] = html(report_page(body, year))
            site.reports[path] = report_id(body, year)
            articles.append({"title": title(body, year), "url": path, "create_time": 1700000000})
    articles += [
        {"title": text, "url": path, "create_time": 1} for path, text in misses(site, "/yunxi/gkmlpt/content/")
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
    home(site, root)
    site.routes[root] = html(list_page("政府信息公开年报", [(f"{root}{year}n/", f"{year}年") for year in YEARS]))
    site.lists.add(root)
    for year in YEARS:
        folder = f"{root}{year}n/"
        site.routes[folder] = html(
            list_page(
                f"{year}年", [(f"{folder}zf/", "县政府"), (f"{folder}bm/", "县直部门"), (f"{folder}xz/", "乡镇街道")]
            )
        )
        for short, names in (("zf", bodies()[:1]), ("bm", bodies()[1:4]), ("xz", bodies()[4:5])):
            links = []
            for number, body in enumerate(names):
                path = f"{folder}{short}/{number}.html"
                site.routes[path] = html(report_page(body, year))
                site.reports[path] = report_id(body, year)
                links.append((path, body))
            site.routes[f"{folder}{short}/"] = html(list_page(f"{year}年", links))
            site.lists |= {folder, f"{folder}{short}/"}
    return site


def based() -> Site:
    """Relative links under a base tag, behind a select of years and buttons."""
    site = Site("base")
    column = "/gk/nianbao/list.html"
    home(site, column)
    options = []
    for year in YEARS:
        path = f"/files/nb/{year}.html"
        site.routes[path] = html(report_page(county(), year))
        site.reports[path] = report_id(county(), year)
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
    """Reports as Word files, some in a page that holds only the link."""
    site = Site("attached")
    column = "/zfxxgk/ndbg/"
    home(site, column)
    links = []
    for year in YEARS:
        path = f"{column}files/{year}.docx"
        site.routes[path] = Answer(report_file(county(), year), media_type=WORD)
        site.reports[path] = report_id(county(), year)
        if year > 2020:
            cover = f"{column}{year}.html"
            site.routes[cover] = html(
                page(title(county(), year), f"<p>附件：<a href='files/{year}.docx'>{year}年报.docx</a></p>")
            )
            site.lists.add(cover)
            links.append((cover, title(county(), year)))
        else:
            links.append((path, title(county(), year)))
    site.routes[column] = html(list_page("年度报告", links))
    site.lists.add(column)
    return site


def printed() -> Site:
    """Reports as PDF files: linked from the list, or from a page that only holds the attachment, one of them framed."""
    site = Site("printed")
    column = "/xxgk/xxgkndbg/"
    home(site, column)
    links = []
    for year in PRINTED:
        path = f"{column}P0{year}0120.pdf"
        site.routes[path] = Answer(report_print(county(), year), media_type="application/pdf")
        site.reports[path] = report_id(county(), year)
        if year == PRINTED[0]:
            links.append((path, title(county(), year)))
            continue
        cover, name = f"{column}t{year}.html", path.removeprefix(column)
        held = f"<iframe src='{name}'></iframe>" if year == PRINTED[-1] else f"<a href='{name}'>附件：{year}.pdf</a>"
        site.routes[cover] = html(page(title(county(), year), f"<p>{held}</p>"))
        site.lists.add(cover)
        links.append((cover, title(county(), year)))
    site.routes[column] = html(list_page("年度报告", links))
    site.lists.add(column)
    return site


def single() -> Site:
    """Hanweb's yearly report module: one address, the year a parameter, each year rendered in place."""
    site = Site("single", start="/module/xxgk/xxgkAnnualReport.jsp?area=990101&fbtime=2022")

    def module(query: str, _: str) -> Answer:
        year = int(parse_qs(query)["fbtime"][0])
        if year not in YEARS:
            return html(page("年度报告", "<p>暂无内容</p>"))
        return html(report_page(county(), year))

    site.routes["/module/xxgk/xxgkAnnualReport.jsp"] = module
    address = "/module/xxgk/xxgkAnnualReport.jsp?area=990101&fbtime="
    site.reports |= {f"{address}{year}": report_id(county(), year) for year in YEARS}
    return site


def from_a_report() -> Site:
    """Only a report's address is known; its list is where its platform keeps lists (UCAP)."""
    column = "/yunxi/c100123"
    hexes = {year: f"{year:032x}" for year in YEARS}
    site = Site("from a report", start=f"{column}/202301/{hexes[2022]}.shtml")
    links = []
    for year in YEARS:
        path = f"{column}/{year + 1}01/{hexes[year]}.shtml"
        site.routes[path] = html(report_page(county(), year), declared="")
        site.reports[path] = report_id(county(), year)
        links.append((path, title(county(), year)))
    site.routes[f"{column}/list.shtml"] = html(list_page("政府信息公开年报", links))
    site.lists |= {f"{column}/list.shtml", f"{column}/xxgk_list.shtml", f"{column}/rlist.shtml"}
    return site


def numbered() -> Site:
    """A compressed site without validators whose list is a table of bodies, years across, 查看 in the cells."""
    site = Site("numbered", validators=False, compressed=True)
    column = "/opennessannualreport/"
    home(site, column, way="信息公开")
    rows = []
    for body in bodies():
        cells = []
        for year in list(YEARS)[-3:]:
            path = f"{column}show/{year}{bodies().index(body)}.html"
            site.routes[path] = html(report_page(body, year))
            site.reports[path] = report_id(body, year)
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
    printed,
    single,
    from_a_report,
    numbered,
    hostile.redirecting,
    hostile.soft,
    hostile.failing,
    hostile.ruled,
    hostile.trapped,
    scripted.ajax,
    scripted.fragment,
    scripted.framed,
    scripted.boxed,
    scripted.data_file,
    scripted.data_store,
    scripted.unlisted,
    scripted.in_place,
)
