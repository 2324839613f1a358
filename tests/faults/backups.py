"""Backups a second apart of running writers: each restores, and to a state that was once there."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.faults.laws import State, ask, state
from tests.faults.rooms import BrokenLawError, Room
from tests.faults.stages import Beginnings

TOGETHER = 10
"""Backups that are made one after the other before they are looked at: restoring one takes longer than a second."""


def backups(known: Beginnings, first: int, number: int) -> Iterator[str]:
    """Do the backups from ``first`` to ``number``; of each, what it held. Raises BrokenLawError.

    A crawl (or taking in files, where there are no sites) and updates follow each other meanwhile, until half of the
    backups are made; then all is read again and again. All go into one folder, and are set aside from it.
    """
    room = known.begin("half")
    for former in room.folder.glob("copy*"):
        shutil.rmtree(former)
    takes_in = ("crawl",) if room.sites else ("add", "reports")
    least = known.states["half"].by_id()
    writer, written = None, 0
    for begin in range(first, number, TOGETHER):
        copies = []
        for at in range(begin, min(begin + TOGETHER, number)):
            began = time.monotonic()
            if writer is None or writer.poll() is not None:
                _ended(writer)
                words = (takes_in, ("update",))[written % 2] if at * 2 < number else ("extract", "--all")
                writer, written = room.begun(words), written + 1
            copies.append(_backed_up(room, at))
            time.sleep(max(0.0, 1.0 - (time.monotonic() - began)))
        for copy in copies:
            here = _restored(room, copy)
            here.check(least, known.whole.by_id())
            least = here
            yield f"{here.reports.total()} reports, {here.evidence.total()} captures"
    _ended(writer)


def _backed_up(room: Room, number: int) -> Path:
    process = room.begun(("backup", "copy"))
    _, said = process.communicate(timeout=120)
    if process.returncode:
        raise BrokenLawError(f"backup: {said}")
    return Path(shutil.copytree(room.folder / "copy", room.folder / f"copy-{number}"))


def _restored(room: Room, copy: Path) -> State:
    again = room.beside("restored")
    shutil.rmtree(again.path, ignore_errors=True)
    ask(again, "restore", str(copy))
    ask(again, "doctor")
    return state(again).by_id()


def _ended(writer: subprocess.Popen[str] | None) -> None:
    if writer is not None:
        _, said = writer.communicate(timeout=300)
        if writer.returncode:
            raise BrokenLawError(f"a writer under backups: {said}")
