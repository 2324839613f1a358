"""Lists that yield only to an answer, a choice or a click: each state of the page asks for the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qs

from tests.web.families.interfaces import told
from tests.web.families.widgets import SIZE, piece
from tests.web.server import Answer
from tests.web.style import style
from tests.web.town import COLUMN, OFFICES, YEARS, Link, Town, seen

SCRIPT = "application/javascript; charset=utf-8"


@style("yields")
def files_by_a_click(town: Town) -> None:
    """A click asks for the next numbered file, once the first has said how many there are."""
    links = town.reports("/nb/", bodies=2, years=6)
    draw = "r.docs.forEach(function (d) { $('#d').append('<a href=\"' + d.DOCURL + '\">' + d.DOCTITLE + '</a>'); });"
    town.filled(
        "<div id='d'></div><a id='m'>更多</a><script>var n = 0; function load() { $.getJSON('./docs' + (n ? '_' + n :"
        f" '') + '.json', function (r) {{ {draw} if (n < r.of - 1) n++; }}); }} load();"
        f" $('#m').click(load);</script>",
    )
    parts = [seen(links, SIZE, number) for number in (1, 2, 3)]
    for number, part in enumerate(parts):
        docs = [{"DOCURL": path, "DOCTITLE": text} for path, text in part]
        name = f"/nb/docs{f'_{number}' if number else ''}.json"
        town.put(name, lambda *_, docs=docs: told({"of": len(parts), "docs": docs}))


@style("yields")
def behind_the_last(town: Town) -> None:
    """More is what comes behind the last record, whose number each answer tells."""
    links = town.reports("/nb/", bodies=2, years=6, shape="n{year}{n}.html")
    rows = (
        "d.items.forEach(function (e) { u.insertAdjacentHTML('beforeend', '<a href=' + e[0] + '>' + e[1] + '</a>'); });"
    )
    town.filled(
        f"<ul id='u'>{town.rows(links[:SIZE])}</ul><a id='more'>查看更多</a><script>var last = 'k1', u ="
        " document.getElementById('u'); document.getElementById('more').onclick = function () { var x = new"
        " XMLHttpRequest(); x.open('GET', '/nb/after/' + last); x.onload = function () { var d ="
        f" JSON.parse(x.responseText); {rows} last = d.last; }}; x.send(); }};</script>",
    )
    for number in (2, 3, 4):
        items = [list(link) for link in seen(links, SIZE, number)]
        said = {"items": items, "last": f"k{number}" if items else None}
        town.put(f"/nb/after/k{number - 1}", lambda *_, said=said: told(said))


@style("yields")
def columns_then_records(town: Town) -> None:
    """The whole site is one script: it asks for the columns, then for the records of each."""
    links = town.reports("/c/", bodies=2, years=4)
    town.put(
        "/", "<html><head><title>信息公开平台</title></head><body><div id='app'></div><script src='/app.js'></script>"
    )
    town.put(
        "/app.js",
        "fetch('/api/columns').then(r => r.json()).then(d => d.data.forEach(c => load(c.id,"
        " 1))); function load(id, n) {"
        " fetch('/api/columns/' + id + '/docs?page=' + n + '&size=4').then(r => r.json()).then(d => {"
        " document.getElementById('app').innerHTML = d.list.map(e => '<a href=' + e.path + '>' + e.name + '</a>')"
        ".join(''); }); }",
        kind=SCRIPT,
    )
    town.put("/api/columns", lambda *_: told({"data": [{"id": "c9", "name": COLUMN}]}))

    def docs(query: str, _: str) -> Answer:
        part = seen(links, SIZE, int(parse_qs(query)["page"][0]))
        return told({"total": len(links), "list": [{"path": path, "name": text} for path, text in part]})

    town.put("/api/columns/c9/docs", docs)
    town.site.lists.add("page 2")


@style("yields")
def choices_with_a_button(town: Town) -> None:
    """Two selects without a form; a button asks for what they show."""
    found = {
        (str(n), str(year)): town.report(f"/c/{n}{year}.html", OFFICES[n], year) for n in range(3) for year in YEARS[:3]
    }
    units = "".join(f"<option value='{n}'>{town.county}{OFFICES[n]}</option>" for n in range(3))
    years = "".join(f"<option>{year}</option>" for year in YEARS[:3])
    town.filled(
        f"<select id='u'>{units}</select><select id='y'>{years}</select><button"
        f" id='q'>查询</button><div id='r'></div>"
        "<script>$('#q').click(function () { $.get('/nb/find', {u: $('#u').val(), y: $('#y').val()}, function (d) {"
        " $('#r').html(d); }); });</script>",
    )

    def find(query: str, _: str) -> Answer:
        asked = parse_qs(query)
        return piece([found[asked["u"][0], asked["y"][0]]])

    town.put("/nb/find", find)
    town.site.lists |= {f"choice {n}" for n in range(len(found))}


@style("yields")
def drawn_years(town: Town) -> None:
    """A script draws the years, and on a click on one its rows; all it knows stays inside of it."""
    known = {
        str(year): [[OFFICES[n], town.report(f"/nb/{year}/{n}.html", OFFICES[n], year).path] for n in range(3)]
        for year in YEARS[:3]
    }
    rows = "m[y].map(function (e) { return '<a href=\"' + e[1] + '\">' + e[0] + '</a>'; }).join('')"
    town.filled(
        f"<div id='y'></div><div id='x'></div><script>(function () {{ var m = {json.dumps(known, ensure_ascii=False)};"
        f" function show(y) {{ document.getElementById('x').innerHTML = {rows}; }} var ys = Object.keys(m);"
        " document.getElementById('y').innerHTML = ys.map(function (y) { return '<a href=\"javascript:;\" data-y=\"' +"
        " y + '\">' + y + '年</a>'; }).join(''); document.getElementById('y').addEventListener('click', function (e) {"
        " show(e.target.getAttribute('data-y')); }); show(ys[0]); })();</script>",
    )


@style("yields")
def folded_bodies(town: Town) -> None:
    """The bodies stand as headings; what is below one is asked for when it is unfolded for the first time."""
    heads = "".join(f"<h4 class='hd' data-id='{n}'>{OFFICES[n]}</h4><div class='bd'></div>" for n in range(4))
    town.filled(
        f"<div class='acc'>{heads}</div><script>$('.acc').on('click', '.hd', function () {{ var t = $(this); if"
        " (t.next('.bd').children().length) return; $.get('/nb/of/' + t.data('id'), function"
        " (d) { t.next('.bd').html(d);"
        " }); });</script>",
    )
    for n in range(4):
        links = [town.report(f"/nb/{n}/{year}.html", OFFICES[n], year) for year in YEARS[:2]]
        town.put(f"/nb/of/{n}", lambda *_, links=links: piece(links))


@style("yields")
def rows_with_a_tool(town: Town) -> None:
    """A grid with its own names for its pages; a button in each row opens it, by an event."""
    links = town.reports("/nb/", bodies=2, years=4)
    town.filled(
        "<table id='t'></table><script type='text/html' id='bar'><a lay-event='detail'>查看</a></script><script>"
        "layui.use('table', function () { var table = layui.table; table.render({elem: '#t', url: '/nb/page', method:"
        " 'post', page: true, limit: 4, request: {pageName: 'curr', limitName: 'nums'}, cols:"
        " [[{field: 'mc'}, {toolbar:"
        " '#bar'}]]}); table.on('tool(t)', function (o) { if (o.event === 'detail') window.open(o.data.bh); }); });"
        "</script>",
    )

    def rows(_: str, body: str) -> Answer:
        part = seen(links, SIZE, int(parse_qs(body)["curr"][0]))
        return told({"count": len(links), "data": [{"bh": path, "mc": text} for path, text in part]})

    town.put("/nb/page", rows)
    town.site.lists.add("page 2")


@style("yields")
def nodes_of_a_tree(town: Town) -> None:
    """A tree that is asked for; a click on a node fills the frame beside it."""
    nodes = []
    for n in range(4):
        links = [town.report(f"/nb/{n}/{year}.html", OFFICES[n], year) for year in YEARS[:2]]
        town.put(f"/nb/of?org={n}", town.listing(links, head=OFFICES[n]))
        nodes.append({"id": str(n), "text": OFFICES[n]})
    town.filled(
        "<ul id='t'></ul><iframe id='f'></iframe><script>$('#t').tree({url: '/nb/tree',"
        " method: 'get', onClick: function"
        " (node) { $('#f').attr('src', '/nb/of?org=' + node.id); }});</script>",
    )
    town.put("/nb/tree", lambda *_: told([{"id": "r", "text": "各部门", "children": nodes}]))


@style("yields")
def scope_and_http(town: Town) -> None:
    """AngularJS: what a controller asks for is named by its parameters, a record's address by a template."""
    links = town.reports("/nb/", bodies=2, years=4)
    town.filled(
        "<div ng-controller='c'><li ng-repeat='x in rows'><a"
        " ng-href='/nb/{{x.id}}.html'>{{x.bt}}</a></li></div><script>"
        "angular.module('a', []).controller('c', function ($scope, $http) { $scope.rows = []; $http.get('/api/nb',"
        " {params: {page: 1, size: 4}}).then(function (r) { $scope.rows = r.data.items; }); });</script>",
    )

    def rows(query: str, _: str) -> Answer:
        part = seen(links, SIZE, int(parse_qs(query)["page"][0]))
        return told({"count": len(links), "items": [{"id": path[4:-5], "bt": text} for path, text in part]})

    town.put("/api/nb", rows)
    town.site.lists.add("page 2")


@style("yields")
def articles_by_an_interface(town: Town) -> None:
    """A report's page is a frame: its script fetches the text by the number in its address."""
    links = []
    for n, year in enumerate(YEARS[:4]):
        text = "".join(f"<p>{head}</p><p>{told_}</p>" for head, told_ in town.chapters(OFFICES[0], year))
        title = town.title(OFFICES[0], year)
        said = {"data": {"title": title, "content": f"<h1>{title}</h1>{text}<p>{town.county}{OFFICES[0]}</p>"}}
        town.report(f"/api/article/{n}", OFFICES[0], year, told(said))
        links.append(Link(f"/nb/read.html?id={n}", title))
    town.column("/nb/", links)
    town.put(
        "/nb/read.html",
        "<html><head><title>详情</title></head><body><div id='c'></div><script>var id ="
        " location.search.split('id=')[1];"
        " fetch('/api/article/' + id).then(r => r.json()).then(d => { document.getElementById('c').innerHTML ="
        " d.data.content; });</script></body></html>",
    )
    town.site.lists |= {link.path for link in links}


@style("yields")
def excuse_for_records(town: Town) -> None:
    """An interface that wants a signature nobody here can make, and says so in place of records."""
    town.filled("<ul id='l'></ul><script>$.get('/api/nb', {page: 1, sign: hex_md5('k')}, draw);</script>")
    town.put("/api/nb", lambda *_: told({"code": 401, "msg": "签名错误"}))
    town.site.closed = True


@style("yields")
def asked_as_scripts_ask(town: Town) -> None:
    """An interface that sends home whoever does not say that a script is asking."""
    links = town.reports("/nb/", bodies=2, years=4)
    town.filled("<ul id='l'></ul><script>$.getJSON('/api/nb', {page: 1, size: 20}, draw);</script>")
    town.put("/api/nb", lambda *_: told([{"url": path, "title": text} for path, text in links]))

    def gate(_: str, target: str, headers: Mapping[str, str]) -> Answer | None:
        asked = not target.startswith("/api/") or headers.get("X-Requested-With") == "XMLHttpRequest"
        return None if asked else Answer(b"", 302, headers={"Location": "/"})

    town.site.gate = gate


@style("yields")
def own_elements(town: Town) -> None:
    """The records are elements of the site's own XML, one part an attribute, one a child."""
    links = town.reports("/nb/", bodies=2, years=4)
    town.filled("<ul id='l'></ul><script>$.ajax({url: '/nb/data.xml', dataType: 'xml', success: draw});</script>")
    docs = "".join(f"<doc link='{path}'><bt><![CDATA[{text}]]></bt></doc>" for path, text in links)
    town.put("/nb/data.xml", f"<?xml version='1.0' encoding='utf-8'?><docs>{docs}</docs>", kind="text/xml")
