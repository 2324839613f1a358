"""A page of a PDF laid out by what it paints: level, and at a size that people read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median
from typing import Any

from pdfminer.layout import LTChar

from corpus.readers.pdf_device import laid_out
from corpus.readers.turning import SLANT

# Letters between which sizes are read as they are, and the size that others are given.
_READABLE = (4.0, 40.0)
_USUAL = 10.0
_QUARTER = math.pi / 2
_LEVEL = math.radians(0.05)
_NEARLY_ALL = 0.9


def lay_out(page: Any) -> float:
    """Lay out a page of pdfplumber's by what it paints; how long a filled shape must be to be none of a pattern's.

    A page whose letters are as small as on a stamp, or as large as on a poster, or all tilted by a degree, is laid out
    as if they were of a usual size and level. Raises PdfminerException for a damaged page.
    """
    # Any two opposite corners make a box (7.9.5).
    (x0, x1), (y0, y1) = (sorted(pair) for pair in (page.page_obj.mediabox[::2], page.page_obj.mediabox[1::2]))
    page.page_obj.mediabox = x0, y0, x1, y1
    layout, shortest = laid_out(page)
    letters = [item for item in layout if isinstance(item, LTChar)]
    scale, tilt = _scale(letters), _tilt(letters)
    if scale != 1.0 or tilt:
        cosine, sine = scale * math.cos(tilt), scale * math.sin(tilt)
        across, down = layout.width / 2, layout.height / 2
        # Turned about its middle, a page stays where it is.
        moved = across * (scale - cosine) - down * sine, down * (scale - cosine) + across * sine
        page.page_obj.mediabox = tuple(scale * value for value in page.page_obj.mediabox)
        page.mediabox = page.bbox = tuple(scale * value for value in page.bbox)
        page.cropbox = tuple(scale * value for value in page.cropbox)
        layout, shortest = laid_out(page, (cosine, -sine, sine, cosine, *moved))
    page._layout = layout  # noqa: SLF001 - where pdfplumber keeps it; it offers no other way to choose a device
    return shortest


def _scale(letters: Sequence[LTChar]) -> float:
    """By how much letters are to be made larger."""
    size = median([letter.size for letter in letters]) if letters else _USUAL
    return 1.0 if _READABLE[0] <= size <= _READABLE[1] or not size else _USUAL / size


def _tilt(letters: Sequence[LTChar]) -> float:
    """The angle by which nearly all letters of a page stand off their quarter turn, 0 for none; in radians."""
    angles = [math.atan2(letter.matrix[1], letter.matrix[0]) for letter in letters]
    off = [angle - round(angle / _QUARTER) * _QUARTER for angle in angles]
    usual = median(off) if off else 0.0
    alike = sum(abs(angle - usual) < _LEVEL for angle in off)
    return usual if _LEVEL < abs(usual) < SLANT and alike >= _NEARLY_ALL * len(off) else 0.0
