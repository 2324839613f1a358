"""The sheets of an XML Spreadsheet 2003: one XML text, as exports from the web write it under the name of an .xls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from corpus.readers.limits import Limits
from corpus.readers.marks import set_off
from corpus.readers.number_format import shown
from corpus.readers.raw_sheet import RawSheet, SheetDraft
from corpus.xml_name import local_name

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{NAMESPACE}}}"
_LARGEST_SPAN = 1_000
_RAISED = {"Sup": "superscript", "Sub": "subscript"}
_NAMED = {
    "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00", "Currency": "#,##0.00",
    "Short Date": "yyyy-m-d", "Long Date": 'yyyy"年"m"月"d"日"', "General Number": "",
}  # fmt: skip


def sheets_2003(root: etree._Element, limits: Limits) -> Iterator[RawSheet]:
    """The visible sheets in order. Raises TooLargeError beyond the limits."""
    formats, struck = _formats(root), _struck(root)
    for sheet in root.iter(f"{_SS}Worksheet"):
        visible = next(sheet.iter("{*}Visible"), None)
        if visible is None or not (visible.text or "").startswith("Sheet"):
            yield _sheet(sheet, formats, struck, limits)


def _formats(root: etree._Element) -> Mapping[str, str]:
    """The number format of each style, by its id."""
    codes: dict[str, str] = {}
    for style in root.iter(f"{_SS}Style"):
        format_ = style.find(f"{_SS}NumberFormat")
        if format_ is not None:
            code = format_.get(f"{_SS}Format", "")
            codes[style.get(f"{_SS}ID", "")] = _NAMED.get(code, code)
    return codes


def _struck(root: etree._Element) -> frozenset[str]:
    """The ids of styles that strike their text out."""
    return frozenset(
        style.get(f"{_SS}ID", "")
        for style in root.iter(f"{_SS}Style")
        if (font := style.find(f"{_SS}Font")) is not None and font.get(f"{_SS}StrikeThrough", "0") == "1"
    )


def _sheet(sheet: etree._Element, formats: Mapping[str, str], struck: frozenset[str], limits: Limits) -> RawSheet:
    draft = SheetDraft()
    column = 0
    for element in sheet.iterfind(f"{_SS}Table/{_SS}Column"):
        column = _number(element, "Index", column + 1) - 1
        span = _number(element, "Span", 0) + 1
        if _is_hidden(element, "Width"):
            draft.hidden_columns.append(range(column, column + span))
        column += span
    number = 0
    for row in sheet.iterfind(f"{_SS}Table/{_SS}Row"):
        number = _number(row, "Index", number + 1) - 1
        span = _number(row, "Span", 0) + 1
        if _is_hidden(row, "Height"):
            draft.hidden_rows |= set(range(number, number + span))
        column = 0
        for cell in row.iterfind(f"{_SS}Cell"):
            column = _number(cell, "Index", column + 1) - 1
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            style = cell.get(f"{_SS}StyleID", row.get(f"{_SS}StyleID", ""))
            raw = "" if style in struck else _raw(cell, formats.get(style, ""))
            if raw:
                draft.put(number, column, raw, limits)
            if across or down:
                draft.spans[number, column] = down + 1, across + 1
            column += across + 1
        number += span
    return draft.shown()


def _raw(cell: etree._Element, code: str) -> str:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return ""
    text = _text(data)
    if data.get(f"{_SS}Type") == "Number":
        try:
            return shown(float(text), code).strip(" ")
        except (ValueError, ArithmeticError):
            return text
    return text.strip(" ")


def _text(element: etree._Element) -> str:
    """Text with the markup of HTML 4 in it: struck-out runs left out, raised ones as such."""
    name = local_name(element.tag)
    if name == "S":
        return ""
    inner = (element.text or "") + "".join(_text(child) + (child.tail or "") for child in element)
    return set_off(inner, _RAISED.get(name, ""))


def _is_hidden(element: etree._Element, size: str) -> bool:
    return element.get(f"{_SS}Hidden") == "1" or element.get(f"{_SS}{size}") == "0"


def _number(element: etree._Element, name: str, otherwise: int) -> int:
    text = element.get(f"{_SS}{name}", "")
    return min(int(text), _LARGEST_SPAN * 70) if text.isascii() and text.isdigit() and len(text) < 8 else otherwise
