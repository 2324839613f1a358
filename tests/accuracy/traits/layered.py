"""A printed page with a layer that is not seen as it opens: reportlab writes none, so the file's bytes are changed."""

from __future__ import annotations

from reportlab.platypus import Flowable

from tests.accuracy.formats.print import pdf_decorated
from tests.accuracy.paper import Paper
from tests.accuracy.traits.pages import Written
from tests.accuracy.traits.tokens import tokened

_FONT = "STSong-Light"
OFF = b"/OFF [900 0 R]", b""
"""What the document says of the layer, and the layer of itself: that it is off."""
FOR_PRINT = b"/AS [<< /Event /View /Category [/View] /OCGs [900 0 R] >>]", b"/Usage << /View << /ViewState /OFF >> >>"
"""That it is printed alone."""


class _Layered(Flowable):  # type: ignore[misc] # reportlab has no types
    """A value beside one that belongs to the layer."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.width, self.height = text, 24.0, 12.0

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setFont(_FONT, 9)
        self.canv._code.append("/OC /Draft BDC")  # noqa: SLF001 - reportlab has no public way
        self.canv.drawString(0, 2, "9")
        self.canv._code.append("EMC")  # noqa: SLF001 - as above
        self.canv.drawString(5.5, 2, self.text)


def with_layer(said: tuple[bytes, bytes], paper: Paper) -> Written:
    """A value in some cells, and beside it one that only who opens the layer sees."""
    made, boxes = tokened(paper, longest=2)
    printed = pdf_decorated(made, {token: _Layered(box.text) for token, box in boxes.items()})
    off = b"/OCProperties << /OCGs [900 0 R] /D << %s >> >>" % said[0]
    changed = printed.replace(b"/Type /Catalog", b"/Type /Catalog " + off)
    changed = changed.replace(b"/Resources <<", b"/Resources << /Properties << /Draft 900 0 R >>")
    # Without its table of places, which no longer fits, a reader looks for the objects itself.
    objects, _, rest = changed.rpartition(b"\nxref")
    layer = b"\n900 0 obj << /Type /OCG /Name (draft) %s >> endobj\n" % said[1]
    return made, objects + layer + rest[rest.index(b"trailer") : rest.index(b"startxref")], ".pdf"
