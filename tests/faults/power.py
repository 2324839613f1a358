"""The power fails: the data folder as it lies on the disk at a random moment, with its writer standing still.

What the copy gives when its line has been run to its end must be what the whole store gives; a copy of a moment loses
nothing that was committed before it. (Writes that a disk had only promised to keep are not simulated.)
"""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.faults.rooms import Room

STAGES: Sequence[tuple[str, ...]] = (("add", "reports"), ("crawl",), ("extract", "--all"), ("index", "--rebuild"))


def power_losses(folder: Path, seed: int, number: int, *, sites: bool = True) -> Iterator[str]:
    """Copy the store at so many moments; of each, during what and when. Raises BrokenLawError."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    with Room.made(folder, sites=sites) as room:
        room.complete()
        whole = room.held()
        stages = [stage for stage in STAGES if sites or stage[0] != "crawl"]
        usual = 3.0
        copied = 0
        while copied < number:
            words = stages[copied % len(stages)]
            if words[0] in ("add", "crawl"):
                shutil.rmtree(folder / room.data)
                room.furnish()
            after = chance.uniform(0.2, usual)
            process = room.begun(room.crawl if words[0] == "crawl" else words)
            try:
                process.communicate(timeout=after)
            except subprocess.TimeoutExpired:
                shutil.rmtree(folder / "copied", ignore_errors=True)
                with room.stopped(process):
                    shutil.copytree(folder / room.data, folder / "copied")
                process.communicate(timeout=300)
                Room(folder, room.sites, "copied").hold(whole)
                copied += 1
                yield f"{' '.join(words)} after {after:.2f} s"
            else:
                usual = max(0.4, usual * 0.8)
