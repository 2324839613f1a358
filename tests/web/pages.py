"""Pages of a fictional county's sites: reports, lists, what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable

BODIES = ("云溪县人民政府", "云溪县财政局", "云溪县教育局", "云溪县审计局", "青石镇人民政府", "云溪县统计局")

_SECTIONS = (
    (
        "一、总体情况",
        "{body}在{year}年全面推进政务公开，全年通过门户网站主动公开政府信息{count}条，办结依申请公开{few}件。",
    ),
    ("二、主动公开政府信息情况", "本年新制发规范性文件{few}件，废止1件，现行有效{count}件，均已在网站公布。"),
    ("三、收到和处理政府信息公开申请情况", "本年新收政府信息公开申请{few}件，均在法定期限内答复。"),
    ("四、政府信息公开行政复议、行政诉讼情况", "本年没有因政府信息公开引起的行政复议和行政诉讼。"),
    ("五、存在的主要问题及改进情况", "公开内容的可读性还不够，{year}年以来已组织两次业务培训，将继续改进栏目设置。"),
    ("六、其他需要报告的事项", "{body}没有收取信息处理费，无其他需要报告的事项。"),
)


def title(body: str, year: int) -> str:
    """A report's title."""
    return f"{body}{year}年政府信息公开工作年度报告"


def report_text(body: str, year: int) -> str:
    """A report as paragraphs, its numbers telling body and year apart."""
    count, few = 100 + year % 100 + len(body), year % 9 + 1
    return "\n".join(
        f"<p><strong>{heading}</strong></p>\n<p>{text.format(body=body, year=year, count=count, few=few)}</p>"
        for heading, text in _SECTIONS
    )


def page(head: str, content: str, *, extra: str = "", nav: str = "", heading: str | None = None) -> str:
    """A page with the usual navigation around its content."""
    shown = head if heading is None else heading
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{head}-云溪县人民政府网</title>{extra}</head><body>"
        f"<div class='header'><ul class='nav'>{nav}<li><a href='/news/'>新闻动态</a></li>"
        "<li><a href='/fwdt/'>办事服务</a></li><li><a href='/hdjl/'>互动交流</a></li></ul></div>"
        f"<div class='main'><h1>{shown}</h1>{content}</div>"
        "<div class='footer'><a href='/about.html'>关于我们</a> 主办：云溪县人民政府办公室</div></body></html>"
    )


def report_page(body: str, year: int, *, trail: str = "", extra: str = "") -> str:
    """A report's page."""
    content = f"<div class='path'>当前位置：{trail}</div><p>发布日期：{year + 1}-01-20</p>{report_text(body, year)}"
    return page(title(body, year), content, extra=extra)


def list_page(head: str, links: Iterable[tuple[str, str]], *, after: str = "", nav: str = "") -> str:
    """A list of links, each in its row with a date."""
    rows = "".join(f"<li><a href='{address}'>{text}</a><span>2026-01-20</span></li>" for address, text in links)
    return page(head, f"<ul class='list'>{rows}</ul>{after}", nav=nav)
