"""Values in cells of a printed page, drawn by the operators of PDF that its readers forget."""

from __future__ import annotations

from PIL import Image
from reportlab.lib.colors import CMYKColorSep
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable

_FONT = "STSong-Light"


class Drawn(Flowable):  # type: ignore[misc] # reportlab has no types
    """A value whose digits are drawn in some manner, or that stands beside one that nobody sees."""

    MANNERS = (
        "last digit first", "of no opacity", "clipped away", "a hair high", "outlined", "in an ink of its own",
        "under a dark box", "under a picture", "in a filled frame", "white in black outlines",
    )  # fmt: skip

    def __init__(self, text: str, how: str) -> None:
        super().__init__()
        self.text, self.how, self.width, self.height = text, how, 24.0, 12.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFont(_FONT, 9)
        if self.how == "last digit first":
            for index in reversed(range(len(self.text))):
                left = self.canv.stringWidth(self.text[:index], _FONT, 9)
                self.canv.drawString(5.5 + left, 2, self.text[index])
            return
        self.canv.saveState()
        if self.how in ("outlined", "white in black outlines", "in an ink of its own", "in a filled frame"):
            self._number()
            self.canv.restoreState()
            return
        if self.how == "of no opacity":
            self.canv.setFillAlpha(0)
        elif self.how == "clipped away":
            path = self.canv.beginPath()
            path.rect(100, 100, 1, 1)
            self.canv.clipPath(path, stroke=0, fill=0)
        else:
            self.canv.setFont(_FONT, 9 if self.how.startswith("under") else 0.1)
        self.canv.drawString(0, 2, "9")
        if self.how == "under a dark box":
            self.canv.rect(-0.5, 0, 5.4, 11, stroke=0, fill=1)
        elif self.how == "under a picture":
            self.canv.drawImage(ImageReader(Image.new("RGB", (8, 8), "white")), -0.5, 0, 5.4, 11)
        self.canv.restoreState()
        self.canv.drawString(5.5, 2, self.text)

    def _number(self) -> None:
        """The number alone: its outlines black and nothing in them, all of an ink that is named, or in a frame."""
        text = self.canv.beginText(5.5, 2)
        if self.how in ("outlined", "white in black outlines"):
            self.canv.setFillGray(1)
            text.setTextRenderMode(1 if self.how == "outlined" else 2)
        elif self.how == "in an ink of its own":
            self.canv.setFillColor(CMYKColorSep(1, 0.6, 0, 0.2, spotName="Blue"))
        text.textOut(self.text)
        self.canv.drawText(text)
        if self.how == "in a filled frame":
            frame = self.canv.beginPath()
            frame.rect(0, 0, 22, 11)
            frame.rect(1, 1, 20, 9)
            self.canv.drawPath(frame, stroke=0, fill=1, fillMode=0)
