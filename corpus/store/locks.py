"""Waiting for another process that writes to the same SQLite file, and saying for whom.

SQLite's own patience is silent. Ours asks again every second, names the process that holds the lock once it has waited
a moment, and gives up with one sentence.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from corpus.errors import StoreError

PATIENCE_MS = 1_000
"""How long SQLite itself waits, each time that it is asked."""

_SILENT = 2.0
"""Seconds before anybody is told: most transactions end sooner."""

_WRITE_LOCK = "120"
"""The byte of the shared-memory file that a writer locks (sqlite.org, "WAL-mode File Format", § 2.3.1)."""

_LONGEST = 80
"""Characters of a command that are shown."""

log = logging.getLogger(__name__)


def begin_writing(connection: Connection, wait: float) -> None:
    """Take the lock of a SQLite file. Raises StoreError naming its holder after ``wait`` seconds."""
    began = time.monotonic()
    told = False
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            if not is_busy(error):
                raise
            waited = time.monotonic() - began
            file = Path(connection.engine.url.database or "")
            if waited >= wait:
                raise StoreError(
                    f"{_holder(file)} has been writing to {file} for {waited:.0f} s: wait for it to end and run this "
                    "again, or give it longer with --wait."
                ) from error
            if waited >= _SILENT and not told:
                told = True
                log.warning("Waiting for %s, which writes to %s, up to %g s.", _holder(file), file, wait)
        else:
            return


def is_busy(error: OperationalError) -> bool:
    """Whether somebody else holds the lock."""
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _holder(file: Path) -> str:
    """The process that holds the lock, as far as the system tells (proc(5), ``/proc/locks``)."""
    with suppress(OSError, ValueError, IndexError):
        inode = file.with_name(file.name + "-shm").stat().st_ino
        for line in Path("/proc/locks").read_text("ascii").splitlines():
            _, kind, _, access, pid, place, first, *_ = line.split()
            if kind == "POSIX" and access == "WRITE" and place.endswith(f":{inode}") and first == _WRITE_LOCK:
                words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
                command = " ".join(" ".join(Path(word).name if word[:1] == "/" else word for word in words).split())
                return f"Process {pid} ({command[:_LONGEST]})"
    return "Another process"
