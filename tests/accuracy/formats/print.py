"""A paper printed to PDF, with rules or without, over as many pages as it takes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Table as Table_

from tests.accuracy.paper import Box, Paper, Table, squares

_FONT = "STSong-Light"
_WIDTH = 450.0
_HEIGHT = 680.0
_ROWS = 8
_ALL, _LINE = ((0, 0), (-1, -1)), (0.5, "black")

Rules = Sequence[tuple[Any, ...]]
"""As ``TableStyle`` has them."""
GRID: Rules = (("GRID", *_ALL, *_LINE),)
OPEN: Rules = (
    ("INNERGRID", *_ALL, *_LINE),
    ("LINEABOVE", (0, 0), (-1, 0), *_LINE),
    ("LINEBELOW", (0, -1), (-1, -1), *_LINE),
)
"""All rules but those down the left and right side."""


def pdf(paper: Paper) -> bytes:
    """Tables drawn with rules."""
    return _printed(paper)


def pdf_decorated(paper: Paper, boxes: Mapping[str, Any], **how: Any) -> bytes:
    """Tables drawn with rules, some of their cells holding other than plain text; ``how``: as ``_printed``."""
    return _printed(paper, boxes=boxes, **how)


def pdf_unruled(paper: Paper) -> bytes:
    """Tables whose columns only stand below one another."""
    return _printed(paper, rules=())


def _printed(  # noqa: PLR0913 - each of what a trait changes
    paper: Paper,
    *,
    rules: Rules = GRID,
    boxes: Mapping[str, Any] | None = None,
    paint: Callable[[Any], None] = lambda _: None,
    canvas: type[Canvas] = Canvas,
    lay: Callable[[Any], Any] = lambda table: table,
) -> bytes:
    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    body = ParagraphStyle("body", fontName=_FONT, fontSize=12, leading=18, firstLineIndent=24, wordWrap="CJK")
    title = ParagraphStyle("title", parent=body, fontSize=18, leading=26, alignment=TA_CENTER, firstLineIndent=0)
    right = ParagraphStyle("right", parent=body, alignment=TA_RIGHT)
    story: list[Any] = [Paragraph(escape(paper.title), title), Spacer(0, 12)]
    for block in paper.blocks:
        if isinstance(block, str):
            story.append(Paragraph(escape(block), body))
        else:
            story += [*map(lay, _tables(block, boxes or {}, rules)), Spacer(0, 12)]
    story += [Paragraph(escape(line), right) for line in paper.signature]
    output = io.BytesIO()

    def margins(canvas: Any, document: Any) -> None:
        paint(canvas)
        _margins(canvas, document)

    made = SimpleDocTemplate(output, pagesize=A4, invariant=1)
    made.build(story, onFirstPage=margins, onLaterPages=margins, canvasmaker=canvas)
    return output.getvalue()


def _margins(canvas: Any, document: Any) -> None:
    """A running head and a page number."""
    canvas.setFont(_FONT, 9)
    canvas.drawString(72, A4[1] - 40, "政府信息公开")
    canvas.drawCentredString(A4[0] / 2, 30, f"- {document.page} -")


def _tables(table: Table, boxes: Mapping[str, Any], rules: Rules) -> list[Any]:
    """The table in parts that a page can hold; what is merged over the edge of a part goes on without words."""
    lines = list(squares(table))
    columns = max(map(len, lines))
    figures = max(sum(bool(box.figure) for box in row) for row in table)
    labels = max(1, columns - figures)
    share = 0.5 if figures < 8 else labels / columns
    widths = [_WIDTH * share / labels] * labels + [_WIDTH * (1 - share) / (columns - labels)] * (columns - labels)
    parts = [lines[start : start + _ROWS] for start in range(0, len(lines), _ROWS)]
    return [made for part in parts for made in _fitting(part, widths, boxes, rules)]


def _fitting(
    lines: list[list[tuple[Box, bool]]], widths: list[float], boxes: Mapping[str, Any], rules: Rules
) -> list[Any]:
    """A part of a table, or two where its rows are too high for a page."""
    made = _part(lines, widths, boxes, rules)
    if len(lines) == 1 or made.wrap(_WIDTH, _HEIGHT)[1] <= _HEIGHT:
        return [made]
    half = len(lines) // 2
    halves = (lines[:half], lines[half:])
    return [made for part in halves for made in _fitting(part, widths, boxes, rules)]


def _part(lines: list[list[tuple[Box, bool]]], widths: list[float], boxes: Mapping[str, Any], rules: Rules) -> Any:
    style = ParagraphStyle("cell", fontName=_FONT, fontSize=9, leading=11, wordWrap="CJK", alignment=TA_CENTER)
    places: dict[int, list[tuple[int, int]]] = {}
    for number, row in enumerate(lines):
        for column, (box, _) in enumerate(row):
            places.setdefault(id(box), []).append((column, number))
    spans = [("SPAN", squares_[0], squares_[-1]) for squares_ in places.values() if len(squares_) > 1]
    cells: list[list[Any]] = [
        [_content(box, boxes, style) if fresh and box.text else "" for box, fresh in row]
        + [""] * (len(widths) - len(row))
        for row in lines
    ]
    return Table_(cells, widths, style=TableStyle([*rules, ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans]))


def _content(box: Box, boxes: Mapping[str, Any], style: ParagraphStyle) -> Any:
    """What a cell holds: its text, or the decoration that stands for it."""
    made = boxes.get(box.text, escape(box.text).replace("\n", "<br/>"))
    return Paragraph(made, style) if isinstance(made, str) else made
