"""A paper as public extractors flatten pages: the manners in which real reports were met, told in docs/field.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from tests.accuracy.formats.text import encoded, laid_out, one_line, padded, pieces, printed
from tests.accuracy.paper import Paper, Table


def text_open_bars(paper: Paper) -> bytes:
    """A row is a line of the cells that begin in it, a bar behind each, and nothing for spans."""
    return laid_out(
        paper, lambda table: ("".join(f"{one_line(box.text)} | " for box in row).rstrip() for row in printed(table))
    )


def text_leading_bars(paper: Paper) -> bytes:
    """A row is a line with bars around it; those of spanned positions touch at its end."""
    return laid_out(
        paper,
        lambda table: (
            "".join(f"| {one_line(cell)} " for cell in row if cell) + "|" * (row.count("") + 1) for row in padded(table)
        ),
        blank="\xa0",
    )


def text_open_stream(paper: Paper) -> bytes:
    """A cell is a line with a bar behind it, and nothing tells of spans or of ends of rows."""
    return laid_out(paper, lambda table: (f"{box.text} |" for row in printed(table) for box in row), blank="\xa0")


def text_row_bars(paper: Paper) -> bytes:
    """A cell is a line with a bar behind it, and a bar alone begins each row."""

    def rows(table: Table) -> Iterator[str]:
        for row in printed(table):
            yield from ("|", *(f"{one_line(box.text)} |" for box in row))

    return laid_out(paper, rows, blank="\xa0")


def text_bar_before(paper: Paper) -> bytes:
    """A cell is a line with its bar before it; the first of a row has none."""

    def rows(table: Table) -> Iterator[str]:
        for row in printed(table):
            yield from (("| " if at else "") + one_line(box.text) for at, box in enumerate(row))
            yield "|"

    return laid_out(paper, rows, blank="\xa0")


def text_closed_up_stream(paper: Paper) -> bytes:
    """A cell is a line with a bar behind it; the bars of blanks follow those of its row, as those of spans do."""

    def stream(table: Table) -> Iterator[str]:
        for row in padded(table):
            kept = [one_line(cell) for cell in row if cell.strip()]
            yield from (f"{cell} |" for cell in kept)
            if len(kept) < len(row):
                yield "|" * (len(row) - len(kept))

    return laid_out(paper, stream)


def text_pieces_apart(paper: Paper) -> bytes:
    """A cell is a paragraph, or as many as its label is broken into, with an empty line behind each."""

    def paragraphs(table: Table) -> Iterator[str]:
        for box in chain.from_iterable(printed(table)):
            for piece in [box.text] if box.figure else pieces(box):
                yield from (piece, "")

    return laid_out(paper, paragraphs, blank="\xa0")


def text_blank_paragraphs(paper: Paper) -> bytes:
    """A cell is a paragraph, indented, and a blank one an empty line more."""

    def paragraphs(table: Table) -> Iterator[str]:
        for box in chain.from_iterable(printed(table)):
            yield from (
                ((f" {one_line(box.text)}" if box.text.strip() else "", ""))
                if box.figure
                else (
                    one_line(box.text),
                    "",
                )
            )

    return laid_out(paper, paragraphs)


def text_typeset(paper: Paper) -> bytes:
    """A row is a line, as programs write it that take text out of PDFs: white space parts cells, labels are broken."""

    def lines(table: Table) -> Iterator[str]:
        for row in printed(table):
            broken = [[one_line(box.text)] if box.figure or box.header else pieces(box) for box in row]
            for level in range(max(map(len, broken), default=0)):
                yield " ".join(parts[level] for parts in broken if level < len(parts))

    return laid_out(paper, lines)


def text_said_once(paper: Paper) -> bytes:
    """A cell is a line, and one that stood before is left out: a number is printed once, wherever it stood first."""
    said = {paper.title, *(block for block in paper.blocks if isinstance(block, str))}
    lines = [paper.title]
    for block in paper.blocks:
        lines += [block] if isinstance(block, str) else list(_once(block, said))
    paper.doubtful.update(box.figure for table in paper.tables for row in table for box in row if box.figure)
    return encoded("\n".join([*dict.fromkeys(lines), *paper.signature]), paper)


def _once(table: Table, said: set[str]) -> Iterator[str]:
    """The cells that say what nothing before them said; the others are blank on the paper too."""
    for row in table:
        for at, box in enumerate(row):
            if (text := one_line(box.text)) in said:
                row[at] = replace(box, text="")
            else:
                said.add(text)
                yield text
