"""A backup every second of a running crawl and update: each restores, and to a state that was once there."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.rooms import BrokenLawError, Room


def backups(folder: Path, number: int, *, sites: bool = True) -> Iterator[str]:
    """Back up so many times while others write; of each, how many reports it holds. Raises BrokenLawError."""
    with Room.made(folder, sites=sites) as room:
        room.complete()
        whole = set(room.held())
        shutil.rmtree(folder / room.data)
        room.furnish()
        room.run("add", "reports")
        before: set[tuple[str, str, str]] = set()
        writers = [room.begun(room.crawl if sites else ("update",))]
        for at in range(number):
            began = time.monotonic()
            if writers[-1].poll() is not None:
                writers[-1].communicate()
                writers.append(room.begun(("extract", "--all") if at % 2 else ("update",)))
            process = room.begun(("backup", "copy"))
            _, said = process.communicate(timeout=120)
            if process.returncode:
                raise BrokenLawError(f"backup: {said}")
            shutil.rmtree(folder / "restored", ignore_errors=True)
            other = Room(folder, room.sites, "restored")
            other.run("restore", "copy")
            other.run("doctor")
            held = set(other.held())
            if not before <= held <= whole:
                raise BrokenLawError(f"backup {at} lost {before - held} or made up {held - whole}")
            before = held
            yield f"{len(held)} of {len(whole)} reports"
            time.sleep(max(0.0, 1.0 - (time.monotonic() - began)))
        writers[-1].communicate(timeout=300)
