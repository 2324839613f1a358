"""What a page of a PDF paints, and what its characters do not tell: which are not seen, which shapes are mere dots.

Text in rendering mode 3 paints nothing (ISO 32000-1, 9.3.6): programs that recognise text lay it over the picture of a
page. Security patterns are painted as thousands of filled squares; no rule of a table is so short.
"""

from __future__ import annotations

from typing import Any

from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import apply_matrix_pt
from pdfplumber.page import PDFPageAggregatorWithMarkedContent
from pdfplumber.utils.exceptions import PdfminerException

from corpus.readers.page_rules import WHITE, lightness

INVISIBLE = "invisible"
"""The tag of a character that is not painted, or painted over."""

_UNPAINTED = (3, 7)
# Points. So many small shapes on a page are no dashes of its rules.
_DOT = 4.0
_SMALL = 8.0
_MOST_SMALL = 1_000
_POINT = 3
_BOXES = ("mlllh", "mlll", "mllllh", "mllll")


class _Device(PDFPageAggregatorWithMarkedContent):
    small = 0

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        tag = self.cur_tag
        if textstate.render in _UNPAINTED:
            self.cur_tag = INVISIBLE
        super().render_string(textstate, seq, ncs, graphicstate)
        self.cur_tag = tag

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:  # noqa: FBT001 - pdfminer's own signature
        if stroke or not self._is_pattern(path):
            super().paint_path(gstate, stroke, fill, evenodd, path)
            if fill and lightness(gstate.ncolor) >= WHITE:
                self._cover(path)

    def _cover(self, path: Any) -> None:
        """Take for unpainted what a white box is laid over: so writers correct a value without taking it out."""
        points = [apply_matrix_pt(self.ctm, segment[-2:]) for segment in path if len(segment) == _POINT]
        if "".join(segment[0] for segment in path) not in _BOXES:
            return
        (x0, x1), (y0, y1) = ((min(values), max(values)) for values in zip(*points, strict=True))
        for item in self.cur_item._objs:  # noqa: SLF001 - as pdfplumber does: there is no other way to them
            if isinstance(item, LTChar) and x0 <= (item.x0 + item.x1) / 2 <= x1 and y0 <= (item.y0 + item.y1) / 2 <= y1:
                item.tag = INVISIBLE  # type: ignore[attr-defined] # pdfplumber adds it

    def _is_pattern(self, path: Any) -> bool:
        """Whether a filled shape is a dot, or one of so many small ones that they are a pattern's."""
        points = [segment[-2:] for segment in path if len(segment) == _POINT]
        if not points or self.ctm is None:
            return False
        scale = max(abs(value) for value in self.ctm[:4])
        size: float = max((max(values) - min(values)) * scale for values in zip(*points, strict=True))
        self.small += size < _SMALL
        return size < (_SMALL if self.small > _MOST_SMALL else _DOT)


def lay_out(page: Any) -> float:
    """Lay out a page of pdfplumber's by the device above; how long a filled shape must be to be none of a pattern's.

    Raises PdfminerException for a damaged page.
    """
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    try:
        PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    except Exception as error:  # as pdfplumber does: whatever pdfminer raises
        raise PdfminerException(error) from error
    layout: LTPage = device.get_result()
    page._layout = layout  # noqa: SLF001 - where pdfplumber keeps it; it offers no other way to choose a device
    return _SMALL if device.small > _MOST_SMALL else 0.0
