"""A paper as .docx, .xlsx and .xls; as .doc and .wps through LibreOffice, many at once."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
import xlwt
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.accuracy.paper import Box, Paper, Table, squares


def docx_file(paper: Paper, *, ruled: bool = False) -> bytes:
    """A Word file: headings and paragraphs, tables with merged cells, drawn with rules or not."""
    document = docx.Document()
    document.add_heading(paper.title, 0)
    holder: Any = document
    if "layout_table" in paper.markup:
        holder = document.add_table(1, 1).cell(0, 0)
    for block in paper.blocks:
        if isinstance(block, str):
            _paragraph(holder.add_paragraph(), block, paper)
        else:
            _table(holder, block, paper, ruled=ruled)
    for line in paper.signature:
        holder.add_paragraph(line)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def _paragraph(paragraph: Any, text: str, paper: Paper) -> None:
    for run in text if "split_spans" in paper.markup else [text]:
        paragraph.add_run(run)


def _table(holder: Any, table: Table, paper: Paper, *, ruled: bool) -> None:
    """Rows of w:tc as Word writes them: w:gridSpan across, w:vMerge down."""
    lines = list(squares(table))
    width = max(map(len, lines))
    made = holder.add_table(0, width)
    if ruled:
        made.style = "Table Grid"
    for line in lines:
        row = OxmlElement("w:tr")
        made._tbl.append(row)  # noqa: SLF001 - python-docx merges cells only in regular tables
        column = 0
        while column < len(line):
            box, fresh = line[column]
            span = 1
            while column + span < len(line) and line[column + span][0] is box and span < box.colspan:
                span += 1
            row.append(_cell(box, fresh, span, paper))
            column += span


def _cell(box: Box, fresh: bool, span: int, paper: Paper) -> Any:  # noqa: FBT001 - a square is the first or not
    cell, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    cell.append(properties)
    if span > 1:
        _property(properties, "w:gridSpan", str(span))
    if box.rowspan > 1:
        _property(properties, "w:vMerge", "restart" if fresh else "continue")
    text = (box.text or ("\xa0" if "nbsp" in paper.markup else "")) if fresh else ""
    for line in text.split("\n"):
        paragraph = OxmlElement("w:p")
        for piece in line if "split_spans" in paper.markup else [line]:
            run, words = OxmlElement("w:r"), OxmlElement("w:t")
            words.text = piece
            words.set(qn("xml:space"), "preserve")
            run.append(words)
            paragraph.append(run)
        cell.append(paragraph)
    return cell


def _property(properties: Any, name: str, value: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    properties.append(element)


def xlsx_file(paper: Paper) -> bytes:
    """A workbook with the whole report on one sheet: numbers as numbers, merged cells merged."""
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    for row, column, box in _placed(paper):
        sheet.cell(row + 1, column + 1, _stored(box))
        if box.rowspan > 1 or box.colspan > 1:
            sheet.merge_cells(
                start_row=row + 1, start_column=column + 1, end_row=row + box.rowspan, end_column=column + box.colspan
            )
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def xls_file(paper: Paper) -> bytes:
    """The same in the format of Excel 97."""
    workbook = xlwt.Workbook(encoding="utf-8")
    sheet = workbook.add_sheet("年报")
    for row, column, box in _placed(paper):
        if box.rowspan > 1 or box.colspan > 1:
            sheet.write_merge(row, row + box.rowspan - 1, column, column + box.colspan - 1, _stored(box))
        else:
            sheet.write(row, column, _stored(box))
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _placed(paper: Paper) -> list[tuple[int, int, Box]]:
    """Every cell with its row and column on the sheet; spans are cut where they would overlap."""
    placed = [(0, 0, Box(paper.title))]
    row = 1
    for block in paper.blocks:
        if isinstance(block, str):
            placed.append((row, 0, Box(block)))
            row += 1
            continue
        row += 1
        for line in squares(block):
            column = 0
            while column < len(line):
                box, fresh = line[column]
                span = 1
                while column + span < len(line) and line[column + span][0] is box and span < box.colspan:
                    span += 1
                if fresh:
                    placed.append((row, column, Box(box.text, box.figure, span, box.rowspan)))
                column += span
            row += 1
        row += 1
    placed.extend((row + number, 0, Box(line)) for number, line in enumerate(paper.signature))
    return placed


def _stored(box: Box) -> int | float | str | None:
    if box.figure and box.text.isascii() and box.text.replace(".", "", 1).isdigit():
        return float(box.text) if "." in box.text else int(box.text)
    return box.text or None


def converted(payloads: Sequence[bytes], format_: str) -> list[bytes]:
    """.docx files in another format, all in one run of LibreOffice; .wps is .doc under another name."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number, payload in enumerate(payloads):
            (root / f"{number}.docx").write_bytes(payload)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(root / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                format_,
                "--outdir",
                str(root / "out"),
                *(str(root / f"{number}.docx") for number in range(len(payloads))),
            ],
            check=True,
            capture_output=True,
            timeout=600,
        )
        return [(root / "out" / f"{number}.{format_}").read_bytes() for number in range(len(payloads))]
