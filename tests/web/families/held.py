"""Lists that a page holds without a link: rows as objects, elements of its own, numbers that a reader writes."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from tests.web.families.interfaces import told
from tests.web.families.widgets import SIZE, numbers
from tests.web.server import Answer
from tests.web.style import style, styles
from tests.web.town import OFFICES, YEARS, Link, Town, seen

# Grids that are given their {rows}; each hands a row to the page's own function in its own way.
GRIDS = {
    "rows_with_a_type": "$('#t').DataTable({data: {rows}, columns: [{data: 'bt', render: function (value, type, row) "
    "{ return '<a href=\"/nb/' + row.xh + '.html\">' + value + '</a>'; }}]});",
    "rows_in_parameters": "new agGrid.Grid(document.getElementById('t'), {rowData: {rows}, columnDefs: [{field: 'bt', "
    "cellRenderer: p => `<a href='/nb/${p.data.xh}.html'>${p.value}</a>`}]});",
    "rows_of_cells": "new gridjs.Grid({data: {rows}, columns: [{id: 'bt', formatter: (cell, row) => "
    "gridjs.html(`<a href='/nb/${row.cells[1].data}.html'>${cell}</a>`)}, 'xh']}).render(document.body);",
    "rows_with_a_template": "layui.table.render({elem: '#t', data: {rows}, cols: [[{field: 'bt', templet: '#r'}]]});"
    "</script><script type='text/html' id='r'><a href='/nb/{{d.xh}}.html'>{{d.bt}}</a>",
}


@styles("held", GRIDS)
def held(town: Town, grid: str) -> None:
    """All rows stand in the page, as objects for a grid that stands elsewhere."""
    links = town.reports("/nb/", bodies=2)
    rows = json.dumps([{"bt": text, "xh": int(path[4:-5])} for path, text in links])
    town.column("/gk/", [], after=f"<table id='t'></table><script>{grid.replace('{rows}', rows)}</script>")


# What a component's template makes of a record.
ROWS = {
    "route_in_a_template": "<router-link :to=\"{path: '/show', query: {k: one.k}}\">{{one.bt}}</router-link>",
    "address_in_a_template": "<a v-bind:href=\"'/show?k=' + one.k\">{{one.bt}}</a>",
}


@styles("held", ROWS)
def rows_of_a_component(town: Town, row: str) -> None:
    """A component's rows lead by their router, or an expression; its pager is an element of its own."""
    links = [town.report(f"/show?k={n}", OFFICES[n % 2], YEARS[n // 2]) for n in range(2 * SIZE)]
    script = (
        "new Vue({el: '#app', data: {rows: [], n: 1}, mounted() { this.load(); }, methods: {"
        "load() { axios.post('/rows', {current: this.n, size: 4}).then(r => { this.rows = r.data.rows; }); },"
        "turn(n) { this.n = n; this.load(); }}})"
    )
    pager = "<own-pager @current-change='turn'></own-pager>"
    template = f"<div id='app'><p v-for='one in rows'>{row}</p>{pager}</div>"

    def answer(_: str, sent: str) -> Answer:
        shown = seen(links, SIZE, json.loads(sent)["current"])
        return told({"total": len(links), "rows": [{"k": int(path[8:]), "bt": text} for path, text in shown]})

    town.column("/gk/", [], after=f"{template}<script>{script}</script>")
    town.put("/rows", answer)
    town.site.lists.add("/rows 2")


@style("held")
def element_of_its_own(town: Town) -> None:
    """An element's class, in a file, asks for the channel that the element names."""
    links = town.reports("/nb/", bodies=2)
    code = (
        "class Own extends HTMLElement { constructor() { super(); this.n = 1; } connectedCallback() { this.load(); } "
        "async load() { const r = await fetch(`/channels/${this.getAttribute('channel')}?page=${this.n}&size=4`); "
        "const d = await r.json(); this.innerHTML = d.rows.map(o => `<a href='${o.to}'>${o.bt}</a>`).join(''); } } "
        "customElements.define('own-list', Own);"
    )
    town.column("/gk/", [], after="<own-list channel='c7'></own-list><script type='module' src='/own.js'></script>")
    town.put("/own.js", code, kind="text/javascript")

    def answer(query: str, _: str) -> Answer:
        shown = seen(links, SIZE, numbers(query)["page"])
        return told({"total": len(links), "rows": [{"to": path, "bt": text} for path, text in shown]})

    town.put("/channels/c7", answer)
    town.site.lists.add("/channels/c7 2")


@style("held")
def one_listener(town: Town) -> None:
    """The page listens for all its rows, and asks each click for its row; those of the next piece are such rows too."""
    links = town.reports("/nb/", bodies=2)
    rows = [f"<li data-k='{path[4:-5]}'><b>{text}</b></li>" for path, text in links]
    script = (
        "document.addEventListener('click', function (e) { var row = e.target.closest('li[data-k]');"
        "if (row) { window.open('/nb/' + row.dataset.k + '.html'); return; } if (e.target.matches('.more'))"
        "fetch('/gk/2.txt').then(r => r.text()).then(t => u.insertAdjacentHTML('beforeend', t)); });"
    )
    town.column("/gk/", [], after=f"{''.join(rows[:3])}<p class='more'>加载更多</p><script>{script}</script>")
    town.put("/gk/2.txt", "".join(rows[3:]))


@style("held")
def number_to_be_written(town: Town) -> None:
    """A reader writes the page's number into a field and presses a button."""

    def box(number: int) -> str:
        return f"<input id='n' size='3' value='{number}'><a onclick=\"location='/gk/?p='+n.value\">转到</a>"

    town.home(Link("/gk/", "政府信息公开年报"))
    town.by_number("/gk/", "p", town.reports("/nb/", bodies=4), box)
    town.site.lists |= {"behind the last", "the first once more"}


PAGERS = {
    "pager_in_a_variable": "<script>var told = {totalPage: 3, currentPage: {k}, name: 'index', ext: 'html'}</script>",
    "pager_set_by_steps": "<script>var p = new Pages(); p.setPageCount(3); p.setCurrPage({k}); p.setName('index');"
    "p.setExt('html'); p.show()</script>",
}


@styles("held", PAGERS)
def told_and_not_called(town: Town, pager: str) -> None:
    """A pager whose code stands elsewhere is told the pages, the one that is shown, and what their files are called."""
    paths = ["/gk/", "/gk/index_1.html", "/gk/index_2.html"]
    town.paged(paths, town.reports("/nb/", bodies=2), lambda n: pager.replace("{k}", str(n - 1)))


@style("held")
def size_beside_the_number(town: Town) -> None:
    """The second part's address says how long a part is, which the first one's did not."""

    def turn(number: int) -> str:
        way = f"/search?page={number + 1}&amp;c=7&amp;perpage=4"
        return f"<a href='{way}'><img src='/i/r.gif'></a>" if number < 3 else ""

    town.home(Link("/search?c=7", "政府信息公开年报"))
    town.by_number("/search", "page", town.reports("/nb/", bodies=4), turn)


@style("held")
def file_by_its_name(town: Town) -> None:
    """A program is told a file's name; where it lies, the program knows."""
    links = [
        town.report(f"/down/file.jsp?class=0&filename={year}.docx", OFFICES[1], year, town.file(OFFICES[1], year))
        for year in YEARS[:3]
    ]
    town.column("/gk/", links)


@style("held")
def sites_of_departments(town: Town) -> None:
    """The way to each body's column leads over its own site."""
    links = []
    for n, body in enumerate(OFFICES[1:4]):
        town.put(f"/bm/{n}/", town.page(body, f"<p>欢迎</p><a href='/bm/{n}/gk/'>信息公开</a>"))
        town.put(f"/bm/{n}/gk/", town.page("信息公开", f"<a href='/bm/{n}/nb/'>年报</a>"))
        reports = [town.report(f"/bm/{n}/nb/{year}.html", body, year) for year in YEARS[:2]]
        town.put(f"/bm/{n}/nb/", town.listing(reports, head="年报"))
        links.append(Link(f"/bm/{n}/", town.county + body))
    town.home(Link("/bm/", "部门网站"))
    town.put("/bm/", town.listing(links, head="部门网站"))


@style("held")
def chosen_and_turned(town: Town) -> None:
    """ASP.NET: a choice is sent as soon as it is made; the pages of what was chosen are turned with its state."""
    links = [[town.report(f"/show.aspx?id={year}{n}", OFFICES[n], year) for year in YEARS[:6]] for n in range(2)]
    script = (
        "<script>function __doPostBack(t,a){var f=document.forms['f'];f.__EVENTTARGET.value=t;"
        "f.__EVENTARGUMENT.value=a;f.submit()}</script>"
    )

    def answer(_: str, sent: str) -> Answer:
        form = {name: values[0] for name, values in parse_qs(sent).items()}
        chosen = int(form.get("who", 0))
        turned = form.get("__EVENTTARGET") == "rows" and form.get("__VIEWSTATE") == f"/w{chosen}"
        number = int(form["__EVENTARGUMENT"].removeprefix("Page$")) if turned else 1
        options = "".join(f"<option value='{n}'{' selected' * (n == chosen)}>{OFFICES[n]}</option>" for n in range(2))
        hidden = "".join(f"<input type='hidden' name='__EVENT{name}' value=''>" for name in ("TARGET", "ARGUMENT"))
        around = (
            f"<form id='f' method='post' action='list.aspx'>{hidden}<input type='hidden' name='__VIEWSTATE' "
            f"value='/w{chosen}'><select name='who' onchange=\"__doPostBack('who','')\">{options}</select>"
            f"<a href=\"javascript:__doPostBack('rows','Page${3 - number}')\">{3 - number}</a></form>{script}"
        )
        return Answer(town.listing(seen(links[chosen], SIZE, number), after=around).encode())

    town.home(Link("/list.aspx", "政府信息公开年报"))
    town.put("/list.aspx", answer)
    town.site.lists |= {f"/list.aspx {one}" for one in range(6)}


@style("held")
def functions_in_a_file(town: Town) -> None:
    """The newest rows are links; the older ones, and the way to the next page, call functions of a script's file."""
    links = town.reports("/nb/", bodies=4)
    older = "".join(f"<p><a href='javascript:look({path[4:-5]})'>{text}</a></p>" for path, text in links[3:8])
    files = "<script src='/js/gone.js'></script><script src='/js/own.js'></script><script src='/js/none.js'></script>"
    town.column("/gk/", links[:3], after=f"{older}<a onclick='turn(2)'>下一页</a>{files}")
    town.put("/js/own.js", "function look(n){window.open('/nb/'+n+'.html')}function turn(n){location='/gk/'+n+'.html'}")
    town.put("/js/none.js", "var nothing = 0;")
    town.put("/gk/2.html", town.listing(links[8:]))
