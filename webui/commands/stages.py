"""The stages: add, extract, index, update, serve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import waitress

from corpus.errors import NianbaoError
from corpus.extraction.derivation import Means
from corpus.extraction.file_import import take_in
from corpus.extraction.stage import extract as run_extraction
from corpus.store import Store
from indexer.index import update_index
from indexer.whoosh_engine import MEMORY, WhooshEngine
from webui.app import create_app
from webui.commands.options import option, options
from webui.commands.origin import check_origin
from webui.commands.output import say
from webui.commands.progress import progress
from webui.settings import Settings

_NAMED_AT_MOST = 20


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--url", default="", help="The address the file came from; a sidecar FILE.json states it otherwise.")
@click.option("--region", default="", help="The code of the place where the file's site stands, a hint.")
@option("processes")
@click.pass_obj
def add(settings: Settings, paths: tuple[Path, ...], url: str, region: str, processes: int | None) -> None:
    """Keep the reports among files and folders."""
    with Store.open(settings.data, settings.store_url) as store, progress("add") as tell:
        check_origin(url, region, store.registry())
        outcome = take_in(store, paths, url=url, hint=region, means=Means(settings.limits, processes), progress=tell)
    say(f"added: {outcome.taken}, skipped: {len(outcome.skipped)}, failed: {len(outcome.failed)}")
    for file, reason in [*list(outcome.skipped.items())[:_NAMED_AT_MOST]]:
        say(f"  skipped {file}: {reason}")
    if len(outcome.skipped) > _NAMED_AT_MOST:
        say(f"  … and {len(outcome.skipped) - _NAMED_AT_MOST} more")
    for file, reason in outcome.failed.items():
        say(f"  {file}: {reason}")
    if outcome.failed:
        raise NianbaoError(f"{len(outcome.failed)} of the files named could not be taken in; the reasons stand above.")


@click.command()
@click.option("--all", "everything", is_flag=True, help="Extract again what was extracted before, too.")
@option("processes")
@click.pass_obj
def extract(settings: Settings, /, *, everything: bool, processes: int | None) -> None:
    """Read, parse and audit what is new or was made by older code; print what reads otherwise than before."""
    with Store.open(settings.data, settings.store_url) as store:
        _complain(_extract(store, settings, everything=everything, processes=processes))


@click.command()
@click.option("--rebuild", is_flag=True, help="Build the whole index anew.")
@option("memory")
@click.pass_obj
def index(settings: Settings, /, *, rebuild: bool, memory: int) -> None:
    """Bring the search index up to date."""
    with Store.open(settings.data, settings.store_url) as store:
        _index(store, settings, rebuild=rebuild, memory=memory << 20)


@click.command()
@click.pass_obj
def update(settings: Settings) -> None:
    """Run what is stale: extract, then index."""
    with Store.open(settings.data, settings.store_url) as store:
        bring_up_to_date(store, settings)


def bring_up_to_date(store: Store, settings: Settings) -> None:
    """Extract, then index, as far as needed; only then say which originals are damaged."""
    damaged = _extract(store, settings)
    _index(store, settings)
    _complain(damaged)


@click.command()
@options("host", "port", "site-url", "contact", "max-words", "max-values", "page-memory")
@click.pass_obj
def serve(settings: Settings, /, *, host: str, port: int, page_memory: int, **presented: Any) -> None:
    """Serve the site."""
    serve_site(replace(settings, page_room=page_memory << 20, **presented), host, port)


def serve_site(settings: Settings, host: str, port: int) -> None:
    """Serve until interrupted; prints the address to open once the port is bound."""
    try:
        app = create_app(settings)
        server = waitress.create_server(app, host=host, port=port, threads=4)
    except OSError as error:
        raise NianbaoError(f"Port {port} of {host} cannot be used ({error.strerror}): give another --port.") from error
    # The first visitor should not wait for dictionary and index.
    app.test_client().get("/search")
    click.echo(f"http://{host}:{server.effective_port}/")
    say("Open the address above; stop with Ctrl-C.")
    try:
        server.run()
    except KeyboardInterrupt:
        say("stopped.")


def _extract(
    store: Store, settings: Settings, *, everything: bool = False, processes: int | None = None
) -> Sequence[str]:
    """Run stage 2. Returns what is wrong with the originals that are damaged."""
    with progress("extract") as tell:
        outcome = run_extraction(
            store,
            everything=everything,
            means=Means(settings.limits, processes),
            changed=lambda change: click.echo(f"{change.report}\t{change.what}\t{change.before}\t{change.after}"),
            progress=tell,
        )
    say(f"extracted: {outcome.accepted} reports, {outcome.rejected} without a report")
    return outcome.damaged


def _complain(damaged: Sequence[str]) -> None:
    """Raise NianbaoError if originals are damaged: the rest is done, and of these what stood before stands."""
    for sentence in damaged[:_NAMED_AT_MOST]:
        say(f"  {sentence}")
    if damaged:
        raise NianbaoError(f"{len(damaged)} originals are damaged and keep what was read from them before; see above.")


def _index(store: Store, settings: Settings, *, rebuild: bool = False, memory: int = MEMORY) -> None:
    engine = WhooshEngine(settings.index, store.registry(), memory=memory)
    try:
        with progress("index") as tell:
            done = update_index(store, engine, rebuild=rebuild, progress=tell)
    finally:
        engine.close()
    say(f"indexed: {done.added} added, {done.changed} changed, {done.removed} removed")
