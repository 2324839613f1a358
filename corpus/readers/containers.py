"""Archives (.zip, .rar, .7z, .tar) → blocks of the report they hold.

A report may come as one file, as the same file in two formats, or as a narrative and a table apart. The file with most
to say is the report; where it has no table, the tables of the others complete it.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO

from corpus.blocks import Block, Cell, Content, Grid, Heading
from corpus.doubts import Doubt
from corpus.errors import TooLargeError, UnreadableError, UnsupportedError
from corpus.readers.bounded_zip import Archive
from corpus.readers.limits import Limits
from corpus.readers.package import Reader
from corpus.readers.sheet import renumbered
from corpus.titles import is_report_title

_LONGEST_COMPLAINT = 4096
_LEAST_ROWS = 3
_LONGEST_LABEL = 80


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


def read_zip(archive: Archive, limits: Limits, read: Reader) -> Content:
    """The report in a ZIP file. Raises UnreadableError where no member can be read."""
    return _joined(((archive.shown(name), archive.read(name)) for name in archive.names), limits.inside(), read)


def read_rar(payload: bytes, limits: Limits, read: Reader) -> Content:
    """The report in a .rar or .7z file, unpacked by bsdtar. Raises UnsupportedError where that is not installed."""
    return _joined(_unpacked(payload, limits), limits.inside(), read)


def read_tar(payload: bytes, limits: Limits, read: Reader) -> Content:
    """The report in a tar archive. Raises UnreadableError for a damaged one."""
    return _joined(_members(payload, limits), limits.inside(), read)


def _joined(members: Iterator[tuple[str, bytes]], limits: Limits, read: Reader) -> Content:
    parts = sorted(_parts(members, limits, read), key=lambda part: part.weight, reverse=True)
    main, others = parts[0], parts[1:]
    blocks = list(main.content.blocks)
    taken = [part for part in others if part.grids] if not main.grids else []
    for part in taken:
        blocks.extend(renumbered(part.tables, sum(isinstance(block, Grid) for block in blocks)))
    left = [part.name for part in others if part not in taken]
    warnings = (Doubt("files_left", {"files": "、".join(left)}),) if left else ()
    return replace(main.content, blocks=tuple(blocks), warnings=(*main.content.warnings, *warnings))


def _parts(members: Iterator[tuple[str, bytes]], limits: Limits, read: Reader) -> list[_Part]:
    """The members that can be read. Raises UnreadableError where none can, with what each of them is."""
    parts: list[_Part] = []
    refused: list[str] = []
    for name, payload in members:
        path = PurePosixPath(name.replace("\\", "/"))
        if _is_litter(path) or not payload.strip():
            continue
        try:
            parts.append(_Part(path.name, read(payload, path.name, limits)))
        except TooLargeError:
            # What is too large inside is too large: an archive must not hide it behind another file.
            raise
        except UnreadableError as error:
            refused.append(f"{path.name}: {error.doubt.code}")
    if not parts and refused:
        raise UnreadableError("archive_unread", files="; ".join(refused))
    if not parts:
        raise UnreadableError("archive_empty")
    return parts


def _is_litter(path: PurePosixPath) -> bool:
    """Whether a file is what systems and programs leave beside others."""
    return path.name.startswith((".", "~$")) or "__MACOSX" in path.parts


def _unpacked(payload: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """The members, streamed through bsdtar as a tar archive no longer than the limit."""
    program = shutil.which("bsdtar")
    if program is None:
        raise UnsupportedError("unpacker_missing")
    if payload.startswith(b"7z"):
        # Its list of files stands at the end: bsdtar must be able to seek.
        with tempfile.NamedTemporaryFile(prefix="nianbao-", suffix=".7z") as file:
            file.write(payload)
            file.flush()
            stream = _tar(program, file.name, b"", limits)
    else:
        # Given a file, bsdtar takes a .rar that ends in a stored .docx for a ZIP file; a pipe it reads from its start.
        stream = _tar(program, "-", payload, limits)
    yield from _members(stream, limits)


def _members(stream: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(fileobj=io.BytesIO(stream), mode="r:") as archive:
            members = [member for member in archive if member.isfile()]
            limits.check_members(len(members))
            for member in members:
                opened = archive.extractfile(member)
                if opened is not None:
                    limits.check_part(member.size)
                    yield _shown(member.name), opened.read()
    except (tarfile.TarError, EOFError) as error:
        raise UnreadableError("archive_damaged") from error


def _tar(program: str, path: str, payload: bytes, limits: Limits) -> bytes:
    """What bsdtar makes of the archive at ``path``, "-" for the payload itself; at most as much as may be unpacked."""
    process = subprocess.Popen(  # noqa: S603 - a fixed program, no shell, a file name of ours
        [program, "-cf", "-", "--format=pax", f"@{path}"],
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        if process.stdout is None or process.stdin is None or process.stderr is None:
            raise UnreadableError("unpacker_silent")
        feeder = threading.Thread(target=_feed, args=(process.stdin, payload), daemon=True)
        feeder.start()
        stream = process.stdout.read(limits.unpacked + 1)
        if len(stream) > limits.unpacked:
            process.kill()
        told = process.stderr.read(_LONGEST_COMPLAINT).decode(errors="replace").lower()
        feeder.join()
    limits.check_unpacked(len(stream))
    if "encrypt" in told or "passphrase" in told:
        raise UnreadableError("archive_locked")
    if not stream.strip(b"\0"):
        raise UnreadableError("archive_damaged")
    return stream


def _shown(name: str) -> str:
    """A member's name: where it is no UTF-8, tar keeps its bytes, which in China are GB18030."""
    return name.encode(errors="surrogateescape").decode("gb18030" if _is_bytes(name) else "utf-8", errors="replace")


def _is_bytes(name: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in name)


def _feed(pipe: IO[bytes], payload: bytes) -> None:
    """Write while the other end is read; a program that has enough closes it early."""
    with suppress(BrokenPipeError), pipe:
        pipe.write(payload)
