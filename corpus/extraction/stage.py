"""Stage 2: every new or stale snapshot → report → store.

It can be run again at any time: the same code makes the same reports from the same snapshots, and the version of the
code is kept with what it made. Whatever stops it, what is stored stands, and the next run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from corpus.errors import ArchiveError
from corpus.extraction.correction import accept
from corpus.extraction.derivation import Candidate, Derived, Means, bundles, derive_all
from corpus.extraction.extractor import extractor
from corpus.extraction.reading_changes import Change, changes
from corpus.extraction.year_comparison import compare_years
from corpus.model import Report, Snapshot
from corpus.readers.pictures import PICTURES, UNREAD
from corpus.store import Store

Progress = Callable[[int, int], None]
"""Told how many snapshots are done, and of how many."""


@dataclass(slots=True)
class ExtractionOutcome:
    """What a run of stage 2 did: how many snapshots are reports and how many are none; what is wrong with the damaged.

    A damaged original keeps what was extracted from it before; so does a picture that this run may not read.
    """

    accepted: int = 0
    rejected: int = 0
    left: int = 0
    damaged: list[str] = field(default_factory=list)


def extract(  # noqa: PLR0913 (what is to be read and how, each by name)
    store: Store,
    *,
    everything: bool = False,
    among: Container[str] | None = None,
    means: Means | None = None,
    changed: Callable[[Change], None] | None = None,
    progress: Progress | None = None,
) -> ExtractionOutcome:
    """Extract what is new or was made by other code; with ``everything``, all; of these those ``among`` the digests.

    ``changed`` is told, as it goes, whatever reads otherwise than before: a snapshot that was a report and is none
    any more, too. Several processes may extract at once: each takes what no other is at. A database that goes away is
    waited for (Database.lasting).
    """
    run = _Run(store, everything, among, means or Means(), changed or (lambda _: None), progress or (lambda *_: None))
    store.lasting(run.go_on)
    store.lasting(partial(compare_years, store))
    return run.outcome


@dataclass(slots=True)
class _Run:
    """An extraction that goes on where it was: ``done`` has the digests of what it is done with."""

    store: Store
    everything: bool
    among: Container[str] | None
    means: Means
    changed: Callable[[Change], None]
    progress: Progress
    outcome: ExtractionOutcome = field(default_factory=ExtractionOutcome)
    done: set[str] = field(default_factory=set)

    def go_on(self) -> None:
        """Extract what is left."""
        # Once pictures may be read, those that were refused for being such are new.
        again = PICTURES if self.means.limits.pictures else ()
        total = len(self.done) + self.store.stale_count(extractor(), everything=self.everything, refused=again)
        with self.store.claims() as claims:
            stale = self.store.stale(
                extractor(), everything=self.everything, refused=again, among=self.among, claims=claims
            )
            for some in bundles(derive_all(self._candidates(stale), self.store.registry(), self.means)):
                self._keep(some)
                claims.release([snapshot.digest for snapshot, _ in some])
                self.progress(len(self.done), max(total, len(self.done)))

    def _candidates(self, stale: Iterable[Snapshot]) -> Iterator[tuple[Snapshot, Candidate]]:
        for snapshot in stale:
            if snapshot.digest in self.done:
                continue
            try:
                candidate = candidate_of(self.store, snapshot)
            except ArchiveError as error:
                self.outcome.damaged.append(str(error))
                self.done.add(snapshot.digest)
                continue
            yield snapshot, candidate

    def _keep(self, some: Sequence[tuple[Snapshot, Derived]]) -> None:
        """Store a bundle; only then does it count, and is told what changed."""
        told: list[Change] = []
        accepted = rejected = left = 0
        with self.store.batch():
            for snapshot, derived in some:
                before = self.store.extracted(snapshot.digest)
                if before is not None and self._may_not_read(derived, before):
                    left += 1
                    continue
                after, reason = None, ""
                if isinstance(derived, Report):
                    after = accept(self.store, snapshot, derived, extractor())
                    accepted += 1
                else:
                    self.store.reject(snapshot, derived.doubt, extractor())
                    rejected += 1
                    reason = str(derived)
                if before is not None:
                    told += changes(before, after, reason)
        self.outcome.accepted += accepted
        self.outcome.rejected += rejected
        self.outcome.left += left
        self.done.update(snapshot.digest for snapshot, _ in some)
        for change in told:
            self.changed(change)

    def _may_not_read(self, derived: Derived, before: Report) -> bool:
        """Whether a report was read from pictures, and comes to less only as this run reads none."""
        doubts = derived.warnings if isinstance(derived, Report) else (derived.doubt,)
        unread = any(doubt.code in (*PICTURES, UNREAD) for doubt in doubts)
        machine = any(figure.confidence is not None for figure in before.figures.values())
        return unread and machine and not self.means.limits.pictures


def candidate_of(store: Store, snapshot: Snapshot) -> Candidate:
    """A snapshot with whatever belongs to it. Raises ArchiveError."""
    payload, hint = store.payload(snapshot.digest), store.region_hint(snapshot.digest)
    behind = tuple(
        Candidate(store.payload(digest), url, "text/html", url) for url, digest in store.pages_behind(snapshot.url)
    )
    part_of = store.first_of(snapshot.url)
    return Candidate(payload, snapshot.source, snapshot.media_type, snapshot.url, hint, behind, part_of)
