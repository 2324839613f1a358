"""Documents into a build: one commit, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import SearchIndexError
from indexer.document import Document
from indexer.engine import Written
from indexer.prepare import Prepared
from indexer.whoosh_engine import generations
from indexer.whoosh_engine.document_row import row
from indexer.whoosh_engine.generations import State
from indexer.whoosh_engine.merge import join, keep
from indexer.whoosh_engine.runs import Room
from indexer.whoosh_engine.storage import INVERTED, opened

MEMORY = 64 << 20
"""Bytes that a commit may take for the postings that it inverts together; the rest waits in files (runs.py)."""
_POOL_MB = 16
"""How much Whoosh's own writer holds before it spills to disk: of its postings we use those of the ids only."""


@dataclass(frozen=True, slots=True)
class Commits:
    """Writes to a build what ``state`` has seen; ``metrics`` are the columns of its metrics, ``memory`` bytes."""

    build: Path
    state: State
    metrics: Mapping[str, int]
    memory: int = MEMORY

    def commit(
        self, documents: Iterable[tuple[Document, Prepared]], deleted: Iterable[str] = (), seen: set[str] | None = None
    ) -> Written:
        """Write documents and remove ids; ``seen`` are the ids that came before, in the same new build."""
        seen = set() if seen is None else seen
        fresh = bool(seen)
        before = len(seen)
        last = generations.generation(self.build)
        sums = generations.load(self.build, last).files if last else {}
        writer: Any = opened(self.build, sums, self.state).writer(limitmb=_POOL_MB, compound=False)
        for name in INVERTED:
            writer.schema[name].column_type.room = Room(self.memory // len(INVERTED), self.build)
        try:
            removed = sum(writer.delete_by_term("id", id_) for id_ in dict.fromkeys(deleted))
            changed = 0
            for document, prepared in documents:
                if document.id in seen:
                    raise SearchIndexError(f"The document {document.id} was given twice.")  # noqa: TRY301 - as any fault
                seen.add(document.id)
                fields = row(document, prepared, self.metrics)
                if last and not fresh:
                    changed += writer.delete_by_term("id", document.id)
                writer.add_document(**fields)
        except BaseException:
            # A half-written document poisons the writer, and an abandoned writer keeps its lock.
            writer.cancel()
            raise
        writer.commit(mergetype=keep if fresh else join)
        generations.forget(self.build, last + 1)
        return Written(len(seen) - before - changed, changed, removed)
