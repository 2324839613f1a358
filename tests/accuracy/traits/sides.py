"""Printed pages that are turned, hold tables on their side, or are of another size than paper is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from tests.accuracy.formats.print import pdf_decorated
from tests.accuracy.paper import Paper
from tests.accuracy.traits.pages import Written

_WIDTH, _HEIGHT = A4


def turned(angle: int, stated: int = 0) -> Callable[[Paper], Written]:
    """Pages on which all is turned; the paper stays as it is, or is turned back by /Rotate."""
    width, height = A4

    class _Sheet(Canvas):  # type: ignore[misc] # reportlab has no types
        def showPage(self) -> None:  # noqa: N802 - reportlab's own name
            if angle % 180 and not stated:
                self.setPageSize((height, width))
            self.setPageRotation(stated)
            super().showPage()

    def turn(canvas: Any) -> None:
        canvas.translate(*{90: (height, 0), 180: (width, height), 270: (0, width)}[angle])
        canvas.rotate(angle)

    return lambda paper: (paper, pdf_decorated(paper, {}, paint=turn, canvas=_Sheet), ".pdf")


def sized(scale: float) -> Callable[[Paper], Written]:
    """Pages as small as a stamp, or as large as a poster, with all that is on them."""

    def paint(canvas: Any) -> None:
        canvas.setPageSize((_WIDTH * scale, _HEIGHT * scale))
        canvas.scale(scale, scale)

    return lambda paper: (paper, pdf_decorated(paper, {}, paint=paint), ".pdf")


def tilted(angle: float) -> Callable[[Paper], Written]:
    """Pages on which all is turned by so many degrees."""

    def paint(canvas: Any) -> None:
        canvas.translate(_WIDTH / 2, _HEIGHT / 2)
        canvas.rotate(angle)
        canvas.translate(-_WIDTH / 2, -_HEIGHT / 2)

    return lambda paper: (paper, pdf_decorated(paper, {}, paint=paint), ".pdf")


def cornered(paper: Paper) -> Written:
    """The box of each page by its right lower corner first."""
    box = rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]"
    return paper, re.sub(box, rb"/MediaBox [\1 \2 0 0]", pdf_decorated(paper, {})), ".pdf"


class _TwoUp(Canvas):  # type: ignore[misc] # reportlab has no types
    """Prints every second page beside the one before it."""

    half = 0

    def showPage(self) -> None:  # noqa: N802 - reportlab's own name
        self.half = 1 - self.half
        if not self.half:
            super().showPage()

    def save(self) -> None:
        if self.half:
            self.showPage()
        super().save()


def two_up(paper: Paper) -> Written:
    """Two pages on every sheet, side by side."""

    def paint(canvas: Any) -> None:
        canvas.setPageSize((2 * _WIDTH, _HEIGHT))
        canvas.translate(_WIDTH * canvas.half, 0)

    return paper, pdf_decorated(paper, {}, paint=paint, canvas=_TwoUp), ".pdf"


class _OnItsSide(Flowable):  # type: ignore[misc] # reportlab has no types
    """A table that lies on its side on a page that stands upright."""

    def __init__(self, table: Any, angle: int) -> None:
        super().__init__()
        self.table, self.angle = table, angle

    def wrap(self, *_: float) -> tuple[float, float]:
        self.width, self.height = self.table.wrapOn(self.canv, 450, 450)
        return self.height, self.width

    def draw(self) -> None:
        if self.angle == 90:
            self.canv.translate(self.height, 0)
        else:
            self.canv.translate(0, self.width)
        self.canv.rotate(self.angle)
        self.table.drawOn(self.canv, 0, 0)


def lying(angle: int) -> Callable[[Paper], Written]:
    """Tables on their side on pages that stand upright."""
    return lambda paper: (paper, pdf_decorated(paper, {}, lay=lambda table: _OnItsSide(table, angle)), ".pdf")
