"""Stages killed at random moments: nothing is lost, doubled or left behind.

Each stage runs as the installed command and is killed, the command alone and not its workers, somewhere between its
start and its usual end. Afterwards the line is run to its end and ``doctor --repair`` asked; what the store then gives
must be what it gave before anybody was killed. The seed draws the moments.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults.rooms import BrokenLawError, Held, Room

STAGES: Sequence[tuple[str, ...]] = (
    ("add", "reports"),
    ("crawl",),
    ("extract", "--all"),
    ("index", "--rebuild"),
    ("update",),
    ("backup", "copy"),
    ("restore", "copy"),
    ("withhold", "{id}", "--why", "令"),
    ("withhold", "{id}", "--lift"),
    ("doctor", "--repair"),
)
_FRESH = ("add", "crawl")
"""Stages that begin with an empty store, or there were nothing to do."""
_HELD = (*_FRESH, "update", "doctor")
"""Stages after which the laws are held, for themselves and those before them: that takes ten times a kill's time."""


def kills(folder: Path, seed: int, number: int, *, sites: bool = True) -> Iterator[str]:
    """Kill so many commands; of each, what was killed and when. Raises BrokenLawError."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    with Room.made(folder, sites=sites) as room:
        room.complete()
        whole = room.held()
        stages = [stage for stage in STAGES if sites or stage[0] != "crawl"]
        usual: dict[str, float] = {}
        killed = 0
        while killed < number:
            words = [word.format(id=whole[0][0]) for word in stages[killed % len(stages)]]
            done = _kill(room, words, chance.uniform(0.2, usual.get(words[0], 3.0)), whole)
            if done is None:
                killed += 1
                yield f"{' '.join(words)}"
            else:
                # It came to its end: the next moment is drawn from the time that it took.
                usual[words[0]] = max(0.3, done)
        room.hold(whole)


def _kill(room: Room, words: Sequence[str], after: float, whole: Held) -> float | None:
    """Kill one command and hold the laws; None, or the seconds that it took where it came to its end first."""
    began = time.monotonic()
    if words[0] == "restore":
        other = Room(room.folder, room.sites, "restored")
        shutil.rmtree(room.folder / "restored", ignore_errors=True)
        room.run("backup", "copy")
        began = time.monotonic()
        killed = other.killed(words, after)
        took = time.monotonic() - began
        # Half a restore is none: it is begun again in an empty folder, and is whole.
        shutil.rmtree(room.folder / "restored", ignore_errors=True)
        other.run("restore", "copy")
        if other.held() != whole:
            raise BrokenLawError(f"the backup gives {other.held()}, not {whole}")
        return None if killed else took
    if words[0] in _FRESH:
        shutil.rmtree(room.folder / room.data)
        room.furnish()
        began = time.monotonic()
    killed = room.killed(room.crawl if words[0] == "crawl" else words, after)
    took = time.monotonic() - began
    if words[0] in _HELD:
        room.hold(whole)
    return None if killed else took
