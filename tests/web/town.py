"""A county of the fictional provinces and its site: the few words in which a style of site is told.

Every style has a county of its own, so that no two miniatures hold the same report, and a shell of its own (header,
rows, footer), so that no layout goes with one family. Reports are six sections of plain sentences: what they hold is
the business of other tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from io import BytesIO
from typing import NamedTuple, TypeVar
from urllib.parse import parse_qs

from docx import Document

from corpus.model import Agency, Region
from corpus.sample.places import sample_places
from tests.web.server import Answer, Route, Site

COLUMN = "政府信息公开年报"
"""What the column of the reports is called."""
YEARS = tuple(range(2025, 2018, -1))
OFFICES = ("人民政府", "财政局", "水利局", "民政局", "司法局", "审计局", "统计局", "教育局", "林业局", "医疗保障局")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json;charset=UTF-8"
SIZE = 24_000
"""Reports of a sample that is large enough to have a county for every style."""

_CHAPTERS = (
    ("一、总体情况", "{year}年，{body}依照条例公开政府信息，全年在网站上公开{n}条，回应群众关切{m}次，没有泄密。"),
    (
        "二、主动公开政府信息情况",
        "本年制发行政规范性文件{m}件，现行有效{n}件，作出行政许可{n}件，都能在网站的专栏里查到。",
    ),
    (
        "三、收到和处理政府信息公开申请情况",
        "本年新收到政府信息公开申请{m}件，都在期限内答复，没有结转到下一年度继续办理的申请。",
    ),
    (
        "四、政府信息公开行政复议、行政诉讼情况",
        "本年度因政府信息公开引起的行政复议{m}件，结果维持；没有引起行政诉讼的政府信息公开事项。",
    ),
    ("五、存在的主要问题及改进情况", "部分栏目更新不够及时，下一步{body}将安排专人每周检查栏目，并组织培训。"),
    ("六、其他需要报告的事项", "本年度没有收取信息处理费，{body}没有其他需要报告的事项。"),
)

_SHELLS = (
    (
        "<div class='top-nav'>{nav}</div><div id='content'><div class='crumb'>位置：首页 &gt; {head}</div>{inner}</div>"
        "<div class='foot'>承办：{county}人民政府办公室　<a href='/map.html'>网站地图</a></div>"
    ),
    (
        "<table width='1000' align='center'><tr><td class='menu'>{nav}</td></tr><tr><td><b>{head}</b>{inner}</td></tr>"
        "<tr><td class='copy'>版权所有 {county}人民政府</td></tr></table>"
    ),
    (
        "<header><nav>{nav}</nav></header><main><section><h3>{head}</h3>{inner}</section></main>"
        "<footer><a href='/lxwm.html'>联系我们</a>　{county}政务服务和数据管理局维护</footer>"
    ),
)
_ROWS = (
    ("<ul class='news'>{}</ul>", '<li><span>[{day}]</span><a href="{path}">{text}</a></li>'),
    ("<table class='tb'>{}</table>", '<tr><td><a href="{path}" target=_blank>{text}</a></td><td>{day}</td></tr>'),
    ("<div class='lb'>{}</div>", '<dl><dt><a href="{path}">{text}</a></dt><dd>发布时间：{day}</dd></dl>'),
)


Row = TypeVar("Row")


class Link(NamedTuple):
    """An address and what a reader sees of it."""

    path: str
    text: str


@cache
def counties() -> tuple[Region, ...]:
    """The counties that styles take their places from: 县, then districts."""
    regions = [place.region for place in sample_places(1, SIZE) if place.region.level == "county"]
    return tuple(sorted(regions, key=lambda region: not region.name.endswith("县")))


class Town:
    """A county and its site while a style fills it."""

    def __init__(self, name: str, number: int) -> None:
        self.site = Site(name)
        self.region = counties()[number]
        self.county = self.region.name
        self._shell = _SHELLS[number % 3]
        self._rows = _ROWS[number // 2 % 3]
        for path, head in (("/map.html", "网站地图"), ("/lxwm.html", "联系我们")):
            self.aside(path, self.page(head, "<p>文澜路一号，周一至周五办公。</p>"))

    # What a site is made of

    def put(self, path: str, answer: Route | str | bytes, *, kind: str = "text/html; charset=utf-8") -> None:
        """Serve something at a path; what is no report is a page that a reader passes on the way."""
        if isinstance(answer, str):
            answer = answer.encode()
        self.site.routes[path] = Answer(answer, media_type=kind) if isinstance(answer, bytes) else answer
        self.site.lists.add(path)

    def aside(self, path: str, answer: Route | str) -> None:
        """Serve something that is not on the way."""
        self.put(path, answer)
        self.site.lists.discard(path)

    def report(self, path: str, body: str = OFFICES[0], year: int = YEARS[0], answer: Answer | None = None) -> Link:
        """Serve a report: its page, unless another answer is given."""
        name = self.county + body
        self.site.routes[path] = answer or Answer(self.article(body, year).encode(), media_type="text/html")
        agency = Agency(name, self.region.code, "county", "department")
        self.site.reports[path] = f"{self.region.code}-{year}-{agency.fingerprint}"
        return Link(path, self.title(body, year))

    def reports(self, folder: str, *, bodies: int = 2, years: int = 3, shape: str = "{year}{n}.html") -> list[Link]:
        """Reports of the first offices, newest first, at addresses of one shape."""
        return [
            self.report(folder + shape.format(year=year, n=number, published=year + 1), body, year)
            for year in YEARS[:years]
            for number, body in enumerate(OFFICES[:bodies])
        ]

    def home(self, *links: Link | tuple[str, str], news: int = 6) -> None:
        """A home page with some news, and the way: what the links say, which is usually one column."""
        nav = "".join(f'<a href="{path}">{text}</a> ' for path, text in links)
        told = [Link(f"/xwzx/{n}.html", f"{self.county}召开第{n + 1}次重点工作调度会") for n in range(news)]
        self.put("/", self.page("首页", self.rows(told), nav=f"<a href='/fw/'>办事</a> <a href='/hd/'>互动</a> {nav}"))
        for path, _ in (*told, ("/fw/", ""), ("/hd/", "")):
            self.aside(path, self.page("页面", "<p>内容正在整理，请稍后再来。</p>" * 3))

    def column(self, path: str, links: Iterable[Link | tuple[str, str]], *, after: str = "") -> None:
        """The column of the reports at the end of the usual way."""
        self.home(Link(path, COLUMN))
        self.put(path, self.listing(links, after=after))

    def filled(self, inner: str) -> None:
        """The column of the reports at /nb/, with nothing in it but this."""
        self.home(Link("/nb/", COLUMN))
        self.put("/nb/", self.page(COLUMN, inner))

    # What pages look like

    def title(self, body: str, year: int) -> str:
        """A report's title."""
        return f"{self.county}{body}{year}年政府信息公开工作年度报告"

    def chapters(self, body: str, year: int) -> list[tuple[str, str]]:
        """Heading and paragraph of each section."""
        name, n = self.county + body, 60 + sum(map(ord, self.county + body)) % 400 + year % 100
        return [(head, text.format(year=year, body=name, n=n, m=n % 17 + 2)) for head, text in _CHAPTERS]

    def article(self, body: str, year: int, chosen: slice = slice(None), *, after: str = "") -> str:
        """A report's page, or of some of its chapters."""
        told = "".join(
            f"<p><strong>{head}</strong></p><p>{text}</p>" for head, text in self.chapters(body, year)[chosen]
        )
        title = self.title(body, year)
        return (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body><div class='xl'>"
            f"<h1>{title}</h1><div class='zw'>{told}<p>{self.county}{body}</p><p>{year + 1}年1月18日</p></div>{after}"
            "</div></body></html>"
        )

    def file(self, body: str, year: int) -> Answer:
        """A report as a Word file."""
        document = Document()
        document.add_heading(self.title(body, year), 0)
        for head, text in self.chapters(body, year):
            document.add_heading(head, 1)
            document.add_paragraph(text)
        out = BytesIO()
        document.save(out)
        return Answer(out.getvalue(), media_type=WORD)

    def page(self, head: str, inner: str, *, nav: str = "<a href='/'>首页</a>") -> str:
        """A page in the site's shell."""
        shown = self._shell.format(nav=nav, head=head, inner=inner, county=self.county)
        return (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{head}_{self.county}人民政府网</title></head>"
            f"<body>{shown}</body></html>"
        )

    def rows(self, links: Iterable[Link | tuple[str, str]]) -> str:
        """Links in the rows of the site's lists."""
        around, row = self._rows
        return around.format("".join(row.format(path=path, text=text, day="2026-01-19") for path, text in links))

    def listing(self, links: Iterable[Link | tuple[str, str]], *, head: str = COLUMN, after: str = "") -> str:
        """A page of such rows."""
        return self.page(head, self.rows(links) + after)

    def paged(self, paths: Sequence[str], links: Sequence[Link], after: Callable[[int], str]) -> None:
        """A list over several pages at these addresses; ``after`` is what page n (from 1) shows below its rows."""
        size = -(-len(links) // len(paths))
        self.home(Link(paths[0], COLUMN))
        for n, path in enumerate(paths, start=1):
            self.put(path, self.listing(links[(n - 1) * size : n * size], after=after(n)))

    def by_number(self, path: str, field: str, links: Sequence[Link], after: Callable[[int], str]) -> None:
        """A list at one address whose pages are asked for in a field; ``after`` is what page n shows below its rows."""
        size = 4

        def answer(query: str, _: str) -> Answer:
            number = int(parse_qs(query).get(field, ["1"])[0])
            return Answer(self.listing(seen(links, size, number), after=after(number)).encode())

        self.put(path, answer)
        self.site.lists |= {f"{path} {number}" for number in range(2, -(-len(links) // size) + 1)}


def seen(links: Sequence[Row], size: int, number: int) -> Sequence[Row]:
    """The links of page ``number``, counted from 1."""
    return links[(number - 1) * size : number * size]
