"""How large an input may be. Checked while reading: a file beyond a limit is refused with a clear sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.blocks import Content, Grid
from corpus.errors import TooLargeError


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds: ``size`` of a payload and ``unpacked`` of an archive's contents, both in bytes; ``tags`` of a page.

    ``part`` bounds one file of an archive, ``members`` their number, ``nesting`` archives inside archives, ``depth``
    elements inside elements, ``blocks`` the paragraphs and tables of a file, ``cells`` those of a sheet or of all
    tables with their spans carried out, ``pages`` a PDF, ``seconds`` another program's work. ``pictures`` is how many
    pages of a file may be read from pictures of them, which takes seconds each: none, unless somebody asks for it.
    """

    size: int = 8 * 1024 * 1024
    tags: int = 200_000
    depth: int = 1_000
    unpacked: int = 64 * 1024 * 1024
    part: int = 16 * 1024 * 1024
    members: int = 1_000
    nesting: int = 2
    blocks: int = 20_000
    cells: int = 50_000
    pages: int = 200
    seconds: float = 60.0
    pictures: int = 0

    def check_size(self, size: int) -> None:
        """Raise TooLargeError for more than ``size`` bytes."""
        if size > self.size:
            raise TooLargeError("many_bytes", found=size, limit=self.size)

    def check_tags(self, tags: int) -> None:
        """Raise TooLargeError for more than ``tags`` opening tags."""
        if tags > self.tags:
            raise TooLargeError("many_tags", found=tags, limit=self.tags)

    def check_depth(self, depth: int) -> None:
        """Raise TooLargeError for more than ``depth`` elements inside one another."""
        if depth > self.depth:
            raise TooLargeError("deep_page", limit=self.depth)

    def check_unpacked(self, size: int) -> None:
        """Raise TooLargeError for an archive that would unpack to more than ``unpacked`` bytes."""
        if size > self.unpacked:
            raise TooLargeError("many_unpacked_bytes", limit=self.unpacked)

    def check_part(self, size: int) -> None:
        """Raise TooLargeError for a file in an archive of more than ``part`` bytes."""
        if size > self.part:
            raise TooLargeError("large_member", found=size, limit=self.part)

    def check_members(self, members: int) -> None:
        """Raise TooLargeError for an archive of more than ``members`` files."""
        if members > self.members:
            raise TooLargeError("many_members", found=members, limit=self.members)

    def check_cells(self, cells: int) -> None:
        """Raise TooLargeError for a sheet, or tables, of more than ``cells`` cells."""
        if cells > self.cells:
            raise TooLargeError("many_cells", found=cells, limit=self.cells)

    def check_pieces(self, pieces: int) -> None:
        """Raise TooLargeError for a text of more pieces between white space and bars than ``blocks`` and ``cells``."""
        if pieces > self.blocks + self.cells:
            raise TooLargeError("many_pieces", found=pieces, limit=self.blocks + self.cells)

    def check_content(self, content: Content) -> None:
        """Raise TooLargeError for more blocks, or cells, than a report can have."""
        if len(content.blocks) > self.blocks:
            raise TooLargeError("many_blocks", found=len(content.blocks), limit=self.blocks)
        grids = (block for block in content.blocks if isinstance(block, Grid))
        self.check_cells(
            sum(
                cell.colspan * min(cell.rowspan, len(grid.rows) - cell.row)
                for grid in grids
                for row in grid.rows
                for cell in row
            )
        )

    def check_pages(self, pages: int) -> None:
        """Raise TooLargeError for a document of more than ``pages`` pages."""
        if pages > self.pages:
            raise TooLargeError("many_pages", found=pages, limit=self.pages)

    def inside(self) -> Limits:
        """The limits for what an archive holds. Raise TooLargeError for too many archives inside one another."""
        if self.nesting == 0:
            raise TooLargeError("nested_archives")
        return replace(self, nesting=self.nesting - 1)
