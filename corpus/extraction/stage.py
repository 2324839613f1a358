"""Stage 2: every new or stale snapshot → report → store.

It can be run again at any time: the same code makes the same reports from the same snapshots, and the version of the
code is kept with what it made. Whatever stops it, what is stored stands, and the next run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field

from corpus.errors import ArchiveError
from corpus.extraction.correction import accept
from corpus.extraction.derivation import Candidate, Means, bundles, derive_all
from corpus.extraction.reading_changes import Change, changes
from corpus.extraction.year_comparison import compare_years
from corpus.model import Report, Snapshot
from corpus.readers.pictures import PICTURES
from corpus.store import Store

EXTRACTOR = "6"
"""The version of reading and parsing: raise it whenever the same bytes may give another report."""

Progress = Callable[[int, int], None]
"""Told how many snapshots are done, and of how many."""


@dataclass(slots=True)
class ExtractionOutcome:
    """What a run of stage 2 did: how many snapshots are reports and how many are none; what is wrong with the damaged.

    A damaged original keeps what was extracted from it before.
    """

    accepted: int = 0
    rejected: int = 0
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
    any more, too.
    """
    outcome = ExtractionOutcome()
    # Once pictures may be read, those that were refused for being such are new.
    again = PICTURES if (means or Means()).limits.pictures else ()
    total = store.stale_count(EXTRACTOR, everything=everything, refused=again)
    done = 0

    def candidates() -> Iterator[tuple[Snapshot, Candidate]]:
        every = store.stale(EXTRACTOR, everything=everything, refused=again)
        for snapshot in (one for one in every if among is None or one.digest in among):
            try:
                candidate = _candidate(store, snapshot)
            except ArchiveError as error:
                outcome.damaged.append(str(error))
                continue
            yield snapshot, candidate

    for some in bundles(derive_all(candidates(), store.registry(), means or Means())):
        with store.batch():
            for snapshot, derived in some:
                before = store.extracted(snapshot.digest)
                after, reason = None, ""
                if isinstance(derived, Report):
                    after = accept(store, snapshot, derived, EXTRACTOR)
                    outcome.accepted += 1
                else:
                    store.reject(snapshot, derived.doubt, EXTRACTOR)
                    reason = str(derived)
                    outcome.rejected += 1
                if before is not None and changed is not None:
                    for change in changes(before, after, reason):
                        changed(change)
        done += len(some)
        if progress is not None:
            progress(done + len(outcome.damaged), total)
    compare_years(store)
    return outcome


def _candidate(store: Store, snapshot: Snapshot) -> Candidate:
    """A snapshot with whatever belongs to it."""
    payload, hint = store.payload(snapshot.digest), store.region_hint(snapshot.digest)
    behind = tuple(
        Candidate(store.payload(digest), url, "text/html", url) for url, digest in store.pages_behind(snapshot.url)
    )
    part_of = store.first_of(snapshot.url)
    return Candidate(payload, snapshot.source, snapshot.media_type, snapshot.url, hint, behind, part_of)
