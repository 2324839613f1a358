"""The pictures in a file: one in most, several in a TIFF. None is unpacked that is larger than a page can be."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from corpus.errors import TooLargeError, UnreadableError
from corpus.readers.limits import Limits

_DEEP = ("I;16", "I;16B", "I;16L", "I;16N", "I")
"""Modes of 16 bits a dot."""

# A4 at 600 dots an inch: told by a picture's head.
_MOST_PIXELS = 40_000_000


def frames(payload: bytes, limits: Limits) -> Iterator[Image.Image]:
    """The pictures of a file, red, green, blue, turned as its camera says. Raises TooLargeError, UnreadableError."""
    try:
        with Image.open(io.BytesIO(payload)) as opened:
            for number, frame in enumerate(ImageSequence.Iterator(opened), start=1):
                limits.check_pages(number)
                width, height = frame.size
                if width * height > _MOST_PIXELS:
                    raise TooLargeError("many_pixels", found=width * height, limit=_MOST_PIXELS)
                yield _on_paper(ImageOps.exif_transpose(frame))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableError("picture_damaged") from error


def _on_paper(frame: Image.Image) -> Image.Image:
    """A picture in red, green, blue as it is seen: what is transparent in it shows white paper."""
    if frame.mode in _DEEP:
        levels = np.asarray(frame, np.float64)
        return Image.fromarray((levels / 257).clip(0, 255).astype(np.uint8)).convert("RGB")
    if not frame.has_transparency_data:
        return frame.convert("RGB")
    seen = frame.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(paper, seen).convert("RGB")
