"""The JSON of what the store knows of a report besides what it says."""

from __future__ import annotations

from corpus.store import Store, Stored
from webui.shapes import Json


def parts_shape(store: Store, stored: Stored) -> Json:
    """``parts`` of a report that its site prints over several pages: each with its evidence, the first one first."""
    behind = store.pages_behind(stored.snapshot.url) if stored.snapshot.url else ()
    if not behind:
        return {}
    pages = ((stored.snapshot.url, stored.snapshot.digest), *behind)
    return {"parts": [{"url": url, "sha256": digest} for url, digest in pages]}
