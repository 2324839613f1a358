"""The last step of stage 2: the findings across years, for every agency with a report that changed, came or went.

The store remembers how far this was done; so it does not matter who changed a report, a crawl, an import or newer
code, nor whether the run before was broken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.extraction.carry_over import across_years
from corpus.extraction.derivation import bundles
from corpus.model import Finding, Report, agency_of
from corpus.store import Store


def compare_years(store: Store) -> None:
    """Work out the findings across years of what is new since this was last done."""
    seen = store.revision()
    noted = 0
    agencies = sorted({agency_of(id_) for id_ in store.uncompared()})
    for some in bundles(_compared(store, agencies)):
        with store.batch():
            noted += sum(store.put_across(id_, findings) for id_, findings in some)
    if agencies:
        # What was noted here needs no second look; what somebody else wrote meanwhile does.
        store.compared(seen + noted if store.revision() == seen + noted else seen)


def _compared(store: Store, agencies: Iterable[str]) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """The findings of each report of the agencies, held against the one before it."""
    for agency in agencies:
        before: Report | None = None
        for stored in store.of_agency(agency):
            yield stored.id, across_years(before, stored.report) if before else ()
            before = stored.report
