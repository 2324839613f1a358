"""What a link does not say and its surroundings do: its row, its list, its button's word, the page's own encoding."""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl

from tests.web.families.interfaces import told
from tests.web.server import Answer
from tests.web.style import style
from tests.web.town import OFFICES, WORD, YEARS, Link, Town, seen

COLUMN = "政府信息公开年报"


@style("surroundings")
def files_by_their_button(town: Town) -> None:
    """A report's page says little; 附件下载 on it is the report, and its address says nothing of a file."""
    rows = []
    for n, word in enumerate(("附件下载", "点击下载", "【下载附件】", "WORD版")):
        file = town.file(OFFICES[0], YEARS[n])
        path = f"/f/take?k={n + 7:x}"
        title = town.report(path, OFFICES[0], YEARS[n], Answer(file.body, media_type=WORD)).text
        town.put(f"/nb/{n}.html", town.page(title, f"<p>全文请见：<a href='{path}'>{word}</a></p>"))
        rows.append(Link(f"/nb/{n}.html", title))
    town.column("/nb/", rows)


@style("surroundings")
def rows_of_body_and_year(town: Town) -> None:
    """A table of bodies and years under the name of a report; its links are all called 查看, and lead elsewhere."""
    cells = []
    for n, link in enumerate(town.reports("/s/", bodies=5, years=3, shape="{year}{n}")):
        body, year = OFFICES[n % 5], YEARS[n // 5]
        look = f"<a href='{link.path}'>查看</a>"
        cells.append(f"<tr><td>{n + 1}</td><td>{town.county}{body}</td><td>{year}</td><td>{look}</td></tr>")
    heads = "<tr><th>序号</th><th>单位</th><th>年度</th><th>操作</th></tr>"
    town.home(("/jd/", "政府信息公开年度报告"))
    town.put("/jd/", town.page("政府信息公开年度报告", f"<table>{heads}{''.join(cells)}</table>"))


@style("surroundings")
def a_body_before_its_year(town: Town) -> None:
    """Records are called by body and year alone, and the next part by its number."""
    links = town.reports("/show/", bodies=4, years=3, shape="{year}{n}.aspx")
    rows = [Link(path, f"{OFFICES[n % 4]}{YEARS[n // 4]}") for n, (path, _) in enumerate(links)]
    town.home(("/nb/1.aspx", COLUMN))
    for page in (0, 1):
        other = f"<p><a href='{2 - page}.aspx'>{2 - page}</a></p>"
        town.put(f"/nb/{page + 1}.aspx", town.listing(rows[page * 6 : page * 6 + 6], after=other))


@style("surroundings")
def arrows_to_the_next_number(town: Town) -> None:
    """Pages are files named by their numbers, and all that leads to the next is the picture of an arrow."""
    links = town.reports("/a/", bodies=4, years=3)
    town.home(("/nb/1.html", COLUMN))
    for page in range(3):
        arrow = f"<a href='{page + 2}.html'><img src='/i/r.png'></a>" if page < 2 else ""
        town.put(f"/nb/{page + 1}.html", town.listing(links[page * 4 : page * 4 + 4], after=f"<p>{arrow}</p>"))


@style("surroundings")
def a_form_in_gbk(town: Town) -> None:
    """A form of a page in GBK is sent in GBK; in any other encoding the body that was chosen is nobody."""
    links = dict(
        zip(OFFICES[:4], [town.report(f"/v.php?n={n}", body) for n, body in enumerate(OFFICES[:4])], strict=True)
    )
    options = "".join(f"<option>{town.county}{body}</option>" for body in links)
    form = f"<form action='nb.php'><select name='dw'>{options}</select><input type='submit' value='查询'></form>"

    def answer(query: str, _: str) -> Answer:
        chosen = dict(parse_qsl(query, encoding="gbk")).get("dw", "").removeprefix(town.county)
        rows = town.rows([links[chosen]]) if chosen in links else ""
        html = town.page("年报查询", form + rows).replace("utf-8", "gbk")
        return Answer(html.encode("gbk", "replace"), media_type="text/html")

    town.home(("/nb.php", "年报查询"))
    town.aside("/nb.php", answer)
    town.site.lists |= {f"/nb.php {n}" for n in range(5)}


@style("surroundings")
def a_script_behind_the_end(town: Town) -> None:
    """The script that knows where rows lead stands behind the end of the page."""
    links = town.reports("/d/", bodies=4, years=3, shape="k{year}{n}.html")
    rows = "".join(f"<li data-id='{path[3:-5]}'><em>{text}</em></li>" for path, text in links)
    script = "$('.r').on('click', 'li', function () { window.open('/d/' + $(this).attr('data-id') + '.html'); });"
    town.home(("/nb/", COLUMN))
    town.put("/nb/", town.page(COLUMN, f"<ul class='r'>{rows}</ul>") + f"<script>{script}</script>")


@style("surroundings")
def a_store_without_an_end(town: Town) -> None:
    """A store that is asked beyond its end shows nothing, and names a next part all the same."""
    links = town.reports("/art/x/", bodies=2, years=4, shape="art_5_{year}{n}.html")
    address = "/module/web/jpage/dataproxy.jsp"
    town.home(("/col/col5/index.html", COLUMN))
    call = (
        f"<script>$('#5').jpage({{perPage:2,totalRecord:{len(links)},startrecord:1,endrecord:3,proxyurl:'{address}',"
        "ajaxParam:{col:1,webid:2,columnid:5,unitid:'77'}});</script>"
    )

    def store(first: int, last: int) -> str:
        group = f"<nextgroup><![CDATA[<a href='{address}?page=1&columnid=5&unitid=77'></a>]]></nextgroup>"
        rows = "".join(
            f"<record><![CDATA[<li><a href='{p}'>{t}</a></li>]]></record>" for p, t in links[first - 1 : last]
        )
        return f"<datastore>{group}<recordset>{rows}</recordset></datastore>"

    def proxy(query: str, sent: str) -> Answer:
        asked = parse_qs(f"{query}&{sent}")
        if asked.get("unitid") != ["77"]:
            return Answer(b"<datastore/>", media_type="text/xml")
        first, last = (
            int(asked.get(name, [default])[0]) for name, default in (("startrecord", "1"), ("endrecord", "3"))
        )
        return Answer(store(first, last).encode(), media_type="text/xml")

    town.put("/col/col5/index.html", town.page(COLUMN, f"<script type='text/xml'>{store(1, 3)}</script>{call}"))
    town.aside(address, proxy)
    town.site.lists |= {f"part {n}" for n in range(2)}


@style("surroundings")
def a_tree_of_many_bodies(town: Town) -> None:
    """A tree asks for its bodies, and a click on each asks for that body's reports: seven requests by one call."""
    links = {str(n): town.report(f"/d/{n}.html", body) for n, body in enumerate(OFFICES[:7])}
    town.home(("/ml/", COLUMN))
    town.put(
        "/ml/",
        town.page(
            COLUMN,
            "<ul id='t' class='ztree'></ul><div id='l'></div><script>var s = {callback: {onClick: function (e, i, n) {"
            " $.getJSON('/ml/of', {org: n.id}, function (d) { $('#l').html('<a href=\"' + d.at + '\">' + d.name +"
            " '</a>'); }); }}}; $.getJSON('/ml/tree', function (d) { $.fn.zTree.init($('#t'), s, d); });</script>",
        ),
    )
    town.put("/ml/tree", lambda *_: told([{"id": n, "name": body} for n, body in enumerate(OFFICES[:7])]))

    def of(query: str, _: str) -> Answer:
        link = links[parse_qs(query)["org"][0]]
        return told({"at": link.path, "name": link.text})

    town.aside("/ml/of", of)
    town.site.lists |= {f"/ml/of {n}" for n in links}


@style("surroundings")
def announced_and_not_there(town: Town) -> None:
    """A link is called a report; the page behind it says something else, and no other page says the same."""
    links = town.reports("/nb/", bodies=2, years=2)
    lost = Link("/nb/moved.html", town.title(OFFICES[2], YEARS[0]))
    town.put(lost.path, town.page("提示", "<p>资料正在整理，请过些日子再来看看。</p>"))
    town.column("/nb/", [*links, lost])
    town.site.closed = True


@style("surroundings")
def a_column_nobody_can_read(town: Town) -> None:
    """The column shows what no link and no script of the page leads on from."""
    town.home(("/nb/", COLUMN))
    town.put(
        "/nb/", town.page(COLUMN, "<p>请在本栏目中选择您所关心的单位，年度报告将在右侧显示，也可到县档案馆查阅。</p>")
    )
    town.site.closed = True


@style("surroundings")
def years_in_a_menu(town: Town) -> None:
    """The column is its newest report; the other years stand beside it in a box that is called a menu."""
    menu = "".join(f"<li><a href='/gk/{year}.html'>{year}年</a></li>" for year in YEARS[:5])
    for year in YEARS[:5]:
        after = f"<div class='left-menu'><ul>{menu}</ul></div>"
        town.report(f"/gk/{year}.html", OFFICES[0], year, Answer(town.article(OFFICES[0], year, after=after).encode()))
    town.home(Link(f"/gk/{YEARS[0]}.html", COLUMN))


@style("surroundings")
def column_that_says_what_it_holds(town: Town) -> None:
    """The departments' reports hold their budgets, and their column says so."""
    town.home(Link("/gk/", COLUMN))
    town.put("/gk/", town.listing([("/gk/a/", "政府年报"), ("/gk/b/", "部门年报（含预算公开）")]))
    town.put("/gk/a/", town.listing([town.report(f"/gk/a/{year}.html", OFFICES[0], year) for year in YEARS[:3]]))
    town.put("/gk/b/", town.listing([town.report(f"/gk/b/{n}.html", OFFICES[n], YEARS[0]) for n in (1, 2, 3)]))


@style("surroundings")
def bodies_beside_the_column(town: Town) -> None:
    """On the way, beside the county's own column, stand its bodies: each keeps its reports on pages of its own."""
    names = ""
    for n, name in enumerate(OFFICES[1:7], start=1):
        town.put(
            f"/bm/{n}/nb/",
            town.listing([town.report(f"/bm/{n}/nb/{year}.html", name, year) for year in YEARS[:2]], head="年度报告"),
        )
        town.put(f"/bm/{n}/", town.page(name, f"<h3>年度报告 <a href='/bm/{n}/nb/'>更多&gt;&gt;</a></h3>"))
        names += f"<a href='/bm/{n}/'>{name}</a>"
    town.home(Link("/gk/", "政府信息公开"))
    own = f"<p><a href='/gk/nb/'>{COLUMN}</a></p>"
    town.put("/gk/", town.page("政府信息公开", f"{own}<div class='r'><h3>部门信息公开</h3>{names}</div>"))
    town.put("/gk/nb/", town.listing([town.report(f"/gk/nb/{year}.html", OFFICES[0], year) for year in YEARS[:3]]))


@style("surroundings")
def rows_with_an_excerpt(town: Town) -> None:
    """A row is one link: a body, a title, and the first words of the report, of which some are a notice's."""
    excerpt = "<em>摘要：按照上级通知要求，现将本年度政府信息公开工作的情况向社会公布……[详细]</em>"
    cards = "".join(
        f"<a href='{path}'><b>{OFFICES[0]}</b><p>{text}</p>{excerpt}</a>"
        for path, text in town.reports("/nb/", bodies=1, years=5, shape="{year}.html")
    )
    town.home(("/gk/", COLUMN))
    town.put("/gk/", town.page(COLUMN, f"<div class='cards'>{cards}</div>"))


@style("surroundings")
def publicity_of_all_bodies(town: Town) -> None:
    """Beside the column a link leads to all bodies' publicity: what gathers many is no paper of its own here."""
    bodies = []
    for n, name in enumerate(OFFICES[1:5], start=1):
        town.put(f"/l.asp?c={n}", town.listing([town.report(f"/s.asp?id={n}", name)], head="年度报告"))
        bodies.append(Link(f"/l.asp?c={n}", name))
    town.home(Link("/gk.asp", "政务公开"))
    town.put(
        "/gk.asp",
        town.page("政务公开", "<a href='/l.asp?c=9'>信息公开年度报告</a> <a href='/dw.asp'>各部门信息公开</a>"),
    )
    town.put("/l.asp?c=9", town.listing(town.reports("/s.asp", bodies=1, shape="?id={year}")))
    town.put("/dw.asp", town.listing(bodies, head="各部门信息公开"))


@style("surroundings")
def column_by_another_name(town: Town) -> None:
    """A page on the way shows hardly anything but reports: it is read to its end, whatever it is called."""
    town.home(Link("/xx/", "学校信息公开"))
    links = town.reports("/xx/", bodies=4)
    for n, path in enumerate(("/xx/", "/xx/index_1.html", "/xx/index_2.html")):
        pager = f"<script>createPageHTML(3, {n}, 'index', 'html');</script>"
        town.put(path, town.listing(seen(links, 4, n + 1), head="学校信息公开", after=pager))


@style("surroundings")
def menu_in_a_file(town: Town) -> None:
    """Each body's page has its menu written by a function of a file that all of them share."""
    code = "function menu(n) { document.write('<li><a href=\"/bm/' + n + '/nb/\">信息公开年报</a></li>'); }"
    town.put("/bm/menu.js", code, kind="application/javascript")
    bodies = []
    for n, name in enumerate(OFFICES[1:4], start=1):
        town.put(
            f"/bm/{n}/nb/", town.listing([town.report(f"/bm/{n}/nb/{year}.html", name, year) for year in YEARS[:2]])
        )
        town.put(f"/bm/{n}/", town.page(name, f"<script src='/bm/menu.js'></script><script>menu({n});</script>"))
        bodies.append(Link(f"/bm/{n}/", name))
    town.home(Link("/bm/", "部门信息公开"))
    town.put("/bm/", town.listing(bodies, head="部门信息公开"))
    town.site.lists |= {f"/bm/menu.js for {n}" for n in range(3)}


@style("surroundings")
def dates_of_terms(town: Town) -> None:
    """A description list: the term is the title, what describes it a date that leads to the report. All is seen."""
    rows = "".join(
        f"<dt>{text}</dt><dd><a href='{path}'>2026-01-19</a></dd>" for path, text in town.reports("/nb/", bodies=2)
    )
    town.home(("/gk/", COLUMN))
    town.put("/gk/", town.page(COLUMN, f"<dl>{rows}</dl>"))


@style("surroundings")
def next_page_for_members(town: Town) -> None:
    """The second page of the list sends to a page to log in at: the list is unfinished."""
    town.column("/nb/", town.reports("/nb/", bodies=2), after="<a href='/nb/2.html'>下一页</a>")
    login = "<form method='post'><input name='user'><input name='word' type='password'><button>登录</button></form>"
    town.put("/nb/2.html", town.page("用户登录", login))
    town.site.closed = True
