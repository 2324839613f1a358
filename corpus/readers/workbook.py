"""The sheets of an .xlsx file: raw cells and merged ones (SpreadsheetML, ECMA-376 part 1, 18.3).

Read cell by cell as stored, so that a cell far away costs nothing; a sheet that spans too much is refused on the way.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from corpus.errors import UnreadableError
from corpus.readers.bounded_zip import Archive
from corpus.readers.limits import Limits
from corpus.readers.markup import elements, parsed

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_EXACT = 10**15

Spans = dict[tuple[int, int], tuple[int, int]]
"""Merged cells: (row, column) of the first to (rows, columns) covered."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as a rectangle of raw cells, from its first row and column."""

    rows: Sequence[Sequence[str]]
    spans: Spans


def sheets(archive: Archive, limits: Limits) -> Iterator[RawSheet]:
    """The visible sheets in order. Raises UnreadableError for a damaged file, TooLargeError beyond the limits."""
    targets = {
        relation.get("Id", ""): relation.get("Target", "") for relation in parsed(archive.read(_RELATIONS)).iter("{*}*")
    }
    strings = _strings(archive)
    for sheet in parsed(archive.read(_WORKBOOK)).iter(f"{_S}sheet"):
        target = targets.get(sheet.get(f"{_R}id", ""), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if sheet.get("state", "visible") == "visible" and path in archive.names:
            yield _sheet(archive.read(path), strings, limits)


def printed_number(value: float) -> str:
    """A stored number as the sheet prints it without a format: 13 rather than 13.0."""
    return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)


def _strings(archive: Archive) -> list[str]:
    if _STRINGS not in archive.names:
        return []
    return [_text(item) for item in elements(archive.read(_STRINGS), f"{_S}si")]


def _text(item: etree._Element) -> str:
    """The text of a string, its runs joined, without the readings of East Asian characters (w:rPh)."""
    return "".join(
        text.text or ""
        for text in item.iter(f"{_S}t")
        if (parent := text.getparent()) is None or parent.tag != f"{_S}rPh"
    )


def _sheet(xml: bytes, strings: Sequence[str], limits: Limits) -> RawSheet:
    cells: dict[tuple[int, int], str] = {}
    spans: Spans = {}
    height = width = row = 0
    for element in elements(xml, f"{_S}row", f"{_S}mergeCell"):
        if element.tag == f"{_S}mergeCell":
            if (span := _span(element.get("ref", ""))) is not None:
                spans[span[0]] = span[1]
            continue
        stated = element.get("r", "")
        row = int(stated) - 1 if stated.isascii() and stated.isdigit() and len(stated) < 8 else row + 1
        column = -1
        for cell in element.iter(f"{_S}c"):
            match = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(match[1]) if match else column + 1
            if raw := _raw(cell, strings):
                cells[row, column] = raw
                height, width = max(height, row + 1), max(width, column + 1)
                limits.check_cells(height * width)
    spans = {start: size for start, size in spans.items() if start in cells}
    return RawSheet([[cells.get((row, column), "") for column in range(width)] for row in range(height)], spans)


def _raw(cell: etree._Element, strings: Sequence[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell).strip(" ")
    value = cell.findtext(f"{_S}v") or ""
    if not value and (formula := cell.findtext(f"{_S}f")):
        # Nobody has calculated it: the cell is not blank, but what it would show is not in the file.
        return f"={formula}"
    if kind == "s":
        if not (value.isascii() and value.isdigit() and len(value) < 9 and int(value) < len(strings)):
            raise UnreadableError("workbook_damaged")
        return strings[int(value)].strip(" ")
    if kind in ("str", "e", "b", "d"):
        return value.strip(" ")
    try:
        return printed_number(float(value)) if value else ""
    except (ValueError, OverflowError):
        return value


def _span(reference: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The first cell of a merged range, and how many rows and columns it covers."""
    corners = [_REFERENCE.fullmatch(part) for part in reference.split(":")]
    if len(corners) != 2 or corners[0] is None or corners[1] is None:
        return None
    (top, left), (bottom, right) = ((int(corner[2]) - 1, _column(corner[1])) for corner in corners if corner)
    return ((top, left), (bottom - top + 1, right - left + 1)) if bottom >= top and right >= left else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
