"""Waiting for another process that writes to the same store, and saying for whom.

A database's own patience is silent. Ours asks again every second, names the process that holds the lock once it has
waited a moment, and gives up with one sentence.
"""

from __future__ import annotations

import logging
import time

from sqlalchemy import Connection

from corpus.errors import StoreError
from corpus.store.dialect import Dialect

_SILENT = 2.0
"""Seconds before anybody is told: most transactions end sooner."""

log = logging.getLogger(__name__)


def begin_writing(dialect: Dialect, connection: Connection, wait: float) -> None:
    """Begin a transaction as the store's only writer. Raises StoreError naming the other one after ``wait`` seconds."""
    began = time.monotonic()
    told = False
    while not dialect.begin_writing(connection):
        waited = time.monotonic() - began
        name = dialect.place(connection.engine.url)
        if waited >= wait:
            raise StoreError(
                f"{dialect.holder(connection)} has been writing to {name} for {waited:.0f} s: wait for it to end and "
                "run this again, or give it longer with --wait."
            )
        if waited >= _SILENT and not told:
            told = True
            log.warning("Waiting for %s, which writes to %s, up to %g s.", dialect.holder(connection), name, wait)
