"""Values in cells of a printed page, drawn by the operators of PDF that its readers forget."""

from __future__ import annotations

from PIL import Image
from reportlab.lib.colors import CMYKColorSep
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

_FONT = "STSong-Light"
_ALONE = (
    "last digit first", "outlined", "in an ink of its own", "in a filled frame", "white in black outlines",
    "by the operator of lines", "white on a dark picture", "with a raised word",
)  # fmt: skip
_BESIDE = (
    "of no opacity", "clipped away", "a hair high", "under a dark box", "under a picture",
    "under a picture in the text", "struck by a bar", "struck by a short bar", "struck by a pen", "crossed out",
)  # fmt: skip


class Drawn(Flowable):  # type: ignore[misc] # reportlab has no types
    """A value whose digits are drawn in some manner, or that stands beside one that nobody sees."""

    MANNERS = (*_ALONE, *_BESIDE)

    def __init__(self, text: str, how: str) -> None:
        super().__init__()
        self.text, self.how, self.width, self.height = text, how, 24.0, 12.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFont(_FONT, 9)
        self.canv.saveState()
        if self.how in _ALONE:
            self._number()
            self.canv.restoreState()
            return
        self._wrong()
        self.canv.restoreState()
        self.canv.drawString(5.5, 2, self.text)

    def _wrong(self) -> None:
        """A digit that nobody sees, or sees struck out."""
        if self.how == "of no opacity":
            self.canv.setFillAlpha(0)
        elif self.how == "clipped away":
            path = self.canv.beginPath()
            path.rect(100, 100, 1, 1)
            self.canv.clipPath(path, stroke=0, fill=0)
        elif self.how == "a hair high":
            self.canv.setFont(_FONT, 0.1)
        self.canv.drawString(0, 2, "9")
        if self.how == "under a dark box":
            self.canv.rect(-0.5, 0, 5.4, 11, stroke=0, fill=1)
        elif self.how == "under a picture":
            self.canv.drawImage(_picture("white"), -0.5, 0, 5.4, 11)
        elif self.how == "under a picture in the text":
            self.canv.drawInlineImage(Image.new("RGB", (8, 8), "white"), -0.5, 0, 5.4, 11)
        else:
            self._strike()

    def _strike(self) -> None:
        """What is drawn through the digit, if it is struck out."""
        if self.how == "crossed out":
            self.canv.line(-0.5, 1.5, 5, 8.5)
            self.canv.line(-0.5, 8.5, 5, 1.5)
        elif self.how == "struck by a bar":
            bar = self.canv.beginPath()
            for index, at in enumerate(((-0.5, 4.8), (5, 5), (5, 5.5), (-0.5, 5.3))):
                (bar.lineTo if index else bar.moveTo)(*at)
            bar.close()
            self.canv.drawPath(bar, stroke=0, fill=1)
        elif self.how == "struck by a short bar":
            self.canv.rect(0.3, 5, 3.6, 0.5, stroke=0, fill=1)
        elif self.how == "struck by a pen":
            self.canv.setLineWidth(0.6)
            self.canv.bezier(-0.3, 5, 1, 6, 3, 4.5, 4.8, 5.4)

    def _number(self) -> None:
        """The number alone, its letters or its ground painted in some manner."""
        text = self.canv.beginText(5.5, 2)
        if self.how in ("outlined", "white in black outlines"):
            self.canv.setFillGray(1)
            text.setTextRenderMode(1 if self.how == "outlined" else 2)
        elif self.how == "in an ink of its own":
            self.canv.setFillColor(CMYKColorSep(1, 0.6, 0, 0.2, spotName="Blue"))
        elif self.how == "white on a dark picture":
            self.canv.drawImage(_picture("navy"), 0, 0, 22, 11)
            self.canv.setFillGray(1)
        elif self.how == "by the operator of lines":
            font = self.canv._doc.getInternalFontName(_FONT).lstrip("/")  # noqa: SLF001 - reportlab has no public way
            digits = "".join(f"{ord(digit):04x}" for digit in self.text)
            self.canv._code.append(f'BT /{font} 9 Tf 12 TL 1 0 0 1 5.5 14 Tm 0 0 <{digits}> " ET')  # noqa: SLF001 - as above
            return
        elif self.how == "last digit first":
            for index in reversed(range(len(self.text))):
                self.canv.drawString(5.5 + self.canv.stringWidth(self.text[:index], _FONT, 9), 2, self.text[index])
            return
        text.textOut(self.text)
        if self.how == "with a raised word":
            text.setFont(_FONT, 5)
            text.setRise(3.5)
            text.textOut("注2")
        self.canv.drawText(text)
        if self.how == "in a filled frame":
            frame = self.canv.beginPath()
            frame.rect(0, 0, 22, 11)
            frame.rect(1, 1, 20, 9)
            self.canv.drawPath(frame, stroke=0, fill=1, fillMode=0)


class Outlined(Flowable):  # type: ignore[misc] # reportlab has no types
    """A digit as an outline that is filled, or as a picture: no text says it."""

    def __init__(self, _text: str, *, as_picture: bool) -> None:
        super().__init__()
        self.as_picture, self.width, self.height = as_picture, 24.0, 12.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        if self.as_picture:
            self.canv.drawImage(_picture("black"), 5, 1, 4, 8)
            return
        outline = self.canv.beginPath()
        for index, at in enumerate(((3, 2), (5, 2), (5, 9), (4, 9), (4, 3), (3, 3))):
            (outline.lineTo if index else outline.moveTo)(*at)
        outline.close()
        self.canv.drawPath(outline, stroke=0, fill=1)


def _picture(color: str) -> ImageReader:
    return ImageReader(Image.new("RGB", (8, 8), color))
