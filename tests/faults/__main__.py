"""``make faults``: the seed is printed, so that a run can be had again."""

from __future__ import annotations

import argparse
import secrets
import tempfile
from pathlib import Path

import click

from tests.faults.kills import kills


def main() -> None:
    """Kill and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1 << 31))
    parser.add_argument("--kills", type=int, default=200)
    given = parser.parse_args()
    click.echo(f"seed {given.seed}")
    with tempfile.TemporaryDirectory() as folder:
        for number, told in enumerate(kills(Path(folder), given.seed, given.kills), 1):
            click.echo(f"{number}/{given.kills} {told}")
    click.echo("nothing was lost, doubled or left behind")


if __name__ == "__main__":
    main()
