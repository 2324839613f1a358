"""Bodies that keep their reports elsewhere than in the column: behind words, menus and cards that do not tell of it."""

from __future__ import annotations

from tests.web.style import style
from tests.web.town import COLUMN, OFFICES, YEARS, Link, Town


def keeps(town: Town, folder: str, name: str, *, head: str = "年度报告") -> Link:
    """A body's own list of two reports in a folder; the link to it is called by the body."""
    links = [town.report(f"{folder}{year}.html", name, year) for year in YEARS[:2]]
    town.put(folder, town.listing(links, head=head))
    return Link(folder, name)


@style("bodies")
def others_beside_departments(town: Town) -> None:
    """On the way stand 部门信息公开 and 其他单位 alike: no word tells of the latter, whose bodies have short names."""
    departments = [keeps(town, f"/bm/{n}/", OFFICES[n]) for n in (1, 2, 3)]
    others = [Link(keeps(town, f"/qt/{n}/", OFFICES[n]).path, OFFICES[n][:-1]) for n in (4, 5)]
    town.home(Link("/gk/", "政务公开"))
    ways = [Link("/gk/bm.html", "部门信息公开"), Link("/gk/qt.html", "其他单位")]
    own = f"<p><a href='/gk/nb/'>{COLUMN}</a></p>"
    town.put("/gk/", town.page("政务公开", own + town.rows(ways)))
    town.put("/gk/nb/", town.listing(town.reports("/gk/nb/", bodies=1)))
    town.put("/gk/bm.html", town.listing(departments, head="部门信息公开"))
    town.put("/gk/qt.html", town.listing(others, head="其他单位"))


@style("bodies")
def window_of_towns(town: Town) -> None:
    """街镇之窗 stands with 政府信息公开 in one row, and calls its towns by less than their names."""
    towns = [Link(keeps(town, f"/jz/{n}/", OFFICES[n]).path, OFFICES[n][:-1]) for n in (1, 3, 5, 7)]
    town.home(Link("/gk/", "政务公开"))
    town.put(
        "/gk/", town.listing([Link("/gk/zf.html", "政府信息公开"), Link("/gk/jz.html", "街镇之窗")], head="政务公开")
    )
    town.put("/gk/zf.html", town.listing(town.reports("/gk/nb/", bodies=1), head="政府信息公开"))
    town.put("/gk/jz.html", town.listing(towns, head="街镇之窗"))


@style("bodies")
def cards_with_duties(town: Town) -> None:
    """组织机构 in the site's menu shows a card for each body; its link is called 详情, its site stands behind."""
    cards = ""
    for n in (1, 2, 3, 4):
        keeps(town, f"/d{n}/nb/", OFFICES[n])
        town.put(f"/d{n}/", town.page(OFFICES[n], f"<p><a href='/d{n}/nb/'>信息公开年报</a></p>"))
        town.put(f"/jg/{n}.html", town.page(OFFICES[n], f"<p>网站：<a href='/d{n}/'>进入网站</a></p>"))
        cards += f"<div><h4>{OFFICES[n]}</h4><p>负责有关工作。</p><a href='/jg/{n}.html'>机构详情</a></div>"
    town.home(Link("/jg/", "组织机构"), Link("/gk/", COLUMN))
    town.put("/jg/", town.page("组织机构", cards))
    town.put("/gk/", town.listing(town.reports("/gk/nb/", bodies=1)))


@style("bodies")
def menu_that_a_file_writes(town: Town) -> None:
    """A body's page calls nothing: the file of scripts that it names writes its menu by itself."""
    bodies = []
    for n in (1, 2, 3):
        keeps(town, f"/bm/{n}/nb/", OFFICES[n])
        code = f"var d = new dTree('d'); d.add(0, -1, '目录'); d.add(1, 0, '年报', '/bm/{n}/nb/'); document.write(d);"
        town.put(f"/bm/{n}/tree.js", code, kind="application/javascript")
        town.put(f"/bm/{n}/", town.page(OFFICES[n], f"<script src='/bm/{n}/tree.js'></script>"))
        bodies.append(Link(f"/bm/{n}/", OFFICES[n]))
    town.home(Link("/bm/", "部门信息公开"))
    town.put("/bm/", town.listing(bodies, head="部门信息公开"))
