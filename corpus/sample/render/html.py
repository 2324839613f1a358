"""Sample reports as web pages, in the styles of styles.toml: the shells that the usual site systems put around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from string import Template
from typing import Any

from corpus.model import FormId, SectionKind
from corpus.sample.imprint import styles
from corpus.sample.model import SampleReport
from corpus.sample.render.layout import LaidTable, lay_out


def render_html(report: SampleReport) -> bytes:
    """The page of the report, in the encoding of its style (which need not be the one that it declares)."""
    style = styles()[report.style]
    page = Template(style["shell"]).substitute(
        title=escape(report.title),
        body="\n".join(_body(report, style)),
        site=f"{report.place}人民政府门户网站",
        place=report.place,
        agency=escape(report.agency.name),
        region=report.agency.region,
        host=report.url.split("/")[2],
        path="/" + report.url.split("/", 3)[3],
        published=report.published.isoformat(),
        compact=f"{report.published:%Y%m%d}",
        menu=_menu(report, style),
        year=str(report.year),
    )
    payload: bytes = page.encode(style["encoding"])
    return payload


def _body(report: SampleReport, style: Mapping[str, Any]) -> Iterator[str]:
    for number, section in enumerate(report.sections):
        before = report.preamble if number == 0 else 0
        for index, paragraph in enumerate(section.paragraphs):
            if index == before:
                yield style["heading"].replace("$text", section.heading)
            yield style["paragraph"].replace("$text", escape(paragraph, quote=False))
        if len(section.paragraphs) <= before:
            yield style["heading"].replace("$text", section.heading)
        if report.form:
            for table in _tables(report.style, report.form).get(section.kind, ()):
                yield "".join(
                    part if isinstance(part, str) else report.figures[part[0]] or style["blank"] for part in table
                )
    for line in (report.agency.name, f"{report.published.year}年{report.published.month}月{report.published.day}日"):
        yield style["signature"].replace("$text", line)


_Parts = tuple[str | tuple[str], ...]


@cache
def _tables(name: str, form: FormId) -> Mapping[SectionKind, tuple[_Parts, ...]]:
    """The tables of a form in the markup of a style: text, and the ids of the figures to put between, as 1-tuples."""
    style = styles()[name]
    return {section: tuple(_parts(table, style) for table in tables) for section, tables in lay_out(form).items()}


def _parts(table: LaidTable, style: Mapping[str, Any]) -> _Parts:
    parts: list[str | tuple[str]] = [style["table"]]
    for row in table:
        parts.append(style["row"])
        for cell in row:
            spans = f' colspan="{cell.colspan}"' * (cell.colspan > 1) + f' rowspan="{cell.rowspan}"' * (
                cell.rowspan > 1
            )
            opening, closing = style["label" if cell.header else "cell"].replace("$spans", spans).split("$text")
            # A label may be empty on paper, a figure may be left blank by its author: only that is the style's blank.
            content: list[str | tuple[str]] = [(cell.figure,)] if cell.figure else [escape(cell.text, quote=False)]
            parts.extend([opening, *content, closing])
        parts.append("</tr>\n")
    parts.append("</table>")
    return tuple(parts)


def _menu(report: SampleReport, style: Mapping[str, Any]) -> str:
    """The navigation of the site, with links to where nothing is."""
    return "\n".join(
        style["link"].replace("$text", text).replace("$href", f"/{slug}/")
        for text, slug in styles()["trs"]["columns"]
        + [[name, f"region{index}"] for index, name in enumerate(report.path)]
    )
