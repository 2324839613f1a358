"""``lives``: what an operator knows of who was what before, in four columns; told, added, taken back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import click

from corpus.analysis.lives import unknown_names
from corpus.errors import UsageError
from corpus.lives import Succession, joined, read_successions
from corpus.store import Store
from corpus.text import decode
from webui.commands.opening import existing, to_write
from webui.commands.output import say
from webui.commands.stages import bring_up_to_date_index
from webui.settings import Settings

_NAMED_AT_MOST = 20


@click.command()
@click.option(
    "--add",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Keep the rows of a CSV with the columns who, was, from, source.",
)
@click.option("--undo", "undone", multiple=True, metavar="NAME", help="Take back every row that names a body or place.")
@click.pass_obj
def lives(settings: Settings, *, file: Path | None, undone: tuple[str, ...]) -> None:
    """Say which bodies and places were others before: renamed, merged, split.

    who and was are two codes of places, two full names or ids of bodies, or what bodies are called in every place;
    from is the first year of who's own reports. Without --add and --undo: print what was said.
    """
    if file is None and not undone:
        with existing(settings) as store:
            click.echo(joined(store.lives.given()), nl=False)
        return
    with to_write(settings) as store:
        rows = () if file is None else tuple(read_successions(decode(file.read_bytes()), str(file)))
        gone = keep(store, rows, undone)
        bring_up_to_date_index(store, settings)
        strangers = unknown_names(store, rows)
    say(f"kept: {len(rows)}, taken back: {gone}")
    for name in strangers[:_NAMED_AT_MOST]:
        say(f"  {name} has no report here yet")


def keep(store: Store, rows: Sequence[Succession], undone: Collection[str] = ()) -> int:
    """Keep rows and take others back. Raises UsageError for what nobody can follow, and for a name without a row."""
    registry = store.registry()
    for row in rows:
        for code in (row.who, row.was):
            if code.isdigit() and registry.get(code) is None:
                raise UsageError(f"No place has the code {code}: /regions and docs/regions.md tell what is known.")
        if row.who.isdigit() != row.was.isdigit():
            raise UsageError(f"{row.who} and {row.was} are a place and a body: name two places or two bodies.")
    known = {name for row in store.lives.given() for name in (row.who, row.was)}
    for name in undone:
        if name not in known:
            raise UsageError(f"Nothing was said of {name}: `nianbao lives` prints what was.")
    return store.lives.give(rows, undone)
