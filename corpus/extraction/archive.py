"""Which of the files in an archive is the report.

A report may come as one file, as the same file in two formats, or as a narrative and a table apart. The file with most
to say is the report, those named or headed as one first; where it has no table, the tables of the others complete it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.blocks import Block, Cell, Content, Grid, Heading
from corpus.doubts import Doubt
from corpus.readers.sheet import renumbered
from corpus.titles import is_report_title

_LEAST_ROWS = 3
_LONGEST_LABEL = 80


def report_among(content: Content) -> Content:
    """The report in an archive; what came as one file as it is."""
    if not content.members:
        return content
    parts = [_Part(name, report_among(member)) for name, member in content.members]
    main, *others = sorted(parts, key=lambda part: part.weight, reverse=True)
    blocks = list(main.content.blocks)
    taken = [part for part in others if part.grids] if not main.grids else []
    for part in taken:
        blocks.extend(renumbered(part.tables, sum(isinstance(block, Grid) for block in blocks)))
    left = [part.name for part in others if part not in taken]
    warnings = (Doubt("files_left", {"files": "、".join(left)}),) if left else ()
    return replace(main.content, blocks=tuple(blocks), warnings=(*main.content.warnings, *warnings))


@dataclass(frozen=True, slots=True)
class _Part:
    """One member that could be read."""

    name: str
    content: Content

    @property
    def grids(self) -> list[Grid]:
        """Its tables, with pieces of any size, if one of them is more than a line of dates or links."""
        grids = [block for block in self.content.blocks if isinstance(block, Grid)]
        return grids if any(len(grid.rows) >= _LEAST_ROWS for grid in grids) else []

    @property
    def tables(self) -> Iterator[Grid]:
        """Its tables with the rows between them: a row of blanks is in a sheet a line of its label alone."""
        blocks = self.content.blocks
        at = [index for index, block in enumerate(blocks) if isinstance(block, Grid)]
        first, last = at[0], at[-1] + 1
        while first > 0 and _is_label(blocks[first - 1]):
            first -= 1
        while last < len(blocks) and _is_label(blocks[last]):
            last += 1
        for block in blocks[first:last]:
            if isinstance(block, Grid):
                yield block
            elif _is_label(block):
                yield Grid(((Cell(block.text, 0, 0),),), 0)

    @property
    def weight(self) -> tuple[bool, int]:
        """A file that is named or headed as a report comes first, then the one with most to read."""
        blocks = self.content.blocks
        words = [block.text for block in blocks if not isinstance(block, Grid)]
        told = any(map(is_report_title, (self.name, *words[:5])))
        return told, sum(map(len, words)) + sum(len(row) for grid in self.grids for row in grid.rows) * 4


def _is_label(block: Block) -> bool:
    """Whether a line may be a row's label: no sentence, no title."""
    return not isinstance(block, (Grid, Heading)) and len(block.text) <= _LONGEST_LABEL and "。" not in block.text
