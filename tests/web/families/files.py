"""Pages whose scripts stand in files, one for many pages; menus that a script writes, events of plugins."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from tests.web.families.interfaces import records, told
from tests.web.families.widgets import SIZE, piece
from tests.web.server import Answer
from tests.web.style import style, styles
from tests.web.town import COLUMN, OFFICES, YEARS, Link, Town, seen

SCRIPT = "application/javascript"


@style("files")
def one_file_for_two_columns(town: Town) -> None:
    """The columns of the government and of the townships are filled by one file, each by its own field."""
    own = [town.report(f"/c/{year}.html", OFFICES[0], year) for year in YEARS[:4]]
    others = [town.report(f"/c/{year}{n}.html", OFFICES[n], year) for year in YEARS[:3] for n in (1, 2)]
    rows = {"11": own, "12": others}
    town.home(("/a.html", "县政府信息公开年报"), ("/b.html", "部门信息公开年报"))
    for path, field in (("/a.html", "11"), ("/b.html", "12")):
        fill = f"<input type='hidden' id='c' value='{field}'><ul id='l'></ul><script src='/js/fill.js'></script>"
        town.put(path, town.page(COLUMN, fill))
    town.put("/js/fill.js", "$.getJSON('/rows?c=' + $('#c').val(), draw);", kind=SCRIPT)
    town.put("/rows", lambda query, _: told({"rows": records(rows[parse_qs(query)["c"][0]])}))
    town.site.lists.add("other rows")


@style("files")
def function_in_another_file(town: Town) -> None:
    """The file that asks for the list takes the column's number by a function that stands in another one."""
    links = town.reports("/c/", bodies=2, years=3)
    town.home(("/list.html?item=4206", COLUMN))
    files = "<script src='/js/common.js'></script><script src='/js/list.js'></script>"
    town.put("/list.html", town.page(COLUMN, f"<ul id='l'></ul>{files}"))
    town.put("/js/list.js", "$.getJSON('/rows?item=' + queryOf('item'), draw);", kind=SCRIPT)
    town.put(
        "/js/common.js",
        "function queryOf(name) { return (location.search.match(new RegExp(name + '=([^&]*)')) || [])[1]; }",
        kind=SCRIPT,
    )
    town.put("/rows", lambda query, _: told({"rows": records(links) if "item=4206" in query else []}))


@style("files")
def articles_by_a_file(town: Town) -> None:
    """Each report is a frame whose text the function of a file asks for: once read, the file speaks for all of them."""
    rows = []
    town.home(("/nb/", COLUMN))
    for number, year in enumerate(YEARS[:6]):
        said = {"data": {"title": town.title(OFFICES[0], year), "clob": town.article(OFFICES[0], year)}}
        body = json.dumps(said, ensure_ascii=False).encode()
        answer = Answer(body, media_type="application/json;charset=UTF-8")
        link = town.report(f"/data/doc={number}.json", OFFICES[0], year, answer)
        rows.append(Link(f"/detail.html?doc={number}", link.text))
    town.put("/nb/", town.listing(rows))
    town.put("/detail.html", town.page("详情", "<div id='d'></div><script src='/js/detail.js'></script>"))
    town.site.lists |= {f"/detail.html {number}" for number in range(5)}
    town.put(
        "/js/detail.js",
        "$.getJSON('/data/' + location.search.slice(1) + '.json', function (r) { $('#d').html(r.data.clob); });",
        kind=SCRIPT,
    )


@style("files")
def menu_that_is_answered(town: Town) -> None:
    """An interface names the sub-columns; the script writes a menu of them and shows the first one's list."""
    groups = {
        "c1": town.reports("/a/", bodies=2, years=3),
        "c2": [town.report(f"/b/{year}.html", OFFICES[5], year) for year in YEARS[:3]],
    }
    town.filled(
        "<ul id='m'></ul><ul id='l'></ul><script>$.getJSON('/channels', function (r) { var h = '';"
        " $.each(r.sons, function (i, s) { h += '<li><a href=\"javascript:;\" onclick=\"show(\\'' + s.id + '\\')\">'"
        " + s.name + '</a></li>'; }); $('#m').html(h); show(r.sons[0].id); });"
        " function show(id) { $.getJSON('/search/' + id + '?page=1', function (r) { $('#l').html(r.rows.map("
        "function (e) { return '<a href=\"' + e.url + '\">' + e.title + '</a>'; }).join('')); }); }</script>",
    )
    sons = [{"id": "c1", "name": "部门"}, {"id": "c2", "name": "乡镇"}]
    town.put("/channels", lambda *_: told({"sons": sons}))
    for name, links in groups.items():
        town.put(f"/search/{name}", lambda *_, links=links: told({"total": len(links), "rows": records(links)}))


@style("files")
def event_of_a_plugin(town: Town) -> None:
    """A pager tells of the page that was chosen by an event of its own; nothing else says that there are more."""
    links = town.reports("/c/", bodies=2, years=5)

    def pager(number: int) -> str:
        return (
            f"<div id='p'></div><script>$('#p').pagination({{pageIndex: {number - 1}, pageSize: 4, total: {len(links)}"
            "}).on('pageClicked', function (e, d) { var n = d.pageIndex + 1;"
            " location.href = n == 1 ? 'index.html' : n + '.html'; });</script>"
        )

    town.paged(["/nb/index.html", "/nb/2.html", "/nb/3.html"], links, pager)


@style("files")
def count_in_an_attribute(town: Town) -> None:
    """The button counts on from its attribute, which jQuery reads as a number."""
    links = town.reports("/nb/", bodies=2, years=6)
    town.filled(
        f"<ul id='u'>{town.rows(links[:SIZE])}</ul><button id='m' data-cat='12' data-at='1'>再来</button><script>"
        "$('#m').on('click', function () { var b = $(this), at = b.data('at') + 1; $.post('/more', {cat: b.data('cat'),"
        " page: at}, function (h) { $('#u').append(h); b.data('at', at); }); });</script>",
    )

    def more(_: str, body: str) -> Answer:
        asked = {name: int(values[0]) for name, values in parse_qs(body).items()}
        return piece(seen(links, SIZE, asked["page"]) if asked["cat"] == 12 else [])

    town.put("/more", more)
    town.site.lists |= {"page 3", "page 4"}


# A site of one file: its modules ask for the menu, a column's records and an article, and draw what leads on.
_ONE_FILE = """(function () { var m = {
 1: (e, x, n) => { var a = n(9).create({baseURL: "/back"});
  x.menu = () => a({url: "/menu"}); x.rows = p => a({url: "/rows", params: p}); x.one = k => a({url: "/doc/" + k}); },
 2: (e, x, n) => { x.Z = {data: function () { return {menu: []}; },
  created: function () { n(1).menu().then(r => { this.menu = r.data.data; }); },
  render: function () { var t = this, c = t._self._c; return c("ul", t._l(t.menu, i =>
   c("router-link", {attrs: {to: "/of/" + i.id}}, [t._v(t._s(i.name))])), 1); }}; },
 3: (e, x, n) => { x.Z = {data: function () { return {q: {page: 1, size: 4, of: this.$route.params.of}, rows: []}; },
  created: function () { this.load(); },
  methods: {load: function () { n(1).rows(this.q).then(r => { this.rows = r.data.rows; }); }/*turns*/},
  render: function () { var t = this, c = t._self._c; return c("ul", t._l(t.rows, i =>
   c("li", {on: {click: s => t.$router.push({name: "doc", params: {k: i.k}})}}, [t._v(t._s(i.bt))])), 0); }}; },
 4: (e, x, n) => { x.Z = {data: function () { return {d: {}}; },
  created: function () { n(1).one(this.$route.params.k).then(r => { this.d = r.data.data; }); },
  render: function () { var t = this; return t._self._c("div", {domProps: {innerHTML: t._s(t.d.clob)}}); }}; },
 9: e => { e.exports = window.axios; }}, done = {};
function n(k) { if (done[k]) return done[k].exports; var e = done[k] = {exports: {}}; m[k](e, e.exports, n);
 return e.exports; }
var routes = [{path: "/", component: n(2).Z}, {path: "/of/:of", component: n(3).Z},
 {path: "/doc/:k", name: "doc", component: n(4).Z}];
Vue.use(VueRouter); new Vue({router: new VueRouter({routes: routes}), render: h => h("router-view")}).$mount("#app");
})();"""


# What turns the list's pages: nobody, so that the interface is counted on, or a method that a pager elsewhere calls.
TURNS = {
    "site_of_one_file": "",
    "site_of_one_file_that_turns": ", toPage: function (p) { this.q.page = p; this.load(); }",
}


@styles("files", TURNS)
def site_of_one_file(town: Town, turns: str) -> None:
    """Every page of the site is its home's file; what stands behind # tells which, and a router shows it."""
    town.put(
        "/", "<html><title>政务公开</title><body><div id='app'></div><script src='/app.js'></script></body></html>"
    )
    town.put("/app.js", _ONE_FILE.replace("/*turns*/", turns), kind=SCRIPT)
    menu = [{"id": 7, "name": "政府信息公开指南"}, {"id": 8, "name": COLUMN}]
    town.put("/back/menu", lambda *_: told({"code": 200, "data": menu}))
    reports = [(body, year) for year in YEARS[:3] for body in OFFICES[:2]]
    rows = [{"k": f"d{n}", "bt": town.title(body, year)} for n, (body, year) in enumerate(reports)]
    for row, (body, year) in zip(rows, reports, strict=True):
        said = {"code": 200, "data": {"title": row["bt"], "clob": town.article(body, year)}}
        answer = Answer(json.dumps(said, ensure_ascii=False).encode(), media_type="application/json")
        town.report(f"/back/doc/{row['k']}", body, year, answer)

    def part(query: str, _: str) -> Answer:
        asked = parse_qs(query)
        shown = seen(rows, SIZE, int(asked["page"][0])) if asked["of"] == ["8"] else []
        return told({"total": len(rows), "rows": shown})

    town.put("/back/rows", part)
    town.site.lists |= {"/#/of/8", "page 2", *(f"/#/doc/{row['k']}" for row in rows)}


@style("files")
def rows_given_to_a_file(town: Town) -> None:
    """Each row gives itself to an object of a file, which knows what of it is an address."""
    links = town.reports("/c/", bodies=3)
    rows = "".join(f"<li onclick='Rows.show(this)' k='{path[3:-5]}'>{text}</li>" for path, text in links)
    town.filled(f"<ul>{rows}</ul><script src='/js/rows.js'></script>")
    code = "var Rows = {show: function (row) { window.location.href = '/c/' + row.getAttribute('k') + '.html'; }};"
    town.put("/js/rows.js", code, kind=SCRIPT)
