"""The last step of stage 2: the findings across years, for every agency with a report that changed, came or went.

The store remembers how far this was done; so it does not matter who changed a report, a crawl, an import or newer
code, nor whether the run before was broken off.
"""

from __future__ import annotations

from corpus.extraction.carry_over import across_years
from corpus.model import Report, agency_of
from corpus.store import Store


def compare_years(store: Store) -> None:
    """Work out the findings across years of what is new since this was last done."""
    seen = store.revision()
    noted = 0
    with store.batch():
        for agency in sorted({agency_of(id_) for id_ in store.uncompared()}):
            noted += _compare(store, agency)
        # What was noted here needs no second look; what somebody else wrote meanwhile does.
        store.compared(seen + noted if store.revision() == seen + noted else seen)


def _compare(store: Store, agency: str) -> int:
    """Hold each report of an agency against the one before it. Returns how many have other findings now."""
    noted = 0
    before: Report | None = None
    for stored in store.of_agency(agency):
        noted += store.put_across(stored.id, across_years(before, stored.report) if before else ())
        before = stored.report
    return noted
