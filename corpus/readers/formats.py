"""Which reader a payload needs, told by its bytes first and by its name last."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module

from corpus.blocks import Content, Grid
from corpus.errors import UnreadableError, UnsupportedError
from corpus.media import has_suffix, medium_of
from corpus.readers import spreadsheet_2003
from corpus.readers.article_pictures import Held
from corpus.readers.binary_office import Kind, kind_of
from corpus.readers.bounded_zip import Archive
from corpus.readers.compressed import unpacked
from corpus.readers.containers import read_message, read_rar, read_tar, read_zip
from corpus.readers.embedded import article_of_data, article_of_script, picture_of_address, with_its_article
from corpus.readers.flat_xml import declares, element_of, package_of, root_of
from corpus.readers.forum_code import page_of_forum_code
from corpus.readers.html import read_html
from corpus.readers.libreoffice import converter, to_docx, to_xlsx
from corpus.readers.limits import Limits
from corpus.readers.listed import unlisted
from corpus.readers.mhtml import attached, is_web_archive, page_of_archive, picture_of_archive
from corpus.readers.package import main_part
from corpus.readers.plain import read_plain, with_tables
from corpus.readers.sheet import content_of, is_csv, read_csv, read_workbook
from corpus.readers.thousands import with_thousands
from corpus.readers.word import read_word
from corpus.text import decode
from corpus.traditional import in_simplified

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|table|div|p|article|section|meta)\b", re.IGNORECASE)
_PROLOGUE = 4096
_OTHER = {
    "OFD.xml": "ofd",
    "ppt/presentation.xml": "presentation",
    "AndroidManifest.xml": "program",
}
"""What a ZIP file is that holds a part of this name."""
_BOOK = "META-INF/container.xml"


def read(
    payload: bytes,
    *,
    name: str = "",
    media_type: str = "",
    limits: Limits | None = None,
    held: Held = picture_of_address,
) -> Content:
    """The blocks of a payload. ``name`` and ``media_type`` only help where the bytes do not tell.

    ``held`` gives the pictures of a web page by their addresses: those that it carries, and whatever is beside it.

    Raises UnreadableError, or the kind of it that fits: TooLargeError, UnsupportedError, NoTextError.
    """
    limits = limits or Limits()
    content = with_tables(with_thousands(_read(payload, name, media_type, limits, held)), limits)
    limits.check_content(content)
    return in_simplified(content)


def read_member(payload: bytes, name: str, limits: Limits) -> Content:
    """The blocks of a file inside another."""
    return read(payload, name=name, limits=limits)


def _read(payload: bytes, name: str, media_type: str, limits: Limits, held: Held = picture_of_address) -> Content:
    limits.check_size(len(payload))
    if not payload.strip(b"\0 \t\r\n"):
        raise UnreadableError("file_empty")
    if is_web_archive(payload):
        files = list(attached(payload))
        if files:
            return read_message(files, limits, read_member)
        return read_html(page_of_archive(payload), limits, partial(picture_of_archive, payload))
    medium = medium_of(payload)
    if medium is None:
        return _read_text(decode(payload), name, media_type, limits, held)
    if medium.media_type.startswith("image/"):
        return _read_pictures(payload, medium.name, limits)
    if (reader := _READERS.get(medium.id)) is not None:
        return reader(payload, limits)
    if (reader_by_name := _READERS_BY_NAME.get(medium.id)) is not None:
        return reader_by_name(payload, name, limits)
    raise UnsupportedError(medium.id)


def _read_pdf(payload: bytes, limits: Limits) -> Content:
    """Loading pdfplumber takes longer than reading most reports: only when a PDF comes."""
    content: Content = import_module("corpus.readers.pdf").read_pdf(payload, limits)
    return content


def _read_pictures(payload: bytes, kind: str, limits: Limits) -> Content:
    content: Content = import_module("corpus.readers.page_picture").read_pictures(payload, kind, limits)
    return content


def _read_binary(payload: bytes, name: str, limits: Limits) -> Content:
    kind = kind_of(payload)
    if kind is Kind.LOCKED:
        raise UnreadableError("office_locked")
    if kind is Kind.PRESENTATION:
        raise UnsupportedError("presentation")
    if kind is Kind.MESSAGE:
        raise UnsupportedError("message")
    if kind is Kind.WORKBOOK:
        content: Content = import_module("corpus.readers.binary_workbook").read_binary_workbook(payload, limits)
        return content
    return _read_office(payload, name, limits)


def _read_zipped(payload: bytes, limits: Limits) -> Content:
    archive = Archive.open(payload, limits)
    if main_part(archive, "word"):
        return read_word(archive, limits, read_member)
    if (workbook := main_part(archive, "xl")).endswith(".bin"):
        return read_workbook(Archive.open(to_xlsx(payload, ".xlsb", limits), limits), limits)
    if workbook:
        return _read_calculated(archive, payload, limits)
    for part, told in _OTHER.items():
        if part in archive.names:
            raise UnsupportedError(told)
    if "content.xml" in archive.names:
        return _read_open_document(archive, payload, limits)
    return _read_book(archive, limits) if _BOOK in archive.names else read_zip(archive, limits, read_member)


def _read_open_document(archive: Archive, payload: bytes, limits: Limits) -> Content:
    kind = archive.read("mimetype") if "mimetype" in archive.names else b""
    if b"opendocument.presentation" in kind:
        raise UnsupportedError("presentation")
    if b"opendocument.spreadsheet" in kind:
        return read_workbook(Archive.open(to_xlsx(payload, ".ods", limits), limits), limits)
    return _read_office(payload, "", limits)


def _read_book(archive: Archive, limits: Limits) -> Content:
    """The chapters of an electronic book as one page, in the order in which they were packed."""
    pages = (decode(archive.read(part)) for part in archive.names if has_suffix(part, "page"))
    return read_html("\n".join(pages), limits)


def _read_calculated(archive: Archive, payload: bytes, limits: Limits) -> Content:
    """A workbook; one with formulas that no program has calculated, by LibreOffice, which does so, where it is."""
    content = read_workbook(archive, limits)
    rows = (row for block in content.blocks if isinstance(block, Grid) for row in block.rows)
    if converter() is None or not any(cell.raw.startswith("=") for row in rows for cell in row):
        return content
    return read_workbook(Archive.open(to_xlsx(payload, ".xlsx", limits), limits), limits)


def _read_rar(payload: bytes, limits: Limits) -> Content:
    return read_rar(payload, limits, read_member)


def _read_tar(payload: bytes, limits: Limits) -> Content:
    return read_tar(payload, limits, read_member)


def _read_compressed(payload: bytes, name: str, limits: Limits) -> Content:
    """One file, compressed as a whole: a page as a server sent it, or a tar archive."""
    stem = name[: name.rindex(".")] if "." in name else name
    return _read(unpacked(payload, limits), stem, "", limits.inside())


def _read_office(payload: bytes, name: str, limits: Limits) -> Content:
    medium = medium_of(payload)
    told = next((suffix for suffix in (".wps", ".fodt") if name.lower().endswith(suffix)), ".doc")
    suffix = {"rtf": ".rtf", "zip": ".odt"}.get(medium.id if medium else "", told)
    return read_word(Archive.open(to_docx(payload, suffix, limits), limits), limits, read_member)


_READERS: Mapping[str, Callable[[bytes, Limits], Content]] = {
    "pdf": _read_pdf,
    "zip": _read_zipped,
    "rar": _read_rar,
    "7z": _read_rar,
    "tar": _read_tar,
}
"""By the kind of file (corpus.media)."""

_READERS_BY_NAME: Mapping[str, Callable[[bytes, str, Limits], Content]] = {
    "ole": _read_binary,
    **dict.fromkeys(("gzip", "bzip2", "xz"), _read_compressed),
    "rtf": _read_office,
}
"""Those to which a file's name says more than its bytes."""


def _read_text(text: str, name: str, media_type: str, limits: Limits, held: Held) -> Content:
    if (office := _read_flat_office(text, limits)) is not None:
        return office
    if (article := _carried(text) or page_of_forum_code(text)) is not None:
        return read_html(article, limits, held)
    if _is_markup(text, name, media_type):
        return read_html(with_its_article(text), limits, held)
    text = unlisted(text)
    is_sheet = has_suffix(name, "csv") or "csv" in media_type or is_csv(text)
    return read_csv(text, limits) if is_sheet else read_plain(text, limits)


def _read_flat_office(text: str, limits: Limits) -> Content | None:
    """The blocks of an Office file that is one XML text; None for any other text."""
    if (package := package_of(text)) is not None:
        is_workbook = bool(main_part(package, "xl"))
        return read_workbook(package, limits) if is_workbook else read_word(package, limits, read_member)
    if declares(text, spreadsheet_2003.NAMESPACE):
        return content_of(spreadsheet_2003.sheets_2003(element_of(text), limits))
    if root_of(text) != "office:document":
        return None
    if "opendocument.spreadsheet" in text[:_PROLOGUE]:
        return read_workbook(Archive.open(to_xlsx(text.encode(), ".fods", limits), limits), limits)
    return _read_office(text.encode(), ".fodt", limits)


def _carried(text: str) -> str | None:
    """The page that a text carries which is none: an answer in JSON or XML, or a script."""
    if (article := article_of_data(text)) is not None or text.lstrip().startswith("<"):
        return article
    return article_of_script(text)


def _is_markup(text: str, name: str, media_type: str) -> bool:
    if _MARKUP.search(text, 0, _PROLOGUE):
        return True
    return "<" in text and (has_suffix(name, "page") or "html" in media_type)
