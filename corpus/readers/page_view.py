"""A page of a stored original as a picture, and the part of it that a cell was read from: for people to look at."""

from __future__ import annotations

import io
import threading
from itertools import islice

import pypdfium2
from PIL import Image, ImageDraw

from corpus.errors import UnreadableError
from corpus.media import is_picture
from corpus.model import Cutout
from corpus.readers.frames import frames
from corpus.readers.limits import Limits
from corpus.readers.origin import POINTS

# Dots an inch at which a page of a PDF is drawn, and the most that a page may have.
_RESOLUTION = 150.0
_MOST_PIXELS = 6_000_000
# Paper around a cell, in shares of the page's shorter side: enough to see its row and column.
_AROUND = 0.09
_FRAME = (176, 36, 24)
_FRAME_WIDTH = 3
# PDFium draws for one thread at a time.
_DRAWING = threading.Lock()


def has_pages(payload: bytes) -> bool:
    """Whether a file's own pages are pictures: of any other, those that it holds are (Content.pictures)."""
    return payload.startswith(b"%PDF-") or is_picture(payload)


def page_picture(payload: bytes, page: int, limits: Limits) -> Image.Image:
    """A page, counted from 1, as it stands in the file.

    Raises UnreadableError for a file that has no such page or cannot be drawn.
    """
    if payload.startswith(b"%PDF-"):
        return _drawn(payload, page)
    found = next(islice(frames(payload, limits), page - 1, None), None)
    if found is None:
        raise UnreadableError("picture_damaged")
    return found


def cut_out(payload: bytes, page: int, cutout: Cutout, limits: Limits) -> Image.Image:
    """What stands around a cell, the cell framed, turned so that it can be read. Raises as ``page_picture``."""
    picture = page_picture(payload, page, limits)
    width, height = picture.size
    box = (cutout.x0 * width, cutout.top * height, cutout.x1 * width, cutout.bottom * height)
    room = _AROUND * min(width, height)
    part = (
        max(0, int(box[0] - room)),
        max(0, int(box[1] - room)),
        min(width, int(box[2] + room)),
        min(height, int(box[3] + room)),
    )
    cut = picture.crop(part)
    framed = (box[0] - part[0], box[1] - part[1], box[2] - part[0], box[3] - part[1])
    ImageDraw.Draw(cut).rectangle(framed, outline=_FRAME, width=_FRAME_WIDTH)
    return cut.rotate(90 * cutout.turns, expand=True) if cutout.turns else cut


def png(picture: Image.Image) -> bytes:
    """A picture as a file."""
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def jpeg(picture: Image.Image) -> bytes:
    """A picture as a smaller file."""
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80)
    return written.getvalue()


def _drawn(payload: bytes, page: int) -> Image.Image:
    with _DRAWING:
        try:
            document = pypdfium2.PdfDocument(payload)
            try:
                drawn = document[page - 1]
                width, height = drawn.get_size()
                finest = (_MOST_PIXELS / max(1.0, width * height)) ** 0.5
                bitmap = drawn.render(scale=min(_RESOLUTION / POINTS, finest), prefer_bgrx=True)
                picture: Image.Image = bitmap.to_pil().convert("RGB")
            finally:
                document.close()
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise UnreadableError("pdf_damaged") from error
    return picture
