"""Lists that turn their pages as standard systems write it, and records that are seen though no word names them."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from tests.web.server import Answer
from tests.web.style import style, styles
from tests.web.town import JSON, OFFICES, YEARS, Link, Town, seen

PAGES, SIZE = 3, 4

# What stands below page {k} of /nb/list.jsp; {n} is the next one.
TURNS = {
    "click_that_counts": (
        "<script>var shown={k};function ahead(){{shown++;location.href='list.jsp?page='+shown}}</script>"
        "<span onclick='ahead()'>下一页</span>"
    ),
    "callback_given_to_init": (
        "<script>new Paging().init({{target:'#p',pagesize:4,count:12,current:{k},"
        "callback:function(page,size){{location.href='list.jsp?page='+page}}}})</script>"
    ),
    "number_alone": "<a href='list.jsp?page={n}'>此后各条</a>",
    "form_by_its_name": (
        "<form id='turn' method='get' action='list.jsp'><input type='hidden' name='page' value='{k}'></form>"
        '<a href="javascript:turn.page.value={n};turn.submit()">后页</a>'
    ),
    "picture_that_sends": (
        "<form method='get' action='list.jsp'><input type='hidden' name='page' value='{n}'>"
        "<input type='image' src='/i/n.gif' alt='下一页'></form>"
    ),
}


@styles("turns", TURNS)
def turned(town: Town, after: str) -> None:
    """The next page is asked for by a page's number, whoever says it."""
    links = town.reports("/nb/", bodies=4)
    town.home(Link("/nb/list.jsp", "政府信息公开年报"))
    town.by_number("/nb/list.jsp", "page", links, lambda k: after.format(k=k, n=k + 1) if k < PAGES else "")


@style("turns")
def state_alone(town: Town) -> None:
    """ASP.NET as it writes itself: 下一页 sends the state of its page and nothing else that tells two pages apart."""
    links = town.reports("/show.aspx", bodies=4, shape="?id={year}{n}")
    script = (
        "<script>var theForm=document.forms['f1'];function __doPostBack(t,a){if(!theForm.onsubmit||"
        "(theForm.onsubmit()!=false)){theForm.__EVENTTARGET.value=t;theForm.__EVENTARGUMENT.value=a;theForm.submit()}}"
        "</script><a href=\"javascript:__doPostBack('ctl00$next','')\">下一页</a>"
    )

    def answer(_: str, sent: str) -> Answer:
        form = {name: values[0] for name, values in parse_qs(sent).items()}
        shown = int(form.get("__VIEWSTATE", "/wE0").removeprefix("/wE"))
        number = shown + 1 if form.get("__EVENTTARGET") == "ctl00$next" or not form else shown
        hidden = "".join(f"<input type='hidden' name='__EVENT{name}' value=''>" for name in ("TARGET", "ARGUMENT"))
        state = f"<input type='hidden' name='__VIEWSTATE' value='/wE{number}'>"
        turn = script if number < PAGES else ""
        around = f"<form id='f1' method='post' action='list.aspx'>{hidden}{state}{turn}</form>"
        return Answer(town.listing(seen(links, SIZE, number), after=around).encode())

    town.home(Link("/list.aspx", "政府信息公开年报"))
    town.put("/list.aspx", answer)
    town.site.lists |= {"page 2", "page 3"}


@style("turns")
def query_replaced(town: Town) -> None:
    """A form without an address that is sent on a choice: what it asks for replaces the page's own query."""
    options = "".join(f"<option value='{year}'>{year}年</option>" for year in YEARS[:4])
    menu = f"<form><select name='nd' onchange='submit()'>{options}</select></form>"
    links = {year: [town.report(f"/nb/{year}/{n}.html", OFFICES[n], year) for n in range(2)] for year in YEARS[:4]}
    town.column("/nb/index.html", links[YEARS[0]], after=menu)
    for year in YEARS[:4]:
        town.put(f"/nb/index.html?nd={year}", town.listing(links[year], after=menu))


@style("turns")
def made_one_by_one(town: Town) -> None:
    """The page's script makes its list's elements one after the other from what an interface answers."""
    links = town.reports("/c/", bodies=3)
    script = (
        "<script>$.getJSON('/rows',function(d){d.forEach(function(o){var a=document.createElement('a');"
        "a.href='/c/'+o.id+'.html';a.textContent=o.bt;document.getElementById('l').appendChild(a)})})</script>"
    )
    rows = ",".join(f'{{"id":"{path[3:-5]}","bt":"{text}"}}' for path, text in links)
    town.column("/nb/index.html", [], after=f"<div id='l'></div>{script}")
    town.put("/rows", f"[{rows}]", kind=JSON)


@style("turns")
def rows_in_a_string(town: Town) -> None:
    """All records in one string, between signs of the page's own."""
    links = town.reports("/c/", bodies=2)
    rows = "#".join(f"{text}|{path}" for path, text in links)
    town.column("/nb/index.html", [], after=f"<script>var all='{rows}'.split('#')</script>")


@style("turns")
def bodies_in_boxes(town: Town) -> None:
    """Bodies by names that say nothing stand in a box of their own; their addresses are made as those beside them."""
    names = [*OFFICES[1:4], "机关事务", "乡村振兴", "粮储"]
    links = []
    for n, name in enumerate(names):
        reports = [town.report(f"/dw/{n}/{year}.html", OFFICES[n + 1], year) for year in YEARS[:2]]
        town.put(f"/dw/{n}/", town.listing(reports, head=name))
        links.append((f"/dw/{n}/", name))
    boxes = "".join(f"<a href='{path}'><img src='/i/x.png'><span>{name}</span></a>" for path, name in links[3:])
    town.column("/nb/", links[:3], after=f"<div class='grid'>{boxes}</div>")


@style("turns")
def pager_that_does_nothing(town: Town) -> None:
    """下一页 is there, and the script that would turn the page is not: the list is unfinished."""
    links = town.reports("/c/", bodies=2)
    town.column("/nb/index.html", links, after="<a href='javascript:;' class='go'>下一页</a>")
    town.site.closed = True


# Pagers that a page's own script makes of what stands beside it; {k} is the page, counted from 0.
MADE = {
    "select_that_is_filled": (
        "<select id='s'></select><script>var s=document.getElementById('s');for(var i=0;i<3;i++)s.options.add("
        "new Option((i+1)+' / 3',i?'index_'+i+'.html':'index.html'));s.selectedIndex={k};s.onchange="
        "function(){{location.href=this.value}}</script>"
    ),
    "pager_of_its_attributes": (
        "<p class='turner' of='3' at='{k}'></p><script>$('.turner').each(function(){{var p=$(this),h='';for(var i=0;"
        "i<+p.attr('of');i++)h+='<a href=\"index'+(i?'_'+i:'')+'.html\">'+(i+1)+'</a>';p.html(h)}})</script>"
    ),
}


@styles("turns", MADE)
def made_of_what_stands_there(town: Town, after: str) -> None:
    """Where the other pages are, a script writes: into a select, or from attributes of an element that it selects."""
    paths = ["/nb/index.html", "/nb/index_1.html", "/nb/index_2.html"]
    town.paged(paths, town.reports("/c/", bodies=3), lambda n: after.format(k=n - 1))


@style("turns")
def pager_told_a_size(town: Town) -> None:
    """Pager({size, current, prefix, suffix}): of two numbers that are no more explained, one is the page."""
    links = town.reports("/nb/", bodies=3, years=4, shape="a/{year}{n}.html")
    paths = ["/nb/index.shtml", "/nb/index_1.shtml", "/nb/index_2.shtml"]
    town.paged(
        paths, links, lambda n: f"<script>Pager({{size:3, current:{n - 1}, prefix:'index', suffix:'shtml'}});</script>"
    )


@style("turns")
def words_that_count_down(town: Town) -> None:
    """往前翻看 leads to a file named by a number alone; older parts have lower ones."""
    links = town.reports("/nb/", bodies=3, years=4, shape="a/{year}{n}.html")
    paths = ["/nb/", "/nb/2.html", "/nb/1.html"]
    older = ["<p><a href='2.html'>往前翻看</a></p>", "<p><a href='1.html'>往前翻看</a></p>", ""]
    town.paged(paths, links, lambda n: older[n - 1])


@style("turns")
def drawing_that_is_clicked(town: Town) -> None:
    """What turns the page is a drawing: <svg onclick=…>."""
    links = town.reports("/nb/", bodies=2, years=4, shape="a/{year}{n}.html")
    script = (
        "<script>var n = 1; function on() { n += 1;"
        " $.get('p' + n + '.inc', function (d) { $('.l').html(d); }); }</script>"
    )
    town.column("/nb/", links[:4], after=f"<svg onclick='on()'><path d='M0 0'/></svg>{script}")
    town.put("/nb/p2.inc", "".join(f"<li><a href='{path}'>{text}</a></li>" for path, text in links[4:]))


@style("turns")
def part_by_its_number(town: Town) -> None:
    """A click asks for p2.json, the next for p3.json: only the numbers in their names say that they are parts."""
    links = town.reports("/nb/", bodies=3, years=4, shape="a/{year}{n}.html")
    script = (
        "<script>var c = 1; function on() { c += 1; fetch('p' + c + '.json').then(function (r) { if (!r.ok) throw 0;"
        " return r.json(); }).then(function (d) { document.querySelector('.l').innerHTML = d.map(function (x) {"
        " return `<li><a href='${x.u}'>${x.t}</a></li>`; }).join(''); }).catch(function () { c -= 1; }); }</script>"
    )
    town.column("/nb/", links[:4], after=f"<button onclick='on()'></button>{script}")
    for part in (2, 3):
        rows = [{"u": path, "t": text} for path, text in links[4 * part - 4 : 4 * part]]
        town.put(f"/nb/p{part}.json", json.dumps(rows, ensure_ascii=False), kind=JSON)


@style("turns")
def callback_without_a_name(town: Town) -> None:
    """$.getJSON("…?callback=?"): jQuery puts a name of its own there, and the store wraps its records in it."""
    links = town.reports("/nb/", bodies=2, years=4, shape="a/{year}{n}.html")
    town.filled(
        "<div id='l'></div><script>$.getJSON('/nb/l.jsp?lm=nb&callback=?', function (d) {"
        " $.each(d.list, function (i, o) { $('#l').append('<p><a href=\"' + o.at + '\">' + o.name + '</a></p>'); });"
        " });</script>"
    )
    rows = json.dumps({"list": [{"at": path, "name": text} for path, text in links]}, ensure_ascii=False)

    def answer(query: str, _: str) -> Answer:
        named = parse_qs(query).get("callback", ["?"])[0]
        return Answer(f"{named}({rows})".encode(), media_type="application/javascript")

    town.put("/nb/l.jsp", answer)


@style("turns")
def setting_in_another_file(town: Town) -> None:
    """The file that asks begins its address with what another file, before it, has set."""
    links = town.reports("/nb/", bodies=2, years=3, shape="a/{year}{n}.html")
    town.filled("<ul id='u'></ul><script src='/js/set.js'></script><script src='/js/nb.js'></script>")
    town.put("/js/set.js", "window.APP = {at: '/open/v2', site: 41};", kind="application/javascript")
    code = (
        "$.get(APP.at + '/rows?site=' + APP.site, function (r) { r.rows.forEach(function (o) {"
        " $('#u').append('<li><a href=\"' + o.path + '\">' + o.text + '</a></li>'); }); }, 'json');"
    )
    town.put("/js/nb.js", code, kind="application/javascript")
    rows = json.dumps({"rows": [{"path": path, "text": text} for path, text in links]}, ensure_ascii=False)
    town.put("/open/v2/rows", rows, kind=JSON)


@style("turns")
def edges_with_an_end(town: Town) -> None:
    """Records stand in edges; the answer says whether there are more, and the mark at its end. All is seen."""
    links = town.reports("/nb/", bodies=2, years=3, shape="a/{year}{n}.html")
    town.filled(
        "<ul id='u'></ul><script>let mark = ''; async function more() { const r = await (await"
        " fetch('/nb/rows?limit=3&after=' + mark)).json(); r.edges.forEach(e => $('#u').append(`<li><a"
        " href='${e.node.link}'>${e.node.title}</a></li>`)); if (r.pageInfo.hasNextPage) { mark = r.pageInfo.endCursor;"
        " await more(); } } more();</script>"
    )

    def rows(query: str, _: str) -> Answer:
        last = "after=c3" in query
        edges = [{"node": {"link": path, "title": text}} for path, text in (links[3:] if last else links[:3])]
        told = {"edges": edges, "pageInfo": {"hasNextPage": not last, "endCursor": "c6" if last else "c3"}}
        return Answer(json.dumps(told, ensure_ascii=False).encode(), media_type=JSON)

    town.put("/nb/rows", rows)
    town.site.lists.add("/nb/rows c3")
