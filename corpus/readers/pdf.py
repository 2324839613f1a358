"""A born-digital PDF → blocks: its tables, ruled or not, and between them its lines joined into paragraphs.

Page numbers and running heads are dropped. A scan has no text to read and is refused as such. What is seen on a page,
and which way up, is told by corpus.readers.page_text; pdfplumber joins the rules to cells.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSException
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from corpus.blocks import Block, Content, Grid
from corpus.errors import NoTextError, UnreadableError
from corpus.readers.flow import Flow, usual_steps
from corpus.readers.form_fields import field_glyphs, struck_boxes
from corpus.readers.lattice import RuledTable, ruled_tables
from corpus.readers.limits import Limits
from corpus.readers.page_picture import is_picture, read_page
from corpus.readers.page_rules import rules_of
from corpus.readers.page_text import Side, sides
from corpus.readers.pdf_device import lay_out
from corpus.readers.stream import Alignment
from corpus.readers.typeset import Glyph, Line, lines_of
from corpus.text import clean, compact, decode_property

_PAGE_NUMBER = re.compile(r"[-—–―－·~\s]*(?:第?\d{1,3}页?(?:[/共,，]*(?:共)?\d{1,3}页?)?)[-—–―－·~\s]*")
_MARGIN = 0.09
_LEAST_TEXT = 40
# So many digits on their side are a table's; fewer are in the labels of one that stands upright.
_LEAST_DIGITS = 10
# What pdfminer raises on damaged input, beside its own errors (found by make fuzz).
_BROKEN = (
    PDFSyntaxError, PSException, PdfminerException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError,
    AttributeError, AssertionError, RecursionError, OverflowError, ZeroDivisionError, zlib.error, EOFError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on one page: tables, and the lines outside them."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[RuledTable, ...]


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
    if characters < _LEAST_TEXT:
        raise NoTextError("pdf_pictures")
    return Content(tuple(_blocks(pages)), metadata={"documenttitle": clean(title).strip()})


def blocks_of(found: Sequence[Side]) -> tuple[Block, ...]:
    """The blocks of pages that were read from pictures, one after the other."""
    return tuple(_blocks([_read(side, number, ()) for number, side in enumerate(found, start=1)]))


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


def _pages(page: Any, payload: bytes, limits: Limits) -> list[_Page]:
    """What stands on one page, a table that lies on its side as a page of its own; frees what pdfplumber keeps."""
    least = lay_out(page)
    found = sides(page, rules_of(page, least), field_glyphs(page), struck_boxes(page))
    number, size = page.page_number, (float(page.width), float(page.height))
    if number <= limits.pictures and is_picture(page, found):
        found = [read_page(page, payload)]
    page.close()
    if not found:
        return [_Page(number, *size, (), ())]
    main, *others = found
    lying = [side for side in others if sum(glyph.text.isdigit() for glyph in side.glyphs) >= _LEAST_DIGITS]
    aside = [main.seen(glyph, side) for side in others if side not in lying for glyph in side.glyphs]
    whole = _read(main, number, aside)
    if not lying:
        return [whole]
    top = min(main.seen(glyph, side).top for side in lying for glyph in side.glyphs)
    above, below = (
        replace(
            whole,
            lines=tuple(line for line in whole.lines if (line.top < top) == is_above),
            tables=tuple(table for table in whole.tables if (table.top < top) == is_above),
        )
        for is_above in (True, False)
    )
    return [above, *(_read(side, number, ()) for side in lying), below]


def _read(side: Side, number: int, aside: Sequence[Glyph]) -> _Page:
    found = ruled_tables(side.rules, side.glyphs, aside, side.origin)
    tables = [table for table in found if any(cell.raw for row in table.rows for cell in row)]
    outside = [glyph for glyph in side.glyphs if not any(table.covers(glyph) for table in tables)]
    return _Page(number, side.width, side.height, tuple(lines_of(outside)), tuple(tables))


def _blocks(pages: Sequence[_Page]) -> Iterator[Block]:
    heads = _running_heads(pages)
    inside = [[line for line in page.lines if not _is_margin(line, page, heads)] for page in pages]
    flow = Flow(usual_steps(inside))
    index = 0
    alignment = Alignment()
    for page, lines in zip(pages, inside, strict=True):
        flow.turn(lines)
        for item in _in_order(page, lines, alignment):
            if isinstance(item, RuledTable):
                yield from flow.close()
                yield Grid(item.rows, index, page.number, item.aligned, item.certain)
                index += 1
            else:
                yield from flow.take(item)
    yield from flow.close()


def _in_order(page: _Page, lines: Sequence[Line], alignment: Alignment) -> list[Line | RuledTable]:
    """Tables and lines from the top; tables without rules are found among the lines."""
    items: list[Line | RuledTable] = [*page.tables]
    bounds = sorted(table.top for table in page.tables)
    # Lines above and below a ruled table are no rows of one table without rules.
    for start, end in zip([0.0, *bounds], [*bounds, float("inf")], strict=True):
        items.extend(alignment.tables([line for line in lines if start <= line.top < end]))
    return sorted(items, key=lambda item: item.top)


def _running_heads(pages: Sequence[_Page]) -> frozenset[str]:
    """Lines that stand in the margin of most pages with the same words, digits aside."""
    if len(pages) < 2:
        return frozenset()
    times = Counter(
        key for page in pages for key in {_head_key(line) for line in page.lines if _in_margin(line, page)} if key
    )
    return frozenset(key for key, count in times.items() if count > 1 and count * 2 > len(pages))


def _head_key(line: Line) -> str:
    return re.sub(r"\d+", "#", compact(line.text))


def _in_margin(line: Line, page: _Page) -> bool:
    return line.bottom < page.height * _MARGIN or line.top > page.height * (1 - _MARGIN)


def _is_margin(line: Line, page: _Page, heads: frozenset[str]) -> bool:
    if not _in_margin(line, page):
        return False
    return bool(_PAGE_NUMBER.fullmatch(line.text.strip())) or _head_key(line) in heads
