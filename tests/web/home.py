"""What most miniature sites share: a home page, the way to the column of the reports, near misses beside them."""

from __future__ import annotations

from tests.web.pages import list_page, page
from tests.web.server import Answer, Site

NEAR_MISSES = (
    ("jd.html", "文字解读：云溪县2022年政府信息公开工作年度报告"),
    ("tj.html", "一图读懂2023年政府信息公开工作年度报告"),
    ("tz.html", "关于做好2024年政府信息公开工作年度报告编制公布工作的通知"),
    ("zn.html", "云溪县政府信息公开指南"),
    ("fz.html", "云溪县2023年法治政府建设年度报告"),
)
NAV = "<li><a href='/zwgk/'>政务公开</a></li>"


def html(text: str, encoding: str = "utf-8", declared: str | None = None, **more: float) -> Answer:
    """A page as an answer."""
    kind = "text/html" if declared == "" else f"text/html; charset={declared or encoding}"
    return Answer(text.encode(encoding, errors="replace"), media_type=kind, **more)  # type: ignore[arg-type]  # seconds


def home(site: Site, column: str, way: str = "政府信息公开") -> None:
    """A home page, and the way to the column of the reports."""
    news = [(f"/news/{number}.html", f"云溪县召开第{number}次工作会议") for number in range(20)]
    site.routes["/"] = html(list_page("首页", news, nav=NAV))
    site.routes["/zwgk/"] = html(
        list_page("政务公开", [("/zwgk/zfxxgk/", way), ("/zwgk/czyjs/", "财政预决算"), ("/zwgk/ghjh/", "规划计划")])
    )
    site.routes["/zwgk/zfxxgk/"] = html(
        list_page(
            "政府信息公开",
            [("/zwgk/zn.html", "政府信息公开指南"), (column, "政府信息公开年报"), ("/zwgk/ysq/", "依申请公开")],
        )
    )
    site.lists |= {"/", "/zwgk/", "/zwgk/zfxxgk/"}
    for path in ("/news/", "/fwdt/", "/hdjl/", "/zwgk/czyjs/", "/zwgk/ghjh/"):
        site.routes[path] = html(list_page("其他", [(f"{path}x{n}.html", f"其他内容{n}") for n in range(9)]))
    for path in ("/about.html", "/zwgk/zn.html", "/zwgk/ysq/", *(address for address, _ in news)):
        site.routes[path] = html(page("说明", "<p>这里是说明文字。</p>" * 9))


def misses(site: Site, folder: str) -> list[tuple[str, str]]:
    for name, text in NEAR_MISSES:
        site.routes[folder + name] = html(page(text, f"<p>{text}，全文如下。</p>" * 9))
    return [(folder + name, text) for name, text in NEAR_MISSES]
