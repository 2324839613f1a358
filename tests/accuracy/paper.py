"""A report on paper: what its author printed, before any format; faults alter it, formats write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.blocks import Cell, Grid
from corpus.sample.model import SampleReport
from corpus.sample.render.layout import lay_out


@dataclass(frozen=True, slots=True)
class Box:
    """A printed cell; ``figure`` is the id of the figure in it, "" for a label."""

    text: str
    figure: str = ""
    colspan: int = 1
    rowspan: int = 1
    header: bool = False


Table = list[list[Box]]


@dataclass(slots=True)
class Paper:
    """``blocks`` holds paragraphs and tables in order. ``values`` is what must be read, by figure.

    ``destroyed`` are figures whose evidence the faults took: they must be null and flagged. ``doubtful`` ones lost
    part of it: they may be right, or null and flagged. ``vanished`` ones stand in rows that print nothing any more:
    blank, or absent. ``markup`` asks a format for a fault of its own;
    ``pads``: the format keeps tables rectangular, so that a lost cell leaves a blank at the end of its row;
    ``traceless``: it prints nothing at all where a cell is blank.
    """

    name: str
    title: str
    form: str
    blocks: list[str | Table]
    values: dict[str, Decimal | None]
    destroyed: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    vanished: set[str] = field(default_factory=set)
    markup: set[str] = field(default_factory=set)
    pads: bool = False
    traceless: bool = False
    signature: tuple[str, str] = ("", "")

    @property
    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, list)]

    def table(self, beginning: str) -> Table | None:
        """The first table that prints a figure whose id begins so."""
        for table in self.tables:
            if any(box.figure.startswith(beginning) for row in table for box in row):
                return table
        return None


def paper(report: SampleReport) -> Paper:
    """The report as its author laid it out."""
    assert report.form is not None
    laid = lay_out(report.form)
    blocks: list[str | Table] = []
    for number, section in enumerate(report.sections):
        before = report.preamble if number == 0 else 0
        blocks += [*section.paragraphs[:before], section.heading, *section.paragraphs[before:]]
        for table in laid.get(section.kind, ()):
            blocks.append(
                [
                    [
                        Box(
                            report.figures[cell.figure] if cell.figure else cell.text,
                            cell.figure,
                            cell.colspan,
                            cell.rowspan,
                            cell.header,
                        )
                        for cell in row
                    ]
                    for row in table
                ]
            )
    published = report.published
    return Paper(
        name=report.id,
        title=report.title,
        form=report.form,
        blocks=blocks,
        values=dict(report.values),
        signature=(report.agency.name, f"{published.year}年{published.month}月{published.day}日"),
    )


def copied(original: Paper) -> Paper:
    """A copy that a fault may alter."""
    return replace(
        original,
        blocks=[[list(row) for row in block] if isinstance(block, list) else block for block in original.blocks],
        values=dict(original.values),
        destroyed=set(original.destroyed),
        doubtful=set(original.doubtful),
        vanished=set(original.vanished),
        markup=set(original.markup),
    )


def squares(table: Table) -> Iterator[list[tuple[Box, bool]]]:
    """Each row of the table with its spans carried out; whether a square is the first of its cell."""
    boxes = {(number, index): box for number, row in enumerate(table) for index, box in enumerate(row)}
    grid = Grid(
        tuple(
            tuple(Cell("", number, index, box.rowspan, box.colspan) for index, box in enumerate(row))
            for number, row in enumerate(table)
        ),
        0,
    )
    seen: set[tuple[int, int]] = set()
    for line in grid.lattice:
        row: list[tuple[Box, bool]] = []
        for cell in line:
            if cell is None:
                row.append((Box(""), False))
                continue
            at = (cell.row, cell.column)
            row.append((boxes[at], at not in seen))
            seen.add(at)
        yield row
