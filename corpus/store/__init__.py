"""Where reports are kept: rows by SQLAlchemy Core (SQLite, or PostgreSQL by address), payloads in the archive.

::

    keep ─→ payloads, captures ─ stale ─→ (extraction) ─ accept ─→ editions ─ arrange ─→ versions ─→ get, reports
"""

from corpus.store.calendar import Gap, Punctuality
from corpus.store.counts import Counts
from corpus.store.reports import Dated, Stored
from corpus.store.snapshots import Capture
from corpus.store.store import Store

__all__ = ["Capture", "Counts", "Dated", "Gap", "Punctuality", "Store", "Stored"]
