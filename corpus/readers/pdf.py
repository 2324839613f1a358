"""A born-digital PDF → blocks: its tables, ruled or not, and between them its lines joined into paragraphs.

A scan has no text to read and is refused as such. What is seen on a page, and which way up, is told by
corpus.readers.page_text; its blocks are made by corpus.readers.page_blocks.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from dataclasses import replace
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSException
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from corpus.blocks import Content
from corpus.errors import NoTextError, UnreadableError
from corpus.readers.form_fields import field_glyphs, note_lines, struck_boxes
from corpus.readers.limits import Limits
from corpus.readers.page_blocks import Page, blocks, read_side
from corpus.readers.page_picture import is_picture, is_rubbish, is_unknown, read_page
from corpus.readers.page_rules import rules_of
from corpus.readers.page_text import LEAST_TEXT, sides
from corpus.readers.pdf_layout import lay_out
from corpus.readers.two_up import pages_on
from corpus.text import clean, decode_property

# So many digits on their side are a table's; fewer are in the labels of one that stands upright.
_LEAST_DIGITS = 10
# What pdfminer raises on damaged input, beside its own errors (found by make fuzz).
_BROKEN = (
    PDFSyntaxError, PSException, PdfminerException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError,
    AttributeError, AssertionError, RecursionError, OverflowError, ZeroDivisionError, zlib.error, EOFError,
)  # fmt: skip


def read_pdf(payload: bytes, limits: Limits) -> Content:
    """Blocks of a PDF. Raises NoTextError for a scan, TooLargeError beyond the limits, else UnreadableError."""
    _check_streams(payload, limits)
    # It warns of a browser's fonts, once for every use of each: nothing that a reader of reports can do about.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(payload), unicode_norm=None) as document:
            limits.check_pages(len(document.pages))
            pages = [part for page in document.pages for part in _pages(page, payload, limits)]
            title = _title(document)
    except (PDFPasswordIncorrect, *_BROKEN) as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect) or isinstance(error, PDFPasswordIncorrect):
            raise UnreadableError("pdf_locked") from error
        raise UnreadableError("pdf_damaged") from error
    characters = sum(len(line.text) for page in pages for line in page.lines)
    characters += sum(len(cell.raw) for page in pages for table in page.tables for row in table.rows for cell in row)
    if characters < LEAST_TEXT:
        raise NoTextError("pdf_pictures")
    return Content(tuple(blocks(pages)), metadata={"documenttitle": clean(title).strip()})


def _title(document: PDF) -> str:
    """The title among the file's properties, from its bytes: pdfminer knows none of what programs write there."""
    for properties in document.doc.info:
        title = resolve1(properties.get("Title"))
        if isinstance(title, bytes) and title:
            return decode_property(title)
    return ""


def _check_streams(payload: bytes, limits: Limits) -> None:
    """Refuse a PDF whose packed streams grow beyond the limit, before anything unpacks them whole."""
    size = 0
    for match in re.finditer(rb"\bstream\r?\n", payload):
        size += _unpacked_size(payload[match.end() :], limits.unpacked - size + 1)
        limits.check_unpacked(size)


def _unpacked_size(data: bytes, most: int, levels: int = 2) -> int:
    inflate = zlib.decompressobj()
    try:
        unpacked = inflate.decompress(data, most)
    except zlib.error:
        return 0
    inner = _unpacked_size(unpacked, most, levels - 1) if levels > 1 and unpacked[:1] == b"x" else 0
    return max(len(unpacked), inner)


def _pages(page: Any, payload: bytes, limits: Limits) -> list[Page]:
    """What stands on one page, a table that lies on its side as a page of its own; frees what pdfplumber keeps."""
    least = lay_out(page)
    rules = rules_of(page, least).and_lines(note_lines(page))
    found = sides(page, rules, field_glyphs(page), struck_boxes(page))
    number, size = page.page_number, (float(page.width), float(page.height))
    if is_picture(page, found):
        if number <= limits.pictures:
            found = [read_page(page, payload)]
        elif is_unknown(found) or is_rubbish(found):
            found = []
    page.close()
    if not found:
        return [Page(number, *size, (), ())]
    main, *others = found
    lying = [side for side in others if sum(glyph.text.isdigit() for glyph in side.glyphs) >= _LEAST_DIGITS]
    aside = [main.seen(glyph, side) for side in others if side not in lying for glyph in side.glyphs]
    if not lying:
        return [read_side(part, number, turned) for part, turned in pages_on(main, aside)]
    whole = read_side(main, number, aside)
    top = min(main.seen(glyph, side).top for side in lying for glyph in side.glyphs)
    above, below = _parted(whole, top)
    return [above, *(read_side(side, number, ()) for side in lying), below]


def _parted(page: Page, at: float) -> tuple[Page, Page]:
    """What stands on a page above a level, and what below it."""
    above, below = (
        replace(
            page,
            lines=tuple(line for line in page.lines if (line.top < at) == is_above),
            tables=tuple(table for table in page.tables if (table.top < at) == is_above),
        )
        for is_above in (True, False)
    )
    return above, below
