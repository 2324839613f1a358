"""A paper as a web page, with the faults that only markup has."""

from __future__ import annotations

import json
from html import escape

from tests.accuracy.paper import Box, Paper, Table, squares

_FURNITURE = "<ul>" + "".join(f'<li><a href="/c{n}/">政务公开栏目{n}</a></li>' for n in range(30)) + "</ul>"


def html(paper: Paper) -> bytes:
    """The page with a site's furniture around it."""
    article = "".join(_block(block, paper) for block in paper.blocks)
    article += "".join(f'<p style="text-align:right">{escape(line)}</p>' for line in paper.signature)
    if "layout_table" in paper.markup:
        article = f"<table><tr><td>{_FURNITURE}</td><td><table><tr><td>{article}</td></tr></table></td></tr></table>"
    charset = _declared(paper)
    head = f"<head>{charset}<title>{escape(paper.title)}_门户网站</title></head>"
    page = f"<!DOCTYPE html><html>{head}<body>{_FURNITURE}<h1>{escape(paper.title)}</h1><div id='zoom'>{article}</div>"
    page += f"<div class='foot'>{_FURNITURE}<p>版权所有</p></div></body></html>"
    if "in_json" in paper.markup:
        page = json.dumps(
            {"code": 200, "data": {"title": paper.title, "publishedTime": "2024-01-20", "content": article}},
            ensure_ascii="radicals" in paper.markup,
        )
    elif "in_script" in paper.markup:
        page = (
            f"<!DOCTYPE html><html>{head}<body><h1>{escape(paper.title)}</h1><div id='zoom'></div>"
            f"<script>var article = {json.dumps(f'<h1>{paper.title}</h1>{article}')};"
            "document.getElementById('zoom').innerHTML = article;</script></body></html>"
        )
    encodings = {"gb18030", "gbk_as_gb2312", "gbk_as_utf8"} & paper.markup
    return page.encode("gb18030" if encodings else "utf-8")


def _declared(paper: Paper) -> str:
    lies = {"gbk_as_gb2312": "gb2312", "gb18030": "gb18030", "utf8_as_gb2312": "gb2312", "no_charset": ""}
    charset = next((declared for name, declared in lies.items() if name in paper.markup), "utf-8")
    return f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""


def _block(block: str | Table, paper: Paper) -> str:
    if isinstance(block, str):
        return f"<p>　　{escape(block)}</p>"
    if "no_spans" in paper.markup:
        rows = [[box for box, fresh in line if fresh] for line in squares(block)]
        rows = [[Box(box.text, box.figure) for box in row] for row in rows]
    else:
        rows = block
    closing = "" if "unclosed" in paper.markup else "</tr>"
    return (
        "<table border=1>"
        + "".join("<tr>" + "".join(_cell(box, paper) for box in row) + closing + "\n" for row in rows)
        + "</table>"
    )


def _cell(box: Box, paper: Paper) -> str:
    rowspan, colspan = box.rowspan, box.colspan
    if "lying_rowspans" in paper.markup and rowspan > 2:
        rowspan = max(2, rowspan - 2) if rowspan % 2 else rowspan + 2
    if "wide_headers" in paper.markup and not box.figure:
        colspan += 1
    if "wide_cells" in paper.markup and box.figure:
        colspan += 1
    spans = f' rowspan="{rowspan}"' * (rowspan > 1) + f' colspan="{colspan}"' * (colspan > 1)
    text = escape(box.text).replace("\n", "<br>")
    if "split_spans" in paper.markup:
        text = f"<p><span lang=EN-US>{'</span><span>'.join(map(escape, box.text))}</span></p>".replace("\n", "<br>")
    if "entities" in paper.markup:
        text = "".join(f"&#{ord(character)};" for character in box.text)
    if not text and "nbsp" in paper.markup:
        text = "<p>&nbsp;</p>"
    end = "" if "unclosed" in paper.markup else "</td>"
    return f"<td{spans}>{text}{end}"
