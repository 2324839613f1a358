"""What a command says: data on stdout, everything else on stderr (docs/contract.md, "The command line")."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click


def put(body: Mapping[str, object]) -> None:
    """A JSON object on a line of stdout."""
    click.echo(json.dumps(body, ensure_ascii=False))


def say(words: str) -> None:
    """A line for the person at the terminal."""
    click.echo(words, err=True)
