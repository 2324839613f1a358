"""The power fails: the data folder as it lies on the disk at a random moment, with its writer standing still.

The laws are held over the copy of that moment. (Writes that a disk had only promised to keep are not simulated.)
"""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator

from tests.faults.recovery import recover
from tests.faults.stages import Beginnings, Stage

STAGES = ("add", "crawl", "extract", "index", "update", "migrate", "repair")


def power_losses(known: Beginnings, seed: int, first: int, number: int) -> Iterator[str]:
    """Cut the power from the ``first`` time to the last; of each, during what and when. Raises BrokenLawError."""
    stages = [stage for stage in known.stages() if stage.name in STAGES]
    usual: dict[str, float] = {}
    for at in range(first, number):
        stage, tries = stages[at % len(stages)], 0
        while not (told := _cut(known, stage, random.Random(f"{seed}:{at}:{tries}"), usual)):  # noqa: S311 - moments
            tries += 1
        yield told


def _cut(known: Beginnings, stage: Stage, chance: random.Random, usual: dict[str, float]) -> str:
    """Cut the power of one command; what was done, empty where the command came to its end first."""
    room = known.begin(stage.begins)
    after = chance.uniform(0.15, usual.get(stage.name, 3.0))
    process = room.begun(stage.words)
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        left = room.beside("cut")
        shutil.rmtree(left.path, ignore_errors=True)
        with room.stopped(process):
            shutil.copytree(room.path, left.path)
        process.communicate(timeout=300)
        recover(known, stage, left)
        return f"{stage.name} after {after:.2f} s"
    usual[stage.name] = max(0.3, after)
    return ""
