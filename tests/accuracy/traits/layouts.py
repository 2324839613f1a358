"""Tables that are others in their source: boxes that are shown as tables, forms and frames around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape

from tests.accuracy.formats.page import html
from tests.accuracy.paper import Paper, copied
from tests.accuracy.traits.pages import Written

_SHEET = "<style>.t {display: table} .r {display: table-row} .c {display: table-cell}</style></head>"
_SHOWN = {"table": "div class=t", "tr": "div class=r", "td": "span class=c"}
_STATED = {"table": "div role=table", "tr": "div role=row", "td": "span role=cell"}
_TAG = re.compile(r"<(/?)(table|tr|td)\b([^>]*)>")


def _page(change: Callable[[str], str]) -> Callable[[Paper], Written]:
    return lambda paper: (paper, change(html(paper).decode()).encode(), ".html")


def _boxed(page: str, names: Mapping[str, str]) -> str:
    """The page with boxes in the place of the elements of its tables, their spans stated for who listens."""

    def box(tag: re.Match[str]) -> str:
        name = names[tag[2]]
        return f"</{name.split()[0]}>" if tag[1] else f"<{name}{re.sub('(?=colspan|rowspan)', 'aria-', tag[3])}>"

    return _TAG.sub(box, page).replace("</head>", _SHEET)


def _gridded(page: str) -> str:
    """The page with the cells of each table as items of one grid, which knows rows by their places alone."""

    def grid(table: re.Match[str]) -> str:
        wide = sum(int(span or 1) for span in re.findall(r"<td\b(?:[^>]*colspan=\"(\d+))?", table[1].split("</tr>")[0]))
        items = re.sub(r"</?tr>", "", _TAG.sub(item, table[1]))
        return f'<div style="display:grid;grid-template-columns:repeat({wide}, minmax(0, 1fr))">{items}</div>'

    def item(tag: re.Match[str]) -> str:
        if tag[2] != "td" or tag[1]:
            return "</div>" if tag[1] and tag[2] == "td" else ""
        across, down = (re.search(rf'{name}="(\d+)', tag[3]) for name in ("colspan", "rowspan"))
        places = "".join(f"grid-{name}:span {at[1]};" for name, at in (("column", across), ("row", down)) if at)
        return f'<div style="{places}">'

    return re.sub(r"<table[^>]*>(.*?)</table>", grid, page, flags=re.DOTALL)


def _flexible(page: str) -> str:
    """The page with rows as flexible boxes, which state no spans."""
    names = {"table": "div", "tr": 'div style="display: flex"', "td": "div"}
    return _TAG.sub(lambda tag: f"</{names[tag[2]].split()[0]}>" if tag[1] else f"<{names[tag[2]]}>", page)


def _partly_blank(change: Callable[[str], str]) -> Callable[[Paper], Written]:
    """Some noughts of applicants are left blank."""

    def write(paper: Paper) -> Written:
        made = copied(paper)
        for table in made.tables:
            for row in table:
                for at, box in enumerate(row):
                    if box.text == "0" and box.figure.endswith((".research", ".legal_service")):
                        row[at] = replace(box, text="")
                        made.values[box.figure] = None
        return made, change(html(made).decode()).encode(), ".html"

    return write


def _framed(page: str) -> str:
    """A page of frames, which are elsewhere, with the whole page for programs that show none."""
    head, body = page.split("<body", 1)
    frames = "<frame src=menu.htm><frame src=main.htm>"
    return f"{head}<frameset cols='20%,80%'>{frames}<noframes><body{body}</noframes></frameset></html>"


TRAITS: Mapping[str, Callable[[Paper], Written]] = {
    "html: boxes shown as tables": _page(lambda page: _boxed(page, _SHOWN)),
    "html: boxes that say they are tables": _page(lambda page: _boxed(page, _STATED)),
    "html: forms around the cells of rows": _page(
        lambda page: re.sub(
            "</tr>", "</form></tr>", re.sub("(<tr[^>]*>)", r"\1<form><input type=hidden value=91>", page)
        )
    ),
    "html: cells in a grid": _partly_blank(_gridded),
    "html: rows in flexible boxes": _partly_blank(_flexible),
    "html: fonts, cells and rows left open": _page(
        lambda page: re.sub("</(?:td|tr)>", "", re.sub("(<td[^>]*>)", r"\1<font size=2>", page))
    ),
    "html: page of frames": _page(_framed),
    "html: page in the frame of a set": _page(
        lambda page: (
            f'<html><frameset rows="*"><frame src="data:text/html;charset=utf-8,{escape(page)}"></frameset></html>'
        )
    ),
}
