"""Values in cells of a printed page, drawn by the operators of PDF that its readers forget."""

from __future__ import annotations

from reportlab.platypus import Flowable

_FONT = "STSong-Light"


class Drawn(Flowable):  # type: ignore[misc] # reportlab has no types
    """A value whose digits are drawn in some manner, or that stands beside one that nobody sees."""

    MANNERS = ("last digit first", "of no opacity", "clipped away", "a hair high")

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
        if self.how == "of no opacity":
            self.canv.setFillAlpha(0)
        elif self.how == "clipped away":
            path = self.canv.beginPath()
            path.rect(100, 100, 1, 1)
            self.canv.clipPath(path, stroke=0, fill=0)
        else:
            self.canv.setFont(_FONT, 0.1)
        self.canv.drawString(0, 2, "9")
        self.canv.restoreState()
        self.canv.drawString(5.5, 2, self.text)
