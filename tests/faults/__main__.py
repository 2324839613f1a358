"""``make faults``: the seed is printed, so that a run can be had again."""

from __future__ import annotations

import argparse
import secrets
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from tests.faults.backups import backups
from tests.faults.full import full_disks, may_mount
from tests.faults.kills import kills
from tests.faults.power import power_losses


def main() -> None:
    """Do one kind of harm, or each, and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("kinds", nargs="*", default=["kills", "power", "full", "backups"])
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 31))
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--losses", type=int, default=30)
    parser.add_argument("--backups", type=int, default=30)
    given = parser.parse_args()
    click.echo(f"seed {given.seed}")
    harm: dict[str, Callable[[Path], Iterator[str]]] = {
        "kills": lambda folder: kills(folder, given.seed, given.kills),
        "power": lambda folder: power_losses(folder, given.seed, given.losses),
        "full": full_disks,
        "backups": lambda folder: backups(folder, given.backups),
    }
    for kind in given.kinds:
        if kind == "full" and not may_mount():
            click.echo("full: left out, it takes root to make a small file system")
            continue
        with tempfile.TemporaryDirectory() as folder:
            for number, told in enumerate(harm[kind](Path(folder)), 1):
                click.echo(f"{kind} {number}: {told}")
    click.echo("nothing was lost, doubled or left behind")


if __name__ == "__main__":
    main()
