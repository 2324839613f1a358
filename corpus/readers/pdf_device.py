"""What a page of a PDF paints, and what its characters do not tell: which are not seen, which shapes are mere dots.

Text in rendering mode 3 paints nothing (ISO 32000-1, 9.3.6): programs that recognise text lay it over the picture of a
page. Text that is clipped away is not painted either (8.5.4), nor what a white or dark box is laid over; what is
painted through (11.6.4.4) is as much lighter as the paper shows. Inks of their own (8.6.6) count from no ink to all of
it, not from black to white. Security patterns are painted as thousands of filled squares; no rule of a table is as
short.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from pdfminer.layout import LTChar, LTPage, LTRect
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral, literal_name
from pdfminer.utils import MATRIX_IDENTITY, Matrix, apply_matrix_pt, mult_matrix
from pdfplumber.page import PDFPageAggregatorWithMarkedContent
from pdfplumber.utils.exceptions import PdfminerException

from corpus.readers.dotted import dotted_rules
from corpus.readers.page_rules import DARK, THIN, WHITE, lightness
from corpus.readers.pdf_layers import Layers
from corpus.readers.symbols import meant

INVISIBLE = "invisible"
"""The tag of a character that is not painted, or painted over."""

_UNPAINTED = (3, 7)
# Of rendering modes, those that draw outlines, alone and around what is filled.
_OUTLINED, _FRAMED = (1, 5), (2, 6)
# Points. So many small shapes on a page are no dashes of its rules.
_DOT = 4.0
_SMALL = 8.0
_MOST_SMALL = 1_000
# How much longer than wide the bar is that strikes out a single digit.
_BAR = 4.0
# So many filled shapes on a page are no rules and grounds of a table: what comes behind them only covers letters.
_MOST_FILLED = 10_000
_POINT = 3
_BAND = 24.0
_DEEPEST = 1_000
_BOXES = ("mlllh", "mlll", "mllllh", "mllll")
_STRAIGHT = ("ml", "mlh", *_BOXES)
_UNBLENDED = ("Normal", "Compatible")
_MASKS = ("SMask", "Mask", "ImageMask", "IM")
_UNIT = (("m", 0, 0), ("l", 1, 1))
"""What a picture fills, of its own space."""
_INKS = ("Separation", "DeviceN")

_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Painting:
    """What the graphics state of PDF says of painting, and pdfminer's leaves out."""

    opaque: float = 1.0
    is_blended: bool = False
    clip: _Box | None = None

    def within(self, box: _Box) -> _Box:
        """What is painted of a box."""
        clip = self.clip or box
        return max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3])


class _Painter(PDFPageInterpreter):
    """Keeps what pdfminer's graphics state leaves out: how much is painted of what is painted, and where alone."""

    device: _Device
    saved: tuple[_Painting, ...] = ()
    change: Matrix = MATRIX_IDENTITY

    def render_contents(self, resources: Any, streams: Any, ctm: Any = MATRIX_IDENTITY) -> None:
        super().render_contents(resources, streams, mult_matrix(ctm, self.change))

    def do__w(self, aw: Any, ac: Any, s: Any) -> None:
        """Set the spacing, go to the next line, which pdfminer forgets, and show text (9.4.3)."""
        self.do_Tw(aw)
        self.do_Tc(ac)
        self.do__q(s)

    def do_EI(self, obj: Any) -> None:  # noqa: N802 - the operator's own name
        super().do_EI(obj)
        if isinstance(obj, PDFStream) and not any(map(obj.attrs.get, _MASKS)):
            self.device.cover(_around(_UNIT, self.ctm))

    def do_q(self) -> None:
        super().do_q()
        self.saved = (*self.saved[-_DEEPEST:], self.device.painting)

    def do_Q(self) -> None:  # noqa: N802 - the operator's own name
        super().do_Q()
        if self.saved:
            *others, self.device.painting = self.saved
            self.saved = tuple(others)

    def do_gs(self, name: Any) -> None:
        super().do_gs(name)
        states = resolve1(self.resources.get("ExtGState")) or {}
        stated = resolve1(states.get(literal_name(name))) or {}
        now, opaque, mode = self.device.painting, stated.get("ca"), stated.get("BM")
        if isinstance(opaque, int | float):
            now = replace(now, opaque=float(opaque))
        if mode is not None:
            now = replace(now, is_blended=literal_name(mode) not in _UNBLENDED)
        self.device.painting = now

    def do_W(self) -> None:  # noqa: N802 - the operator's own name
        super().do_W()
        box = _around(self.curpath, self.ctm)
        if box is not None:
            self.device.painting = replace(self.device.painting, clip=self.device.painting.within(box))

    do_W_a = do_W  # noqa: N815 - as above

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802 - the operator's own name
        stream = resolve1(self.xobjmap.get(literal_name(xobjid_arg)))
        told = getattr(stream, "attrs", {})
        if self.device.layers.hide(told.get("OC")):
            return
        before = self.device.painting
        super().do_Do(xobjid_arg)
        self.device.painting = before
        if literal_name(told.get("Subtype", "")) == "Image" and not any(map(told.get, _MASKS)):
            self.device.cover(_around(_UNIT, self.ctm))

    def do_BMC(self, tag: Any) -> None:  # noqa: N802 - the operator's own name
        super().do_BMC(tag)
        self.device.unseen.append(False)

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802 - the operator's own name
        super().do_BDC(tag, props)
        named = resolve1(self.resources.get("Properties")) or {}
        is_layer = literal_name(tag) == "OC" and isinstance(props, PSLiteral)
        self.device.unseen.append(is_layer and self.device.layers.hide(named.get(literal_name(props))))

    def do_EMC(self) -> None:  # noqa: N802 - the operator's own name
        super().do_EMC()
        if self.device.unseen:
            self.device.unseen.pop()


def _name_of(letter: LTChar) -> str:
    """The name of a letter's font; pdfminer leaves one that is not UTF-8 as the bytes that it is."""
    name: str | bytes = letter.fontname
    return name if isinstance(name, str) else name.decode("gb18030", "replace")


def _around(path: Any, matrix: Any) -> _Box | None:
    """The box around a path; None for one without a point."""
    points = [apply_matrix_pt(matrix, at) for segment in path for at in zip(segment[1::2], segment[2::2], strict=True)]
    if not points:
        return None
    (x0, x1), (y0, y1) = ((min(values), max(values)) for values in zip(*points, strict=True))
    return x0, y0, x1, y1


class _Device(PDFPageAggregatorWithMarkedContent):
    small = filled = 0
    is_part = False
    painting = _Painting()
    layers = Layers()
    unseen: list[bool]
    """Of each marked content that is open, whether it belongs to a layer that is off."""
    letters: defaultdict[int, list[LTChar]]
    """What was painted so far and not covered, by the band of the page that its middle is in."""
    dots: list[_Box]
    """What is as small as the dots and dashes of a rule."""

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        tag = self.cur_tag
        if textstate.render in _UNPAINTED or any(self.unseen):
            self.cur_tag = INVISIBLE
        _toned(graphicstate)
        is_framed = textstate.render in _FRAMED and lightness(graphicstate.scolor) < lightness(graphicstate.ncolor)
        if textstate.render in _OUTLINED or is_framed:
            graphicstate.ncolor = graphicstate.scolor
        if self.painting.opaque < 1:
            graphicstate.ncolor = 1 - self.painting.opaque * (1 - lightness(graphicstate.ncolor))
        before = len(self.cur_item._objs)  # noqa: SLF001 - as below
        super().render_string(textstate, seq, ncs, graphicstate)
        self.cur_tag = tag
        for item in self.cur_item._objs[before:]:  # noqa: SLF001 - as below
            if isinstance(item, LTChar):
                item._text = meant(item.get_text(), _name_of(item))  # noqa: SLF001 - as below
                self.letters[int((item.y0 + item.y1) / 2 // _BAND)].append(item)
        if self.painting.clip is not None:
            x0, y0, x1, y1 = self.painting.clip
            for item in self.cur_item._objs[before:]:  # noqa: SLF001 - as below
                if item.x1 < x0 or item.x0 > x1 or item.y1 < y0 or item.y0 > y1:
                    item.tag = INVISIBLE  # type: ignore[attr-defined] # pdfplumber adds it

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:  # noqa: FBT001 - pdfminer's own signature
        if any(self.unseen):
            return
        narrow, size = self._sides(path)
        toned, shape = _toned(gstate.copy()), "".join(segment[0] for segment in path)
        ink = lightness(toned.scolor if stroke else toned.ncolor)
        is_dash = size < (_SMALL if narrow * _BAR <= size else _DOT)
        if is_dash and shape in _STRAIGHT and ink < WHITE:
            self.dots += filter(None, [_around(path, self.ctm)])
        if stroke or not self._is_pattern(narrow, size):
            # pdfminer paints the parts of a path one by one: of a frame, the box around it and what is left out.
            is_part, self.is_part = self.is_part, self.is_part or shape.count("m") > 1
            self.filled += not stroke
            if stroke or self.filled <= _MOST_FILLED:
                super().paint_path(toned, stroke, fill, evenodd, path)
            self.is_part = is_part
            # Boxes of a pale colour are grounds, in whatever order a program draws them.
            is_ground = gstate.ncs.name == "Pattern" or DARK < lightness(toned.ncolor) < WHITE
            if fill and not is_ground and not self.is_part and shape in _BOXES:
                self.cover(_around(path, self.ctm))

    def cover(self, box: _Box | None) -> None:
        """Take for unpainted what a box or a picture is laid over: so writers take out what stays in the file."""
        if box is None or self.painting.opaque < 1 or self.painting.is_blended:
            return
        x0, y0, x1, y1 = self.painting.within(box)
        if min(x1 - x0, y1 - y0) < THIN:
            return
        for band in range(int(y0 // _BAND), int(y1 // _BAND) + 1):
            if (letters := self.letters.get(band)) is None:
                continue
            kept = [
                item
                for item in letters
                if not (_is_within(item.x0, item.x1, x0, x1) and _is_within(item.y0, item.y1, y0, y1))
            ]
            if len(kept) < len(letters):
                for item in set(letters) - set(kept):
                    item.tag = INVISIBLE  # type: ignore[attr-defined] # pdfplumber adds it
                self.letters[band] = kept

    def _sides(self, path: Any) -> tuple[float, float]:
        """The narrow and the long side of a shape, in points."""
        points = [segment[-2:] for segment in path if len(segment) == _POINT]
        if not points or self.ctm is None:
            return 0.0, float("inf")
        scale = max(abs(value) for value in self.ctm[:4])
        narrow, size = sorted((max(values) - min(values)) * scale for values in zip(*points, strict=True))
        return narrow, size

    def _is_pattern(self, narrow: float, size: float) -> bool:
        """Whether a filled shape is a dot, no short bar, or one of so many small ones that they are a pattern's."""
        self.small += size < _SMALL
        return size < _SMALL if self.small > _MOST_SMALL else narrow * _BAR > size and size < _DOT

    def end_page(self, page: Any) -> None:
        """Paint each rule of dots as the one bar that people see."""
        for box in dotted_rules(self.dots):
            bar = LTRect(0, box, fill=True, non_stroking_color=0.0, original_path=[])
            self.cur_item.add(bar)
        super().end_page(page)


def _is_within(low: float, high: float, least: float, most: float) -> bool:
    """Whether the middle of a stretch lies in another."""
    return least <= (low + high) / 2 <= most


def _toned(state: Any) -> Any:
    """A graphics state whose colours are told from black to white; those of a palette, unknown, are black."""
    state.ncolor, state.scolor = _tone(state.ncolor, state.ncs.name), _tone(state.scolor, state.scs.name)
    return state


def _tone(color: Any, space: str) -> Any:
    if space == "Indexed":
        return 0.0
    if space not in _INKS:
        return color
    inks = color if isinstance(color, tuple | list) else (color,)
    return 1.0 - max((ink for ink in inks if isinstance(ink, int | float)), default=1.0)


def laid_out(page: Any, change: Matrix = MATRIX_IDENTITY) -> tuple[LTPage, float]:
    """A page of pdfplumber's, changed so, and how long a filled shape of it must be to be none of a pattern's.

    Raises PdfminerException for a damaged page.
    """
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    device.layers, device.unseen, device.letters = Layers.of(page.pdf.doc), [], defaultdict(list)
    device.dots = []
    painter = _Painter(page.pdf.rsrcmgr, device)
    painter.change = change
    try:
        painter.process_page(page.page_obj)
    except Exception as error:  # as pdfplumber does: whatever pdfminer raises
        raise PdfminerException(error) from error
    return device.get_result(), _SMALL if device.small > _MOST_SMALL else 0.0
