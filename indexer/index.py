"""Stage 3: what changed in the store since the index last looked goes into the index."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.errors import AwayError, SearchIndexError
from corpus.store import Store
from indexer.document import Document, document_of
from indexer.engine import Engine, EngineStatus, Written

BATCH = 5_000
"""Changes beyond which a whole new index is made instead of a commit."""

Progress = Callable[[int, int], None]
"""Called with how many documents are done and how many there are, 0 where nobody counted."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did. ``rebuilt`` says that the whole index was made anew."""

    added: int
    changed: int
    removed: int
    documents: int
    rebuilt: bool
    seconds: float


def update_index(
    store: Store, engine: Engine, *, rebuild: bool = False, progress: Progress = lambda _done, _all: None
) -> IndexReport:
    """Bring the index up to the store's revision; anew where there is none, where it is stale, or when asked."""
    start = time.monotonic()
    before = None if rebuild else _usable(engine)
    revision = store.revision()
    if before is None or before.revision > revision:
        return _rebuilt(store, engine, revision, progress, start)
    registry = store.registry()
    renewed: dict[str, Document] = {}
    removed: set[str] = set()
    # Changes come in order: the last one of an id holds.
    for _, id_, stored in store.changes_since(before.revision):
        renewed.pop(id_, None)
        removed.discard(id_)
        if stored is None:
            removed.add(id_)
        else:
            renewed[id_] = document_of(stored, registry)
            progress(len(renewed), 0)
        if len(renewed) > BATCH:
            return _rebuilt(store, engine, revision, progress, start)
    written = Written(0, 0, 0)
    if renewed or removed or before.revision != revision:
        written = engine.write(renewed.values(), removed, revision)
    engine.tidy()
    return IndexReport(
        added=written.added,
        changed=written.changed,
        removed=written.removed,
        documents=engine.status().documents,
        rebuilt=False,
        seconds=time.monotonic() - start,
    )


def _usable(engine: Engine) -> EngineStatus | None:
    try:
        status = engine.status()
    except AwayError:
        raise  # an index that cannot be reached is no missing one
    except SearchIndexError:
        return None
    return status if status.fingerprint == engine.fingerprint else None


def _rebuilt(store: Store, engine: Engine, revision: int, progress: Progress, start: float) -> IndexReport:
    registry = store.registry()
    expected = store.counts().reports

    def documents() -> Iterator[Document]:
        for done, stored in enumerate(store.reports(), 1):
            yield document_of(stored, registry)
            progress(done, expected)

    engine.replace(documents(), revision)
    count = engine.status().documents
    return IndexReport(count, 0, 0, count, rebuilt=True, seconds=time.monotonic() - start)
