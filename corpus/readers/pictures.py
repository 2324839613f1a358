"""Whether pictures of pages are read: asked for by a person, done by the extra ``ocr`` (docs/scans.md)."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

from corpus.errors import NianbaoError
from corpus.readers.limits import Limits

PICTURES = ("picture", "pdf_pictures", "pictures_in_page")
"""Why a payload is refused that a machine might read (corpus/doubts.toml)."""
UNREAD = "pictures_unread"
"""What an article is warned of whose pictures were not read, all or some."""
_NEEDED = ("PIL", "cv2", "onnxruntime", "rapidocr_onnxruntime")


def can_be_read() -> bool:
    """Whether the extra is installed, and what it takes."""
    return all(map(find_spec, _NEEDED))


def with_pictures(limits: Limits) -> Limits:
    """The same limits, with every page that is a picture read. Raises NianbaoError where what it takes is missing."""
    for name in _NEEDED:
        try:
            import_module(name)
        except ImportError as error:
            raise NianbaoError(
                f"Reading pictures takes the extra ocr ({error}): install it with pip install 'nianbao[ocr]', and on "
                "Debian the packages libgl1 and libglib2.0-0."
            ) from error
    return replace(limits, pictures=limits.pages)
