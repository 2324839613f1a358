"""Losses that are told: lists that hold more than can be reached, and whose outcome must not be that all is well.

What is beyond reach is not expected; what the site shows is. A list that balances must not be called unfinished.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from tests.web.server import Answer
from tests.web.style import style
from tests.web.town import OFFICES, YEARS, Link, Town


@style("accounts")
def declared_more(town: Town) -> None:
    """The list says 共30条 and shows six; the pager is a script that nobody can read."""
    links = town.reports("/gk/nb/", bodies=2)
    town.column("/gk/nb/", links, after="<p>共30条　第1/5页</p><div id='pg'></div><script src='/js/p.js'></script>")
    town.aside("/js/p.js", Answer(b"(function(_0x){eval(_0x)})('');", media_type="application/javascript"))
    town.site.closed = True


@style("accounts")
def rows_that_are_no_reports(town: Town) -> None:
    """The list counts its notice and its 图解 among its rows: all of it was seen."""
    links = town.reports("/nb/", bodies=2)
    for n, text in enumerate(("关于做好政府信息公开工作年度报告编制发布工作的通知", f"图解：{links[0].text}")):
        links.insert(3 * n + 1, Link(f"/nb/t{n}.html", text))
        town.aside(f"/nb/t{n}.html", town.page(text, f"<p>{text}</p>"))
    pager = f"<p>共{len(links)}条</p>"
    town.column("/nb/", links[:4], after=f"{pager}<a href='/nb/index_2.html'>下一页</a>")
    town.put("/nb/index_2.html", town.listing(links[4:], after=pager))


@style("accounts")
def refused_post(town: Town) -> None:
    """The first rows stand in the page, the interface for the others refuses everybody."""
    links = town.reports("/gk/nb/", bodies=2)
    script = "<script>function more(p){$.post('/gk/more',{columnId:'c1',pageNo:p,pageSize:6},add)}</script>"
    town.column("/gk/nb/", links, after=script + "<a onclick='more(2)'>更多</a>")
    town.aside("/gk/more", Answer(b'{"code":403}', 403, media_type="application/json"))
    town.site.closed = True


@style("accounts")
def script_gate(town: Town) -> None:
    """Every page asks for a cookie that only a script can make."""
    town.site.closed = True

    def gate(_: str, target: str, headers: Mapping[str, str]) -> Answer | None:
        if target == "/robots.txt" or "__jsl_clearance" in (headers.get("Cookie") or ""):
            return None
        return Answer(b"<script>document.cookie=('_')+('_jsl')+eval(x);location.href=location.pathname</script>", 521)

    town.site.gate = gate
    town.site.lists.add("/")


@style("accounts")
def half_an_article(town: Town) -> None:
    """The second page of one report is missing."""
    links = [town.report(f"/nb/{year}.html", OFFICES[0], year) for year in YEARS[:3]]
    page = town.article(OFFICES[0], YEARS[0], slice(0, 3), after=f"<a href='/nb/{YEARS[0]}_2.html'>下一页</a>")
    town.site.routes[f"/nb/{YEARS[0]}.html"] = Answer(page.encode())
    town.site.lists.add("the missing page")
    town.column("/nb/", links)
    town.site.closed = True


@style("accounts")
def closed_viewer(town: Town) -> None:
    """One report is drawn by a viewer whose file cannot be told."""
    links = town.reports("/nb/", bodies=1)
    title = town.title(OFFICES[0], YEARS[4])
    town.put("/nb/v.html", town.page(title, "<canvas id='c'></canvas><script>viewer.open(decode('Zm9v'))</script>"))
    town.column("/nb/", [*links, Link("/nb/v.html", title)])
    town.site.closed = True


@style("accounts")
def interface_that_stops(town: Town) -> None:
    """The interface says that it has nine records, and breaks on its second page."""
    links = town.reports("/nb/", bodies=1, years=4)

    def interface(query: str, _: str) -> Answer:
        if parse_qs(query)["page"] != ["1"]:
            return Answer(b'{"error":"internal"}', 400, media_type="application/json")
        rows = ",".join(f'{{"title":"{text}","url":"{path}"}}' for path, text in links)
        return Answer(f'{{"total":9,"rows":[{rows}]}}'.encode(), media_type="application/json")

    town.column("/gk/nb.html", [], after="<script>$.getJSON('/gk/rows?column=3&page=1&size=4',draw)</script>")
    town.aside("/gk/rows", interface)
    town.site.lists |= {"page 1", "page 2"}
    town.site.closed = True


@style("accounts")
def report_in_name_only(town: Town) -> None:
    """One report is a page called so that tells at length where its paper lies: it is kept, and read as none."""
    links = town.reports("/nb/", bodies=1)
    title = town.title(OFFICES[0], YEARS[4])
    told = f"<p>{title}纸质文本存放于文澜路一号档案室，请持有效证件，在工作日的上午到二楼窗口登记后查阅。</p>" * 5
    town.put("/nb/paper.html", town.page(title, f"<h1>{title}</h1>{told}"))
    town.column("/nb/", [*links, Link("/nb/paper.html", title)])
    town.site.closed = True


@style("accounts")
def cover_of_a_file(town: Town) -> None:
    """A page called a report tells at length of the file beside it, which is the report: nothing is missing."""
    links = []
    for year in YEARS[:3]:
        file = town.report(f"/f/{year}.docx", OFFICES[0], year, town.file(OFFICES[0], year))
        told = f"<p>{file.text}已经编制完成，现予公布，公众可以下载查阅，也可以到文澜路一号档案室查阅纸质文本。</p>" * 5
        cover = f"<h1>{file.text}</h1>{told}<p>附件：<a href='{file.path}'>{file.text}.docx</a></p>"
        town.put(f"/nb/{year}.html", town.page(file.text, cover))
        links.append(Link(f"/nb/{year}.html", file.text))
    town.column("/nb/", links)
