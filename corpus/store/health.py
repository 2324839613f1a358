"""What is wrong with a store: each fault in a sentence that says what mends it (docs/contract.md, ``doctor``)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from sqlalchemy import Connection, select

from corpus.errors import ArchiveError, WithheldError
from corpus.store.across import across, load
from corpus.store.body import unpack
from corpus.store.schema import editions
from corpus.store.store import Store
from corpus.store.warc import records

Place = Literal["database", "report", "findings", "original", "orphan", "index"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Where it is, which one (a digest, an id, a file), what mends it; ``repairable``: ``doctor --repair`` does.

    An orphan takes room and nothing else: a crawl that is under way has some at every moment.
    """

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
    yield from _originals(store, progress)
    yield from _orphans(store)


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
    bodies = ((row.digest, row.id, partial(unpack, row.body)) for row in connection.execute(select(editions)))
    notes = ((row.id, row.id, partial(load, row.findings)) for row in connection.execute(select(across)))
    kinds: tuple[tuple[Place, Iterable[tuple[str, str, Callable[[], object]]]], ...]
    kinds = ("report", bodies), ("findings", notes)
    for place, rows in kinds:
        for name, id_, read in rows:
            try:
                read()
            except (zlib.error, ValueError, TypeError, KeyError, ArithmeticError) as error:
                words = f"What was read of report {id_} is damaged ({type(error).__name__}): `nianbao doctor --repair`."
                yield Fault(place, name, words, repairable=True)


def _originals(store: Store, progress: Callable[[int], None]) -> Iterator[Fault]:
    for done, (digest, _) in enumerate(store.payloads(), 1):
        try:
            store.payload(digest)
        except WithheldError:
            pass  # a store that was restored does not have it
        except ArchiveError as error:
            yield Fault("original", digest, str(error))
        progress(done)


def _orphans(store: Store) -> Iterator[Fault]:
    """Payloads in the archive to which no row points, because a process died between the two: no harm is done."""
    known = {digest for digest, _ in store.payloads()}
    for path in sorted(store.archive.folder.glob("*.warc.gz")):
        lost = {digest for kind, _, digest in records(path) if kind in ("resource", "response")} - known
        if lost:
            words = (
                f"{path.name} holds {len(lost)} originals that no row names: `nianbao doctor --repair` takes them in."
            )
            yield Fault("orphan", path.name, words, repairable=True)
