"""The stages: add, extract, index, update, serve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import click

from corpus.analysis.contradictions import find_contradictions
from corpus.analysis.duties import renew_duties
from corpus.analysis.lives import renew_lives
from corpus.analysis.outcomes import count_outcomes
from corpus.analysis.promises import follow_promises
from corpus.analysis.repetition import find_repetitions
from corpus.analysis.revisions import find_revisions
from corpus.errors import NianbaoError
from corpus.extraction.derivation import Means
from corpus.extraction.file_import import take_in
from corpus.extraction.stage import extract as run_extraction
from corpus.readers.pictures import with_pictures
from corpus.store import Store
from indexer.index import update_index
from indexer.whoosh_engine import MEMORY
from webui.boundaries import read_boundaries
from webui.commands.opening import to_write
from webui.commands.options import option, options
from webui.commands.origin import check_origin
from webui.commands.output import say
from webui.commands.progress import progress
from webui.engines import opened
from webui.settings import Binding, Settings

_NAMED_AT_MOST = 20


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--url", default="", help="The address the file came from; a sidecar FILE.json states it otherwise.")
@click.option("--region", default="", help="The code of the place where the file's site stands, a hint.")
@option("processes")
@click.pass_obj
def add(settings: Settings, paths: tuple[Path, ...], url: str, region: str, processes: int | None) -> None:
    """Keep the reports among files and folders."""
    with to_write(settings) as store, progress("add") as tell:
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
@click.option("--ocr", is_flag=True, help="Read pictures of pages, too, this once; as the setting ocr does always.")
@option("processes")
@click.pass_obj
def extract(settings: Settings, /, *, everything: bool, ocr: bool, processes: int | None) -> None:
    """Read, parse and audit what is new or was made by older code; print what reads otherwise than before."""
    if ocr:
        settings = replace(settings, limits=with_pictures(settings.limits))
    with to_write(settings) as store:
        _complain(_extract(store, settings, everything=everything, processes=processes))


@click.command()
@click.option("--rebuild", is_flag=True, help="Build the whole index anew.")
@option("memory")
@click.pass_obj
def index(settings: Settings, /, *, rebuild: bool, memory: int) -> None:
    """Bring the search index up to date."""
    with to_write(settings) as store:
        bring_up_to_date_index(store, settings, rebuild=rebuild, memory=memory << 20)


@click.command()
@click.pass_obj
def update(settings: Settings) -> None:
    """Run what is stale: extract, read together, then index."""
    with to_write(settings) as store:
        bring_up_to_date(store, settings)


def bring_up_to_date(store: Store, settings: Settings, *, rebuild: bool = False) -> None:
    """Extract, then index, as far as needed or wholly; only then say which originals are damaged."""
    damaged = _extract(store, settings)
    bring_up_to_date_index(store, settings, rebuild=rebuild)
    _complain(damaged)


@click.command()
@options(
    "host",
    "port",
    "workers",
    "threads",
    "site-url",
    "contact",
    "boundaries",
    "trusted-hosts",
    "hsts",
    "rate-limit",
    "trusted-proxies",
    "time-budget",
    "log",
    "log-addresses",
    "max-words",
    "max-values",
    "page-memory",
    "word-memory",
)
@click.pass_obj
def serve(settings: Settings, /, *, page_memory: int, word_memory: int, time_budget: float, **given: Any) -> None:
    """Serve the site."""
    given["log_addresses"] = given["log_addresses"] == "yes"
    binding = Binding(**{field.name: given.pop(field.name) for field in fields(Binding)})
    given |= {"page_room": page_memory << 20, "word_room": word_memory << 20, "seconds": time_budget}
    serve_site(replace(settings, **given), binding)


def serve_site(settings: Settings, binding: Binding) -> None:
    """Serve until interrupted or told to stop; prints the address to open once it answers."""
    if settings.boundaries:
        read_boundaries(settings.boundaries)  # a wrong file is told before anything listens
    from webui.serving import server  # noqa: PLC0415 - only this command needs the application and its server

    def ready(address: str) -> None:
        click.echo(address)
        say("Open the address above; stop with Ctrl-C.")

    server.serve(settings, binding, ready)
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
    if outcome.left:
        say(f"{outcome.left} scans keep what was read of them: `nianbao extract --ocr` reads pictures")
    return outcome.damaged


def _complain(damaged: Sequence[str]) -> None:
    """Raise NianbaoError if originals are damaged: the rest is done, and of these what stood before stands."""
    for sentence in damaged[:_NAMED_AT_MOST]:
        say(f"  {sentence}")
    if damaged:
        raise NianbaoError(f"{len(damaged)} originals are damaged and keep what was read from them before; see above.")


def bring_up_to_date_index(store: Store, settings: Settings, *, rebuild: bool = False, memory: int = MEMORY) -> None:
    """Read together what changed, whose results are searched, too; then index it, or everything."""
    store.take_stock()
    renew_duties(store)
    renew_lives(store)
    find_revisions(store)
    find_contradictions(store)
    count_outcomes(store)
    follow_promises(store)
    with progress("compare") as tell:
        find_repetitions(store, progress=tell)
    engine = opened(settings, store.registry(), memory=memory, wait=settings.wait)
    try:
        with progress("index") as tell:
            done = update_index(store, engine, rebuild=rebuild, progress=tell)
    finally:
        engine.close()
    say(f"indexed: {done.added} added, {done.changed} changed, {done.removed} removed")
