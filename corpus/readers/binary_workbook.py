"""The sheets of an .xls file, and of WPS's .et: read by xlrd with their formats, so that cells are read as shown."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from corpus.blocks import Content
from corpus.errors import UnreadableError
from corpus.readers.limits import Limits
from corpus.readers.marks import set_off
from corpus.readers.number_format import printed_number, shown
from corpus.readers.raw_sheet import RawSheet, SheetDraft
from corpus.readers.sheet import content_of

# What xlrd raises on damaged input, beside its own errors (found by make fuzz).
_BROKEN = (
    XLRDError, CompDocError, struct.error, ValueError, TypeError, KeyError, IndexError,
    AttributeError, AssertionError, OverflowError, ArithmeticError, RecursionError, EOFError,
    MemoryError, UnboundLocalError,
)  # fmt: skip
_SUPERSCRIPT, _SUBSCRIPT = 1, 2
_PLACES = {_SUPERSCRIPT: "superscript", _SUBSCRIPT: "subscript"}
_VISIBLE = 0
_HOLD_NOTHING = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
_WHITE = 9
_SOLID = 1


def read_binary_workbook(payload: bytes, limits: Limits) -> Content:
    """Blocks of an .xls. Raises UnreadableError for a damaged or locked one, TooLargeError beyond the limits."""
    try:
        book = xlrd.open_workbook(
            file_contents=payload, formatting_info=True, on_demand=True, logfile=io.StringIO(), ragged_rows=True
        )
        with book:
            return content_of(_sheets(book, limits))
    except _BROKEN as error:
        if "encrypted" in str(error) or "password" in str(error).lower():
            raise UnreadableError("workbook_locked") from error
        raise UnreadableError("workbook_damaged") from error


def _sheets(book: Any, limits: Limits) -> Iterator[RawSheet]:
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        if sheet.visibility == _VISIBLE:
            yield _sheet(book, sheet, limits)
        book.unload_sheet(index)


def _sheet(book: Any, sheet: Any, limits: Limits) -> RawSheet:
    draft = SheetDraft()
    draft.hidden_rows |= {row for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0}
    draft.hidden_columns += [
        range(column, column + 1) for column, info in sheet.colinfo_map.items() if info.hidden or info.width == 0
    ]
    for top, bottom, left, right in sheet.merged_cells:
        if bottom > top and right > left:
            draft.spans[top, left] = bottom - top, right - left
    for row, column in _filled(sheet):
        raw = _raw(book, sheet, sheet.cell(row, column), (row, column))
        if raw and (raw != "0" or sheet.show_zero_values):
            draft.put(row, column, raw, limits)
    return draft.shown()


def _filled(sheet: Any) -> Iterator[tuple[int, int]]:
    """The cells that hold anything: whole rows and columns may be merely coloured, as far as a sheet can reach."""
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind not in _HOLD_NOTHING:
                yield row, column


def _raw(book: Any, sheet: Any, cell: Any, at: tuple[int, int]) -> str:
    style: Any = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    font = book.font_list[style.font_index] if style is not None else None
    if font is not None and (font.struck_out or font.colour_index == _ground(style.background)):
        return ""
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        format_ = book.format_map.get(style.format_key) if style is not None else None
        return (shown(cell.value, format_.format_str) if format_ else printed_number(cell.value)).strip(" ")
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return _text(book, str(cell.value), sheet.rich_text_runlist_map.get(at, ())).strip(" ")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(int(cell.value))
    return xlrd.error_text_from_code.get(cell.value, "") if cell.ctype == xlrd.XL_CELL_ERROR else ""


def _ground(background: Any) -> int:
    """The number of the colour that a cell is filled with; that of paper where it is not, none where it is hatched."""
    pattern = background.fill_pattern
    return int(background.pattern_colour_index) if pattern == _SOLID else -1 if pattern else _WHITE


def _text(book: Any, text: str, runs: Any) -> str:
    """A text in several fonts, from the offsets where each begins: without what is struck out, raised marks as such."""
    if not runs:
        return text
    pieces = [text[: runs[0][0]]]
    ends = [*(start for start, _ in runs[1:]), len(text)]
    for (start, number), end in zip(runs, ends, strict=True):
        font = book.font_list[number]
        if not font.struck_out:
            pieces.append(set_off(text[start:end], _PLACES.get(font.escapement, "")))
    return "".join(pieces)
