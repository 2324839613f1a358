"""Lists that go on elsewhere, under other words, or only for a script that waits: a number or an answer tells."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs

from tests.web.families.interfaces import told
from tests.web.families.widgets import SIZE, piece
from tests.web.server import Answer
from tests.web.style import style
from tests.web.town import COLUMN, OFFICES, YEARS, Link, Town, seen


def _number(query: str, name: str, else_: int = 1) -> int:
    return int(parse_qs(query).get(name, [str(else_)])[0])


@style("awaited")
def pages_made_elsewhere(town: Town) -> None:
    """The first page is a file, the others come from a program in another folder, which counts from 0."""
    links = town.reports("/gk/nb/", bodies=2, years=5)

    def page(number: int) -> str:
        pager = "".join(f"<a href='/e/list.php?classid=9&page={n}'>{n + 1}</a> " for n in range(3) if n != number)
        return town.listing(seen(links, SIZE, number + 1), after=f"<b>{number + 1}</b> {pager}")

    town.home(("/gk/nb/", COLUMN))
    town.put("/gk/nb/", page(0))
    town.put("/e/list.php", lambda query, _: Answer(page(_number(query, "page")).encode()))


@style("awaited")
def button_with_its_own_word(town: Town) -> None:
    """A button that is called as no pager is, and asks for the page behind the one that its attribute names."""
    links = town.reports("/nb/", bodies=2, years=5)
    town.filled(
        f"<ul>{town.rows(seen(links, SIZE, 1))}</ul><button id='b' data-at='1'>再来一些</button><script>"
        "$('#b').on('click', function () { var b = $(this), n = parseInt(b.attr('data-at')) + 1;"
        " $.get('/nb/some.html', {pageIndex: n}, function (h) { $('ul').append(h); b.attr('data-at', n); });"
        " });</script>",
    )
    town.put("/nb/some.html", lambda query, _: piece(seen(links, SIZE, _number(query, "pageIndex"))))


@style("awaited")
def token_before_the_list(town: Town) -> None:
    """The list is given to who shows a token, which the page's script asks for first."""
    links = town.reports("/nb/", bodies=2, years=3)
    town.filled(
        "<ul id='l'></ul><script>$.post('/rest/getAccessToken', function (r) { $.getJSON('/rest/rows?key=' + r.key,"
        " function (d) { d.forEach(function (e) { $('#l').append('<a href=\"' + e.to + '\">' + e.name + '</a>'); });"
        " });"
        " }, 'json');</script>",
    )
    rows = [{"name": text, "to": path} for path, text in links]
    town.put("/rest/getAccessToken", lambda *_: told({"key": "k7"}))
    town.put("/rest/rows", lambda query, _: told(rows if "k7" in query else []))


@style("awaited")
def rows_of_xml(town: Town) -> None:
    """Rows of XML without an address: the page's script makes one of the number in each."""
    links = town.reports("/nb/", bodies=2, years=3, shape="x{year}{n}.html")
    town.filled(
        "<ul id='l'></ul><script>$.ajax({url: '/nb/rows.xml', dataType: 'xml', success: function (x) {"
        " $(x).find('row').each(function () { $('#l').append('<a href=\"/nb/x' + $(this).attr('no') + '.html\">' +"
        " $(this).find('mc').text() + '</a>'); }); }});</script>",
    )
    rows = "".join(f"<row no='{path[5:-5]}'><mc>{text}</mc></row>" for path, text in links)
    xml = f"<?xml version='1.0' encoding='utf-8'?><rows>{rows}</rows>"
    town.put("/nb/rows.xml", lambda *_: Answer(xml.encode(), media_type="text/xml"))


@style("awaited")
def lines_of_text(town: Town) -> None:
    """A list of lines: number, date and title between bars."""
    links = town.reports("/nb/", bodies=2, years=3, shape="z{year}{n}.html")
    town.filled(
        "<ul id='l'></ul><script>$.get('/nb/list.txt', function (t) { t.split('\\n').forEach(function (line) { var f ="
        " line.split('|'); $('#l').append('<a href=\"/nb/z' + f[0] + '.html\">' + f[2] + '</a>'); }); });</script>",
    )
    lines = "\n".join(f"{path[5:-5]}|2026-01-20|{text}" for path, text in links)
    town.put("/nb/list.txt", lambda *_: Answer(lines.encode(), media_type="text/plain"))


@style("awaited")
def awaited_at_the_end(town: Town) -> None:
    """An observer of the list's end awaits more, as often as it comes into sight."""
    links = town.reports("/nb/", bodies=2, years=5)
    town.filled(
        "<ul id='l'></ul><i id='end'></i><script>let at = 0, busy = false, over = false; async function more() { busy ="
        " true; const r = await fetch(`/nb/feed?skipped=${at}`); const d = await r.json(); at += d.rows.length; for"
        " (const e of d.rows) document.querySelector('#l').insertAdjacentHTML('beforeend', `<a"
        " href='${e[0]}'>${e[1]}</a>`);"
        " over = !d.more; busy = false; } new IntersectionObserver(seen => { if (seen[0].isIntersecting && !busy &&"
        " !over)"
        " more(); }).observe(document.querySelector('#end'));</script>",
    )

    def feed(query: str, _: str) -> Answer:
        start = _number(query, "skipped", 0)
        return told({"more": start + SIZE < len(links), "rows": [list(link) for link in links[start : start + SIZE]]})

    town.put("/nb/feed", feed)


@style("awaited")
def packed_in_an_attribute(town: Town) -> None:
    """A component is given its records in an attribute; its code is not there."""
    rows = json.dumps([{"mc": text, "dz": path} for path, text in town.reports("/nb/")], ensure_ascii=False)
    town.filled(f"<doc-list :rows='{rows}'></doc-list><script src='/js/c.js'></script>")


@style("awaited")
def page_and_size_in_the_path(town: Town) -> None:
    """The path holds the page's number and, behind it, how many it has."""
    links = town.reports("/nb/", bodies=2, years=5)
    town.filled(
        f"<ul id='l'></ul><script>function go(n) {{ fetch('/api/nb/' + n + '/{SIZE}').then(r => r.json()).then(d =>"
        " { document.getElementById('l').innerHTML = d.docs.map(e => `<a href='${e.href}'>${e.text}</a>`).join(''); });"
        " } go(1);</script>",
    )
    for number in (1, 2, 3, 4):
        docs = [{"href": path, "text": text} for path, text in seen(links, SIZE, number)]
        said = {"total": len(links), "size": SIZE, "current": number, "docs": docs}
        town.put(f"/api/nb/{number}/{SIZE}", lambda *_, said=said: told(said))


@style("awaited")
def events_of_a_column(town: Town) -> None:
    """A grid's column names what a click on a button in its rows does."""
    links = town.reports("/nb/", bodies=2, years=3, shape="r{year}{n}.html")
    town.filled(
        "<table data-toggle='table' data-url='/nb/rows'><thead><tr><th data-field='mc'>名称</th><th data-formatter='f'"
        " data-events='acts'>操作</th></tr></thead></table><script>function f() { return '<a class=\"see\">查看</a>'; }"
        " window.acts = {'click .see': function (e, value, row) { window.open('/nb/r' + row.no + '.html');"
        " }};</script>",
    )
    rows = [{"no": path[5:-5], "mc": text} for path, text in links]
    town.put("/nb/rows", lambda *_: told({"total": len(rows), "rows": rows}))


@style("awaited")
def where_the_article_stands(town: Town) -> None:
    """The list leads to a frame, whose script asks where the article stands and goes there."""
    places: dict[str, str] = {}
    rows: list[Link] = []
    for path, text in town.reports("/d/", bodies=2, years=3):
        number = f"i{len(places)}"
        places[number] = path
        rows.append(Link(f"/nb/info.html?no={number}", text))
    town.home(("/nb/", COLUMN))
    town.put("/nb/", town.listing(rows))
    frame = (
        "<script>$.getJSON('/rest/where' + location.search, function (d) { location.replace(JSON.parse(d.said).at); });"
        "</script>"
    )
    town.put("/nb/info.html", town.page("详情", frame))
    town.put("/rest/where", lambda query, _: told({"said": json.dumps({"at": places[parse_qs(query)["no"][0]]})}))


@style("awaited")
def more_of_each_year(town: Town) -> None:
    """Each year's box shows two bodies; a sign leads to all of them."""
    boxes = ""
    for year in YEARS[:3]:
        links = [town.report(f"/nb/{year}/{n}.html", OFFICES[n], year) for n in range(4)]
        town.put(f"/nb/{year}/all.html", town.listing(links))
        boxes += f"<div><h3>{year}年度<a class='m' href='/nb/{year}/all.html'>全览</a></h3>{town.rows(links[:2])}</div>"
    town.filled(boxes)


@style("awaited")
def flow_of_parts(town: Town) -> None:
    """A widget gives the number of a part and a function that takes its rows."""
    links = town.reports("/nb/", bodies=2, years=5, shape="w{year}{n}.html")
    town.filled(
        "<ul id='l'></ul><script>layui.use('flow', function () { layui.flow.load({elem: '#l', done: function (page,"
        " next)"
        " { $.get('/nb/part?page=' + page, function (r) { var rows = []; layui.each(r.data, function (i, e) {"
        " rows.push('<a href=\"/nb/w' + e.no + '.html\">' + e.mc + '</a>'); }); next(rows.join(''), page < r.pages);"
        " });"
        " }}); });</script>",
    )

    def part(query: str, _: str) -> Answer:
        rows = [{"no": re.sub(r"\D", "", path), "mc": text} for path, text in seen(links, SIZE, _number(query, "page"))]
        return told({"pages": -(-len(links) // SIZE), "data": rows})

    town.put("/nb/part", part)


@style("awaited")
def nodes_given_to_a_tree(town: Town) -> None:
    """A tree is given its nodes; a click on one shows its body's list in a frame."""
    nodes = [{"id": n + 1, "pId": 0, "name": OFFICES[n]} for n in range(4)]
    for n in range(4):
        links = [town.report(f"/nb/{n}/{year}.html", OFFICES[n], year) for year in YEARS[:2]]
        town.put(f"/nb/of/{n + 1}.html", town.listing(links))
    town.filled(
        "<ul id='t'></ul><iframe id='f' src='/nb/of/1.html'></iframe><script>$.fn.zTree.init($('#t'), {callback:"
        " {onClick:"
        " function (e, id, node) { document.getElementById('f').src = '/nb/of/' + node.id + '.html'; }}}, "
        f"{json.dumps(nodes, ensure_ascii=False)});</script>",
    )
