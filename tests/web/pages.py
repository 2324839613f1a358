"""Pages of a fictional county's sites: reports of the sample, lists, what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import BytesIO

from docx import Document

from corpus.sample.generate import generate
from corpus.sample.imprint import styles
from corpus.sample.model import SampleReport
from corpus.sample.render.html import render_html
from tests.accuracy.formats.print import pdf
from tests.accuracy.paper import paper

YEARS = range(2015, 2026)


@cache
def sample() -> dict[tuple[str, int], SampleReport]:
    """The sample's reports of those bodies that have one for every year, a county's first."""
    reports = list(generate(reports=600))
    found = {(report.agency.name, report.year): report for report in reports}
    names = dict.fromkeys(report.agency.name for report in reports if report.agency.level == "county")
    full = [name for name in names if all((name, year) in found for year in YEARS)]
    return {(name, year): found[name, year] for name in full for year in YEARS}


@cache
def bodies() -> tuple[str, ...]:
    """Six of these bodies; the first is a county's government."""
    names = list(dict.fromkeys(name for name, _ in sample()))
    first = next(name for name in names if name.endswith("人民政府"))
    return (first, *[name for name in names if name != first][:5])


def county() -> str:
    """The county's government."""
    return bodies()[0]


def title(body: str, year: int) -> str:
    """A report's title."""
    return sample()[body, year].title


def report_id(body: str, year: int) -> str:
    """The id that a report must get."""
    return sample()[body, year].id


def report_page(body: str, year: int, *, trail: str = "") -> str:
    """A report's page as its site's system prints it; ``trail`` stands before everything else."""
    report = sample()[body, year]
    text = render_html(report).decode(styles()[report.style]["encoding"])
    return text.replace("<body>", f"<body>{trail}", 1)


def report_file(body: str, year: int) -> bytes:
    """A report as a Word file without its tables."""
    report = sample()[body, year]
    document = Document()
    document.add_heading(report.title, 0)
    for section in report.sections:
        document.add_heading(section.heading, 1)
        for paragraph in section.paragraphs:
            document.add_paragraph(paragraph)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def report_print(body: str, year: int) -> bytes:
    """A report as a PDF file with its tables."""
    return pdf(paper(sample()[body, year]))


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


def list_page(head: str, links: Iterable[tuple[str, str]], *, after: str = "", nav: str = "") -> str:
    """A list of links, each in its row with a date."""
    rows = "".join(f"<li><a href='{address}'>{text}</a><span>2026-01-20</span></li>" for address, text in links)
    return page(head, f"<ul class='list'>{rows}</ul>{after}", nav=nav)
