"""Sample reports as plain text, in the layouts that tables have in such files (docs/field.md, "How tables arrive")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zlib import crc32

from corpus.sample.model import SampleReport
from corpus.sample.render.layout import LaidCell, LaidTable, lay_out, width


def render_text(report: SampleReport) -> bytes:
    """The report as UTF-8 text; its agency always uses the same layout."""
    manner = crc32(report.agency.id.encode()) % 3
    return "\n".join(_lines(report, manner)).encode()


def _lines(report: SampleReport, manner: int) -> Iterator[str]:
    tables = lay_out(report.form) if report.form else {}
    yield from ("", report.title, "")
    for number, section in enumerate(report.sections):
        before = report.preamble if number == 0 else 0
        yield from section.paragraphs[:before]
        yield from (section.heading, "")
        yield from section.paragraphs[before:]
        for table in tables.get(section.kind, ()):
            yield ""
            yield from _LAYOUTS[manner](table, report.figures)
        yield ""
    yield from ("", f"                    {report.agency.name}", "")
    yield f"                    {report.published.year}年{report.published.month}月{report.published.day}日"


def _rows(table: LaidTable, figures: Mapping[str, str]) -> Iterator[str]:
    """A row is a line of cells separated by tabs; a span leaves its other positions empty."""
    for line in _covered(table):
        yield "\t".join(
            text
            for cell, fresh in line
            for text in ((_text(cell, figures) if fresh else ""), *[""] * (cell.colspan - 1))
        )


def _packed_rows(table: LaidTable, figures: Mapping[str, str]) -> Iterator[str]:
    """The same as some word processors copy it: cells pushed to the left, the line filled up at its end."""
    wide = width(table)
    for line in _covered(table):
        cells: list[str] = []
        for cell, fresh in line:
            cells.append(_text(cell, figures) if fresh else "")
            if cell.colspan > 2 and cell.header:
                cells.append("")
        yield "\t".join(cells + [""] * (wide - len(cells)))


def _ladder(table: LaidTable, figures: Mapping[str, str]) -> Iterator[str]:
    """A cell is a line that begins with a tab; an empty line ends the row."""
    for line in _covered(table):
        for cell, fresh in line:
            yield "\t" + ((_text(cell, figures) or " ") if fresh else "")
        yield ""


_LAYOUTS = (_rows, _packed_rows, _ladder)


def _text(cell: LaidCell, figures: Mapping[str, str]) -> str:
    return figures[cell.figure] if cell.figure else cell.text


def _covered(table: LaidTable) -> Iterator[list[tuple[LaidCell, bool]]]:
    """Each row with the cells that reach into it from above, in their place; these are not fresh."""
    reaching: dict[int, tuple[LaidCell, int]] = {}  # column → a cell from above and the rows left for it
    for row in table:
        line: list[tuple[LaidCell, bool]] = []
        below: dict[int, tuple[LaidCell, int]] = {}
        column = 0
        fresh = iter(row)
        while column < width(table):
            held = reaching.get(column)
            if held is not None:
                cell, left = held
                line.append((cell, False))
                if left > 1:
                    below[column] = (cell, left - 1)
            else:
                cell = next(fresh)
                line.append((cell, True))
                if cell.rowspan > 1:
                    below[column] = (cell, cell.rowspan - 1)
            column += cell.colspan
        reaching = below
        yield line
