"""Keeping what is there whole: doctor, backup, restore."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from corpus.errors import NianbaoError, SearchIndexError, UsageError
from corpus.store import Store
from corpus.store.backup import backup as copy_store
from corpus.store.backup import restore as restore_store
from corpus.store.health import HARMLESS, Fault, faults, repair
from webui.commands.opening import existing, to_write
from webui.commands.output import say
from webui.commands.progress import progress
from webui.commands.stages import bring_up_to_date
from webui.engines import is_made, opened
from webui.settings import Settings

_NAMED_AT_MOST = 20


@click.command()
@click.option("--repair", "mend", is_flag=True, help="Make again what can be derived: readings, findings, index.")
@click.pass_obj
def doctor(settings: Settings, *, mend: bool) -> None:
    """Check originals, database, what was read, and index; say what mends each fault."""
    found = _examined(settings)
    if mend and any(fault.repairable for fault in found):
        with to_write(settings) as store:
            repair(store, found)
            bring_up_to_date(store, settings, rebuild=any(fault.place == "index" for fault in found))
        say("what can be derived was made again; checking once more")
        found = _examined(settings)
    kinds = Counter(fault.place for fault in found if fault.place not in HARMLESS)
    if kinds:
        named = ", ".join(f"{place}: {number}" for place, number in kinds.items())
        raise NianbaoError(f"There are faults ({named}); what mends them stands above.")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def backup(settings: Settings, folder: Path) -> None:
    """Copy originals and database to DIR, consistent while everything runs; again: what is new."""
    _own_file(settings)
    done = copy_store(settings.data, folder)
    say(f"{folder}: {done.originals} originals; {done.bytes:,} bytes new in {done.files} archive files")
    with existing(settings) as store:
        if there := store.moved.every():
            say(f"{len(there)} archive files moved to a bucket: copy them by its own means (docs/cluster.md)")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.pass_obj
def restore(settings: Settings, folder: Path) -> None:
    """Make the data folder of a backup in DIR, and check every original against its digest."""
    _own_file(settings)
    done, wrong = restore_store(folder, settings.data)
    for words in wrong[:_NAMED_AT_MOST]:
        say(f"  {words}")
    say(f"{settings.data}: {done.originals} originals restored; run `nianbao index` for the search index")
    if wrong:
        raise NianbaoError(f"{len(wrong)} originals of the backup are damaged; the rest is restored.")


def _own_file(settings: Settings) -> None:
    if settings.store_url is not None:
        raise UsageError(
            "backup and restore copy the SQLite file of the data folder: copy PostgreSQL by pg_dump, and after it the "
            "folder archive, which then holds all that the copy points to (docs/cluster.md).",
            "store",
        )


def _examined(settings: Settings) -> list[Fault]:
    """The faults, each told as it is found."""
    found: list[Fault] = []
    with existing(settings) as store, progress("doctor") as tell:
        whole = store.counts().snapshots
        if unchecked := store.database.unchecked():
            say(unchecked)
        for fault in (*faults(store, lambda done: tell(done, whole)), *_index_faults(settings, store)):
            found.append(fault)
            if len(found) <= _NAMED_AT_MOST:
                say(fault.words)
        bad = sum(fault.place == "original" for fault in found)
    click.echo(f"{whole - bad} originals are what their SHA-256 says, {bad} are not.")
    return found


def _index_faults(settings: Settings, store: Store) -> Iterator[Fault]:
    if not is_made(settings):
        return  # not made yet
    engine = opened(settings, store.registry())
    try:
        if engine.status().revision > store.revision():
            words = (
                "The index has seen more than the database holds, which is an older copy or was lost: restore it from "
                "the newest backup; if it is as it should be, run `nianbao index --rebuild`."
            )
            yield Fault("database", "", words)
        for name in engine.faults():
            words = f"{name} of the index is not what was written: run `nianbao index --rebuild`."
            yield Fault("index", name, words, repairable=True)
    except SearchIndexError as error:
        yield Fault("index", "", str(error), repairable=True)
    finally:
        engine.close()
