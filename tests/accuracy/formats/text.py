"""A paper as plain text, in the layouts of docs/field.md, and as comma-separated values."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from tests.accuracy.paper import Box, Paper, Table, squares

_NARROW = 6
"""Letters of a label in one line."""


def text_rows(paper: Paper) -> bytes:
    """A row is a line of cells separated by tabs, a span leaves its other positions empty."""
    return laid_out(paper, lambda table: ("\t".join(one_line(cell) for cell in row) for row in _spread(table)))


def text_packed(paper: Paper) -> bytes:
    """A row is a line of the cells that begin in it, with nothing for spans."""
    return laid_out(
        paper,
        lambda table: (
            "\t".join(one_line(box.text) for box, fresh in line if fresh or box.rowspan > 1) for line in squares(table)
        ),
        blank="\xa0",
    )


def text_ladder(paper: Paper) -> bytes:
    """A cell is a line that begins with a tab, an empty line ends the row."""

    def ladder(table: Table) -> Iterator[str]:
        for line in squares(table):
            yield from ("\t" + (box.text or " ") for box, fresh in line if fresh)
            yield ""

    return laid_out(paper, ladder)


def text_lines(paper: Paper) -> bytes:
    """A cell is a line, and nothing parts rows."""

    def cells(table: Table) -> Iterator[str]:
        for line in squares(table):
            yield from (one_line(box.text) for box, fresh in line if fresh)

    return laid_out(paper, cells, blank="\xa0")


def text_broken_lines(paper: Paper) -> bytes:
    """A cell is a line, or as many as its label is broken into."""

    def cells(table: Table) -> Iterator[str]:
        for line in squares(table):
            yield from (box.text if box.figure else _broken(one_line(box.text)) for box, fresh in line if fresh)

    return laid_out(paper, cells, blank="\xa0")


def text_bars(paper: Paper) -> bytes:
    """A row is a line of the cells that begin in it, a bar behind each, spanned positions at the end."""

    def bars(table: Table) -> Iterator[str]:
        yield from (" | ".join(map(one_line, row)) + " |" for row in padded(table))

    return laid_out(paper, bars)


def text_stream(paper: Paper) -> bytes:
    """A cell is a line with a bar behind it, and nothing ends a row; the bars of spanned positions share a line."""

    def stream(table: Table) -> Iterator[str]:
        for row in padded(table):
            yield from (f"{cell} |" for cell in row if cell)
            if blanks := row.count(""):
                yield "|" * blanks

    return laid_out(paper, stream, blank="\xa0")


def text_closed_up(paper: Paper) -> bytes:
    """The same without the blanks among the values: these close up, and the row is filled up at its end."""

    def bars(table: Table) -> Iterator[str]:
        for row in padded(table):
            kept = [one_line(cell) for cell in row if cell.strip()]
            yield " | ".join(kept) + " |" + "|" * (len(row) - len(kept))

    return laid_out(paper, bars)


def text_bar_lines(paper: Paper) -> bytes:
    """A cell is a line, and so is the bar behind it."""

    def lines(table: Table) -> Iterator[str]:
        for line in squares(table):
            for box, fresh in line:
                if fresh:
                    yield from (one_line(box.text), "|")

    return laid_out(paper, lines, blank="\xa0")


def text_apart(paper: Paper) -> bytes:
    """A cell is a paragraph: an empty line parts cells, a break inside a label parts none."""

    def cells(table: Table) -> Iterator[str]:
        for line in squares(table):
            for box, fresh in line:
                if fresh:
                    yield from (box.text, "")

    return laid_out(paper, cells, blank="\xa0")


def text_one_line(paper: Paper) -> bytes:
    """The whole report on a line of its own: white space parts paragraphs and cells, a blank cell leaves no trace."""
    lines = [paper.title]
    for block in paper.blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            lines += [one_line(box.text) for line in squares(block) for box, fresh in line if fresh]
    return encoded(" ".join(filter(None, [*lines, *paper.signature])), paper)


def text_commas(paper: Paper) -> bytes:
    """A row is a line of cells with commas between them, as tables are saved under a text's name."""

    def rows(table: Table) -> Iterator[str]:
        yield from (",".join(one_line(cell).replace(",", "，") for cell in row) for row in _spread(table))

    return laid_out(paper, rows)


def text_markdown(paper: Paper) -> bytes:
    """Tables in Markdown, a span leaving its other positions empty."""

    def markdown(table: Table) -> Iterator[str]:
        rows = list(_spread(table))
        first, *others = (f"| {' | '.join(map(one_line, row))} |" for row in rows)
        yield from (first, "|---" * len(rows[0]) + "|", *others)

    return laid_out(paper, markdown)


def csv_file(paper: Paper) -> bytes:
    """The paragraphs and tables as one sheet, an empty row between a paragraph and a table."""
    output = io.StringIO()
    writer = csv.writer(output, delimiter=";" if "semicolons" in paper.markup else ",")
    writer.writerow([paper.title])
    for block in paper.blocks:
        if isinstance(block, str):
            writer.writerow([block])
        else:
            writer.writerow([])
            writer.writerows(_spread(block))
            writer.writerow([])
    writer.writerows([line] for line in paper.signature)
    return encoded(output.getvalue(), paper)


def laid_out(paper: Paper, layout: Callable[[Table], Iterator[str]], blank: str = "") -> bytes:
    lines = ["", paper.title, ""]
    for block in paper.blocks:
        lines.extend([block] if isinstance(block, str) else ["", *layout(_with_blanks(block, paper, blank)), ""])
    text = "\n".join([*lines, "", *paper.signature])
    return encoded(text.replace("\n", "\r\n") if "crlf" in paper.markup else text, paper)


def _with_blanks(table: Table, paper: Paper, blank: str) -> Table:
    if "nbsp" not in paper.markup and not blank:
        return table
    return [[Box(box.text or "\xa0", box.figure, box.colspan, box.rowspan, box.header) for box in row] for row in table]


def _spread(table: Table) -> Iterator[list[str]]:
    for line in squares(table):
        yield [box.text if fresh else "" for box, fresh in line]


def padded(table: Table) -> Iterator[list[str]]:
    """The cells that begin in each row, filled up at the end to the width of the table."""
    for line in squares(table):
        fresh = [box.text for box, fresh in line if fresh]
        yield fresh + [""] * (len(line) - len(fresh))


def _broken(label: str) -> str:
    """A label broken once, as a narrow column breaks it."""
    return f"{label[: len(label) // 2]}\n{label[len(label) // 2 :]}" if len(label) > _NARROW else label


def printed(table: Table) -> Iterator[list[Box]]:
    """The cells that begin in each row."""
    yield from ([box for box, fresh in line if fresh] for line in squares(table))


def pieces(box: Box) -> list[str]:
    """The lines of a label, those of its author and those of a narrow column."""
    return [piece for line in box.text.split("\n") for piece in _broken(line).split("\n")]


def one_line(text: str) -> str:
    return text.replace("\n", "").replace("\t", " ")


def encoded(text: str, paper: Paper) -> bytes:
    if "gb18030" in paper.markup:
        return text.encode("gb18030")
    if "utf16" in paper.markup:
        return text.encode("utf-16")
    return text.encode("utf-8-sig" if "bom" in paper.markup else "utf-8")
