"""Pages of a PDF that are pictures: which they are, and what such a page looks like.

Reading what they show takes the extra ``ocr`` (corpus.readers.scan), which is loaded when a picture is to be read.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
from pdfplumber.display import get_page_image

from corpus.blocks import Content
from corpus.errors import NoTextError
from corpus.readers.limits import Limits
from corpus.readers.page_text import Side

POINTS = 72.0
# A page with less text than this, most of which a picture covers, is a picture of a page.
_LEAST_LETTERS = 20
_LEAST_SHARE = 0.4
# Dots an inch: as many as the picture has, but no fewer than a small digit needs, and no more than help.
_COARSEST, _FINEST = 100.0, 220.0
_MOST_PIXELS = 12_000_000


def is_picture(page: Any, found: Sequence[Side]) -> bool:
    """Whether a page of pdfplumber's shows a picture, and on it hardly any text."""
    if sum(len(side.glyphs) for side in found) >= _LEAST_LETTERS:
        return False
    covered = sum(_area(image) for image in page.images)
    return covered >= _LEAST_SHARE * float(page.width) * float(page.height)


def read_page(page: Any, payload: bytes) -> Side:
    """What such a page shows. Raises NoTextError where the extra is not installed."""
    inches = float(page.width) * float(page.height) / POINTS**2
    finest = min(_FINEST, (_MOST_PIXELS / inches) ** 0.5)
    resolution = min(max(max(map(_resolution, page.images), default=_FINEST), _COARSEST), finest)
    picture = get_page_image(io.BytesIO(payload), None, page.page_number - 1, resolution, None, antialias=True)
    side: Side = _scan("pdf_pictures").read_scan(np.asarray(picture), resolution)
    return side


def read_pictures(payload: bytes, kind: str, limits: Limits) -> Content:
    """The blocks of a file of pictures. Raises NoTextError where none may be read, or the extra is not installed."""
    if not limits.pictures:
        raise NoTextError("picture", kind=kind)
    content: Content = _scan("picture", kind=kind).read_pictures(payload, limits)
    return content


def _scan(code: str, **values: str) -> Any:
    try:
        return import_module("corpus.readers.scan")
    except ImportError as error:
        raise NoTextError(code, **values) from error


def _area(image: Any) -> float:
    return float((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]))


def _resolution(image: Any) -> float:
    """The dots an inch of a picture on a page."""
    return float(image["srcsize"][0]) / max(1.0, float(image["x1"] - image["x0"])) * POINTS
