"""Pages that say little where they lead: pictures of words, files by number, rows sent for, frames that wait."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

from tests.web.families.widgets import SIZE
from tests.web.server import Answer
from tests.web.style import style
from tests.web.town import OFFICES, YEARS, Link, Town, seen

COLUMN = "政府信息公开年报"


@style("wordless")
def form_while_loading(town: Town) -> None:
    """The start sends a form before anybody sees it."""
    town.column("/nb/", town.reports("/nb/", bodies=1))
    home = town.site.routes["/"]
    town.put(
        "/",
        "<html><body onload='document.f.submit()'><form name='f' method='post'"
        " action='/portal.do'><input type='hidden'"
        " name='site' value='7'></form></body></html>",
    )
    assert isinstance(home, Answer)
    town.put("/portal.do", lambda _, body: home if parse_qs(body)["site"] == ["7"] else Answer(b"", 403))


@style("wordless")
def pictures_of_words(town: Town) -> None:
    """The way is pictures whose files are numbers: only the addresses say where it leads."""
    town.home()
    town.put(
        "/",
        town.page("首页", "", nav="<a href='/zwgk/'><img src='/i/1.png'></a><a href='/xw/'><img src='/i/2.png'></a>"),
    )
    town.put("/zwgk/", town.page("公开", "<a href='/zwgk/zfxxgknb/'><img src='/i/b.png'></a>"))
    town.put("/zwgk/zfxxgknb/", town.listing(town.reports("/zwgk/zfxxgknb/", bodies=2), head="年报"))


@style("wordless")
def gathered_files(town: Town) -> None:
    """One article a year gathers the files of all bodies, each called only by its number."""
    links = []
    for year in YEARS[:2]:
        rows = ""
        for n in range(4):
            path = f"/files/{year}/{n}.docx"
            town.report(path, OFFICES[n], year, town.file(OFFICES[n], year))
            rows += f"<p>{n + 1}. {OFFICES[n]} <a href='{path}'>附件{n + 1}</a></p>"
        links.append(Link(f"/nb/{year}.html", f"{year}年度各部门政府信息公开工作年度报告汇总"))
        town.put(links[-1].path, town.page(links[-1].text, f"<p>现将各部门报告公布如下。</p>{rows}"))
    town.column("/nb/", links)


@style("wordless")
def rows_sent_for(town: Town) -> None:
    """WebForms: pages and rows are postbacks, the third row of every page by the same name."""
    links = town.reports("/nb/show.aspx", bodies=2, years=5, shape="?id={year}{n}")
    town.home(("/nb/list.aspx", COLUMN))

    def part(_: str, body: str) -> Answer:
        asked = {name: values[0] for name, values in parse_qs(body).items()}
        shown, act = int(asked.get("__VIEWSTATE", "v1")[1:]), asked.get("__EVENTARGUMENT", "Page$1")
        verb, _, number = act.partition("$")
        if verb == "Select":
            return Answer(b"", 302, headers={"Location": seen(links, SIZE, shown)[int(number)].path})
        page, back = int(number), "<a href=\"javascript:__doPostBack('G','{}')\">{}</a>"
        rows = "".join(back.format(f"Select${n}", link.text) for n, link in enumerate(seen(links, SIZE, page)))
        pages = "".join(back.format(f"Page${n}", n) for n in (1, 2, 3) if n != page)
        hidden = {"__EVENTTARGET": "", "__EVENTARGUMENT": "", "__VIEWSTATE": f"v{page}"}
        fields = "".join(f"<input type='hidden' name='{name}' value='{value}'>" for name, value in hidden.items())
        return Answer(town.page(COLUMN, f"<form method='post'>{fields}{rows}<p>{pages}</p></form>").encode())

    town.put("/nb/list.aspx", part)
    town.site.lists |= {f"row {n}" for n in range(len(links))}


@style("wordless")
def buttons_of_forms(town: Town) -> None:
    """The next page is a form of hidden fields and a button."""
    links = town.reports("/nb/", bodies=2, years=5)
    town.home(("/nb/list.php", COLUMN))

    def part(query: str, _: str) -> Answer:
        number = int(parse_qs(query).get("page", ["1"])[0])
        fields = f"<input type='hidden' name='cat' value='9'><input type='hidden' name='page' value='{number + 1}'>"
        form = f"<form action='list.php'>{fields}<button type='submit'>下一页</button></form>"
        return Answer(town.listing(seen(links, SIZE, number), after=form if number < 3 else "").encode())

    town.put("/nb/list.php", part)
    town.site.lists |= {"page 2", "page 3"}


@style("wordless")
def list_for_search_engines(town: Town) -> None:
    """The page shows nothing without its script; what it holds it tells search engines as linked data."""
    links = town.reports("/nb/", bodies=2, years=3)
    items = [{"@type": "ListItem", "item": {"@type": "Article", "name": text, "url": path}} for path, text in links]
    data = json.dumps({"@type": "ItemList", "itemListElement": items}, ensure_ascii=False)
    town.home(("/nb/", COLUMN))
    town.put("/nb/", town.page(COLUMN, f"<script type='application/ld+json'>{data}</script><script>boot(7)</script>"))


@style("wordless")
def towns_beside(town: Town) -> None:
    """The government's reports stand on the usual way, those of offices behind a name for all of them."""
    town.home(("/nb/", COLUMN), ("/xz/", "乡镇街道"))
    town.put("/nb/", town.listing(town.reports("/nb/", bodies=1)))
    offices = []
    for n in range(1, 5):
        path = f"/xz/{n}/"
        town.put(path, town.page(OFFICES[n], "<p>概况</p>", nav=f"<a href='{path}gk/'>信息公开</a>"))
        town.put(f"{path}gk/", town.listing([(f"{path}gk/nb.html", "年度报告")], head="信息公开"))
        rows = [town.report(f"{path}gk/{year}.html", OFFICES[n], year) for year in YEARS[:2]]
        town.put(f"{path}gk/nb.html", town.listing(rows, head="年度报告"))
        offices.append((path, OFFICES[n]))
    town.put("/xz/", town.listing(offices, head="乡镇街道"))


@style("wordless")
def frames_of_later(town: Town) -> None:
    """Every year has a frame whose address waits in an attribute until its tab is clicked."""
    frames = ""
    for year in YEARS[:3]:
        rows = town.rows([town.report(f"/nb/{year}/{n}.html", OFFICES[n], year) for n in range(3)])
        town.put(f"/nb/of{year}.html", f"<html><body>{rows}</body></html>")
        frames += f"<div class='pane'><iframe data-src='/nb/of{year}.html'></iframe></div>"
    town.home(("/nb/", COLUMN))
    script = "<script>$('.tab').click(function () { show($(this).index()); });</script>"
    town.put("/nb/", town.page(COLUMN, frames + script))
