"""Archives (.zip, .rar, .7z, .tar) → what the files in them hold; which is the report, extraction tells.

A message with files attached is read likewise.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import PurePosixPath
from typing import IO

from corpus.blocks import Content
from corpus.errors import TooLargeError, UnreadableError, UnsupportedError
from corpus.readers.bounded_zip import Archive
from corpus.readers.limits import Limits
from corpus.readers.package import Reader

_LONGEST_COMPLAINT = 4096


def read_zip(archive: Archive, limits: Limits, read: Reader) -> Content:
    """The files in a ZIP file. Raises UnreadableError where no member can be read."""
    return _content(((archive.shown(name), archive.read(name)) for name in archive.names), limits.inside(), read)


def read_rar(payload: bytes, limits: Limits, read: Reader) -> Content:
    """The files in a .rar or .7z file, unpacked by bsdtar. Raises UnsupportedError where that is not installed."""
    return _content(_unpacked(payload, limits), limits.inside(), read)


def read_tar(payload: bytes, limits: Limits, read: Reader) -> Content:
    """The files in a tar archive. Raises UnreadableError for a damaged one."""
    return _content(_members(payload, limits), limits.inside(), read)


def read_message(files: Sequence[tuple[str, bytes]], limits: Limits, read: Reader) -> Content:
    """The files attached to a message. Raises UnreadableError where none can be read."""
    return _content(iter(files), limits.inside(), read)


def _content(members: Iterator[tuple[str, bytes]], limits: Limits, read: Reader) -> Content:
    """The members that can be read. Raises UnreadableError where none can, with what each of them is."""
    found: list[tuple[str, Content]] = []
    refused: list[str] = []
    for name, payload in members:
        path = PurePosixPath(name.replace("\\", "/"))
        if _is_litter(path) or not payload.strip():
            continue
        try:
            found.append((path.name, read(payload, path.name, limits)))
        except TooLargeError:
            # What is too large inside is too large: an archive must not hide it behind another file.
            raise
        except UnreadableError as error:
            refused.append(f"{path.name}: {error.doubt.code}")
    if not found and refused:
        raise UnreadableError("archive_unread", files="; ".join(refused))
    if not found:
        raise UnreadableError("archive_empty")
    return Content((), members=tuple(found))


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
