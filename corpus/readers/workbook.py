"""The sheets of an .xlsx file: raw cells and merged ones (SpreadsheetML, ECMA-376 part 1, 18.3).

Read cell by cell as stored, so that a cell far away costs nothing; a sheet that spans too much is refused on the way.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from corpus.errors import UnreadableError
from corpus.readers.cell_style import CellStyle, S, cell_styles, printed_text, unescaped
from corpus.readers.conditional_format import hiding, unseen_styles
from corpus.readers.limits import Limits
from corpus.readers.markup import elements, parsed
from corpus.readers.number_format import shown
from corpus.readers.package import Package, main_part, part_of, relations
from corpus.readers.raw_sheet import RawSheet, SheetDraft

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_OFF = ("0", "false")
# What is narrower, in letters, or lower, in points, shows nothing that can be read.
_LEAST = {"width": 0.5, "ht": 2.0}
_PARTS = ("row", "mergeCell", "col", "sheetView", "conditionalFormatting")
_TRUTH = {"0": "FALSE", "1": "TRUE"}


@dataclass(frozen=True, slots=True)
class _Means:
    """What the cells of all sheets refer to."""

    strings: Sequence[tuple[str, str]]
    """As they are seen on paper, and on a cell that is filled."""
    styles: Sequence[CellStyle]
    unseen: Collection[int]
    """Styles that a condition gives to cells, and under which nothing is seen."""
    limits: Limits


def sheets(package: Package, limits: Limits) -> Iterator[RawSheet]:
    """The visible sheets in order. Raises UnreadableError for a damaged file, TooLargeError beyond the limits."""
    workbook = main_part(package, "xl")
    parts = relations(package, workbook)
    strings, styles = (part_of(package, workbook, kind) for kind in ("sharedStrings", "styles"))
    looks = parsed(package.read(styles)) if styles else None
    means = _Means(
        [
            (printed_text(item, shows_white=False), printed_text(item))
            for item in elements(package.read(strings), f"{S}si")
        ]
        if strings
        else (),
        cell_styles(looks),
        unseen_styles(looks),
        limits,
    )
    listed = list(parsed(package.read(workbook)).iter(f"{S}sheet"))
    paths = [parts.get(sheet.get(f"{_R}id", ""), ("", ""))[1] for sheet in listed]
    if not any(path in package.names for path in paths):
        raise UnreadableError("workbook_damaged")
    for sheet, path in zip(listed, paths, strict=True):
        if sheet.get("state", "visible") == "visible" and path in package.names:
            yield _sheet(package.read(path), means)


def _sheet(xml: bytes, means: _Means) -> RawSheet:
    draft = SheetDraft()
    row, shows_zeros = -1, True
    for element in elements(xml, *(f"{S}{name}" for name in _PARTS)):
        if element.tag == f"{S}sheetView":
            shows_zeros = element.get("showZeros", "1") not in _OFF
        elif element.tag == f"{S}col":
            if _is_hidden(element, "width"):
                first, last = (_whole(element.get(name), 1) for name in ("min", "max"))
                draft.hidden_columns.append(range(first - 1, last))
        elif element.tag == f"{S}conditionalFormatting":
            for condition, instead in hiding(element, means.unseen):
                draft.hide(_ranges(element.get("sqref", "")), condition, instead)
        elif element.tag == f"{S}mergeCell":
            if (span := _span(element.get("ref", ""))) is not None:
                draft.spans[span[0]] = span[1]
        else:
            row = _whole(element.get("r"), row + 2) - 1 if element.get("r") else row + 1
            if _is_hidden(element, "ht"):
                draft.hidden_rows.add(row)
            _row(element, row, draft, means, shows_zeros=shows_zeros)
    return draft.shown()


def _row(element: etree._Element, row: int, draft: SheetDraft, means: _Means, *, shows_zeros: bool) -> None:
    column = -1
    for cell in element.iter(f"{S}c"):
        match = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(match[1]) if match else column + 1
        raw = _raw(cell, means)
        if raw and (shows_zeros or raw != "0"):
            draft.put(row, column, raw, means.limits)


def _is_hidden(element: etree._Element, size: str) -> bool:
    """Whether a row or column is hidden, or has no size."""
    if element.get("hidden", "0") not in _OFF:
        return True
    stated = element.get(size, "")
    return re.fullmatch(r"\d+(?:\.\d+)?", stated) is not None and float(stated) < _LEAST[size]


def _raw(cell: etree._Element, means: _Means) -> str:
    number = _whole(cell.get("s"), 0)
    style = means.styles[number] if number < len(means.styles) else CellStyle()
    return "" if style.is_unseen else _printed(cell, style, means).strip(" ")


def _printed(cell: etree._Element, style: CellStyle, means: _Means) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return printed_text(cell, shows_white=style.shows_white)
    value = cell.findtext(f"{S}v") or ""
    if not value and (formula := cell.findtext(f"{S}f")):
        # Nobody has calculated it: the cell is not blank, but what it would show is not in the file.
        return f"={formula}"
    if kind == "s":
        # A number that is none, or beyond the strings, is no text.
        if not (value.isascii() and value.isdigit() and len(value) < 9 and int(value) < len(means.strings)):
            raise UnreadableError("workbook_damaged")
        return means.strings[int(value)][style.shows_white]
    if kind in ("str", "e", "b", "d"):
        return _TRUTH.get(value, value) if kind == "b" else unescaped(value)
    try:
        return shown(float(value), style.format, shows_white=style.shows_white) if value else ""
    except (ValueError, OverflowError, ArithmeticError):
        return value


def _ranges(references: str) -> Iterator[tuple[range, range]]:
    """The rows and columns of each range of cells."""
    for reference in references.split():
        if span := _span(reference if ":" in reference else f"{reference}:{reference}"):
            (top, left), (height, width) = span
            yield range(top, top + height), range(left, left + width)


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


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else otherwise
