"""Papers printed to PDF by the programs that people use: LibreOffice, many at once, and Chromium, page by page."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from tests.accuracy.formats.office import converted, docx_file
from tests.accuracy.paper import Box, Paper, Table

_STYLE = """body { font-family: "Noto Serif CJK SC"; font-size: 12pt } p { text-indent: 2em }
h1, .signature { text-align: center } .signature { text-align: right }
table { border-collapse: collapse; width: 100%; font-size: 10pt } td { text-align: center; padding: 3px }"""
_RULES = "td { border: 1px solid black }"


def pdf_office(papers: Sequence[Paper]) -> list[bytes]:
    """Word files with ruled tables, printed by LibreOffice."""
    return converted([docx_file(paper, ruled=True) for paper in papers], "pdf")


def pdf_office_unruled(papers: Sequence[Paper]) -> list[bytes]:
    """The same without rules: rows without padding, their cells set at the top."""
    return converted([docx_file(paper) for paper in papers], "pdf")


def pdf_chromium(papers: Sequence[Paper], font: str = "Noto Serif CJK SC") -> list[bytes]:
    """Pages printed by Chromium, with its date, title, address and page number in the margins."""
    style = f'{_STYLE}{_RULES} body {{ font-family: "{font}" }}'
    return [_printed(_page(paper, style)) for paper in papers]


def pdf_chromium_unruled(papers: Sequence[Paper]) -> list[bytes]:
    """The same without rules."""
    return [_printed(_page(paper, _STYLE)) for paper in papers]


def _page(paper: Paper, style: str) -> str:
    blocks = (f"<p>{escape(block)}</p>" if isinstance(block, str) else _table(block) for block in paper.blocks)
    signature = "".join(f"<p class=signature>{escape(line)}</p>" for line in paper.signature)
    head = f"<meta charset=utf-8><title>{escape(paper.title)}</title><style>{style}</style>"
    return f"<html lang=zh-CN>{head}<h1>{escape(paper.title)}</h1>{''.join(blocks)}{signature}</html>"


def _table(table: Table) -> str:
    return "<table>" + "".join("<tr>" + "".join(map(_cell, row)) for row in table) + "</table>"


def _cell(box: Box) -> str:
    return f"<td rowspan={box.rowspan} colspan={box.colspan}>{escape(box.text).replace(chr(10), '<br>')}</td>"


def _printed(page: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "report.html").write_text(page, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={root / 'profile'}"]
        printed = root / "report.pdf"
        subprocess.run(
            [*command, f"--print-to-pdf={printed}", (root / "report.html").as_uri()],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return printed.read_bytes()
