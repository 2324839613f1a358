"""Sites whose lists only a script fills: from interfaces, data files and frames."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import parse_qs

from tests.web.home import home, html
from tests.web.pages import YEARS, bodies, county, list_page, page, report_id, report_page, title
from tests.web.server import Answer, Site


def _reports(site: Site, folder: str, names: Iterable[str] = (), encoding: str = "utf-8") -> list[tuple[str, str]]:
    """Put reports into a folder; their (address, title) pairs, newest first."""
    links = []
    for year in reversed(YEARS):
        for body in names or (county(),):
            path = f"{folder}{year}{bodies().index(body)}.html"
            site.routes[path] = html(report_page(body, year), encoding, "" if encoding != "utf-8" else None)
            site.reports[path] = report_id(body, year)
            links.append((path, title(body, year)))
    return links


def _json(data: object) -> Answer:
    return Answer(json.dumps(data, ensure_ascii=False).encode(), media_type="application/json;charset=UTF-8")


def ajax() -> Site:
    """An interface called with an object of parameters, some of them variables of the page."""
    site = Site("ajax")
    column = "/zwgk/fdzdgknr/nb/index.html"
    home(site, column)
    links = _reports(site, "/detail/", bodies()[:4])
    script = (
        "<script>var channelId = '8812', pageSize = 10;\n"
        "function load(p) { $.ajax({ type: 'GET', url: '/common/search/list', "
        "data: { channelId: channelId, pageNo: p, pageSize: pageSize, sort: 'desc' }, success: draw }); }</script>"
    )
    site.routes[column] = html(page("政府信息公开年报", "<ul id='list'></ul>" + script))

    def interface(query: str, _: str) -> Answer:
        asked = parse_qs(query)
        if asked.get("channelId") != ["8812"]:
            return _json({"code": 500, "data": None})
        first = (int(asked["pageNo"][0]) - 1) * 10
        items = [{"docTitle": text, "docUrl": None, "url": path} for path, text in links[first : first + 10]]
        return _json({"code": 200, "data": {"total": len(links), "pageSize": 10, "list": items}})

    site.routes["/common/search/list"] = interface
    site.lists |= {column, *(f"interface {number}" for number in range(-(-len(links) // 10)))}
    return site


def fragment() -> Site:
    """The directory platform again: the column's id stands behind # in the link, the site's in the page."""
    site = Site("fragment")
    column = "/yunxi/gkmlpt/annualreport"
    home(site, f"{column}#2291")
    links = _reports(site, "/yunxi/gkmlpt/content/2/")
    site.routes[column] = html(
        "<html><head><title>年报</title></head><body><div id=app></div><script>var SITE_ID='755';</script></html>"
    )

    def interface(query: str, _: str) -> Answer:
        if parse_qs(query).get("sid") != ["755"]:
            return _json({"articles": []})
        number = int(parse_qs(query)["page"][0])
        items = links[(number - 1) * 8 : number * 8]
        return _json({"articles": [{"title": text, "url": path, "create_time": 1} for path, text in items]})

    site.routes["/yunxi/gkmlpt/api/all/2291"] = interface
    site.lists |= {column, "interface 1", "interface 2", "interface 3"}
    return site


def framed() -> Site:
    """Frames of an old site, in GBK that nobody declares."""
    site = Site("framed")
    site.routes["/"] = html("<html><frameset><frame src='top.htm'><frame src='main.htm'></frameset></html>", "gbk", "")
    site.routes["/top.htm"] = html("<html><a href='x.htm'>今日要闻</a></html>", "gbk", "")
    site.routes["/main.htm"] = html(list_page("首页", [("nbao.htm", "信息公开年度报告")]), "gbk", "")
    site.routes["/nbao.htm"] = html(page("年度报告", "<iframe src='nbao_list.htm'></iframe>"), "gbk", "")
    links = _reports(site, "/bg/", encoding="gbk")
    site.routes["/nbao_list.htm"] = html(list_page("", [(path[1:], text) for path, text in links]), "gbk", "")
    site.lists |= {"/", "/top.htm", "/main.htm", "/nbao.htm", "/nbao_list.htm"}
    return site


def boxed() -> Site:
    """The paging call that first names its box and counts pages from 1; reports by a body's name alone."""
    site = Site("boxed")
    folder = "/yunxi/c108211/"
    home(site, f"{folder}list.shtml")
    links = _reports(site, f"{folder}202601/", bodies()[:5])
    pages = -(-len(links) // 20)
    for number in range(1, pages + 1):
        path = f"{folder}list.shtml" if number == 1 else f"{folder}list_{number}.shtml"
        after = f"<script>createPageHTML('page-div',{pages}, {number},'list','shtml',{len(links)});</script>"
        site.routes[path] = html(list_page("政府信息公开年报", links[(number - 1) * 20 : number * 20], after=after))
        site.lists.add(path)
    return site


def data_file() -> Site:
    """The list stands in a script file beside the page."""
    site = Site("data file")
    column = "/xxgk/zfxxgknb/"
    home(site, column)
    items = [{"id": n, "title": text, "url": path} for n, (path, text) in enumerate(_reports(site, f"{column}c/"))]
    site.routes[f"{column}list_data.js"] = Answer(
        f"var records = {json.dumps(items, ensure_ascii=False)};".encode(), media_type="application/javascript"
    )
    site.routes[column] = html(page("政府信息公开年报", "<ul id='u'></ul><script src='list_data.js'></script>"))
    site.lists |= {column, f"{column}list_data.js"}
    return site


def data_store() -> Site:
    """The list is a store of records in XML, loaded by the page."""
    site = Site("data store")
    column = "/gongkai/nianbao/"
    home(site, column)
    links = _reports(site, "/gongkai/content/")
    records = "".join(
        f"<record><![CDATA[<tr><td><a href='{path}'>{text}</a></td></tr>]]></record>" for path, text in links
    )
    site.routes["/gongkai/nianbao/data.xml"] = Answer(
        f"<?xml version='1.0' encoding='utf-8'?><datastore><recordset>{records}</recordset></datastore>".encode(),
        media_type="application/xml",
    )
    site.routes[column] = html(page("政府信息公开年报", "<table></table><script>loadXML('data.xml', draw)</script>"))
    site.lists |= {column, "/gongkai/nianbao/data.xml"}
    return site


def unlisted() -> Site:
    """Reports leak into the news; only their addresses tell where their list is, and no link leads there."""
    site = Site("unlisted")
    links = _reports(site, "/zwgk/ndbg/202601/t20260120_")
    news = [(f"/news/{number}.html", f"第{number}次会议召开") for number in range(12)]
    site.routes["/"] = html(list_page("首页", [*news, links[0]]))
    site.routes["/zwgk/ndbg/"] = html(list_page("信息公开年报", links))
    site.lists |= {"/", "/zwgk/ndbg/"}
    return site


def unfilled(foreign: str = "") -> Site:
    """Lists that a script puts together once the page is laid out: in an empty shell, and between the navigation.

    ``foreign`` is the address of a script on another host that the shell asks for.
    """
    site = Site("unfilled")
    column = "/zwgk/zfxxgknb/"
    home(site, column)
    links = _reports(site, "/zwgk/content/")

    def script(chosen: Iterable[tuple[str, str]]) -> str:
        told = [[[ord(sign) ^ 7 for sign in part] for part in link] for link in chosen]
        return (
            "<div id='room'>&nbsp;</div><script>setTimeout(() => {\n"
            "if (!(document.getElementById('room').getBoundingClientRect().width > 99)) return;\n"
            "const read = (c) => c.map((n) => String.fromCharCode(n ^ 7)).join('');\n"
            f"{json.dumps(told)}.forEach(([where, what]) => {{ const a = document.createElement('a');\n"
            "a.setAttribute(read([111, 117, 98, 97]), read(where)); a.textContent = read(what);\n"
            "document.querySelector('#u').append(a, document.createElement('br')); }); }, 900)</script>"
        )

    older = f"{column}old/"
    site.routes[column] = html(
        f"<html><head><title>政府信息公开年报</title><script src='{foreign}/count.js'></script></head>"
        f"<body><div id='u'></div>{script([*links[:6], (older, '历年年报')])}</body></html>"
    )
    site.routes[older] = html(page("历年政府信息公开年报", f"<div id='u'></div>{script(links[6:])}"))
    site.lists |= {column, older}
    return site


def in_place() -> Site:
    """A column that is itself the newest report, with the others beside it."""
    site = Site("in place")
    column = "/zwgk/zfxxgk/ndbg/index.html"
    home(site, column)
    links = _reports(site, "/zwgk/zfxxgk/ndbg/a/")
    newest = links.pop(0)
    del site.reports[newest[0]]
    aside = "".join(f"<li><a href='{path}'>{path[-10:-6]}年</a></li>" for path, _ in links)
    site.routes[column] = html(report_page(county(), YEARS[-1], trail=f"首页 &gt; 年报<ul>{aside}</ul>"))
    site.reports[column] = report_id(county(), YEARS[-1])
    return site
