"""Evidence for links: short names, icons, dates, cut titles, navigation-like boxes, bodies before the column."""

from __future__ import annotations

from tests.web.style import style, styles
from tests.web.town import OFFICES, YEARS, Link, Town

SHORT = {
    "县残联": "残疾人联合会",
    "县科协": "科学技术协会",
    "县疾控": "疾病预防控制中心",
    "县教体": "教育体育局",
    "县供销社": "供销合作社联合社",
    "县税务": "税务局",
    "县城管": "城市管理局",
    "县园区办": "产业园区管理委员会",
}


@style("links")
def short_bodies(town: Town) -> None:
    """The column is a table of bodies by their short names, each with a page of its own."""
    cells = []
    for n, (short, body) in enumerate(SHORT.items()):
        links = [town.report(f"/bm/{n}/{year}.html", body, year) for year in YEARS[:2]]
        town.put(f"/bm/{n}/", town.listing(links, head=short))
        cells.append(f"<td><a href='/bm/{n}/'>{short}</a></td>")
    town.column("/gk/nb/", [], after=f"<table><tr>{''.join(cells)}</tr></table>")


# {u} the address, {t} the title, {y} the year: a row in which the link's own text says little.
ROWS = {
    "icon_links": "<tr><td>{t}</td><td><a href='{u}'><img src='/img/ck.png' width=16></a></td></tr>",
    "look_links": "<tr><td>{n}</td><td>{t}</td><td><a href='{u}'>查看</a></td></tr>",
    "date_links": "<tr><td>{t}</td><td><a href='{u}'>{y}-01-18</a></td></tr>",
    "cut_titles": "<tr><td><a href='{u}' title='{t}'>{c}…</a></td></tr>",
    "cut_without_title": "<tr><td><a href='{u}'>{c}...</a></td></tr>",
    "year_alone": "<tr><td><a href='{u}'>{y}</a></td></tr>",
    "detail_buttons": "<tr><td><p>{t}</p><div><a class='btn' href='{u}'><i class='fa'></i>详情</a></div></td></tr>",
    "number_and_arrow": "<tr><td><b>{n}</b>{t}</td><td><a href='{u}'>&raquo;</a></td></tr>",
}


@styles("links", ROWS)
def rows(town: Town, row: str) -> None:
    """A list whose links are told by their row, their neighbours or what they lead to."""
    told = []
    for n, year in enumerate(YEARS):
        path, title = town.report(f"/zwgk/bgs/{year + 1}/{4100 + n * 37}.html", OFFICES[0], year)
        told.append(row.format(u=path, t=title, y=year, n=n + 1, c=title[:9]))
    town.column("/zwgk/bgs/", [], after=f"<table>{''.join(told)}</table>")


@style("links")
def documents_by_number(town: Town) -> None:
    """Titles that do not name the report: the number under which it was sent, with others beside it."""
    links = [
        Link(town.report(f"/art/nb/{year}.html", OFFICES[0], year).path, f"政府信息公开年报（{year}）")
        for year in YEARS[:3]
    ]
    links += [
        Link(town.report(f"/art/nb/{year}.html", OFFICES[0], year).path, f"〔{year + 1}〕{year % 7 + 2}号")
        for year in YEARS[3:]
    ]
    town.column("/gk/nb/", links)


@style("links")
def year_menu_in_navigation(town: Town) -> None:
    """The years stand in a box whose class says that it is navigation."""
    links = {year: [town.report(f"/gk/nb/{year}/{n}.html", OFFICES[n], year) for n in range(2)] for year in YEARS[:4]}
    menu = "".join(f"<dd><a href='/gk/nb/{year}/'>{year}</a></dd>" for year in YEARS[:4])
    box = f"<dl class='left-menu sub_nav'><dt>年份</dt>{menu}</dl>"
    town.column("/gk/nb/", links[YEARS[0]], after=box)
    for year in YEARS[:4]:
        town.put(f"/gk/nb/{year}/", town.listing(links[year], after=box))


@style("links")
def directory_alone(town: Town) -> None:
    """The only way is 政府信息公开目录, and in it 指南与年报."""
    town.home(Link("/zfxxgkml/", "政府信息公开目录"))
    town.put(
        "/zfxxgkml/",
        town.listing([Link("jgzn.html", "机构职能"), Link("znnb.html", "信息公开指南与年报")], head="目录"),
    )
    town.aside("/zfxxgkml/jgzn.html", town.page("机构职能", "<p>职能说明。</p>"))
    guide = town.page("政府信息公开指南", "<p>本指南说明如何申请公开政府信息。</p>" * 4)
    town.aside("/zfxxgkml/zn.html", guide)
    links = [Link("zn.html", f"{town.county}政府信息公开指南"), *town.reports("/zfxxgkml/", bodies=1, years=5)]
    town.put("/zfxxgkml/znnb.html", town.listing(links, head="指南与年报"))


@style("links")
def bodies_before_column(town: Town) -> None:
    """部门信息公开, a body, 政府信息公开年报: the bodies stand before the column."""
    town.home(Link("/bmxxgk/", "部门信息公开"))
    town.put(
        "/bmxxgk/", town.listing([Link(f"/bm{n}/", town.county + OFFICES[n]) for n in range(1, 5)], head="部门信息公开")
    )
    for n in range(1, 5):
        inside = [Link(f"/bm{n}/zn/", "政府信息公开指南"), Link(f"/bm{n}/nb/", "政府信息公开年报")]
        town.put(f"/bm{n}/", town.listing(inside, head=OFFICES[n]))
        town.aside(f"/bm{n}/zn/", town.page("指南", "<p>申请须知。</p>"))
        links = [town.report(f"/bm{n}/nb/{year}.html", OFFICES[n], year) for year in YEARS[:3]]
        town.put(f"/bm{n}/nb/", town.listing(links))


@style("links")
def six_steps(town: Town) -> None:
    """Six steps from the home page to the column, each named for a class of things."""
    steps = ("政务公开", "信息公开平台", "法定主动公开内容", "其他法定信息", "监督与保障", "年度报告")
    town.home(Link("/s0/", steps[0]))
    for n, name in enumerate(steps[:-1]):
        inside = [
            Link(f"/s{n + 1}/", steps[n + 1]),
            Link(f"/o{n}/", ("领导之窗", "规划计划", "统计信息", "应急管理", "人事信息")[n]),
        ]
        town.put(f"/s{n}/", town.listing(inside, head=name))
        town.aside(f"/o{n}/", town.page("栏目", "<p>暂无内容。</p>"))
    town.put("/s5/", town.listing(town.reports("/s5/", bodies=2, years=4), head=steps[-1]))


@style("links")
def sub_columns(town: Town) -> None:
    """The column is divided by whose reports they are, and by whether they are old."""
    columns = {
        "xzf": ("县政府年报", 0, 3),
        "bmnb": ("县直单位年报", 1, 3),
        "zjnb": ("镇街年报", 2, 3),
        "wnnb": ("往年年报", 0, 7),
    }
    town.column("/nb/", [Link(f"/nb/{slug}/", text) for slug, (text, *_) in columns.items()])
    for slug, (text, office, last) in columns.items():
        body = "柳坪镇人民政府" if slug == "zjnb" else OFFICES[office]
        years = YEARS[3:] if slug == "wnnb" else YEARS[:last]
        town.put(f"/nb/{slug}/", town.listing([town.report(f"/nb/{slug}/{y}.html", body, y) for y in years], head=text))


@style("links")
def titles_with_tails(town: Town) -> None:
    """Titles that go on: 及统计报表, （含预算公开）, a version in brackets."""
    tails = ("及统计报表", "（含预算公开）", "(修订版)", "和统计表", "【政务公开】", "", "全文")
    links = [
        Link(town.report(f"/gk/{y}.html", OFFICES[0], y).path, town.title(OFFICES[0], y) + tail)
        for y, tail in zip(YEARS, tails, strict=True)
    ]
    town.column("/gk/nb/", links)


@style("links")
def title_that_says_otherwise(town: Town) -> None:
    """Among the reports of a list some are called by many words of which none is a report's."""
    links = town.reports("/nb/", bodies=3, years=3)
    called = [
        Link(path, f"{OFFICES[2]}上年度政府信息公开情况" if n % 3 == 2 else text)
        for n, (path, text) in enumerate(links)
    ]
    town.column("/nb/", called)
