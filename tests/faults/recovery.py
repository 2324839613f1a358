"""What is asked of a store after a stage was harmed, step by step (laws.py)."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from tests.faults.laws import State, ask, said, settled, state
from tests.faults.rooms import BrokenLawError, Room
from tests.faults.stages import Beginnings, Stage


def recover(known: Beginnings, stage: Stage, room: Room) -> None:
    """Hold the laws over a room whose stage was harmed. Raises BrokenLawError."""
    whole = known.whole
    if stage.name == "restore":
        _restored(known, room)
        return
    least = known.states.get(stage.begins)
    spared = whole.without(frozenset({known.id})) if stage.name in ("withhold", "lift") else None
    if least is not None and stage.begins in ("half", "unread"):
        state(room).by_id().check(least.by_id(), whole.by_id())
    elif least is not None:
        state(room).check(spared or least, whole)
    if stage.begins == "older":
        ask(room, "update")
    here = settled(room)
    if stage.takes_in:
        here.by_id().check((least or whole).by_id(), whole.by_id())
        ask(room, "add", str(room.folder / "reports"))
        if room.sites:
            room.run("crawl")
        here = settled(room)
    goal = spared if spared is not None and here.withheld else whole
    here.check(goal, goal)
    if stage.begins in ("pictured", "corrected"):
        _corrected(known, stage, room)


def _restored(known: Beginnings, room: Room) -> None:
    """Half a restore has no database, or a whole one; begun again in an empty folder, it is whole."""
    if (room.path / "nianbao.sqlite").is_file():
        with sqlite3.connect(room.path / "nianbao.sqlite") as connection:
            (said,) = connection.execute("PRAGMA integrity_check").fetchone()
        connection.close()
        if said != "ok":
            raise BrokenLawError(f"half a restored database: {said}")
        _equal(state(room), known.whole)
    shutil.rmtree(room.path, ignore_errors=True)
    ask(room, "restore", str(room.folder / "whole-copy"))
    _equal(settled(room), known.whole)


def _corrected(known: Beginnings, stage: Stage, room: Room) -> None:
    """What a file says of cells is kept whole or not at all; said again, it is kept whole."""
    if said(room) not in (known.said, frozenset()):
        raise BrokenLawError(f"half of what was said is kept: {sorted(said(room))}")
    goal = known.said if stage.begins == "pictured" else frozenset()
    if said(room) != goal:
        room.run(*stage.words)
    if said(room) != goal:
        raise BrokenLawError(f"corrections are {sorted(said(room))} and not {sorted(goal)}")
    settled(room)


def copied(known: Beginnings, room: Room, copy: Path) -> None:
    """Run a backup again to its end and hold the laws over what it gives. Raises BrokenLawError."""
    ask(room, "backup", str(copy))
    again = room.beside("restored")
    shutil.rmtree(again.path, ignore_errors=True)
    ask(again, "restore", str(copy))
    _equal(state(again), known.whole)


def _equal(here: State, whole: State) -> None:
    here.check(whole, whole)
