"""Missing and late: who owed which year's report, brought up to date for every body whose reports changed."""

from __future__ import annotations

from corpus.model import agency_of
from corpus.store import Store


def renew_duties(store: Store) -> int:
    """Work out the duties of every body with a report that is new, changed or gone. Returns how many there were."""
    seen = store.revision()
    agencies = sorted({agency_of(id_) for id_ in store.duties.behind()})
    if agencies:
        store.duties.renew(agencies)
        store.duties.reached(seen)
    return len(agencies)
