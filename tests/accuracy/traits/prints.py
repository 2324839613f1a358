"""Printed pages: watermarks, boxes behind text, second prints, layers that nobody sees, filled fields."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from tests.accuracy.formats.print import OPEN, pdf_decorated
from tests.accuracy.paper import Paper
from tests.accuracy.traits.drawn import Drawn, Outlined
from tests.accuracy.traits.layered import FOR_PRINT, OFF, with_layer
from tests.accuracy.traits.pages import Written
from tests.accuracy.traits.sides import cornered, lying, sized, tilted, turned, two_up
from tests.accuracy.traits.tokens import destroy, tokened

_FONT = "STSong-Light"
_WIDTH, _HEIGHT = A4
# Digits that stand beside another number in a cell: with more, the cell would break them over two lines.
_FITTING = 2


def _painted(paint: Callable[[Any], None]) -> Callable[[Paper], Written]:
    """Pages on which something is painted before the text."""

    def write(paper: Paper) -> Written:
        def alone(canvas: Any) -> None:
            canvas.saveState()
            paint(canvas)
            canvas.restoreState()

        return paper, pdf_decorated(paper, {}, paint=alone), ".pdf"

    return write


def _seal(canvas: Any) -> None:
    """A red seal on the cells, its name running round over a number."""
    canvas.setFillColorRGB(1, 0, 0)
    canvas.translate(0.7 * _WIDTH, 0.6 * _HEIGHT)
    canvas.setFont(_FONT, 7)
    canvas.drawCentredString(0, -12, "4101230045678")
    canvas.setFont(_FONT, 9)
    canvas.rotate(100)
    for letter in "云溪县人民政府信息公开专用章":
        canvas.rotate(-13)
        canvas.drawString(0, 38, letter)


def _drawn_by(canvas: type[Canvas]) -> Callable[[Paper], Written]:
    return lambda paper: (paper, pdf_decorated(paper, {}, canvas=canvas), ".pdf")


def _celled(content: Callable[[str], Any], *, tellable: bool = True) -> Callable[[Paper], Written]:
    """Some cells hold what ``content`` makes of their number."""

    def write(paper: Paper) -> Written:
        made, boxes = tokened(paper, longest=_FITTING)
        if not tellable:
            destroy(made, boxes)
        return made, pdf_decorated(made, {token: content(box.text) for token, box in boxes.items()}), ".pdf"

    return write


def _tiles(angle: float, size: float, gray: float) -> Callable[[Any], None]:
    def paint(canvas: Any) -> None:
        canvas.setFillGray(gray)
        canvas.setFont(_FONT, size)
        for x in range(40, int(_WIDTH), 150):
            for y in range(40, int(_HEIGHT), 90):
                canvas.saveState()
                canvas.translate(x, y)
                canvas.rotate(angle)
                canvas.drawString(0, 0, "内部资料 2023")
                canvas.restoreState()

    return paint


def _words(size: float, gray: float) -> Callable[[Any], None]:
    def paint(canvas: Any) -> None:
        canvas.setFillGray(gray)
        canvas.setFont(_FONT, size)
        for y in range(100, 760, 120):
            canvas.drawCentredString(_WIDTH / 2, y, "云溪县2019")

    return paint


def _bands(gray: float) -> Callable[[Any], None]:
    """Boxes behind where lines of text stand, as editors put them there for a background of letters."""

    def paint(canvas: Any) -> None:
        canvas.setFillGray(gray)
        for number in range(40):
            canvas.rect(72 + number % 3 * 24, 72 + number * 18, 380 + number % 4 * 20, 17, stroke=0, fill=1)

    return paint


def _security(canvas: Any) -> None:
    """Thousands of small filled squares."""
    canvas.setFillGray(0.85)
    for x in range(0, int(_WIDTH), 7):
        for y in range(0, int(_HEIGHT), 7):
            canvas.rect(x, y, 2, 2, stroke=0, fill=1)


def _strokes(canvas: Any) -> None:
    """A pattern of thousands of short strokes."""
    canvas.setFillGray(0.7)
    for x in range(0, int(_WIDTH), 9):
        for y in range(0, int(_HEIGHT), 9):
            canvas.rect(x, y, 5, 0.5, stroke=0, fill=1)


class _Twice(Canvas):  # type: ignore[misc] # reportlab has no types
    """Prints every text twice, the second time a little off: bold letters, or their shadow."""

    off, gray = (0.3, 0.0), 0.0

    def drawText(self, aTextObject: Any) -> None:  # noqa: N802, N803 - reportlab's own name
        self.saveState()
        self.translate(*self.off)
        super().drawText(aTextObject)
        self.restoreState()
        super().drawText(aTextObject)


class _Shadow(_Twice):
    off = (2.2, -0.6)


class _Layer(_Twice):
    """A layer of recognised text, not painted, a little off; programs that recognise text make mistakes."""

    off = (1.2, 0.9)

    def drawText(self, aTextObject: Any) -> None:  # noqa: N802, N803 - reportlab's own name
        Canvas.drawText(self, aTextObject)
        self.saveState()
        self.translate(*self.off)
        self._code.append("3 Tr")
        Canvas.drawText(self, aTextObject)
        self._code.append("0 Tr")
        self.restoreState()


class _Corrected(Flowable):  # type: ignore[misc] # reportlab has no types
    """A value beside one that nobody sees: white, of no paint, or under a white box."""

    def __init__(self, text: str, how: str) -> None:
        super().__init__()
        self.text, self.how, self.width, self.height = text, how, 24.0, 12.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFont(_FONT, 9)
        self.canv.saveState()
        self.canv.setFillGray(1 if self.how == "white" else 0)
        wrong = self.canv.beginText(0, 2)
        wrong.setTextRenderMode(3 if self.how == "unpainted" else 0)
        wrong.textOut("9")
        self.canv.drawText(wrong)
        if self.how == "covered":
            self.canv.setFillGray(1)
            self.canv.rect(-0.5, 0, 5.4, 11, stroke=0, fill=1)
        self.canv.restoreState()
        self.canv.drawString(5.5, 2, self.text)


class _Noted(Flowable):  # type: ignore[misc] # reportlab has no types
    """A value that is written, or beside one that is struck out or covered, by a note on the page."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__()
        self.text, self.kind, self.width, self.height = text, kind, 24.0, 12.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        x, y = self.canv.absolutePosition(0, 0)
        note = PDFDictionary({"Type": PDFName("Annot"), "Subtype": PDFName(self.kind)})
        if self.kind == "FreeText":
            note["Rect"], note["Contents"] = PDFArray([x, y, x + 24, y + 12]), PDFString(self.text)
        else:
            note["Rect"], note["IC"] = PDFArray([x, y, x + 4.6, y + 10]), PDFArray([1, 1, 1])
            note["L"] = PDFArray([x, y + 5, x + 4.5, y + 5.3])
            note["InkList"] = PDFArray([PDFArray([x, y + 5, x + 2, y + 6, x + 4.5, y + 5.3])])
            self.canv.setFont(_FONT, 9)
            self.canv.drawString(0, 2, "9")
            self.canv.drawString(5.5, 2, self.text)
        self.canv._addAnnotation(note)  # noqa: SLF001 - reportlab has no public way


class _Field(Flowable):  # type: ignore[misc] # reportlab has no types
    """A field of a form, filled in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.width, self.height = text, 24.0, 12.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.acroForm.textfield(
            name=f"f{random.random()}",  # noqa: S311 - a name for a field
            value=self.text,
            relative=True,
            width=self.width,
            height=self.height,
            fontSize=6,
            borderWidth=0,
        )


class _Choice(_Field):
    """A field whose value is not what it shows."""

    def draw(self) -> None:
        self.canv.acroForm.choice(
            name=f"f{random.random()}",  # noqa: S311 - as above
            value="91",
            options=[(self.text, "91")],
            relative=True,
            width=self.width,
            height=self.height,
            fontSize=6,
            borderWidth=0,
        )


TRAITS: Mapping[str, Callable[[Paper], Written]] = {
    **{f"pdf: tiles at {angle}°": _painted(_tiles(angle, 10, 0.85)) for angle in (15, 30, 45, 60, 75, -45)},
    "pdf: dark tiles at 45°": _painted(_tiles(45, 12, 0.5)),
    "pdf: pale tiles": _painted(_tiles(0, 10, 0.88)),
    "pdf: large pale words": _painted(_words(40, 0.85)),
    "pdf: large grey words": _painted(_words(50, 0.6)),
    "pdf: white boxes behind lines": _painted(_bands(1)),
    "pdf: grey boxes behind lines": _painted(_bands(0.9)),
    "pdf: seal": _painted(_seal),
    "pdf: two pages on a sheet": two_up,
    "pdf: security pattern": _painted(_security),
    "pdf: security pattern of strokes": _painted(_strokes),
    "pdf: open at the sides": lambda paper: (paper, pdf_decorated(paper, {}, rules=OPEN), ".pdf"),
    "pdf: printed twice": _drawn_by(_Twice),
    "pdf: shadow": _drawn_by(_Shadow),
    "pdf: layer of recognised text": _drawn_by(_Layer),
    **{f"pdf: turned by {angle}°": turned(angle) for angle in (90, 180, 270)},
    **{f"pdf: turned by {angle}°, and back": turned(angle, angle) for angle in (90, 180, 270)},
    "pdf: tables on their left side": lying(90),
    "pdf: tables on their right side": lying(-90),
    "pdf: fields of a form": _celled(_Field),
    **{f"pdf: {how} value beside": _celled(partial(_Corrected, how=how)) for how in ("white", "unpainted", "covered")},
    "pdf: written in a note": _celled(partial(_Noted, kind="FreeText")),
    "pdf: struck out by a note": _celled(partial(_Noted, kind="StrikeOut")),
    "pdf: struck by a line of a note": _celled(partial(_Noted, kind="Line")),
    "pdf: struck by the pen of a note": _celled(partial(_Noted, kind="Ink")),
    "pdf: covered by a note": _celled(partial(_Noted, kind="Square")),
    "pdf: choice of a form": _celled(_Choice),
    **{f"pdf: tilted by {angle}°": tilted(angle) for angle in (1, -0.5)},
    "pdf: struck": _celled("<strike>9</strike>{}".format),
    "pdf: raised mark": _celled("{}<super size=6>1</super>".format),
    "pdf: lowered mark": _celled("{}<sub size=5>1</sub>".format),
    "pdf: circled mark": _celled("{}①".format),
    **{f"pdf: {how}": _celled(partial(Drawn, how=how)) for how in Drawn.MANNERS},
    "pdf: layer that is off": partial(with_layer, OFF),
    "pdf: layer for print alone": partial(with_layer, FOR_PRINT),
    **{f"pdf: {size} times as large": sized(size) for size in (0.1, 10)},
    "pdf: corners of the page in another order": cornered,
    "pdf: drawn in outlines": _celled(partial(Outlined, as_picture=False), tellable=False),
    "pdf: pictures of digits": _celled(partial(Outlined, as_picture=True), tellable=False),
    "pdf: two numbers": _celled("{}<br/>31".format, tellable=False),
}
