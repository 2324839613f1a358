"""Stages killed at random moments: nothing is lost, doubled or left behind.

Each stage runs as the installed command and is killed, the command alone and not its workers, somewhere between its
start and its usual end. Afterwards the line is run to its end and ``doctor --repair`` asked; what the store then gives
must be what it gave before anybody was killed. The seed draws stages and moments.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.checkout import ROOT

NIANBAO = Path(sys.executable).parent / "nianbao"
GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.txt"))
STAGES: Sequence[tuple[str, ...]] = (
    ("add", "reports"),
    ("extract", "--all"),
    ("index", "--rebuild"),
    ("update",),
    ("backup", "copy"),
    ("withhold", "{id}", "--why", "令"),
    ("withhold", "{id}", "--lift"),
    ("doctor", "--repair"),
)
_OUTLIVED = 30.0
"""Seconds within which the workers of a killed command must have ended, on the slowest machine."""


class BrokenLawError(AssertionError):
    """Something was lost, doubled or left behind."""


@dataclass(frozen=True, slots=True)
class Room:
    """A folder with reports to take in, and the data folder that they go to."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> Room:
        """With the golden reports among its files."""
        (folder / "reports").mkdir()
        for report in GOLDEN:
            shutil.copy(report, folder / "reports")
        return cls(folder)

    def run(self, *words: str) -> str:
        """A command to its end, which must be a good one and wait for nobody: a lock of the dead would hold it up."""
        command = [str(NIANBAO), "--data", "data", "--wait", "0", *words]
        done = subprocess.run(command, cwd=self.folder, check=False, capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise BrokenLawError(f"{' '.join(words)}: {done.stderr}")
        return done.stdout

    def killed(self, words: Sequence[str], after: float) -> bool:
        """Kill a command after so many seconds; whether it was still running. Its workers must end by themselves."""
        command = [str(NIANBAO), "--data", "data", *words]
        process = subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        else:
            return False
        deadline = time.monotonic() + _OUTLIVED
        while _lives(process.pid):
            if time.monotonic() > deadline:
                raise BrokenLawError(f"workers of {' '.join(words)} outlive it")
            time.sleep(0.02)
        return True

    def held(self) -> list[tuple[str, str, str]]:
        """What the store gives: (id, SHA-256, title) of every report, sorted."""
        rows = (json.loads(line) for line in self.run("export", "reports").splitlines())
        return sorted((row["id"], row["sha256"], row["title"]) for row in rows)

    def found(self) -> int:
        """How many reports the index has."""
        return int(json.loads(self.run("search", "", "--json"))["total"])


def kills(folder: Path, seed: int, number: int) -> Iterator[str]:
    """Kill so many commands; of each, what was killed and when. In between and at the end the laws are held.

    Raises BrokenLawError.
    """
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    room = Room.made(folder)
    room.run("add", "reports")
    room.run("update")
    whole = room.held()
    usual = 2.0
    killed = 0
    while killed < number:
        stage = STAGES[killed % len(STAGES)]
        words = [word.format(id=whole[0][0]) for word in stage]
        if stage[0] == "add":
            shutil.rmtree(room.folder / "data")
        after = chance.uniform(0.2, usual)
        began = time.monotonic()
        if room.killed(words, after):
            killed += 1
            usual = max(usual, after * 1.2)
            yield f"{' '.join(words)} after {after:.2f} s"
        else:
            usual = max(0.3, time.monotonic() - began)
        if killed % len(STAGES) == 0 or stage[0] in ("add", "doctor") or killed == number:
            _hold(room, whole)


def _hold(room: Room, whole: list[tuple[str, str, str]]) -> None:
    """Run the line to its end and compare."""
    room.run("add", "reports")
    if json.loads(room.run("status", "--json"))["withheld"]:
        room.run("withhold", whole[0][0], "--lift")
    room.run("update")
    room.run("doctor", "--repair")
    room.run("doctor")
    if room.held() != whole:
        raise BrokenLawError(f"the store gives {room.held()}, not {whole}")
    if room.found() != len(whole):
        raise BrokenLawError(f"the index has {room.found()} reports, the store {len(whole)}")


def _lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
