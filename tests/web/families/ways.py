"""Ways in: start pages that send on, frames, clicks, odd addresses, cookies, encodings, viewers, downloads."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from urllib.parse import quote

from tests.web.server import Answer
from tests.web.style import style, styles
from tests.web.town import OFFICES, YEARS, Link, Town

# A whole start page; {u} is where a browser arrives.
SENDING = {
    "onload_replace": "<html><title>欢迎</title><body onload=\"window.location.replace('{u}')\"></body></html>",
    "onload_function": "<script>function jump(){{ top.location.href = '{u}'; }}</script><body onload='jump()'></body>",
    "refresh_capital_unquoted": "<HTML><HEAD><META HTTP-EQUIV=REFRESH CONTENT=\"3;URL='{u}'\"></HEAD></HTML>",
    "refresh_without_url": "<html><head><meta content='0.5;{u}' http-equiv='Refresh'></head></html>",
    "variable": '<html><script>var home = "{u}";\nif (top == self) {{ self.location = home; }}</script></html>',
    "template_string": "<html><script>const way = `{u}`; window.location.assign(way)</script></html>",
    "origin": "<html><script>window.location.href = location.origin + '{u}';</script></html>",
    "timeout_words": "<html><body>正在进入……<script>setTimeout(\"location.href='{u}'\", 800)</script></body></html>",
}


@styles("ways", {f"home_{name}": page for name, page in SENDING.items()})
def sends_on(town: Town, page: str) -> None:
    """The start page's only content is the address that it sends on to."""
    town.column("/zwgk/gknb/", town.reports("/zwgk/gknb/c/", bodies=1))
    town.put("/portal/index.html", town.site.routes["/"])
    town.put("/", page.format(u="/portal/index.html"))


CLICKS = (
    '<li data-url="{u}" onclick="go(this)">{t}</li>',
    '<a href="javascript:;" onclick="openDetail(\'{u}\')">{t}</a>',
    "<a href='javascript:void(0)' data-link='{u}'>{t}</a>",
    "<table><tr onclick=\"window.location='{u}'\"><td>{t}</td><td>2026-01-19</td></tr></table>",
    '<a href="###" onclick="return toUrl(&quot;{u}&quot;);">{t}</a>',
    "<button type='button' onclick='window.open(\"{u}\")'>{t}</button>",
    "<div class='card' data-href={u}><h4>{t}</h4></div>",
    "<a href=\"javascript:window.open('{u}','_self');void(0);\">{t}</a>",
    "<span onclick=\"top.location.href = '{u}';\">{t}</span>",
    "<a onclick=\"javascript:document.location.href=('{u}');\" style='cursor:hand'>{t}</a>",
)


@style("ways")
def clicks(town: Town) -> None:
    """A list in which every row is clicked in another way and none has an href."""
    rows = []
    for n, click in enumerate(CLICKS):
        path, text = town.report(f"/gk/bg/{n}.html", OFFICES[n % 2], YEARS[n // 2])
        rows.append(click.format(u=path, t=text))
    town.column("/gk/bg/", [], after="".join(rows))


@style("ways")
def addresses(town: Town) -> None:
    """Hrefs as people type them: every one works in a browser."""
    written = {
        "a1.html": "\n a1.html ",
        "b 2.html": "./b 2.html",
        "c3.html": "..\\nb\\c3.html",
        "d4.html": "/zwgk//../nb/d4.html",
        "e5.html": "e5.html#zoom",
        "f6.jsp?id=6&type=nb": "f6.jsp?id=6&amp;type=nb",
        "g7.html": "../../../../zwgk/nb/g7.html",
        "h8.html": "/zwgk/nb/h8.\nhtml",
        "年报9.html": "年报9.html",
        "j10.html": "\\zwgk\\nb\\j10.html",
    }
    rows = []
    for n, (name, href) in enumerate(written.items()):
        path = "/zwgk/nb/" + quote(name, safe="/?&=")
        rows.append(Link(href, town.report(path, OFFICES[n % 2], YEARS[n // 2]).text))
    town.column("/zwgk/nb/", rows)


@style("ways")
def frameset_in_frameset(town: Town) -> None:
    """Old frames: the rows hold columns, the left column's tree opens lists in the right one."""
    town.put("/", "<html><frameset rows='90,*'><frame name='t' src='head.htm'><frame src='body.htm'></frameset></html>")
    town.put("/head.htm", "<html><body bgcolor=red><h1>政务网</h1></body></html>")
    town.put(
        "/body.htm", "<html><frameset cols='200,*'><frame src='gk/left.htm'><frame name='r' src='gk/r.htm'></html>"
    )
    town.put("/gk/left.htm", "<html><body><a href='gknb.htm' target='r'>政府信息公开年报</a></body></html>")
    town.put("/gk/r.htm", "<html><body><p>请在左侧选择栏目。</p></body></html>")
    town.put("/gk/gknb.htm", town.listing(town.reports("/gk/", bodies=1, years=4)))


@style("ways")
def tree_by_script(town: Town) -> None:
    """The directory is a tree whose nodes stand in a script, as zTree takes them."""
    town.home(Link("/xxgk/index.html", "政府信息公开"))
    nodes = (
        "[{id:1,pId:0,name:'法定主动公开内容',open:true},{id:11,pId:1,name:'机构简介',url:'jgjj.html'},"
        "{id:12,pId:1,name:'政府信息公开年报',url:'nb/list.html',target:'_self'}]"
    )
    tree = f"<ul id='tree' class='ztree'></ul><script>$.fn.zTree.init($('#tree'), setting, {nodes});</script>"
    town.put("/xxgk/index.html", town.page("政府信息公开", tree))
    town.aside("/xxgk/jgjj.html", town.page("机构简介", "<p>办公地址：文澜路一号。</p>"))
    town.put("/xxgk/nb/list.html", town.listing(town.reports("/xxgk/nb/", bodies=1, years=4)))


@style("ways")
def frame_by_script(town: Town) -> None:
    """The list stands in a frame that a script writes."""
    town.column(
        "/gkml/nb.html",
        [],
        after="<script>document.writeln(\"<iframe src='nb_frame.html' width='98%'></iframe>\")</script>",
    )
    town.put("/gkml/nb_frame.html", town.listing(town.reports("/gkml/nb/", bodies=1, years=4)))


@style("ways")
def select_of_years(town: Town) -> None:
    """A select whose options are the query of the list for a year."""
    options = "".join(f"<option value='?nd={year}'>{year}年度</option>" for year in YEARS[:4])
    menu = f"<select onchange='location.href=this.value'>{options}</select>"
    links = {year: [town.report(f"/nb/{year}/{n}.shtml", OFFICES[n], year) for n in range(2)] for year in YEARS[:4]}
    town.column("/nb/index.shtml", links[YEARS[0]], after=menu)
    for year in YEARS[:4]:
        town.put(f"/nb/index.shtml?nd={year}", town.listing(links[year], after=menu))


@style("ways")
def tabs(town: Town) -> None:
    """Tabs whose function builds the address of a list from its argument."""
    script = "function tab(n){ $('.tab').removeClass('on'); $('#box').load('/xxgk/gknb/part_' + n + '.html'); }"
    buttons = "".join(f"<li class='tab' onclick='tab({n})'>{text}</li>" for n, text in ((3, "县政府"), (4, "县直部门")))
    town.column("/xxgk/gknb/", [], after=f"<ul>{buttons}</ul><div id='box'></div><script>{script}\ntab(3);</script>")
    for n, office in ((3, 0), (4, 1)):
        links = [town.report(f"/xxgk/gknb/{n}{year}.html", OFFICES[office], year) for year in YEARS[:3]]
        town.put(f"/xxgk/gknb/part_{n}.html", town.rows(links))


@style("ways")
def gbk_queries(town: Town) -> None:
    """A page in GBK: a browser sends the query's Chinese as bytes of the page's encoding."""

    def gbk(text: str) -> str:
        return quote(text.encode("gbk"))

    def page(text: str) -> Answer:
        return Answer(text.replace("utf-8", "gbk").encode("gbk"), media_type="text/html")

    town.put("/", page(town.page("首页", "<p>欢迎</p>", nav="<a href='/list.asp?类别=年度报告'>政府信息公开年报</a>")))
    rows = []
    for year in YEARS[:4]:
        town.report(f"/view.asp?{gbk('机关')}={gbk('县政府')}&nd={year}", OFFICES[0], year)
        rows.append(Link(f"view.asp?机关=县政府&nd={year}", town.title(OFFICES[0], year)))
    town.put(f"/list.asp?{gbk('类别')}={gbk('年度报告')}", page(town.listing(rows)))


@style("ways")
def cookie_gate(town: Town) -> None:
    """Whoever has no session is sent to the same address with one; every page asks for it."""
    town.column("/zfxxgk/nb/", town.reports("/zfxxgk/nb/", bodies=1, years=4))

    def gate(_: str, target: str, headers: Mapping[str, str]) -> Answer | None:
        if target == "/robots.txt" or "JSESSIONID=a7" in (headers.get("Cookie") or ""):
            return None
        return Answer(b"", 302, headers={"Location": target, "Set-Cookie": "JSESSIONID=a7; Path=/; HttpOnly"})

    town.site.gate = gate
    town.site.lists.add("the gate")


@style("ways")
def reload_with_a_cookie(town: Town) -> None:
    """The column's first answer sets a cookie and has its page loaded again, which shows the list."""
    town.column("/gk/", town.reports("/nb/", bodies=2))

    def gate(_: str, target: str, headers: Mapping[str, str]) -> Answer | None:
        if target != "/gk/" or "seen=1" in (headers.get("Cookie") or ""):
            return None
        return Answer(b"<script>location.reload()</script>", headers={"Set-Cookie": "seen=1; Path=/gk"})

    town.site.gate = gate
    town.site.lists.add("the gate")


@style("ways")
def long_chain(town: Town) -> None:
    """Eighteen redirects, one after the other, before the column; beside it a circle."""
    town.home(Link("/go/1", "政府信息公开年报"), Link("/ring/a", "年度报告"))
    for n in range(1, 19):
        town.put(f"/go/{n}", Answer(b"", 302, headers={"Location": f"/go/{n + 1}" if n < 18 else "/gk/nb/"}))
    town.put("/ring/a", Answer(b"", 302, headers={"Location": "/ring/b"}))
    town.put("/ring/b", Answer(b"", 302, headers={"Location": "/ring/a"}))
    town.put("/gk/nb/", town.listing(town.reports("/gk/nb/", bodies=1, years=3)))
    town.site.closed = True


@style("ways")
def ipv6(town: Town) -> None:
    """A start whose host is an IPv6 address."""
    town.site.host = "::1"
    town.column("/gk/nb/", town.reports("/gk/nb/", bodies=1))


@style("ways")
def zipped_site_map(town: Town) -> None:
    """The column is filled by a script that nobody can read; robots.txt names a packed site map that has it all.

    Which nobody can know: the column is told all the same.
    """
    town.site.closed = True
    links = town.reports("/info/1043/", bodies=1, years=5, shape="{year}{n}.htm")
    town.column("/nb.htm", [], after="<div id='v'></div><script src='/_sitegray/a.js'></script>")
    town.aside("/_sitegray/a.js", Answer(b"!function(){}();", media_type="application/javascript"))

    def packed(*_: str) -> Answer:
        places = "".join(f"<url>\n<loc>\n{town.site.address}{path}</loc></url>" for path, _ in links)
        text = f"<?xml version='1.0' encoding='UTF-8'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{places}"
        return Answer(gzip.compress(f"{text}</urlset>".encode()), media_type="application/gzip")

    town.put("/maps/all.xml.gz", packed)
    town.aside(
        "/robots.txt",
        lambda *_: Answer(f"Sitemap: {town.site.address}/maps/all.xml.gz\n".encode(), media_type="text/plain"),
    )


@style("ways")
def viewers(town: Town) -> None:
    """Reports are files inside a viewer's page: named in a query, in a script, in an embed, in a download's call."""
    forms = (
        "<iframe src='/js/pdfjs/web/viewer.html?file={q}' height='900'></iframe>",
        "<div id='v'></div><script>PDFObject.embed('{u}', '#v');</script>",
        "<a href='javascript:void(0)' onclick=\"downloadFile('{u}','年报.docx')\">点击下载</a>",
        "<embed src='{u}' type='application/octet-stream' width='100%'>",
        "<object data='{u}' type='application/msword'></object>",
        "<script>var fileUrl = '{u}'; new Viewer({{ el: '#v', src: fileUrl }});</script>",
    )
    links = []
    for n, form in enumerate(forms):
        year = YEARS[n]
        path = f"/upload/{year}/nb{n}.docx"
        title = town.report(path, OFFICES[0], year, town.file(OFFICES[0], year)).text
        town.put(f"/nb/show/{n}.html", town.page(title, form.format(u=path, q=quote(path, safe=""))))
        links.append(Link(f"/nb/show/{n}.html", title))
    town.column("/nb/", links)


@style("ways")
def downloads_by_id(town: Town) -> None:
    """Files whose address is a number and whose name stands only in the answer's head."""
    links = []
    for n, year in enumerate(YEARS[:4]):
        made = town.file(OFFICES[0], year)
        disposition = {"Content-Disposition": f'attachment; filename="{year}.docx"'}
        answer = Answer(made.body, media_type="application/octet-stream", headers=disposition)
        links.append(town.report(f"/common/download?fileId=7f{n:02x}", OFFICES[0], year, answer))
    town.column("/gk/nb.html", links)


@style("ways")
def home_in_its_shell(town: Town) -> None:
    """The first page has the site's menu and footer around a script that goes on at once to the one that is read."""
    town.column("/nb/", town.reports("/nb/", bodies=2))
    town.put("/Index.asp", town.site.routes["/"])
    goes_on = "<script>window.location.href='Index.asp'</script>"
    town.put("/", town.page("首页", goes_on, nav="<a href='/map.html'>网站地图</a>"))


# Pages before the site's own first one, which stands at /main/.
DOORS = {
    "door_with_a_picture": "<a href='/main/'><img src='/i/e.jpg' width='900'></a>",
    "door_for_each_device": "<a href='/m/'>手机版</a> <a href='/main/'>电脑版</a>",
    "door_by_a_click": "<div onclick=\"window.open('/main/', '_self')\">点击进入网站</div>",
}


@styles("ways", DOORS)
def door(town: Town, shown: str) -> None:
    """The start shows hardly anything, and no word of it says what stands behind."""
    town.column("/nb/", town.reports("/nb/", bodies=2))
    town.put("/main/", town.site.routes["/"])
    town.put("/", f"<html><meta charset='utf-8'><title>{town.county}</title><body>{shown}</body></html>")
    town.put("/m/", "<html><meta charset='utf-8'><p>请用手机访问</p></html>")
