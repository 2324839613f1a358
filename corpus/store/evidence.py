"""The evidence of a store: original bytes in the archive, and rows that say where and when each was captured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from corpus.errors import ArchiveError, StoreError, WithheldError
from corpus.model import Snapshot
from corpus.store import parts, snapshots, withholding
from corpus.store.claims import Claims
from corpus.store.database import WAIT, Database
from corpus.store.database_address import sqlite_url
from corpus.store.moved import Moved
from corpus.store.records import payload_records
from corpus.store.snapshots import Capture
from corpus.store.warc import Archive, Exchange, RecordLocation, digest_of
from corpus.store.withholding import Withheld

T = TypeVar("T")


class EvidenceStore:
    """Payloads and their captures, under one data folder. Nothing in here depends on what is read in them.

    Several processes may use one store at once. Every method that writes commits before it returns, unless a
    ``batch`` is under way in the thread.
    """

    def __init__(self, data: Path, url: str | None, archive: Archive, database: Database) -> None:
        self.data = data
        self.url = url
        self.archive = archive
        self.database = database
        self.moved = Moved(database)
        archive.elsewhere = self.moved.member

    @classmethod
    def open(cls, data: Path, url: str | None = None, *, wait: float = WAIT, durable: bool = True) -> Self:
        """Open the store of a data folder to write, made if absent. Raises StoreError if that cannot be.

        ``wait`` is how many seconds another writer is waited for. The rows are in ``<data>/nianbao.sqlite`` unless
        ``url`` names another database, the payloads in ``<data>/archive/*.warc.gz``. Without ``durable``, a power cut
        may take back the last seconds of the rows: for work that finds again what it lost.
        """
        try:
            data.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"The data folder {data} cannot be made ({error.strerror}): name another.") from error
        archive = Archive(data / "archive")
        database = Database(url or sqlite_url(data / "nianbao.sqlite"), archive.sync, wait, durable=durable)
        return cls(data, url, archive, database)

    @classmethod
    def look(cls, data: Path, url: str | None = None) -> Self:
        """Open the store of a data folder to read only: nothing is made, no writer is waited for.

        Where there is none yet it is empty, and full when there is. Raises StoreError if it cannot be opened.
        """
        if data.exists() and not data.is_dir():
            raise StoreError(f"{data} is no folder: name the data folder with --data.")
        archive = Archive(data / "archive")
        return cls(data, url, archive, Database(url or sqlite_url(data / "nianbao.sqlite"), archive.sync, None))

    def close(self) -> None:
        """Close the archive file being written and the connections."""
        self.archive.close()
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def batch(self, every: int = 1000) -> AbstractContextManager[None]:
        """Commit (and sync the archive) once in ``every`` writes and at the end, for long runs in one thread.

        An exception takes back what was written since the last commit.
        """
        return self.database.batch(every)

    def integrity(self) -> list[str]:
        """What the database finds wrong with itself."""
        return self.database.integrity()

    def claims(self) -> AbstractContextManager[Claims]:
        """Claims on payloads, as long as this lasts (claims.py)."""
        return self.database.claims()

    def lasting(self, work: Callable[[], T]) -> T:
        """What ``work`` gives, begun again whenever the database went away: it must find for itself what is left."""
        return self.database.lasting(work)

    def keep(  # noqa: PLR0913 (what a capture consists of, each by name)
        self,
        payload: bytes,
        *,
        url: str,
        source: str,
        media_type: str,
        captured: datetime,
        exchange: Exchange | None = None,
        hint: str = "",
    ) -> Snapshot:
        """Archive a payload and note where it was captured. The same payload is archived once.

        With an ``exchange`` the archive also gets its request, and a payload that it holds already becomes a
        revisit record. ``hint`` is the code of the place where a person says that it stands. Returns the capture as
        kept: of the same payload at the same address, the first.
        """
        digest = digest_of(payload)
        snapshot = Snapshot(digest, url, source, media_type, captured)
        with self.database.writing() as connection:
            if snapshots.place_of(connection, digest) is None:
                if exchange is None:
                    place = self.archive.resource(
                        payload, url=url, source=source, media_type=media_type, captured=captured
                    )
                else:
                    place = self.archive.response(payload, exchange, url=url, captured=captured)
                snapshots.add_payload(connection, digest, place, len(payload))
            elif exchange is not None:
                self.archive.revisit(digest, exchange, url=url, captured=captured)
            return snapshots.add_capture(connection, snapshot, hint)

    def adopt(self, name: str) -> int:
        """Take in the payloads of an archive file to which no row points; returns how many.

        A writer holds the lock from before it archives a payload until its row is committed. So what has no row while
        we hold the lock belongs to nobody who still lives.
        """
        taken = 0
        for found in payload_records(self.archive.folder / name):
            with self.database.writing() as connection:
                if snapshots.place_of(connection, found.digest) is not None:
                    continue
                snapshots.add_payload(connection, found.digest, found.place, found.size)
                snapshots.add_capture(
                    connection, Snapshot(found.digest, found.url, found.source, found.media_type, found.captured)
                )
                taken += 1
        return taken

    def unchanged(self, url: str, exchange: Exchange, captured: datetime) -> bool:
        """Note that a server said 304 for an address; False if nothing was ever captured there."""
        with self.database.writing() as connection:
            digest = snapshots.digest_at(connection, url)
            if digest is None:
                return False
            self.archive.revisit(digest, exchange, url=url, captured=captured)
            snapshots.add_capture(connection, Snapshot(digest, url, url, "", captured))
            return True

    def gone(self, url: str, moment: datetime) -> bool:
        """Note that an address which gave a payload gives none any more; False if that was known or never so."""
        with self.database.writing() as connection:
            return snapshots.mark_gone(connection, url, moment)

    def note_part(self, url: str, first: str, number: int) -> None:
        """Note that an address is a further page of the report whose first one stands at ``first``."""
        with self.database.writing() as connection:
            parts.note_part(connection, url, first, number)

    def first_of(self, url: str) -> tuple[str, int] | None:
        """The report that an address is a further page of, and which; None if it is none."""
        with self.database.reading() as connection:
            return parts.first_of(connection, url)

    def pages_behind(self, first: str) -> tuple[tuple[str, str], ...]:
        """The further pages of the report at an address, in order: (address, digest); without those withheld."""
        with self.database.reading() as connection:
            behind = parts.pages_behind(connection, first)
            return tuple(page for page in behind if withholding.of_payload(connection, page[1]) is None)

    def digest_at(self, address: str) -> str | None:
        """The payload that an address gave last, None if it never gave any."""
        with self.database.reading() as connection:
            return snapshots.digest_at(connection, address)

    def payload(self, digest: str) -> bytes:
        """The archived bytes, checked against their digest. Raises ArchiveError, WithheldError for what is withheld."""
        with self.database.reading() as connection:
            place = snapshots.place_of(connection, digest)
            if withholding.is_withheld(connection, digest):
                raise WithheldError(f"The payload {digest[:12]}… is withheld: `nianbao status` says why.")
        if place is None:
            raise ArchiveError(f"No payload {digest[:12]}… is in this store: crawl or add its source again.")
        return self.archive.read(place, digest)

    def withheld_payload(self, digest: str) -> Withheld | None:
        """Why a payload is given to nobody; None where it is given."""
        with self.database.reading() as connection:
            return withholding.of_payload(connection, digest)

    def payloads(self) -> Iterator[tuple[str, RecordLocation]]:
        """Every payload's digest and place, in the order of the archive, for checking."""
        after: RecordLocation | None = None
        while True:
            with self.database.reading() as connection:
                found = snapshots.page(connection, after)
            if not found:
                return
            yield from found
            after = found[-1][1]

    def snapshot(self, digest: str) -> Snapshot | None:
        """The first capture of a payload."""
        captures = self.captures(digest)
        return captures[0].snapshot if captures else None

    def captures(self, digest: str) -> tuple[Capture, ...]:
        """Every capture of a payload, oldest first."""
        with self.database.reading() as connection:
            return snapshots.captures_of(connection, digest)

    def region_hint(self, digest: str) -> str:
        """The region code of the place whose site gave a payload, ``""`` if nobody said: a hint, never an override."""
        with self.database.reading() as connection:
            return snapshots.region_hint(connection, digest)
