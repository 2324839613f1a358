"""Web pages: what is hidden, struck out, raised, typed into fields, and how tables are put together."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Mapping
from functools import partial

from tests.accuracy.formats.page import html
from tests.accuracy.paper import Paper
from tests.accuracy.traits.carried import CARRIED, mhtml
from tests.accuracy.traits.tokens import destroy, filled, tokened

Written = tuple[Paper, bytes, str]
"""What must be read, the file, and its suffix."""

_SHEET = """<style>/* of the page */
.gone, td .none { display: none } .cut { text-decoration: line-through } .up { vertical-align: super; font-size: 60% }
.gone.must { display: none !important } .off:not(.on) { display: none }
.clear { visibility: hidden } .far { position: absolute; left: -9999px }
@media print { .kept { display: none } } @media (max-width: 700px) { .kept { display: none } }
@supports (display: grid) { .grid { display: none } }
.said::after { content: attr(data-said) } .said:after { visibility: hidden; height: 0; overflow: hidden }
@media screen and (min-width: 900px) { .wide { display: none } } @media not print { .screen { display: none } }
:root { --gone: none } .named { display: var(--gone) }
.shut { display: none } .shut.open { display: inline } body { display: none }
.leftward { display: inline-flex; flex-direction: row-reverse } .numbered { display: inline-flex } .last { order: 2 }
.around { color: black; & .within { display: none } } .masked { mask-image: linear-gradient(transparent, transparent) }
.pushed { display: inline-block; width: 20px; text-indent: 100%; white-space: nowrap; overflow: hidden }
</style>"""

_CELLS: Mapping[str, str] = {
    "struck by s": "<s>91</s>{}",
    "struck by del, the new one inserted": "<del>91</del><ins>{}</ins>",
    "struck by strike": "<strike>91</strike> {}",
    "struck by style": '<span style="text-decoration: line-through;">91</span>{}',
    "struck by class": '<span class="cut">91</span>{}',
    "hidden by style": '<span style="DISPLAY:none">91</span>{}',
    "hidden by attribute": "<span hidden>91</span>{}",
    "hidden by class": '<span class="gone">91</span>{}',
    "hidden by descendant selector": '<b class="none">91</b>{}',
    "hidden in its place": '<span style="visibility:hidden">9</span>{}',
    "hidden in its place by class": '{}<i class="clear">9</i>',
    "hidden for Word": '<span style="display:none;mso-hide:all">91</span>{}',
    "letters of no size": '<font style="font-size:0px">91</font>{}',
    "clear letters": '<span style="opacity:0">91</span>{}',
    "far outside": '<span class="far">91</span>{}',
    "cut to nothing": '<span style="display:inline-block;width:0;overflow:hidden">91</span>{}',
    "comment": "<!-- 91 -->{}<!--[if gte mso 9]>91<![endif]-->",
    "shown on screens": '<span class="kept">{}</span>',
    "shown by the later rule": '<span class="shut open">{}</span>',
    "raised mark": "{}<sup>1</sup>",
    "raised mark in brackets": "{}<sup>[12]</sup>",
    "raised mark by style": '{}<span style="vertical-align:super;font-size:8pt">1</span>',
    "raised mark by class": '{}<a href="#n1" class="up">1</a>',
    "circled mark": "{}①",
    "mark as a character": "{}²",
    "star": "{}*",
    "field": '<input type="text" value="{}" readonly>',
    "field without type": "<input value='{}'><input type=hidden value=91>",
    "field of several lines": "<textarea rows=1>{}</textarea>",
    "field of choices": "<select><option>91</option><option selected>{}</option></select>",
    "table in the cell": "<table><tr><td><div>{}</div></td></tr></table>",
    "white letters": '<span style="color:#FFF">91</span>{}',
    "white letters of a font": '<font color="white">9</font>{}',
    "letters without opacity": '<span style="color: rgba(0, 0, 0, 0)">9</span>{}',
    "for readers of the screen alone": (
        '<span style="position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(1px,1px,1px,1px)">91</span>{}'
    ),
    "scaled to nothing": '<span style="transform:scale(0)">91</span>{}',
    "at the top": '<span style="vertical-align:top;overflow:hidden">{}</span>',
    "reading above": "<ruby>{}<rp>(</rp><rt>91</rt><rp>)</rp></ruby>",
    "closed details": "<details><summary>{}</summary>91<p>91</p></details>",
    "button": "{}<button>91</button>",
    "for programs that play nothing": "{}<audio controls>91</audio><video>91</video>",
    "for programs without frames": "{}<noframes>91</noframes>",
    "for programs that embed nothing": "{}<noembed>91</noembed>",
    "formula with its source": (
        "<math><semantics><mn>{}</mn><annotation encoding='application/x-tex'>91</annotation></semantics></math>"
    ),
    "room for a formula": "{}<math><mphantom><mn>91</mn></mphantom></math>",
    "formula with a remark": "<math><maction actiontype=statusline><mn>{}</mn><mtext>91</mtext></maction></math>",
    "raised by a length": '{}<span style="vertical-align:5px;font-size:9px">1</span>',
    "white on a white ground": '<span style="color:#fff;background:#fff">91</span>{}',
    "raised word": "{}<sup>注1</sup>",
    "mark in brackets": "{}[1]",
    "letters of the colour of their ground": '<span style="color:#000;background:#000">91</span>{}',
    "cut away by a path": '<span style="clip-path:inset(100%)">91</span>{}',
    "filtered away": '<span style="filter: opacity(0)">91</span>{}',
    "not laid out": '<div style="content-visibility:hidden">91</div>{}',
    "closed dialog": "{}<dialog>91</dialog>",
    "hidden but for a part": '<span class="clear">91<b style="visibility:visible">{}</b></span>',
    "of no size but for a part": '<span style="font-size:0">91<b style="font-size:14px">{}</b></span>',
    "white but for a part": '<span style="color:#fff">91<b style="color:#333">{}</b></span>',
    "s that is not struck": '<s style="text-decoration: none">{}</s>',
    "hidden where a feature is there": '<span class="grid">91</span>{}',
    "moved far": '<span style="position:relative; left:-99999px">91</span>{}',
    "bars for programs that draw none": "{}<meter value=9>91</meter><progress>91</progress>",
    "note in brackets": "{}（注1）",
    "hidden against its own style": '<span class="gone must" style="display:inline">91</span>{}',
    "not of a class": '<span class="off">91</span><span class="off on">{}</span>',
    "in no script": "<noscript>91</noscript><template>91</template>{}",
    "no spaces between": "&#8203;{}&#8288;&lrm;",
    **{
        f"white as {color}": f'<span style="color:{color}">91</span>{{}}'
        for color in ("hsl(0,0%,100%)", "rgb(255 255 255)", "#fefefe", "snow")
    },
    **{
        f"unpainted by {style}": f'<span style="display:inline-block;{style}">91</span>{{}}'
        for style in ("opacity:.0", "transform:scaleX(0)", "scale:0", "transform:translateX(-9999px)", "font:0/0 a")
    },
    "in a shadow": "<b><template shadowrootmode=open>{}</template></b>",
    "printed by a style sheet": '<b class="said" data-said="{}"></b>',
    "hidden on wide screens": '<span class="wide">91</span>{}',
    "hidden but in print": '<span class="screen">91</span>{}',
    "hidden by a variable": '<span class="named">91</span>{}',
    "far by its inset": '<span style="position:absolute;inset:-9999px auto auto -9999px">91</span>{}',
    "hardly opaque": '<span style="opacity:1%">91</span>{}',
    "a tenth of a point": '<span style="font-size:.1pt">91</span>{}',
    "shown when asked for": "{}<div popover>91</div>",
    "unit in brackets": "{}件（条）",
    "hidden behind a comment": '<span style="display:/**/none">91</span>{}',
    "of no colour but one of its own": '<span style="-webkit-text-fill-color:transparent">91</span>{}',
    "mark in Roman figures": "{}[ii]",
    "far to the right": '<span style="position:absolute;right:-9999px">91</span>{}',
    "turned away": '<span style="display:inline-block;transform:rotateY(90deg)">91</span>{}',
    "clear in four values": '<span style="color:hsla(0,0%,0%,0)">91</span>{}',
    "clear in four digits": '<span style="color:#0000">91</span>{}',
    "hidden by a rule inside a rule": '<span class="around"><i class="within">91</i>{}</span>',
    "masked away": '<span class="masked">91</span>{}',
    "pushed out of its box": '<span class="pushed">91</span>{}',
    "drawn": "<svg width=60 height=16><title>91</title><text x=2 y=12>{}</text></svg>",
    "drawn above its edge": "{}<svg width=60 height=16><text>91</text></svg>",
    "hidden by attribute, shown by style": '<span hidden style="display:inline">{}</span>',
    "mark raised by a font": '{}<span style="font-variant-position:super">1</span>',
    "mark raised from its place": '{}<span style="position:relative;top:-.5em;font-size:60%">1</span>',
    "script": "<script>document.write('91')</script>{}",
}
_TURNED: Mapping[str, str] = {
    "from right to left": "<bdo dir=rtl>{}</bdo>",
    "from right to left by style": '<b style="unicode-bidi:bidi-override;direction:rtl">{}</b>',
    "from right to left by characters": "&#8238;{}&#8236;",
}
"""Around a number whose digits are written the other way round."""

_DIGITS: Mapping[str, Callable[[str], str]] = {
    "items from right to left": lambda text: f'<b class="leftward">{"".join(f"<i>{d}</i>" for d in text[::-1])}</b>',
    "digit of a style sheet": lambda text: (
        f"<style>.d{text[0]}::before{{content:'{text[0]}'}}</style><i class=d{text[0]}>{text[1:]}</i>"
    ),
    "items with numbers": lambda text: f'<b class="numbered"><i class="last">{text[1:]}</i><i>{text[:1]}</i></b>',
}
"""Numbers whose digits a page shows in another order than its source has them."""

_AROUND: Mapping[str, str] = {
    "cells of no width": "td width:0;overflow:hidden",
    "rows of a pixel": "tr height:1px;overflow:hidden",
    "tables that fade in": "table opacity:0",
    "letters on a line of their own": "td vertical-align:1px;font-size:9pt",
}
"""What hides nothing, though other elements would be hidden so."""

_UNTELLABLE: Mapping[str, str] = {
    "two numbers": "{}<br>31",
    "two numbers in paragraphs": "<p>{}</p><p>31</p>",
    "two numbers side by side": "{} 1731",
    "remark": "{}（其中修订1件）",
    "grown": "增{}",
    "what a program plays": '<object data="{0}.swf">{0}</object>',
    "picture of it": '<img src="{}.png">',
    "written by a script": '<i id="n{0}"></i><script>document.getElementById("n{0}").innerText = {0}</script>',
    "digits of the page's own font": "\ue603\ue600<!--{}-->",
    "variable not filled in": "{{{{ item.count }}}}<!--{}-->",
}


def _decorated(pattern: str | Callable[[str], str], *, tellable: bool) -> Callable[[Paper], Written]:
    decorate = pattern.format if isinstance(pattern, str) else pattern

    def write(paper: Paper) -> Written:
        made, boxes = tokened(paper)
        page = html(made).decode().replace("</head>", _SHEET + "</head>")
        wanted = made
        if not tellable:
            destroy(wanted, boxes)
        return wanted, filled(page, boxes, decorate).encode(), ".html"

    return write


def _turned(pattern: str) -> Callable[[Paper], Written]:
    def write(paper: Paper) -> Written:
        made, boxes = tokened(paper)
        return made, filled(html(made).decode(), boxes, lambda text: pattern.format(text[::-1])).encode(), ".html"

    return write


def _page(change: Callable[[str], str]) -> Callable[[Paper], Written]:
    return lambda paper: (paper, change(html(paper).decode()).encode(), ".html")


def _hidden_rows(page: str) -> str:
    """Before every row with numbers the same row as it was last year, hidden."""

    def doubled(match: re.Match[str]) -> str:
        last_year = re.sub(r">\d+<", ">77<", match[0]).replace("<tr", '<tr style="display: none"', 1)
        return last_year + match[0] if re.search(r">\d+<", match[0]) and "rowspan" not in match[0] else match[0]

    return re.sub(r"<tr>.*?</tr>", doubled, page)


def _hidden_cells(page: str) -> str:
    """Beside every number the one of last year, hidden."""
    return re.sub(r"(<td[^>]*>\d+</td>)", r'<td style="display:none">77</td>\1', page)


def _foot_first(page: str) -> str:
    """The last row of each table as its foot, written before its body, as HTML 4 asks."""

    def moved(match: re.Match[str]) -> str:
        rows = re.findall(r"<tr>.*?</tr>", match[1], re.DOTALL)
        if "rowspan" in match[1] or len(rows) < 3:
            return match[0]
        return f"<table><tfoot>{rows[-1]}</tfoot><tbody>{''.join(rows[:-1])}</tbody></table>"

    return re.sub(r"<table border=1>(.*?)</table>", moved, page, flags=re.DOTALL)


def _leftward(page: str) -> str:
    """Tables from right to left, their last columns first in the source."""

    def turned(match: re.Match[str]) -> str:
        return f"<tr>{''.join(reversed(re.findall(r'<td.*?</td>', match[0])))}</tr>"

    return re.sub(r"<tr>.*?</tr>", turned, page).replace("<table", '<table dir="rtl"')


def _ended(page: str) -> str:
    """A page that says it ended before its tables."""
    before, table, behind = page.partition("<table")
    return f"{before}</body></html>{table}{behind}"


def _encoded(encoding: str) -> Callable[[Paper], Written]:
    def write(paper: Paper) -> Written:
        page = re.sub(r"<meta[^>]*>", "", html(paper).decode())
        return paper, page.encode(encoding), ".html"

    return write


def _styled(page: str, style: str) -> str:
    """Cells, rows and tables that a content system gives such a look, and letters that Word sets a hair high."""
    name, _, declarations = style.partition(" ")
    return page.replace(f"<{name}", f'<{name} style="{declarations}"')


TRAITS: Mapping[str, Callable[[Paper], Written]] = {
    **{f"html: {name}": _decorated(pattern, tellable=True) for name, pattern in _CELLS.items()},
    **{f"html: {name}": _decorated(pattern, tellable=False) for name, pattern in _UNTELLABLE.items()},
    **{f"html: {name}": _turned(pattern) for name, pattern in _TURNED.items()},
    "html: hidden rows": _page(_hidden_rows),
    "html: hidden cells": _page(_hidden_cells),
    "html: foot before the body": _page(_foot_first),
    "html: row of widths": _page(
        lambda page: page.replace(
            "</table>",
            "<![if !supportMisalignedColumns]><tr height=0>" + "<td width=40></td>" * 10 + "</tr><![endif]></table>",
        )
    ),
    "html: spans in pixels": _page(lambda page: re.sub(r'((?:col|row)span)="(\d+)"', r'\1=" +\2px"', page)),
    "html: cells of headers": _page(lambda page: page.replace("<td", "<th").replace("</td>", "</th>")),
    **{f"html: {name}": _page(partial(_styled, style=style)) for name, style in _AROUND.items()},
    **{f"html: {name}": _decorated(write, tellable=True) for name, write in _DIGITS.items()},
    "html: tables from right to left": _page(_leftward),
    **{f"html: {name}": _page(carry) for name, carry in CARRIED.items()},
    "html: tables behind its end": _page(_ended),
    "html: compressed in two pieces": lambda paper: (
        paper,
        gzip.compress(html(paper)[:3000]) + gzip.compress(html(paper)[3000:]) + bytes(512),
        ".html",
    ),
    "html: filled up with zeros": lambda paper: (paper, html(paper) + bytes(500), ".html"),
    "html: UTF-16 without a mark": _encoded("utf-16-le"),
    "html: GB18030 undeclared": _encoded("gb18030"),
    "html: compressed": lambda paper: (paper, gzip.compress(html(paper)), ".html"),
    "html: web archive": lambda paper: (paper, mhtml(html(paper)), ".mht"),
}
