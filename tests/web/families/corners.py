"""Corners of a site: reports among notices, bodies under folders of their own, menus that stand in files."""

from __future__ import annotations

from urllib.parse import parse_qs

from corpus.traditional import characters
from tests.web.families.interfaces import told
from tests.web.server import Answer
from tests.web.style import style
from tests.web.town import COLUMN, OFFICES, WORD, YEARS, Link, Town, seen


@style("corners")
def notices_turned_by_a_call(town: Town) -> None:
    """No column of their own: two reports on each page of the notices, which are turned by a call alone."""
    links = town.reports("/nb/", bodies=2, years=3)
    notices = [(f"/gg/{n}.html", f"关于第{n}号公告的通知") for n in range(12)]
    for path, text in notices:
        town.aside(path, town.page(text, "<p>特此通知，请遵照执行。</p>"))
    town.home(("/gg/", "信息公开公告"))
    for n, path in enumerate(("/gg/", "/gg/index_1.html", "/gg/index_2.html")):
        rows = [*notices[4 * n : 4 * n + 2], links[2 * n], *notices[4 * n + 2 : 4 * n + 4], links[2 * n + 1]]
        pager = f"<script>createPageHTML(3, {n}, 'index', 'html');</script>"
        town.put(path, town.listing(rows, head="公告", after=pager))


@style("corners")
def bodies_under_their_own_folders(town: Town) -> None:
    """Beside the county's column stand two bodies, each with a first folder that is called as it is."""
    names = []
    for folder, name in (("czj", OFFICES[1]), ("sfj", OFFICES[4])):
        lists = f"/{folder}/gk/nb/"
        town.put(lists, town.listing([town.report(f"{lists}{year}.html", name, year) for year in YEARS[:3]]))
        town.put(f"/{folder}/gk/index.html", town.page(name, f"<p><a href='{lists}'>信息公开年报</a></p>"))
        names.append(Link(f"/{folder}/gk/index.html", name))
    town.home(Link("/zf/gk/", "政府信息公开"))
    own = f"<p><a href='/zf/gk/nb/'>{COLUMN}</a></p>"
    town.put("/zf/gk/", town.page("政府信息公开", own + town.rows(names)))
    town.put("/zf/gk/nb/", town.listing(town.reports("/zf/gk/nb/", bodies=1)))


@style("corners")
def address_beside_its_base(town: Town) -> None:
    """A page's links are relative to another folder, and its script reads the year in the page's own address."""
    rows = {str(year): town.report(f"/data/{year}.html", OFFICES[0], year) for year in YEARS[:4]}
    years = town.rows([Link(f"list/nb.html?nbYear={year}", f"{year}年") for year in rows])
    script = "$.getJSON('list/nb.json?y=' + location.search.split('=')[1], function (d) { draw(d); });"
    page = town.page(COLUMN, f"{years}<ul id='l'></ul><script>{script}</script>")
    town.home(Link(f"/gk/list/nb.html?nbYear={YEARS[0]}", COLUMN))
    town.aside("/gk/list/nb.html", page.replace("<head>", "<head><base href='/gk/'>"))
    town.aside("/gk/list/nb.json", lambda query, _: told([rows[parse_qs(query)["y"][0]]._asdict()]))
    town.site.lists |= {f"{place} {year}" for place in ("page", "part") for year in rows}


@style("corners")
def ways_that_a_file_writes(town: Town) -> None:
    """The start shows news; the site's menu, with the way to the column, is written by a file of scripts."""
    town.home()
    code = "document.write(\"<ul><li><a href='/zw/'>政务公开</a></li><li><a href='/ly/'>旅游</a></li></ul>\");"
    town.put("/js/top.js", code, kind="application/javascript")
    news = "".join(
        f"<h4>要闻</h4><p>{town.county}召开第{n}次常务会议，研究安全生产、防汛和民生保障等工作。</p>" for n in range(12)
    )
    town.put("/", town.page("首页", f"<script src='/js/top.js'></script>{news}"))
    town.put("/zw/", town.page("政务公开", f"<p><a href='/zw/nb/'>{COLUMN}</a></p>"))
    town.put("/zw/nb/", town.listing(town.reports("/zw/nb/", bodies=2, years=2)))


@style("corners")
def downloads_by_a_files_function(town: Town) -> None:
    """Each row has its title and a button whose function stands in a file of scripts; two rows have links."""
    code = "function take(id) { location.href = '/take.do?no=' + id; }"
    town.put("/js/take.js", code, kind="application/javascript")
    rows = ""
    for n, year in enumerate(YEARS[:4]):
        link = town.report(f"/take.do?no={n}", OFFICES[0], year, town.file(OFFICES[0], year))
        rows += f"<li>{link.text} <a href='javascript:take({n})'>下载</a></li>"
    linked = town.reports("/nb/", bodies=2, years=1)
    rows += "".join(f"<li><a href='{path}'>{text}</a></li>" for path, text in linked)
    town.filled(f"<script src='/js/take.js'></script><ul>{rows}</ul>")


@style("corners")
def file_that_is_torn(town: Town) -> None:
    """The column is a list of files; one of them breaks off in the middle, and no other makes up for it."""
    links = [town.report(f"/f/{year}.docx", OFFICES[0], year, town.file(OFFICES[0], year)) for year in YEARS[:3]]
    torn = Link("/f/torn.docx", town.title(OFFICES[0], YEARS[3]))
    town.put(torn.path, Answer(town.file(OFFICES[0], YEARS[3]).body[:9000], media_type=WORD))
    town.column("/nb/", [*links, torn])
    town.site.closed = True


@style("corners")
def traditional_characters(town: Town) -> None:
    """A copy in Traditional characters: ways, column, its parts and the word for the next page are written in them."""
    written = {ord(new): chr(old) for old, new in characters().items()}

    def put(path: str, head: str, inner: str) -> None:
        town.put(path, town.page(head, inner).translate(written))

    town.home(Link("/gk/", "政务公开".translate(written)))
    put("/gk/", "政务公开", f"<p><a href='/gk/nb/'>{COLUMN}</a></p>")
    put("/gk/nb/", COLUMN, town.rows([Link("/gk/nb/zf/", "县政府年报"), Link("/gk/nb/bm/", "部门年报")]))
    for folder, bodies in (("zf", OFFICES[:1]), ("bm", OFFICES[1:3])):
        links = [
            town.report(f"/gk/nb/{folder}/{year}{n}.html", name, year)
            for n, name in enumerate(bodies)
            for year in YEARS[:4]
        ]
        for page in (1, 2):
            after = "<a href='2.html'>下一页</a>" if page == 1 else ""
            path = f"/gk/nb/{folder}/{'2.html' if page == 2 else ''}"
            put(path, COLUMN, town.rows(seen(links, len(links) // 2, page)) + after)


@style("corners")
def short_names_under_their_own_folders(town: Town) -> None:
    """The column names its bodies, most of them by less than their names; each has a first folder of its own."""
    names = []
    for n in range(1, 6):
        lists = f"/dw{'abcdef'[n]}/gk/nb/"
        town.put(lists, town.listing([town.report(f"{lists}{year}.html", OFFICES[n], year) for year in YEARS[:2]]))
        names.append(Link(lists.replace("gk/nb/", "gk/xx.html"), OFFICES[n] if n == 1 else OFFICES[n][:-1]))
        town.put(names[-1].path, town.page(OFFICES[n], f"<p><a href='{lists}'>年报</a></p>"))
    town.column("/nb/", names)
