"""Which reader a payload needs, told by its bytes first and by its name last."""

from __future__ import annotations

import re
from importlib import import_module

from corpus.blocks import Content
from corpus.errors import NoTextError, UnreadableError, UnsupportedError
from corpus.readers.bounded_zip import Archive
from corpus.readers.containers import read_rar, read_zip
from corpus.readers.embedded import article_of_json, article_of_script, is_shell
from corpus.readers.html import read_html
from corpus.readers.libreoffice import to_docx
from corpus.readers.limits import Limits
from corpus.readers.mhtml import is_web_archive, page_of_archive
from corpus.readers.plain import read_plain, with_tables
from corpus.readers.sheet import is_csv, read_binary_workbook, read_csv, read_workbook
from corpus.readers.word import read_word
from corpus.text import decode
from corpus.traditional import in_simplified

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOK = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_DOCUMENT = "WordDocument".encode("utf-16-le")
_RTF = b"{\\rtf"
_UNPACKED_OUTSIDE = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|table|div|p|article|section|meta)\b", re.IGNORECASE)
_PROLOGUE = 4096
_PDF_HEADER = 1024
_HTML_NAMES = (".html", ".htm", ".shtml", ".xhtml")
_OFFICE_NAMES = (".doc", ".wps", ".rtf", ".odt")
_ODF_SHEET = b"application/vnd.oasis.opendocument.spreadsheet"

SUFFIXES = frozenset(
    (
        *_HTML_NAMES,
        *_OFFICE_NAMES,
        ".mht",
        ".mhtml",
        ".txt",
        ".json",
        ".pdf",
        ".docx",
        ".xlsx",
        ".xls",
        ".csv",
        ".zip",
        ".rar",
        ".7z",
    )
)
"""The endings of files in which a report may be looked for."""


def read(payload: bytes, *, name: str = "", media_type: str = "", limits: Limits | None = None) -> Content:
    """The blocks of a payload. ``name`` and ``media_type`` only help where the bytes do not tell.

    Raises UnreadableError, or the kind of it that fits: TooLargeError, UnsupportedError, NoTextError.
    """
    limits = limits or Limits()
    content = with_tables(_read(payload, name, media_type, limits), limits)
    limits.check_content(content)
    return in_simplified(content)


def _read(payload: bytes, name: str, media_type: str, limits: Limits) -> Content:
    limits.check_size(len(payload))
    if not payload.strip():
        raise UnreadableError("file_empty")
    if payload.startswith(_PICTURES):
        raise NoTextError("picture")
    for is_ours, read_it in (
        (payload.startswith(_ZIP), _read_zipped),
        (b"%PDF-" in payload[:_PDF_HEADER], _read_pdf),
        (payload.startswith(_OLE), _read_binary),
        (payload.startswith(_RTF), _read_office),
        (payload.startswith(_UNPACKED_OUTSIDE), _read_unpacked),
        (is_web_archive(payload), _read_web_archive),
    ):
        if is_ours:
            return read_it(payload, name, limits)
    return _read_text(decode(payload), name, media_type, limits)


def _read_web_archive(payload: bytes, _name: str, limits: Limits) -> Content:
    return read_html(page_of_archive(payload), limits)


def _read_pdf(payload: bytes, _name: str, limits: Limits) -> Content:
    """Loading pdfplumber takes longer than reading most reports: only when a PDF comes."""
    content: Content = import_module("corpus.readers.pdf").read_pdf(payload, limits)
    return content


def read_member(payload: bytes, name: str, limits: Limits) -> Content:
    """The blocks of a file inside an archive."""
    return read(payload, name=name, limits=limits)


def _read_binary(payload: bytes, name: str, limits: Limits) -> Content:
    if _DOCUMENT not in payload and any(stream in payload for stream in _WORKBOOK):
        return read_binary_workbook(payload, limits)
    return _read_office(payload, name, limits)


def _read_unpacked(payload: bytes, _name: str, limits: Limits) -> Content:
    return read_rar(payload, limits, read_member)


def _read_zipped(payload: bytes, name: str, limits: Limits) -> Content:
    archive = Archive.open(payload, limits)
    if "word/document.xml" in archive.names:
        return read_word(archive, limits)
    if "xl/workbook.xml" in archive.names:
        return read_workbook(archive, limits)
    if "OFD.xml" in archive.names:
        raise UnsupportedError("ofd")
    if "content.xml" in archive.names:
        if "mimetype" in archive.names and archive.read("mimetype").startswith(_ODF_SHEET):
            raise UnsupportedError("open_document_sheet")
        return _read_office(payload, name, limits)
    return read_zip(archive, limits, read_member)


def _read_office(payload: bytes, name: str, limits: Limits) -> Content:
    told = next((suffix for suffix in _OFFICE_NAMES if name.lower().endswith(suffix)), ".doc")
    suffix = ".rtf" if payload.startswith(_RTF) else ".odt" if payload.startswith(_ZIP) else told
    return read_word(Archive.open(to_docx(payload, suffix, limits), limits), limits)


def _read_text(text: str, name: str, media_type: str, limits: Limits) -> Content:
    if (article := article_of_json(text)) is not None:
        return read_html(article, limits)
    if not text.lstrip().startswith("<") and (article := article_of_script(f"<script>{text}</script>")) is not None:
        return read_html(article, limits)
    if _is_markup(text, name, media_type):
        if is_shell(text) and (article := article_of_script(text)) is not None:
            text = article
        return read_html(text, limits)
    if name.lower().endswith(".csv") or "csv" in media_type or is_csv(text):
        return read_csv(text, limits)
    return read_plain(text, limits)


def _is_markup(text: str, name: str, media_type: str) -> bool:
    if _MARKUP.search(text, 0, _PROLOGUE):
        return True
    return "<" in text and (name.lower().endswith(_HTML_NAMES) or "html" in media_type)
