"""Sheets: what a cell shows against what it stores, hidden rows and columns, and the forms of the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import Any

import openpyxl
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule, IconSetRule
from openpyxl.styles import Color, Font, PatternFill

from corpus.readers.libreoffice import converter
from tests.accuracy.formats.office import _placed, xls_file, xlsx_file
from tests.accuracy.paper import Paper, copied
from tests.accuracy.traits.pages import Written
from tests.accuracy.traits.tokens import destroy, tokened

_Change = Callable[[Any, int], None]


def _cells(change: _Change, *, tellable: bool = True) -> Callable[[Paper], Written]:
    """A workbook some of whose numbers are changed cell by cell."""

    def write(paper: Paper) -> Written:
        made, boxes = tokened(paper)
        if not tellable:
            destroy(made, boxes)
        workbook: Any = openpyxl.load_workbook(io.BytesIO(xlsx_file(made)))
        for row in workbook.active.iter_rows():
            for cell in row:
                if cell.value in boxes:
                    change(cell, int(boxes[cell.value].text))
        return made, _saved(workbook), ".xlsx"

    return write


def _saved(workbook: Any) -> bytes:
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _shown(format_: str, factor: int = 1, rest: float = 0) -> _Change:
    def change(cell: Any, number: int) -> None:
        cell.value = number * factor + (rest if number else 0)
        # Accounts show nought as a dash, and a dash is what a reader then sees: left alone.
        cell.number_format = format_ if number else "General"

    return change


def _runs(struck: str, mark: str) -> _Change:
    def change(cell: Any, number: int) -> None:
        runs: list[Any] = [TextBlock(InlineFont(strike=True), struck)] if struck else []
        runs.append(str(number))
        if mark:
            runs.append(TextBlock(InlineFont(vertAlign="superscript"), mark))
        cell.value = CellRichText(*runs)

    return change


def _noted(cell: Any, number: int) -> None:
    cell.value, cell.comment = number, Comment("去年为91", "x")


def _text(pattern: str) -> _Change:
    def change(cell: Any, number: int) -> None:
        cell.value = pattern.format(number)

    return change


def _struck(cell: Any, number: int) -> None:
    """A number that is struck out as a whole is none: nobody can say what holds instead."""
    cell.value, cell.font = number, Font(strike=True)


def _hidden_by_format(cell: Any, number: int) -> None:
    cell.value, cell.number_format = number, ";;;"


def _white(cell: Any, number: int) -> None:
    cell.value, cell.font = number, Font(color="FFFFFFFF")


def _black_on_black(cell: Any, number: int) -> None:
    cell.value, cell.font = number, Font(color="FF000000")
    cell.fill = PatternFill("solid", fgColor="FF000000")


def _white_run(cell: Any, number: int) -> None:
    cell.value = CellRichText(TextBlock(InlineFont(color=Color("FFFFFFFF")), "91"), str(number))


def _palette_white(cell: Any, number: int) -> None:
    cell.value, cell.font = number, Font(color=Color(indexed=9))


def _blank(change: _Change) -> Callable[[Paper], Written]:
    """Cells that show nothing, whatever they hold."""

    def write(paper: Paper) -> Written:
        made, payload, suffix = _cells(change)(paper)
        _, boxes = tokened(paper)
        for box in boxes.values():
            made.values[box.figure] = None
        return made, payload, suffix

    return write


def _white_noughts(paper: Paper) -> Written:
    """Noughts that a condition makes white."""
    workbook: Any = openpyxl.load_workbook(io.BytesIO(xlsx_file(paper)))
    rule: Any = CellIsRule(  # type: ignore[no-untyped-call]
        operator="equal", formula=["0"], font=Font(color="FFFFFFFF")
    )
    workbook.active.conditional_formatting.add(f"A1:Z{workbook.active.max_row}", rule)
    made = copied(paper)
    made.values.update((figure, None) for figure, value in paper.values.items() if value == 0)
    return made, _saved(workbook), ".xlsx"


def _white_by_format(paper: Paper) -> Written:
    """Noughts that their number format makes white."""
    workbook: Any = openpyxl.load_workbook(io.BytesIO(xlsx_file(paper)))
    for cell in (cell for row in workbook.active.iter_rows() for cell in row if isinstance(cell.value, int)):
        cell.number_format = "0;-0;[White]0"
    made = copied(paper)
    made.values.update((figure, None) for figure, value in paper.values.items() if value == 0)
    return made, _saved(workbook), ".xlsx"


def _drawn(rule: Callable[..., Any], how: dict[str, Any], paper: Paper) -> Written:
    """Pictures in the place of all numbers of a sheet."""
    workbook: Any = openpyxl.load_workbook(io.BytesIO(xlsx_file(paper)))
    kind = {"type": "percent"} if "icon_style" in how else {"color": "FF638EC6"}
    made_rule = rule(**how, **kind, showValue=False)
    workbook.active.conditional_formatting.add(f"A1:Z{workbook.active.max_row}", made_rule)
    made = copied(paper)
    made.destroyed |= {figure for figure, value in made.values.items() if value is not None}
    return made, _saved(workbook), ".xlsx"


def _hidden(kind: str) -> Callable[[Paper], Written]:
    """Last year's figures in hidden rows, or in a hidden column before all others; or all on a hidden sheet."""

    def write(paper: Paper) -> Written:
        workbook: Any = openpyxl.load_workbook(io.BytesIO(xlsx_file(paper)))
        sheet = workbook.active
        if kind == "sheet":
            other = workbook.copy_worksheet(sheet)
            for row in other.iter_rows():
                for cell in row:
                    if isinstance(cell.value, int):
                        cell.value = 77
            workbook.move_sheet(other, -1)
            other.sheet_state = "hidden"
        else:
            last = sheet.max_column + 1
            if kind != "rows":
                for row in range(1, sheet.max_row + 1):
                    sheet.cell(row, last, 77 if sheet.cell(row, 2).value is not None else None)
                dimensions = sheet.column_dimensions[sheet.cell(1, last).column_letter]
                dimensions.hidden, dimensions.width = kind == "column", 0.1
            else:
                for row in range(sheet.max_row + 1, sheet.max_row + 9):
                    for column in range(1, last):
                        sheet.cell(row, column, 77)
                    sheet.row_dimensions[row].hidden = True
        return paper, _saved(workbook), ".xlsx"

    return write


def _old(style: Any, column_hidden: bool = False) -> Callable[[Paper], Written]:  # noqa: FBT001, FBT002 - a case
    """The same in the format of Excel 97: numbers under a format, a column that is hidden."""

    def write(paper: Paper) -> Written:
        made, boxes = tokened(paper)
        workbook = xlwt.Workbook(encoding="utf-8")
        sheet = workbook.add_sheet("年报", cell_overwrite_ok=True)
        width = 0
        for row, column, box in _placed(made):
            value = (
                int(boxes[box.text].text) if box.text in boxes else int(box.text) if box.text.isdigit() else box.text
            )
            args = (style,) if box.text in boxes and style is not None else ()
            if box.rowspan > 1 or box.colspan > 1:
                sheet.write_merge(row, row + box.rowspan - 1, column, column + box.colspan - 1, value, *args)
            else:
                sheet.write(row, column, value, *args)
            width = max(width, column + box.colspan)
        if column_hidden:
            for row in range(20):
                sheet.write(row, width, 77)
            sheet.col(width).hidden = True
        output = io.BytesIO()
        workbook.save(output)
        return made, output.getvalue(), ".xls"

    return write


def _sheet_2003(paper: Paper) -> Written:
    """One XML text, as programs export it under the name of an .xls."""
    rows: dict[int, list[str]] = {}
    for row, column, box in _placed(paper):
        kind = "Number" if box.text.isdigit() else "String"
        merged = f' ss:MergeAcross="{box.colspan - 1}"' * (box.colspan > 1)
        merged += f' ss:MergeDown="{box.rowspan - 1}"' * (box.rowspan > 1)
        data = f'<Data ss:Type="{kind}">{escape(box.text)}</Data>' if box.text else ""
        rows.setdefault(row, []).append(f'<Cell ss:Index="{column + 1}"{merged}>{data}</Cell>')
    body = "".join(f'<Row ss:Index="{row + 1}">{"".join(cells)}</Row>' for row, cells in rows.items())
    namespace = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        paper,
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{namespace}" '
        f'xmlns:ss="{namespace}"><Worksheet ss:Name="a"><Table>{body}</Table></Worksheet></Workbook>'.encode(),
        ".xls",
    )


def _sums(paper: Paper) -> Written:
    """Totals of applicants as sums that no program has calculated, as a library writes them."""
    workbook: Any = openpyxl.load_workbook(io.BytesIO(xlsx_file(paper)))
    for row in workbook.active.iter_rows():
        *parts, total = [cell for cell in row if isinstance(cell.value, int)] or [None]
        if len(parts) == 6 and sum(part.value for part in parts) == total.value:
            total.value = f"=SUM({parts[0].coordinate}:{parts[-1].coordinate})"
    return paper, _saved(workbook), ".xlsx"


def _error(cell: Any, _number: int) -> None:
    """What a sheet shows where a formula failed, or answers a question, is no number."""
    cell.value = "#REF!"


def _truth(cell: Any, _number: int) -> None:
    cell.value = True


def _capitals(paper: Paper) -> Written:
    """Parts whose names are not written as the file refers to them."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_file(paper))) as source, zipfile.ZipFile(output, "w") as made:
        for name in source.namelist():
            made.writestr(name.replace("sharedStrings", "SharedStrings").replace("sheet1", "Sheet1"), source.read(name))
    return paper, output.getvalue(), ".xlsx"


TRAITS: Mapping[str, Callable[[Paper], Written]] = {
    "xlsx: noughts white by a condition": _white_noughts,
    "xlsx: bars instead of numbers": partial(_drawn, DataBarRule, {"start_type": "min", "end_type": "max"}),
    "xlsx: icons instead of numbers": partial(_drawn, IconSetRule, {"icon_style": "3Arrows", "values": [0, 33, 67]}),
    "xlsx: noughts white by their format": _white_by_format,
    "xlsx: in ten thousands with one place": _cells(_shown("0!.0,", 10_000)),
    "xlsx: thousands parted": _cells(_shown("#,##0_ ")),
    "xlsx: accounts": _cells(_shown('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ')),
    "xlsx: with its unit": _cells(_shown('0"件"')),
    "xlsx: rounded": _cells(_shown("0", rest=0.3)),
    "xlsx: struck run before": _cells(_runs("91", "")),
    "xlsx: raised run behind": _cells(_runs("", "1")),
    "xlsx: comments": _cells(_noted),
    "xlsx: circled mark": _cells(_text("{}②")),
    "xlsx: apostrophe text": _cells(_text(" {}")),
    "xlsx: two numbers": _cells(_text("{}\n31"), tellable=False),
    "xlsx: remark": _cells(_text("{}（其中修订1件）"), tellable=False),
    "xlsx: errors": _cells(_error, tellable=False),
    "xlsx: truth values": _cells(_truth, tellable=False),
    "xlsx: powers of ten": _cells(_shown("0.0000E+00")),
    "xlsx: struck out": _blank(_struck),
    "xlsx: white": _blank(_white),
    "xlsx: white of the palette": _blank(_palette_white),
    "xlsx: black on black": _blank(_black_on_black),
    "xlsx: white run before": _cells(_white_run),
    "xlsx: line end escaped": _cells(_text("{}_x000D_\n")),
    "xlsx: shown as nothing": _blank(_hidden_by_format),
    "xlsx: hidden sheet": _hidden("sheet"),
    "xlsx: hidden column": _hidden("column"),
    "xlsx: column of hardly any width": _hidden("width"),
    "xlsx: hidden rows": _hidden("rows"),
    "xlsx: names of parts in capitals": _capitals,
    **({"xlsx: sums not calculated": _sums} if converter() else {}),
    "xls: with its unit": _old(xlwt.easyxf(num_format_str='0"件"')),
    "xls: thousands parted": _old(xlwt.easyxf(num_format_str="#,##0")),
    "xls: hidden column": _old(None, column_hidden=True),
    "xls: under the name of .et": lambda paper: (paper, xls_file(paper), ".et"),
    "xls: XML Spreadsheet 2003": _sheet_2003,
}
