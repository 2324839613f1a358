"""The store: one door to the archive's bytes and the database's rows."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from corpus.doubts import Doubt
from corpus.lives import Succession
from corpus.model import Finding, Region, Report, Snapshot
from corpus.regions import Registry
from corpus.store import calendar, editions, marks, own_regions, reports, snapshots, withholding
from corpus.store.calendar import Gap, Punctuality
from corpus.store.claims import Claims
from corpus.store.contradictions import Contradictions
from corpus.store.counts import Counts, count
from corpus.store.crawl_findings import CrawlFindings
from corpus.store.crawl_queue import CrawlQueue
from corpus.store.crawl_runs import CrawlRuns
from corpus.store.database import Database, batches
from corpus.store.doubtful import findings_of
from corpus.store.duties import Duties
from corpus.store.judgement import JudgedStore
from corpus.store.listing import ALL, Among, Listed, Spread, What, listed, spread
from corpus.store.lives import Lives
from corpus.store.narrations import Narrated, narrated, narrated_by
from corpus.store.outcomes import Outcomes
from corpus.store.promises import Promises
from corpus.store.ranking import Ranked, Share, Yearly, ranked, yearly
from corpus.store.reports import Dated, Stored
from corpus.store.revisions import Revisions
from corpus.store.schema import payloads
from corpus.store.warc import Archive
from corpus.store.wordings import Wordings

_CLAIMED = 32
"""Payloads claimed at once: few, so that no process is left with much to do when the others have nothing."""


class Store(JudgedStore):
    """The evidence (evidence.py), what people said of it (judgement.py), and what is derived: reports and versions."""

    def __init__(self, data: Path, url: str | None, archive: Archive, database: Database) -> None:
        super().__init__(data, url, archive, database)
        self.crawl_queue = CrawlQueue(database)
        self.crawl_runs = CrawlRuns(database)
        self.crawl_findings = CrawlFindings(database)
        self.wordings = Wordings(database)
        self.duties = Duties(database)
        self.revisions = Revisions(database)
        self.contradictions = Contradictions(database)
        self.outcomes = Outcomes(database)
        self.promises = Promises(database)
        self.lives = Lives(database)
        self._registry: tuple[tuple[own_regions.Rows, tuple[Succession, ...]], Registry] | None = None

    # Regions

    def registry(self) -> Registry:
        """The bundled divisions, with the store's own fictional ones and what its operator says of lives.

        The same registry while these stay what they are: a site asks after each commit, and its readers wait.
        """
        with self.database.reading() as connection:
            given = own_regions.given(connection), self.lives.given()
        if self._registry is None or self._registry[0] != given:
            rows, lives = given
            self._registry = given, Registry.load().with_regions(own_regions.read(rows), lives)
        return self._registry[1]

    def add_regions(self, added: Iterable[Region]) -> None:
        """Keep fictional divisions in this store, in place of those with the same codes."""
        with self.database.writing() as connection:
            own_regions.put(connection, added)

    # Extraction

    def stale(
        self,
        extractor: str,
        *,
        everything: bool = False,
        refused: Collection[str] = (),
        among: Container[str] | None = None,
        claims: Claims | None = None,
    ) -> Iterator[Snapshot]:
        """What this version of the extraction has not seen yet, in the order of capture; with ``everything``, all.

        ``refused``: what was refused for one of these reasons counts as not seen. Only those ``among`` some digests.
        With ``claims`` each is claimed before it is given, and what another process is at, or has read meanwhile, is
        left out; whoever asks lets go of it.
        """
        began = datetime.now(UTC)
        with self.database.reading() as connection:
            digests = snapshots.stale(connection, extractor, everything=everything, refused=refused)
        for some in batches((one for one in digests if among is None or one in among), _CLAIMED):
            given = set(some)
            if claims is not None:
                mine = claims.take(some)
                with self.database.reading() as connection:
                    given = snapshots.still(connection, mine, extractor, began)
                claims.release(set(mine) - given)
            for digest in some:
                snapshot = self.snapshot(digest) if digest in given else None
                if snapshot is not None:
                    yield snapshot

    def stale_count(self, extractor: str, *, everything: bool = False, refused: Collection[str] = ()) -> int:
        """How many ``stale`` gives."""
        query = select(func.count()).select_from(payloads).where(withholding.is_given(payloads.c.digest))
        with self.database.reading() as connection:
            found = connection.execute(query if everything else query.where(snapshots.is_stale(extractor, refused)))
            return int(found.scalar_one())

    def extracted(self, digest: str) -> Report | None:
        """What an earlier extraction made of a payload, without the findings across years."""
        with self.database.reading() as connection:
            return reports.of_payload(connection, digest)

    def accept(self, snapshot: Snapshot, report: Report, extractor: str, as_read: Report | None = None) -> str:
        """Keep what was extracted from a snapshot: a new report, a version, a variant or a copy. Returns its id.

        ``as_read``: what the report was before people's corrections, where there are any.

        If the snapshot gave another id before and nothing is left under that one, it redirects from now on. What is
        withheld, itself or as a whole report, is not read.
        """
        with self.database.writing() as connection:
            order = withholding.of_whole(connection, snapshot.digest, report.id)
            if order is not None:
                withholding.put(connection, replace(order, digest=snapshot.digest))
                return report.id
            return editions.accept(connection, snapshot, report, (extractor, datetime.now(UTC)), as_read)

    def reject(self, snapshot: Snapshot, reason: Doubt, extractor: str) -> None:
        """Keep why a snapshot is no report."""
        with self.database.writing() as connection:
            editions.reject(connection, snapshot.digest, reason, extractor, datetime.now(UTC))

    def forget(self, digest: str) -> None:
        """Forget what was extracted from a payload: it is stale then."""
        with self.database.writing() as connection:
            editions.forget(connection, digest)

    def put_across(self, id: str, findings: Sequence[Finding]) -> bool:  # noqa: A002 (the public name of an identity)
        """Keep the findings across years of a current report. Returns whether it had others."""
        with self.database.writing() as connection:
            return editions.put_across(connection, id, findings)

    def uncompared(self) -> list[str]:
        """The ids that changed, came or went since findings across years were last worked out."""
        with self.database.reading() as connection:
            return marks.behind(connection, marks.COMPARED)

    def compared(self, revision: int) -> None:
        """Keep that findings across years stand for everything up to a revision."""
        with self.database.writing() as connection:
            marks.move(connection, marks.COMPARED, revision)

    def settle(self, revision: int, noted: int) -> None:
        """Keep that reports are read together up to a revision, and behind it where all that came since is ``noted``.

        What was noted by that work needs no second look, by nobody who had seen everything before it.
        """
        with self.database.writing() as connection:
            last = reports.revision(connection)
            alone = last == revision + noted
            if alone:
                marks.move_all(connection, revision, last)
            marks.move(connection, marks.READ_TOGETHER, last if alone else revision)

    # Reports

    def get(self, id: str) -> Stored | None:  # noqa: A002 (the public name of a report's identity)
        """The current version of a report."""
        with self.database.reading() as connection:
            return reports.one(connection, id)

    def findings_of(self, ids: Collection[str]) -> Mapping[str, tuple[Finding, ...]]:
        """The findings of current reports, by id."""
        with self.database.reading() as connection:
            return findings_of(connection, ids)

    def narrated(self, ids: Collection[str]) -> Mapping[str, Narrated]:
        """The current narratives of reports, by id."""
        with self.database.reading() as connection:
            return narrated(connection, ids)

    def narrated_by(self, agencies: Collection[str]) -> Mapping[str, tuple[Narrated, ...]]:
        """The current narratives of some bodies' reports, by year."""
        with self.database.reading() as connection:
            return narrated_by(connection, agencies)

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

    def take_stock(self) -> None:
        """Tell the database how the tables of reports are filled (Database.take_stock)."""
        self.database.take_stock(*reports.TO_TAKE_STOCK_OF)

    def of_agency(self, agency_id: str) -> tuple[Stored, ...]:
        """The current versions of an agency's reports, by year."""
        with self.database.reading() as connection:
            return reports.of_agency(connection, agency_id)

    def dated(self, agency_id: str) -> tuple[Dated, ...]:
        """Which reports of an agency there are, by year: for who needs not what they say."""
        with self.database.reading() as connection:
            return reports.dated(connection, agency_id)

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

    def listed(self, what: What, among: Among = ALL, first: int = 0, most: int = 100) -> tuple[int, tuple[Listed, ...]]:
        """What one of the numbers counts: how many there are, and a page of them (corpus/store/listing.py)."""
        with self.database.reading() as connection:
            return listed(connection, what, among, first, most)

    def spread(self, what: What, among: Among) -> Spread:
        """The years and places that such a list can be narrowed to, with their numbers."""
        with self.database.reading() as connection:
            return spread(connection, what, among)

    def most_copied(
        self, by: Share, *, region: str = "", year: int | None = None, first: int = 0, most: int | None = 100
    ) -> tuple[int, tuple[Ranked, ...]]:
        """How many reports were compared with earlier ones, and a page of them by a share (ranking.py)."""
        with self.database.reading() as connection:
            return ranked(connection, by, region=region, year=year, first=first, most=most)

    def copied_by_year(self, region: str = "") -> tuple[Yearly, ...]:
        """What is copied on average, year by year."""
        with self.database.reading() as connection:
            return yearly(connection, region)

    def punctuality(self) -> Mapping[str, Punctuality]:
        """How many reports were published late, by the first two digits of the province's code."""
        with self.database.reading() as connection:
            return calendar.punctuality(connection)

    def gaps(self) -> tuple[Gap, ...]:
        """Every agency that skips a year between its first and its last report, those with the most first."""
        with self.database.reading() as connection:
            return calendar.gaps(connection)
