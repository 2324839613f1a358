"""How large an input may be. Checked while reading: a file beyond a limit is refused with a clear sentence."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import TooLargeError


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds after decoding: ``size`` in bytes, ``tags`` in opening tags of a page."""

    size: int = 8 * 1024 * 1024
    tags: int = 200_000

    def check_size(self, size: int) -> None:
        """Raise TooLargeError for more than ``size`` bytes."""
        if size > self.size:
            raise TooLargeError(
                f"The file has {size:,} bytes, the limit is {self.size:,}: raise the size limit or give a smaller file."
            )

    def check_tags(self, tags: int) -> None:
        """Raise TooLargeError for more than ``tags`` opening tags."""
        if tags > self.tags:
            raise TooLargeError(
                f"The page has {tags:,} tags, the limit is {self.tags:,}: raise the tag limit or give a smaller page."
            )
