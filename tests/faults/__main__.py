"""``make faults``: five kinds of harm, at full length. The seed is printed; it goes on where it stopped.

What was done stands in a file of the folder, a line each: the seed and the number of a harm draw its moment.
"""

from __future__ import annotations

import argparse
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from tests.faults.backups import backups
from tests.faults.full import full_disks, limits, may_mount
from tests.faults.kills import kills
from tests.faults.power import power_losses
from tests.faults.rooms import Room
from tests.faults.stages import Beginnings, beginnings
from tests.results import Results

KINDS = ("kills", "power", "full", "limits", "backups")


class Done:
    """What was done in earlier runs over this code and this one, kept in a file."""

    def __init__(self, file: Path, seed: int | None) -> None:
        self._results = Results(file)
        lines = self._results.lines
        drawn = secrets.randbelow(1 << 31) if seed is None else seed
        self.seed = int(lines[0]["seed"]) if lines else drawn
        if seed not in (None, self.seed):
            raise click.UsageError(f"{file} goes on with seed {self.seed}: remove it to begin with another.")
        if not lines:
            self._results.add({"seed": self.seed})

    def number(self, kind: str) -> int:
        """How many of a kind are done."""
        return sum(line.get("kind") == kind for line in self._results.lines)

    def add(self, kind: str, told: str) -> None:
        """One more is."""
        self._results.add({"kind": kind, "told": told})


def main() -> None:
    """Do what is left of each kind, or of one, and tell. The first law that is broken ends it."""
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("kinds", nargs="*", metavar="|".join(KINDS))
    parser.add_argument("--seed", type=int)
    parser.add_argument("--kills", type=int, default=220)
    parser.add_argument("--losses", type=int, default=35)
    parser.add_argument("--backups", type=int, default=30)
    parser.add_argument("--directory", type=Path, default=Path("build/faults"))
    given = parser.parse_args()
    given.directory.mkdir(parents=True, exist_ok=True)
    done = Done(given.directory / "done.ndjson", given.seed)
    click.echo(f"seed {done.seed}")
    with Room.made(given.directory.resolve() / "room", sites=True) as room:
        known = beginnings(room)
        for kind in given.kinds or KINDS:
            if kind == "full" and not may_mount():
                click.echo("full: left out, it takes root to make a small file system")
                continue
            for told in _harm(known, done.seed, given)[kind](done.number(kind)):
                done.add(kind, told)
                click.echo(f"{kind} {done.number(kind)}: {told}")
    shutil.rmtree(given.directory / "room")
    counts = ", ".join(f"{kind} {done.number(kind)}" for kind in KINDS)
    click.echo(f"{counts}: nothing was lost, doubled or left behind")


def _harm(known: Beginnings, seed: int, given: argparse.Namespace) -> Mapping[str, Callable[[int], Iterator[str]]]:
    """Each kind of harm, from a number on."""
    every = 3 * len(known.stages())
    return {
        "kills": lambda first: kills(known, seed, first, given.kills),
        "power": lambda first: power_losses(known, seed, first, given.losses),
        "full": lambda first: full_disks(known, first, every),
        "limits": lambda first: limits(known, first, every),
        "backups": lambda first: backups(known, first, given.backups),
    }


if __name__ == "__main__":
    main()
