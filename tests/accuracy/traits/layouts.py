"""Tables that are others in their source: boxes that are shown as tables, forms and frames around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape

from tests.accuracy.formats.page import html
from tests.accuracy.paper import Paper
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
    "html: page of frames": _page(_framed),
    "html: page in the frame of a set": _page(
        lambda page: (
            f'<html><frameset rows="*"><frame src="data:text/html;charset=utf-8,{escape(page)}"></frameset></html>'
        )
    ),
}
