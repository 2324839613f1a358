"""The disk is full: each stage with hardly any room left.

Two ways: on a file system of its own (tmpfs: no space left; it takes root), and under a limit of how long a file may
become (``ulimit -f``: file too large; anybody may). The command must end with one sentence that says so, what was
stored must stand at once, and with room again the line runs to its end as if nothing had been.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.faults.recovery import copied, recover
from tests.faults.rooms import BrokenLawError, Room
from tests.faults.stages import Beginnings, Stage

_WHOLE = 256
"""Megabytes of the file system."""
_KILOBYTES = (0, 48, 512)
"""What is left when a stage begins; under a limit, how long a file may be."""
_LIMITED = ("sh", "-c", 'ulimit -f "$0"; exec "$@"')
"""In blocks of 512 bytes (POSIX, ``ulimit``)."""

Harmed = Callable[[Room, Stage, int], str]
"""Run a stage with so many kilobytes; what it said, empty where they were enough."""


def may_mount() -> bool:
    """Whether this process may make a file system of its own."""
    return os.geteuid() == 0 and shutil.which("mount") is not None


def full_disks(known: Beginnings, first: int, number: int) -> Iterator[str]:
    """Run each stage on a small file system; of each, what it said. Raises BrokenLawError."""
    with _file_system(known.room.path):
        yield from _runs(known, _on_full_disk, first, number)


def limits(known: Beginnings, first: int, number: int) -> Iterator[str]:
    """Run each stage under a limit; of each, what it said. Raises BrokenLawError."""
    yield from _runs(known, limited, first, number)


def _runs(known: Beginnings, harmed: Harmed, first: int, number: int) -> Iterator[str]:
    runs = [(stage, kilobytes) for kilobytes in _KILOBYTES for stage in known.stages()]
    for stage, kilobytes in runs[first:number]:
        room = known.begin(stage.begins)
        # The copy goes to the same disk.
        here = replace(stage, words=("backup", f"{room.data}/copy")) if stage.name == "backup" else stage
        said = harmed(room, here, kilobytes)
        recover(known, stage, room)
        if stage.name == "backup":
            copied(known, room, room.path / "copy")
        yield f"{stage.name} with {kilobytes} KB: {said or 'had room enough'}"


def _on_full_disk(room: Room, stage: Stage, kilobytes: int) -> str:
    filler = room.path / "filler"
    filler.write_bytes(b"0" * max(0, shutil.disk_usage(room.path).free - kilobytes * 1024))
    try:
        return _said(room, stage)
    finally:
        filler.unlink()


def limited(room: Room, stage: Stage, kilobytes: int) -> str:
    """Run a stage under a limit; what it said, empty where it had room enough. Raises BrokenLawError."""
    program = (*_LIMITED, str(kilobytes * 2), *room.program)
    return _said(replace(room, program=program, environment=(("PYTHONDONTWRITEBYTECODE", "1"),)), stage)


def _said(room: Room, stage: Stage) -> str:
    process = room.begun(stage.words)
    _, said = process.communicate(timeout=300)
    if process.returncode == 0:
        return ""
    last = said.strip().splitlines()[-1] if said.strip() else ""
    if process.returncode != 1 or "Traceback" in said or "make room" not in last:
        raise BrokenLawError(f"{stage.name} on a full disk ends with {process.returncode} and says: {said[-600:]}")
    return last


@contextmanager
def _file_system(path: Path) -> Iterator[None]:
    path.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_WHOLE}m", "tmpfs", str(path)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)  # this process may have files there open
