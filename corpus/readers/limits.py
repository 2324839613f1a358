"""How large an input may be. Checked while reading: a file beyond a limit is refused with a clear sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.errors import TooLargeError


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds: ``size`` of a payload and ``unpacked`` of an archive's contents, both in bytes; ``tags`` of a page.

    ``part`` bounds one file of an archive, ``members`` their number, ``nesting`` archives inside archives, ``depth``
    elements inside elements, ``cells`` the rectangle of a sheet, ``pages`` a PDF, ``seconds`` another program's work.
    """

    size: int = 8 * 1024 * 1024
    tags: int = 200_000
    depth: int = 1_000
    unpacked: int = 64 * 1024 * 1024
    part: int = 16 * 1024 * 1024
    members: int = 1_000
    nesting: int = 2
    cells: int = 200_000
    pages: int = 200
    seconds: float = 60.0

    def check_size(self, size: int) -> None:
        """Raise TooLargeError for more than ``size`` bytes."""
        if size > self.size:
            raise TooLargeError(
                f"The file has {size:,} bytes, the limit is {self.size:,}: "
                "raise it with --max-size or give a smaller file."
            )

    def check_tags(self, tags: int) -> None:
        """Raise TooLargeError for more than ``tags`` opening tags."""
        if tags > self.tags:
            raise TooLargeError(
                f"The page has {tags:,} tags, the limit is {self.tags:,}: "
                "raise it with --max-tags or give a smaller page."
            )

    def check_depth(self, depth: int) -> None:
        """Raise TooLargeError for more than ``depth`` elements inside one another."""
        if depth > self.depth:
            raise TooLargeError(
                f"The page nests more than {self.depth} elements inside one another: give the report in a simpler file."
            )

    def check_unpacked(self, size: int) -> None:
        """Raise TooLargeError for an archive that would unpack to more than ``unpacked`` bytes."""
        if size > self.unpacked:
            raise TooLargeError(
                f"The archive unpacks to more than {self.unpacked:,} bytes: unpack it and give the report alone."
            )

    def check_part(self, size: int) -> None:
        """Raise TooLargeError for a file in an archive of more than ``part`` bytes."""
        if size > self.part:
            raise TooLargeError(
                f"A file in the archive has {size:,} bytes, the limit is {self.part:,}: give a smaller file."
            )

    def check_members(self, members: int) -> None:
        """Raise TooLargeError for an archive of more than ``members`` files."""
        if members > self.members:
            raise TooLargeError(
                f"The archive holds {members:,} files, the limit is {self.members:,}: give the report alone."
            )

    def check_cells(self, cells: int) -> None:
        """Raise TooLargeError for a sheet whose cells fill a larger rectangle than ``cells``."""
        if cells > self.cells:
            raise TooLargeError(
                f"A sheet spans {cells:,} cells, the limit is {self.cells:,}: give the report's sheet alone."
            )

    def check_pages(self, pages: int) -> None:
        """Raise TooLargeError for a document of more than ``pages`` pages."""
        if pages > self.pages:
            raise TooLargeError(
                f"The document has {pages:,} pages, the limit is {self.pages:,}: give the report's pages alone."
            )

    def inside(self) -> Limits:
        """The limits for what an archive holds. Raise TooLargeError for too many archives inside one another."""
        if self.nesting == 0:
            raise TooLargeError("The archive holds archives inside archives: unpack it and give the report alone.")
        return replace(self, nesting=self.nesting - 1)
