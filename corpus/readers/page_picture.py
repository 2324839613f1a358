"""Pages of a PDF that are pictures: which they are, and what such a page looks like.

Reading what they show takes the extra ``ocr`` (corpus.readers.scan), which is loaded when a picture is to be read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
from pdfplumber.display import get_page_image
from PIL import Image, UnidentifiedImageError

from corpus.blocks import Block, Content
from corpus.errors import NoTextError, UnreadableError
from corpus.readers.limits import Limits
from corpus.readers.origin import POINTS
from corpus.readers.page_blocks import blocks_of
from corpus.readers.page_text import LEAST_TEXT, Side
from corpus.readers.pdf_device import INVISIBLE

# A page with less text than this, most of which a picture covers, is a picture of a page.
_LEAST_LETTERS = 20
_LEAST_SHARE = 0.4
# What a report is written in; text of which less is such says nothing.
_MEANT = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uff5e0-9]")
_LEAST_MEANT = 0.25
# How pdfminer writes a letter of a font that does not tell which it is, and from what share on others are wrong too.
_UNKNOWN = re.compile(r"\(cid:\d+\)")
_MOST_UNKNOWN = 0.1
# Dots an inch: as many as the picture has, but no fewer than a small digit needs, and no more than help.
_COARSEST, _FINEST = 100.0, 220.0
_MOST_PIXELS = 12_000_000
# In inches: how wide sheets are, from A5 to A3 with what scanners add; a page of another size is taken for A4.
_NARROWEST_PAPER, _WIDEST_PAPER = 5.0, 13.0
_A4 = (8.27, 11.69)
# In dots: a picture in an article that is smaller is an ornament, not a page nor a table of one.
_LEAST_WIDTH, _LEAST_HEIGHT = 400, 150


def is_picture(page: Any, found: Sequence[Side]) -> bool:
    """Whether a page of pdfplumber's shows a picture, and on it hardly any text, or text that says nothing.

    What a scanner's program made of a picture lies invisible over it, and does not say how sure it is. Text in fonts
    that do not tell their letters is a picture too: people read its shapes alone.
    """
    painted = sum(char.get("tag") != INVISIBLE for char in page.chars)
    few = min(painted, sum(len(side.glyphs) for side in found)) < _LEAST_LETTERS
    covered = sum(_area(image) for image in page.images)
    is_covered = covered >= _LEAST_SHARE * float(page.width) * float(page.height)
    return is_unknown(found) or (is_covered and (few or is_rubbish(found)))


def is_rubbish(found: Sequence[Side]) -> bool:
    """Whether a page's text says nothing: letters without meaning, as of a font that does not tell which they are."""
    texts = [glyph.text for side in found for glyph in side.glyphs if glyph.text.strip()]
    said = sum(_MEANT.match(text) is not None for text in texts)
    return len(texts) >= _LEAST_LETTERS and said < _LEAST_MEANT * len(texts)


def is_unknown(found: Sequence[Side]) -> bool:
    """Whether too many letters of a page come from fonts that do not tell which they are."""
    texts = [glyph.text for side in found for glyph in side.glyphs if glyph.text.strip()]
    unknown = sum(_UNKNOWN.fullmatch(text) is not None for text in texts)
    return len(texts) >= _LEAST_LETTERS and unknown >= _MOST_UNKNOWN * len(texts)


def read_page(page: Any, payload: bytes) -> Side:
    """What such a page shows. Raises NoTextError where the extra is not installed."""
    scan = _scan("pdf_pictures")
    inches = float(page.width) / POINTS, float(page.height) / POINTS
    larger = _larger(*inches)
    own = max(map(_resolution, page.images), default=_FINEST) * larger
    finest = min(_FINEST, (_MOST_PIXELS * larger**2 / (inches[0] * inches[1])) ** 0.5)
    resolution = min(max(own, _COARSEST), finest)
    picture = get_page_image(io.BytesIO(payload), None, page.page_number - 1, resolution / larger, None, antialias=True)
    side: Side = scan.read_scan(np.asarray(picture), resolution)
    return side


def read_pictures(payload: bytes, kind: str, limits: Limits) -> Content:
    """The blocks of a file of pictures. Raises NoTextError where none may be read, or the extra is not installed."""
    if not limits.pictures:
        raise NoTextError("picture", kind=kind)
    content: Content = _scan("picture", kind=kind).read_pictures(payload, limits)
    return content


def is_page(payload: bytes) -> bool:
    """Whether a picture among the words of an article is large enough for a page or a table of a report."""
    try:
        with Image.open(io.BytesIO(payload)) as opened:
            width, height = opened.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError):
        return False
    return width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT


def read_pages(pictures: Sequence[bytes], first: int, limits: Limits) -> tuple[list[Block], int]:
    """What pictures show that stand one after the other, as pages counted from ``first``; how many were not read.

    One of hardly any text is no page. Raises NoTextError where the extra is not installed.
    """
    scan, seen = _scan("picture", kind=""), []
    within = pictures[: max(0, limits.pictures - first + 1)]
    unread = len(pictures) - len(within)
    for number, payload in enumerate(within, start=first):
        try:
            seen.append((number, scan.read_picture(payload, limits)))
        except UnreadableError:
            unread += 1
    return list(blocks_of((number, side) for number, side in seen if len(side.glyphs) >= LEAST_TEXT)), unread


def _scan(code: str, **values: str) -> Any:
    try:
        return import_module("corpus.readers.scan")
    except ImportError as error:
        raise NoTextError(code, **values) from error


def _larger(width: float, height: float) -> float:
    """How much larger than A4 a page of so many inches is, if no sheet of paper is so large or so small.

    Programs that know nothing of paper give each dot of a picture a point.
    """
    is_paper = _NARROWEST_PAPER <= width <= _WIDEST_PAPER or (width > height and width <= 2 * _WIDEST_PAPER)
    return 1.0 if is_paper else width / (_A4[0] if width <= height else _A4[1])


def _area(image: Any) -> float:
    return float((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]))


def _resolution(image: Any) -> float:
    """The dots an inch of a picture on a page."""
    return float(image["srcsize"][0]) / max(1.0, float(image["x1"] - image["x0"])) * POINTS
