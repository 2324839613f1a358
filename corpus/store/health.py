"""What is wrong with a store: each fault in a sentence that says what mends it (docs/contract.md, ``doctor``)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from sqlalchemy import Connection, Result, Table, select

from corpus.errors import ArchiveError, WithheldError
from corpus.store.across import across, load
from corpus.store.body import unpack
from corpus.store.records import PAYLOADS, TORN, records
from corpus.store.schema import editions
from corpus.store.store import Store
from corpus.store.warc import RecordLocation

_AT_ONCE = 200
"""Rows that are in memory together: all of them are gigabytes."""

Place = Literal["database", "report", "findings", "original", "exchange", "orphan", "torn", "index"]
HARMLESS: frozenset[Place] = frozenset({"orphan", "torn"})
"""What takes room and nothing else: while others write there is some at every moment."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Where it is, which one (a digest, an id, a file), what mends it; ``repairable``: ``doctor --repair`` does."""

    place: Place
    name: str
    words: str
    repairable: bool = False


def faults(store: Store, progress: Callable[[int], None] = lambda _done: None) -> Iterator[Fault]:
    """Every fault of the database, of what was extracted, of the originals and of the archive."""
    wrong = [Fault("database", "", f"The database is damaged ({words}): restore it from a backup.") for words in
             store.integrity()]  # fmt: skip
    yield from wrong
    if wrong:
        return  # what a damaged database says of the rest is worth nothing
    with store.database.reading() as connection:
        yield from _undecodable(connection)
    places = dict(store.payloads())
    damaged = list[Fault]()
    for fault in _originals(store, places, progress):
        damaged.append(fault)
        yield fault
    yield from _left_behind(store, places, {places[fault.name].name for fault in damaged})


def repair(store: Store, found: Iterable[Fault]) -> None:
    """Take away what was derived and is damaged: it is stale then, and the next extraction makes it again.

    Originals in the archive to which nothing points are taken in.
    """
    for fault in found:
        if fault.place == "report":
            store.forget(fault.name)
        elif fault.place == "findings":
            store.put_across(fault.name, ())
            store.compared(0)
        elif fault.place == "orphan":
            store.adopt(fault.name)


def _undecodable(connection: Connection) -> Iterator[Fault]:
    def every(table: Table) -> Result[Any]:
        return connection.execute(select(table).execution_options(yield_per=_AT_ONCE))

    bodies = ((row.digest, row.id, partial(unpack, row.body)) for row in every(editions))
    notes = ((row.id, row.id, partial(load, row.findings)) for row in every(across))
    kinds: tuple[tuple[Place, Iterable[tuple[str, str, Callable[[], object]]]], ...]
    kinds = ("report", bodies), ("findings", notes)
    for place, rows in kinds:
        for name, id_, read in rows:
            try:
                read()
            except (zlib.error, ValueError, TypeError, KeyError, ArithmeticError) as error:
                words = f"What was read of report {id_} is damaged ({type(error).__name__}): `nianbao doctor --repair`."
                yield Fault(place, name, words, repairable=True)


def _originals(store: Store, digests: Iterable[str], progress: Callable[[int], None]) -> Iterator[Fault]:
    for done, digest in enumerate(digests, 1):
        try:
            store.payload(digest)
        except WithheldError:
            pass  # a store that was restored does not have it
        except ArchiveError as error:
            yield Fault("original", digest, str(error))
        progress(done)


def _left_behind(store: Store, places: Mapping[str, RecordLocation], known: Collection[str]) -> Iterator[Fault]:
    """What is wrong with archive files beside their originals; ``known`` are the files of damaged ones, told already.

    A process that died leaves payloads without a row, and half a record at a file's end: no harm is done.
    """
    for path in sorted(store.archive.folder.glob("*.warc.gz")):
        kinds, digests = set[str](), set[str]()
        for kind, _, digest in records(path):
            kinds.add(kind)
            digests |= {digest} if kind in PAYLOADS else set()
        if lost := digests - places.keys():
            words = (
                f"{path.name} holds {len(lost)} originals that no row names: `nianbao doctor --repair` takes them in."
            )
            yield Fault("orphan", path.name, words, repairable=True)
        if TORN[0] not in kinds or path.name in known:
            continue
        if any(place.name == path.name and digest not in digests for digest, place in places.items()):
            words = f"{path.name} is damaged in a record that holds no original: restore the file from a copy."
            yield Fault("exchange", path.name, words)
        else:
            words = f"{path.name} ends in half a record of a command that was killed: no harm is done, nothing to mend."
            yield Fault("torn", path.name, words)
