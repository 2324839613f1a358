"""The disk is full: each stage on a file system of its own with hardly any room left (tmpfs; it takes root).

The command must end with one sentence that says so, and what was stored must stand: once there is room again, the line
runs to its end as if nothing had been.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults.rooms import BrokenLawError, Room

STAGES: Sequence[tuple[str, ...]] = (
    ("add", "reports"),
    ("crawl",),
    ("extract", "--all"),
    ("index", "--rebuild"),
    ("update",),
    ("backup", "data/copy"),
)
_WHOLE = 256
_FREE = (0, 48, 512)
"""Kilobytes that are left when a stage begins."""


def may_mount() -> bool:
    """Whether this process may make a file system of its own."""
    return os.geteuid() == 0 and shutil.which("mount") is not None


def full_disks(folder: Path) -> Iterator[str]:
    """Run each stage with each amount of room; of each, what it said. Raises BrokenLawError."""
    disk = folder / "data"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_WHOLE}m", "tmpfs", str(disk)], check=True)
    try:
        with Room.made(folder, sites=True) as room:
            room.complete()
            whole = room.held()
            for words in STAGES:
                for free in _FREE:
                    yield f"{' '.join(words)} with {free} KB: {_full(room, disk, words, free) or 'had room enough'}"
                    room.hold(whole)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _full(room: Room, disk: Path, words: Sequence[str], free: int) -> str:
    """What a stage says on a disk with so much room; empty where it had enough."""
    if words[0] in ("add", "crawl"):
        for each in disk.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        room.furnish()
    filler = disk / "filler"
    try:
        left = shutil.disk_usage(disk).free - free * 1024
        filler.write_bytes(b"0" * max(0, left))
        process = room.begun(room.crawl if words[0] == "crawl" else words)
        _, said = process.communicate(timeout=300)
    finally:
        filler.unlink(missing_ok=True)
        shutil.rmtree(disk / "copy", ignore_errors=True)
    last = said.strip().splitlines()[-1] if said.strip() else ""
    if process.returncode == 0:
        return ""
    if "Traceback" in said or "room" not in last.lower():
        raise BrokenLawError(f"{' '.join(words)} on a full disk says: {said[-400:]}")
    return last
