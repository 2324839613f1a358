"""The narrow waist: every format becomes the same list of blocks; every parser sees nothing else.

A reader keeps a table as it is printed, cell by cell with the spans that were declared. Declared spans
often lie (docs/field.md, "How tables arrive"), so both views are offered: ``Grid.rows`` as printed and
``Grid.lattice`` with the spans carried out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.doubts import Doubt
from corpus.model import Cutout


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that the format itself marks as a heading; ``level`` from 1."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text outside any table; ``confidence`` as that of a cell."""

    text: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its raw text, its position among the printed cells, its declared spans.

    ``confidence``: how sure its least sure character was read from a picture, from 0 to 1; None where none was.
    ``cutout``: where it stands there.
    """

    raw: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    confidence: float | None = None
    cutout: Cutout | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``rows`` holds the printed cells of each row; ``index`` counts the tables of the source from 0.

    ``aligned``: no rule or markup parts its cells, rows and columns are concluded from where words stand; ``certain``:
    they can be no others.
    """

    rows: tuple[tuple[Cell, ...], ...]
    index: int
    page: int | None = None
    aligned: bool = False
    certain: bool = True

    @property
    def lattice(self) -> tuple[tuple[Cell | None, ...], ...]:
        """The table as a rectangle: a spanned position repeats its cell, an uncovered one is None.

        Spans are cut at the last row; a cell that would land on a covered position moves right, as
        browsers do (HTML Standard, "Forming a table").
        """
        height = len(self.rows)
        lattice: list[list[Cell | None]] = [[] for _ in range(height)]

        def occupy(row: int, column: int, cell: Cell) -> None:
            line = lattice[row]
            line.extend([None] * (column + 1 - len(line)))
            if line[column] is None:
                line[column] = cell

        for index, printed in enumerate(self.rows):
            column = 0
            for cell in printed:
                while column < len(lattice[index]) and lattice[index][column] is not None:
                    column += 1
                for row in range(index, min(index + cell.rowspan, height)):
                    for across in range(column, column + cell.colspan):
                        occupy(row, across, cell)
                column += cell.colspan
        width = max((len(line) for line in lattice), default=0)
        return tuple(tuple(line + [None] * (width - len(line))) for line in lattice)


Block = Heading | Paragraph | Grid


def are_from_picture(blocks: Sequence[Block]) -> bool:
    """Whether letters of some blocks were read from a picture: each number must then say where, and how sure."""
    grids = (block for block in blocks if isinstance(block, Grid))
    return any(block.confidence is not None for block in blocks if isinstance(block, Paragraph)) or any(
        cell.confidence is not None for grid in grids for row in grid.rows for cell in row
    )


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader makes of one payload: its blocks in reading order, the page's title and its metadata.

    ``metadata`` holds the standard government page tags (SiteName, SiteIDCode, ArticleTitle, PubDate …),
    names in lower case; ``documenttitle`` is the title among a file's properties. ``warnings`` are about the file as a
    whole. Of an archive there are no blocks but ``members``: the files in it that could be read, by name. ``pictures``
    are those of an article that may be pages of its report: the ``page`` of a table that was read from one counts them.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Doubt, ...] = ()
    members: tuple[tuple[str, Content], ...] = ()
    pictures: tuple[bytes, ...] = ()
