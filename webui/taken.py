"""What is written to a file that is nowhere: taken away as it comes, so that a file is sent while it is being made."""

from __future__ import annotations

import io
from collections.abc import Iterator


class Taken(io.RawIOBase):
    """A file that cannot be sought in, for writers who need none."""

    def __init__(self) -> None:
        self._written: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # bytes, or what has their interface
        """Keep ``data`` until it is taken away."""
        piece = bytes(data)
        self._written.append(piece)
        self._size += len(piece)
        return len(piece)

    def pieces(self, least: int = 1) -> Iterator[bytes]:
        """What was written since, as one piece, if it has so many bytes."""
        if self._size >= least:
            yield b"".join(self._written)
            self._written.clear()
            self._size = 0
