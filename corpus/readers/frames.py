"""The pictures in a file: one in most, several in a TIFF. None is unpacked that is larger than a page can be."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from corpus.errors import TooLargeError, UnreadableError
from corpus.readers.limits import Limits

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
                yield ImageOps.exif_transpose(frame).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableError("picture_damaged") from error
