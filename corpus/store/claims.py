"""Who reads which payload, so that several extractions at once share the work instead of each doing all of it.

A claim ends with the process that made it, however that ends; what it had claimed is stale still, for the next run.
Without claims nothing would be lost or doubled either: what is read twice is stored once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from corpus.store.dialect import Dialect


class Claims:
    """The payloads that this process is at, by digest."""

    def __init__(self, dialect: Dialect, connection: Connection) -> None:
        self._dialect = dialect
        self._connection = connection

    def take(self, digests: Sequence[str]) -> list[str]:
        """Claim payloads: those that nobody else is at, in the same order."""
        return self._dialect.claim(self._connection, digests)

    def release(self, digests: Collection[str]) -> None:
        """Let go of payloads that were claimed: what was made of them is committed, or nothing will be."""
        self._dialect.release(self._connection, digests)
