"""Which reader a payload needs, told by its bytes first and by its name last."""

from __future__ import annotations

import re

from corpus.blocks import Content
from corpus.errors import NoTextError, UnreadableError, UnsupportedError
from corpus.readers.html import read_html
from corpus.readers.limits import Limits
from corpus.readers.plain import read_plain
from corpus.text import decode

_MAGIC = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "Office Open XML or ZIP",
    b"\xd0\xcf\x11\xe0": "binary Office",
    b"Rar!": "RAR",
}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|table|div|p|article|section|meta)\b", re.IGNORECASE)
_PROLOGUE = 4096
_HTML_NAMES = (".html", ".htm", ".shtml", ".xhtml")

SUFFIXES = frozenset((*_HTML_NAMES, ".txt"))
"""The endings of files in which a report may be looked for."""


def read(payload: bytes, *, name: str = "", media_type: str = "", limits: Limits | None = None) -> Content:
    """The blocks of a payload. ``name`` and ``media_type`` only help where the bytes do not tell.

    Raises UnreadableError, or the kind of it that fits: TooLargeError, UnsupportedError, NoTextError.
    """
    limits = limits or Limits()
    limits.check_size(len(payload))
    if not payload.strip():
        raise UnreadableError("The file is empty: there is nothing to read in it.")
    for magic, format_name in _MAGIC.items():
        if payload.startswith(magic):
            raise UnsupportedError(f"The file is {format_name}: give the report as .html or .txt.")
    if payload.startswith(_PICTURES):
        raise NoTextError("The file is a picture: give the report as text or as a page with text.")
    text = decode(payload)
    if _is_markup(text, name, media_type):
        return read_html(text, limits)
    return read_plain(text)


def _is_markup(text: str, name: str, media_type: str) -> bool:
    if _MARKUP.search(text, 0, _PROLOGUE):
        return True
    return "<" in text and (name.lower().endswith(_HTML_NAMES) or "html" in media_type)
