"""Lists that a page declares instead of drawing them: grids, templates, components, and what only a click shows."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from tests.web.families.interfaces import told
from tests.web.server import Answer
from tests.web.style import style, styles
from tests.web.town import OFFICES, YEARS, Link, Town, seen

SIZE = 4


def numbers(text: str) -> dict[str, int]:
    """The fields of a query or a form that are numbers."""
    return {name: int(values[0]) for name, values in parse_qs(text).items() if values[0].isdigit()}


@dataclass(frozen=True)
class Grid:
    """A grid: what the page says, and which rows the interface is asked for (first, how many)."""

    page: str
    rows: Callable[[dict[str, int]], tuple[int, int]]
    post: bool = False


GRIDS = {
    "grid_by_data_options": Grid(
        "<table class='easyui-datagrid' data-options=\"url:'/gk/rows',pagination:true,pageSize:4\"><thead><tr>"
        "<th data-options=\"field:'bt',formatter:show\">标题</th></tr></thead></table>"
        "<script>function show(v, row) { return '<a href=\"/nb/' + row.xh + '.html\">' + v + '</a>'; }</script>",
        lambda asked: ((asked["page"] - 1) * asked["rows"], asked["rows"]),
        post=True,
    ),
    "grid_by_data_url": Grid(
        "<table data-toggle='table' data-url='/gk/rows' data-side-pagination='server' data-page-size='4'><thead><tr>"
        "<th data-field='bt' data-formatter='show'>名称</th></tr></thead></table>"
        "<script>function show(v, row) { return '<a href=\"/nb/' + row.xh + '.html\">' + v + '</a>'; }</script>",
        lambda asked: (asked["offset"], asked["limit"]),
    ),
    "grid_by_columns": Grid(
        "<table id='t'></table><script>$(function () { $('#t').DataTable({serverSide: true, pageLength: 4, ajax: "
        "'/gk/rows', columns: [{data: 'bt', render: function (d, t, row) { return '<a href=\"/nb/' + row.xh + "
        "'.html\">' + d + '</a>'; }}]}); });</script>",
        lambda asked: (asked["start"], asked["length"]),
    ),
    "grid_by_cols": Grid(
        "<table id='t'></table><script>layui.use('table', function () { layui.table.render({elem: '#t',"
        " url: '/gk/rows',"
        " page: true, limit: 4, cols: [[{field: 'bt', templet: function (d) { return '<a onclick=\"look(' + d.xh + "
        "')\" href=\"javascript:;\">' + d.bt + '</a>'; }}]]}); });"
        "function look(n) { location.href = '/nb/' + n + '.html'; }</script>",
        lambda asked: ((asked["page"] - 1) * asked["limit"], asked["limit"]),
    ),
    "template_with_holes": Grid(
        "<ul id='l'></ul><script type='text/html' id='row'><li><a href=\"/nb/{{ item.xh }}.html\">{{"
        " item.bt }}</a></li>"
        "</script><script>function load(n) { $.getJSON('/gk/rows', {page: n, limit: 4}, function (r) "
        "{ $('#l').html(template('row', r)); }); } load(1);</script>",
        lambda asked: ((asked["page"] - 1) * asked["limit"], asked["limit"]),
    ),
    "component_with_router": Grid(
        "<div id='app'></div><script>new Vue({el: '#app', data: {rows: [], page: 1}, created() {"
        " this.load(); }, methods:"
        " {load() { axios.get('/gk/rows', {params: {page: this.page, limit: 4}}).then(r => { this.rows ="
        " r.data.rows; });"
        " }, look(row) { this.$router.push('/nb/' + row.xh + '.html'); }}});</script>",
        lambda asked: ((asked["page"] - 1) * asked["limit"], asked["limit"]),
    ),
    "component_in_a_bundle": Grid(
        '<div id="app"></div><script>(self["webpackChunkgk"] = self["webpackChunkgk"] || []).push([[7], {301: function '
        "(e, t, n) { var a = n(12), i = {data: function () { return {rows: [], page: 1}; }, created: function () { "
        'this.load(); }, methods: {load: function () { var e = this; a.a.get("/api/rows", {params: {page: this.page, '
        'limit: 4}}).then(function (t) { e.rows = t.data.rows; }); }, look: function (e) { window.open("/nb/" + e.xh + '
        '".html"); }}}; t.default = Object(n(44))(i, null).exports; }}]);</script>',
        lambda asked: ((asked["page"] - 1) * asked["limit"], asked["limit"]),
    ),
    "pager_from_zero": Grid(
        "<div id='l'></div><div id='p'></div><script>function show(n) { $.getJSON('/gk/rows?t=' + new"
        " Date().getTime(), "
        "{pageIndex: n, size: 4}, function (r) { $('#l').html(r.rows.map(function (e) { return '<p><a href=\"/nb/' + "
        "e.xh + '.html\">' + e.bt + '</a></p>'; }).join('')); }); }"
        "$('#p').pagination(10, {callback: show, items_per_page: 4});</script>",
        lambda asked: (asked["pageIndex"] * asked["size"], asked["size"]),
    ),
}


@styles("widgets", GRIDS)
def declared(town: Town, grid: Grid) -> None:
    """A list of ten reports behind a grid, a template or a component, four at a time."""
    links = [town.report(f"/nb/{n + 40}.html", OFFICES[n % 2], YEARS[n // 2]) for n in range(10)]
    records = [{"xh": n + 40, "bt": text} for n, (_, text) in enumerate(links)]

    def answer(query: str, body: str) -> Answer:
        first, size = grid.rows(numbers(body if grid.post else query))
        return told({"code": 0, "total": len(links), "rows": records[first : first + size]})

    town.home(("/nb/", "政府信息公开年报"))
    town.put("/nb/", town.page("政府信息公开年报", grid.page))
    for address in ("/gk/rows", "/api/rows"):
        town.aside(address, answer)
    town.site.lists |= {f"/gk/rows {n}" for n in range(3)}


def piece(links: Sequence[Link]) -> Answer:
    """Rows without a page around them."""
    return Answer("".join(f"<li><a href='{path}'>{text}</a></li>" for path, text in links).encode())


@style("widgets")
def turned_by_a_word(town: Town) -> None:
    """The pager's callback wants to know that a reader turned the page."""
    links = town.reports("/nb/", bodies=2, years=4)
    town.column(
        "/nb/",
        seen(links, SIZE, 1),
        after="<ul id='p'></ul><script>$.jqPaginator('#p', {totalPages: 2, currentPage: 1, onPageChange:"
        " function (n, how)"
        " { if (how === 'change') { $.post('/gk/turn', {n: n}, function (d) { $('#l').html(d); }); } }});</script>",
    )
    town.put("/gk/turn", lambda _, body: piece(seen(links, SIZE, numbers(body)["n"])))


@style("widgets")
def more_by_a_click(town: Town) -> None:
    """A button counts in an attribute of its own; each click brings four rows more, until none come."""
    links = town.reports("/nb/", bodies=2, years=6)
    town.column(
        "/nb/",
        seen(links, SIZE, 1),
        after="<a id='m' data-page='1'>加载更多</a><script>$('#m').click(function () { var n = parseInt($(this).attr("
        "'data-page')) + 1; $(this).attr('data-page', n); $.get('/gk/more?page=' + n, function (d) {"
        " $('ul').append(d); "
        "}); });</script>",
    )
    town.put("/gk/more", lambda query, _: piece(seen(links, SIZE, numbers(query)["page"])))
    town.site.lists |= {f"/gk/more {n}" for n in range(3)}


@style("widgets")
def tabs_that_load(town: Town) -> None:
    """A row of years; a click on one loads its reports into the page."""
    rows = {year: [town.report(f"/nb/{year}/{n}.html", OFFICES[n], year) for n in range(3)] for year in YEARS[:4]}
    tabs = "".join(f"<li data-y='{year}'>{year}年</li>" for year in rows)
    town.column(
        "/nb/",
        rows[YEARS[0]],
        after=f"<ol class='tab'>{tabs}</ol><script>$('.tab li').on('click', function () {{ $('#c').load('/gk/of?y=' + "
        "$(this).data('y')); });</script>",
    )
    town.put("/gk/of", lambda query, _: piece(rows.get(numbers(query)["y"], [])))
    town.site.lists |= {f"/gk/of {year}" for year in rows}


@style("widgets")
def clicks_for_all(town: Town) -> None:
    """One listener for all rows, which say their numbers in attributes."""
    links = [town.report(f"/nb/show?n={n}", OFFICES[n % 2], YEARS[n // 2]) for n in range(8)]
    rows = "".join(f"<div class='row' data-n='{n}'><p>{text}</p></div>" for n, (_, text) in enumerate(links))
    script = "$(document).on('click', '.row', function () { window.open('/nb/show?n=' + $(this).data('n')); });"
    town.home(("/nb/", "政府信息公开年报"))
    town.put("/nb/", town.page("政府信息公开年报", f"<div>{rows}</div><script>{script}</script>"))


@style("widgets")
def addresses_in_base64(town: Town) -> None:
    """The addresses are packed."""
    links = town.reports("/nb/", bodies=2, years=4)
    packed = [(base64.b64encode(path.encode()).decode(), text) for path, text in links]
    rows = "".join(f"<p><a href=\"javascript:go('{code}')\">{text}</a></p>" for code, text in packed)
    town.home(("/nb/", "政府信息公开年报"))
    town.put(
        "/nb/", town.page("政府信息公开年报", f"{rows}<script>function go(s) {{ location.href = atob(s); }}</script>")
    )


@style("widgets")
def script_with_a_callback(town: Town) -> None:
    """The rows come by a script that the page adds to itself; a function of the page knows what they are."""
    links = town.reports("/nb/", bodies=2, years=3)
    script = (
        "function show(d) { $('#l').html(d.list.map(function (e) { return '<a href=\"/nb/' + e.k + '.html\">' + e.n"
        " + '</a>'; }).join('')); } var s = document.createElement('script'); s.src = '/gk/rows.js?callback=show';"
    )
    town.home(("/nb/", "政府信息公开年报"))
    town.put("/nb/", town.page("政府信息公开年报", f"<div id='l'></div><script>{script}</script>"))
    data = json.dumps({"list": [{"k": path[4:-5], "n": text} for path, text in links]})
    town.put("/gk/rows.js", f"show({data});", kind="application/javascript")


@style("widgets")
def form_of_selects(town: Town) -> None:
    """A reader chooses a body and a year, and presses the button."""
    rows = {(n, year): town.report(f"/nb/{year}{n}.html", OFFICES[n], year) for n in range(3) for year in YEARS[:3]}
    bodies = "".join(f"<option value='{n}'>{OFFICES[n]}</option>" for n in range(3))
    years = "".join(f"<option>{year}</option>" for year in YEARS[:3])
    form = (
        f"<form action='/nb/'><input type='hidden' name='lm' value='8'><select name='bm'>{bodies}</select>"
        f"<select name='nd'>{years}</select><input type='submit' value='查询'></form>"
    )

    def answer(query: str, _: str) -> Answer:
        chosen = {"bm": 0, "nd": YEARS[0]} | numbers(query)
        found = rows.get((chosen["bm"], chosen["nd"]))
        return Answer(town.listing([found] if found else [], after=form).encode())

    town.home(("/nb/", "政府信息公开年报"))
    town.put("/nb/", answer)
    town.site.lists |= {f"/nb/ {one}" for one in rows}


@style("widgets")
def older_entries(town: Town) -> None:
    """A journal's pager, which calls the next page older entries."""
    links = town.reports("/nb/", bodies=2, years=6)
    town.paged(
        ["/nb/", "/nb/page/2/", "/nb/page/3/"],
        links,
        lambda n: f"<nav class='navigation'><a href='/nb/page/{n + 1}/'>&larr; 早期文章</a></nav>" if n < 3 else "",
    )


@style("widgets")
def sent_on_by_a_header(town: Town) -> None:
    """The column's page is empty; a header of its answer sends on."""
    town.home(("/nb/", "政府信息公开年报"))
    town.put("/nb/", lambda *_: Answer(b"", headers={"Refresh": "0; url=/nb/list.html"}))
    town.put("/nb/list.html", town.listing(town.reports("/nb/")))


@style("widgets")
def reports_among_notices(town: Town) -> None:
    """No column of their own: two reports on each page of the notices, whose pager has no other name."""
    links = town.reports("/nb/", bodies=2, years=3)
    notices = [(f"/gg/{n}.html", f"关于第{n}号公告的通知") for n in range(12)]
    for path, text in notices:
        town.aside(path, town.page(text, "<p>特此通知，请遵照执行。</p>"))
    pages = ["/gg/", "/gg/index_2.html", "/gg/index_3.html"]
    town.home((pages[0], "信息公开公告"))
    for n, path in enumerate(pages):
        rows = [*notices[4 * n : 4 * n + 2], links[2 * n], *notices[4 * n + 2 : 4 * n + 4], links[2 * n + 1]]
        after = f"<a href='{pages[n + 1]}'>下一页</a>" if n < 2 else ""
        town.put(path, town.listing(rows, head="公告", after=after))


@style("widgets")
def unit_without_a_page(town: Town) -> None:
    """jpaas: the unit is asked without a page; its answer is HTML in JSON that says how many there are."""
    links = town.reports("/nb/", bodies=2, years=5)
    unit = "{'parseType':'bulidstatic','tagId':'信息列表','pageId':'a1'}"
    script = f"<script url='/jpaas-jpublish-server/front/page/build/unit' querydata=\"{unit}\"></script>"
    town.home(("/nb/", "政府信息公开年报"))
    town.put("/nb/", town.page("政府信息公开年报", script))

    def answer(query: str, _: str) -> Answer:
        asked = json.loads(parse_qs(query).get("paramJson", ['{"pageNo": 1}'])[0])
        rows = piece(seen(links, SIZE, asked["pageNo"])).body.decode()
        return told({"success": True, "data": {"html": f"{rows}<div class='pager' count='{len(links)}'></div>"}})

    town.put("/jpaas-jpublish-server/front/page/build/unit", answer)
    town.site.lists |= {f"unit {n}" for n in range(2)}
