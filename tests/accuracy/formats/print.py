"""A paper printed to PDF, with rules or without, over as many pages as it takes."""

from __future__ import annotations

import io
from html import escape
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from tests.accuracy.paper import Paper, Table, squares

_FONT = "STSong-Light"
_WIDTH = 450.0


def pdf(paper: Paper) -> bytes:
    """Tables drawn with rules."""
    return _printed(paper, ruled=True)


def pdf_unruled(paper: Paper) -> bytes:
    """Tables whose columns only stand below one another."""
    return _printed(paper, ruled=False)


def _printed(paper: Paper, *, ruled: bool) -> bytes:
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    body = ParagraphStyle("body", fontName=_FONT, fontSize=12, leading=18, firstLineIndent=24, wordWrap="CJK")
    title = ParagraphStyle("title", parent=body, fontSize=18, leading=26, alignment=TA_CENTER, firstLineIndent=0)
    right = ParagraphStyle("right", parent=body, alignment=TA_RIGHT)
    story: list[Any] = [Paragraph(escape(paper.title), title), Spacer(0, 12)]
    for block in paper.blocks:
        story.append(Paragraph(escape(block), body) if isinstance(block, str) else _table(block, ruled=ruled))
        if isinstance(block, list):
            story.append(Spacer(0, 12))
    story += [Paragraph(escape(line), right) for line in paper.signature]
    output = io.BytesIO()
    SimpleDocTemplate(output, pagesize=A4, invariant=1).build(story, onFirstPage=_margins, onLaterPages=_margins)
    return output.getvalue()


def _margins(canvas: Any, document: Any) -> None:
    """A running head and a page number."""
    canvas.setFont(_FONT, 9)
    canvas.drawString(72, A4[1] - 40, "政府信息公开")
    canvas.drawCentredString(A4[0] / 2, 30, f"- {document.page} -")


def _table(table: Table, *, ruled: bool) -> Any:
    lines = list(squares(table))
    columns = max(map(len, lines))
    depth = columns - max(sum(1 for box in row if box.figure) for row in table)
    label = max(1, depth)
    share = 0.5 if columns - label < 8 else 0.0
    widths = [_WIDTH * share / label] * label + [_WIDTH * (1 - share) / (columns - label)] * (columns - label)
    if not share:
        widths = [_WIDTH / columns] * columns
    style = ParagraphStyle("cell", fontName=_FONT, fontSize=9, leading=11, wordWrap="CJK", alignment=TA_CENTER)
    spans = []
    for number, row in enumerate(lines):
        column = 0
        while column < len(row):
            box, fresh = row[column]
            span = 1
            while column + span < len(row) and row[column + span][0] is box and span < box.colspan:
                span += 1
            if fresh and (span > 1 or box.rowspan > 1):
                bottom = number
                while (
                    bottom + 1 < len(lines) and column < len(lines[bottom + 1]) and lines[bottom + 1][column][0] is box
                ):
                    bottom += 1
                spans.append(("SPAN", (column, number), (column + span - 1, bottom)))
            column += span
    cells = [
        [Paragraph(escape(box.text).replace("\n", "<br/>"), style) if fresh and box.text else "" for box, fresh in row]
        + [""] * (columns - len(row))
        for row in lines
    ]
    rules = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
    return LongTable(
        cells, widths, style=TableStyle([*rules, ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans]), splitByRow=1
    )
