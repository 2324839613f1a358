"""The store: one door to the archive's bytes and the database's rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import delete, func, select

from corpus.doubts import Doubt
from corpus.errors import ArchiveError, StoreError
from corpus.model import Finding, Region, Report, Snapshot
from corpus.regions import Registry
from corpus.store import across, calendar, parts, reports, snapshots
from corpus.store.calendar import Gap, Punctuality
from corpus.store.counts import Counts, count
from corpus.store.crawl_findings import CrawlFindings
from corpus.store.crawl_queue import CrawlQueue
from corpus.store.crawl_runs import CrawlRuns
from corpus.store.database import WAIT, Database, sqlite_url
from corpus.store.listing import Listed, What, listed
from corpus.store.reports import Stored
from corpus.store.schema import payloads, regions
from corpus.store.snapshots import Capture
from corpus.store.warc import Archive, Exchange, RecordLocation, digest_of


class Store:
    """Payloads, captures, reports and their versions, under one data folder.

    Several processes may use one store at once. Every method that writes commits before it returns, unless a
    ``batch`` is under way in the thread.
    """

    def __init__(self, data: Path, url: str | None, archive: Archive, database: Database) -> None:
        self.data = data
        self.url = url
        self.archive = archive
        self.database = database
        self.crawl_queue = CrawlQueue(database)
        self.crawl_runs = CrawlRuns(database)
        self.crawl_findings = CrawlFindings(database)

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
        """What the database finds wrong with itself; nothing where it has no such question (PostgreSQL)."""
        return self.database.integrity()

    # Regions

    def registry(self) -> Registry:
        """The bundled divisions, with the store's own fictional ones."""
        with self.database.reading() as connection:
            rows = connection.execute(select(regions).order_by(regions.c.code)).all()
        own = (
            Region(
                code=row.code,
                name=row.name,
                level=row.level,
                parent=row.parent,
                aliases=tuple(json.loads(row.aliases)),
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                fictional=True,
            )
            for row in rows
        )
        return Registry.load().with_regions(own)

    def add_regions(self, added: Iterable[Region]) -> None:
        """Keep fictional divisions in this store, in place of those with the same codes."""
        rows = [
            {
                "code": region.code,
                "name": region.name,
                "level": region.level,
                "parent": region.parent,
                "aliases": json.dumps(region.aliases, ensure_ascii=False),
                "valid_from": region.valid_from,
                "valid_to": region.valid_to,
            }
            for region in added
        ]
        with self.database.writing() as connection:
            for row in rows:
                connection.execute(delete(regions).where(regions.c.code == row["code"]))
                connection.execute(regions.insert(), row)

    # Evidence

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
        """The further pages of the report at an address, in order: (address, digest)."""
        with self.database.reading() as connection:
            return parts.pages_behind(connection, first)

    def digest_at(self, address: str) -> str | None:
        """The payload that an address gave last, None if it never gave any."""
        with self.database.reading() as connection:
            return snapshots.digest_at(connection, address)

    def payload(self, digest: str) -> bytes:
        """The archived bytes, checked against their digest. Raises ArchiveError."""
        with self.database.reading() as connection:
            place = snapshots.place_of(connection, digest)
        if place is None:
            raise ArchiveError(f"No payload {digest[:12]}… is in this store: crawl or add its source again.")
        return self.archive.read(place, digest)

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

    # Extraction

    def stale(self, extractor: str, *, everything: bool = False) -> Iterator[Snapshot]:
        """What this version of the extraction has not seen yet, in the order of capture; with ``everything``, all."""
        with self.database.reading() as connection:
            digests = snapshots.stale(connection, extractor, everything=everything)
        for digest in digests:
            snapshot = self.snapshot(digest)
            if snapshot is not None:
                yield snapshot

    def stale_count(self, extractor: str, *, everything: bool = False) -> int:
        """How many ``stale`` gives."""
        query = select(func.count()).select_from(payloads)
        with self.database.reading() as connection:
            found = connection.execute(query if everything else query.where(payloads.c.extractor != extractor))
            return int(found.scalar_one())

    def extracted(self, digest: str) -> Report | None:
        """What an earlier extraction made of a payload, without the findings across years."""
        with self.database.reading() as connection:
            return reports.of_payload(connection, digest)

    def accept(self, snapshot: Snapshot, report: Report, extractor: str) -> str:
        """Keep what was extracted from a snapshot: a new report, a version, a variant or a copy. Returns its id.

        If the snapshot gave another id before and nothing is left under that one, it redirects from now on.
        """
        with self.database.writing() as connection:
            return reports.accept(connection, snapshot, report, extractor, datetime.now(UTC))

    def reject(self, snapshot: Snapshot, reason: Doubt, extractor: str) -> None:
        """Keep why a snapshot is no report."""
        with self.database.writing() as connection:
            reports.reject(connection, snapshot.digest, reason, extractor, datetime.now(UTC))

    def forget(self, digest: str) -> None:
        """Forget what was extracted from a payload: it is stale then."""
        with self.database.writing() as connection:
            reports.forget(connection, digest)

    def put_across(self, id: str, findings: Sequence[Finding]) -> bool:  # noqa: A002 (the public name of an identity)
        """Keep the findings across years of a current report. Returns whether it had others."""
        with self.database.writing() as connection:
            return reports.put_across(connection, id, findings)

    def uncompared(self) -> list[str]:
        """The ids that changed, came or went since findings across years were last worked out."""
        with self.database.reading() as connection:
            return across.uncompared(connection)

    def compared(self, revision: int) -> None:
        """Keep that findings across years stand for everything up to a revision."""
        with self.database.writing() as connection:
            across.compared(connection, revision)

    # Reports

    def get(self, id: str) -> Stored | None:  # noqa: A002 (the public name of a report's identity)
        """The current version of a report."""
        with self.database.reading() as connection:
            return reports.one(connection, id)

    def resolve(self, id: str) -> str | None:  # noqa: A002 (likewise)
        """The present id for a former one, an id that is present for itself, None for an unknown one."""
        with self.database.reading() as connection:
            return reports.resolve(connection, id)

    def versions(self, id: str) -> tuple[Stored, ...]:  # noqa: A002 (likewise)
        """Every version of the shown text, oldest first; the last is the current one."""
        with self.database.reading() as connection:
            return reports.lane(connection, id)

    def variants(self, id: str) -> tuple[Stored, ...]:  # noqa: A002 (likewise)
        """Other texts for the same agency and year, from other addresses."""
        with self.database.reading() as connection:
            return reports.variants(connection, id)

    def addresses(self, id: str) -> tuple[str, ...]:  # noqa: A002 (likewise)
        """Every address where a text of this report was found, first found first."""
        with self.database.reading() as connection:
            return reports.addresses(connection, id)

    def reports(self) -> Iterator[Stored]:
        """All current versions, by id."""
        after = ""
        while True:
            with self.database.reading() as connection:
                found = reports.page(connection, after)
            if not found:
                return
            yield from found
            after = found[-1].id

    def of_agency(self, agency_id: str) -> tuple[Stored, ...]:
        """The current versions of an agency's reports, by year."""
        with self.database.reading() as connection:
            return reports.of_agency(connection, agency_id)

    def changes_since(self, revision: int) -> Iterator[tuple[int, str, Stored | None]]:
        """Every id that changed after a revision as (revision, id, what it is now; None: not there any more)."""
        after = revision
        while True:
            with self.database.reading() as connection:
                found = reports.changed(connection, after)
            if not found:
                return
            yield from found
            after = found[-1][0]

    def revision(self) -> int:
        """The change counter: it grows whenever what is shown, or is kept beside it, changes."""
        with self.database.reading() as connection:
            return reports.revision(connection)

    def counts(self) -> Counts:
        """What the store holds, in numbers."""
        with self.database.reading() as connection:
            return count(connection)

    def listed(self, what: What, among: str = "", first: int = 0, most: int = 100) -> tuple[int, tuple[Listed, ...]]:
        """What one of the numbers counts: how many there are, and a page of them (corpus/store/listing.py)."""
        with self.database.reading() as connection:
            return listed(connection, what, among, first, most)

    def punctuality(self) -> Mapping[str, Punctuality]:
        """How many reports were published late, by the first two digits of the province's code."""
        with self.database.reading() as connection:
            return calendar.punctuality(connection)

    def gaps(self) -> tuple[Gap, ...]:
        """Every agency that skips a year between its first and its last report, those with the most first."""
        with self.database.reading() as connection:
            return calendar.gaps(connection)
