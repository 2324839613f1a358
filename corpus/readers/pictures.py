"""Whether pictures of pages are read: asked for by a person, done by the extra ``ocr`` (docs/scans.md)."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec

from corpus.errors import NianbaoError
from corpus.readers.limits import Limits

PICTURES = ("picture", "pdf_pictures")
"""Why a payload is refused that a machine might read (corpus/doubts.toml)."""
_NEEDED = ("cv2", "onnxruntime", "rapidocr_onnxruntime")


def with_pictures(limits: Limits) -> Limits:
    """The same limits, with every page that is a picture read. Raises NianbaoError where the extra is not installed."""
    if any(find_spec(name) is None for name in _NEEDED):
        raise NianbaoError("Reading pictures takes the extra ocr: install it with pip install 'nianbao[ocr]'.")
    return replace(limits, pictures=limits.pages)
