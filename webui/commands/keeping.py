"""Keeping what is there whole: doctor."""

from __future__ import annotations

import click

from corpus.errors import ArchiveError, NianbaoError
from webui.commands.opening import existing
from webui.commands.output import say
from webui.settings import Settings


@click.command()
@click.pass_obj
def doctor(settings: Settings) -> None:
    """Check every archived original against its digest."""
    with existing(settings) as store:
        good, bad = 0, []
        for digest, _ in store.payloads():
            try:
                store.payload(digest)
            except ArchiveError as error:
                bad.append(digest)
                say(str(error))
            else:
                good += 1
        click.echo(f"{good} originals are what their SHA-256 says, {len(bad)} are not.")
        if bad:
            raise NianbaoError(f"{len(bad)} originals are damaged: restore data/archive from a copy.")
