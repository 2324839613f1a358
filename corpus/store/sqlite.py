"""SQLite, the database of a single machine: how it is opened, locked, asked whether it is whole, and what it says.

Every dialect is a module with these functions (dialect.py).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from corpus.store.dialect import PATIENCE_MS

_WRITE_LOCK = "120"
"""The byte of the shared-memory file that a writer locks (sqlite.org, "WAL-mode File Format", § 2.3.1)."""

_LONGEST = 80
"""Characters of a command that are shown."""

_ADVICE = {
    sqlite3.SQLITE_FULL: "cannot be written: make room on its disk and run this again; what was stored before stands",
    sqlite3.SQLITE_IOERR: "cannot be read or written: make room on its disk or look after it; what was stored stands",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check path and rights, make room on its disk; what was stored stands",
    sqlite3.SQLITE_BUSY: "is locked by another process: run this again",
    sqlite3.SQLITE_CORRUPT: "is damaged: run `nianbao doctor`, and restore it from a backup",
    sqlite3.SQLITE_NOTADB: "is damaged: run `nianbao doctor`, and restore it from a backup",
}


def engine_options() -> dict[str, Any]:
    """What the engine is made with beyond its address."""
    return {}


def prepare(engine: Engine, *, writes: bool, durable: bool) -> None:
    """Write-ahead log, waiting writers, and transactions that take the lock when they begin.

    Python's driver begins a transaction late and only for some statements; a read that turns into a write would
    then fail at once when another process writes (SQLAlchemy, "Serializable isolation, savepoints, DDL").
    """

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, record: Any) -> None:
        del record
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        if not writes:
            connection.execute("PRAGMA query_only = ON")
            return
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")


def may_be_asked(engine: Engine) -> bool:
    """Whether looking makes nothing: SQLite makes the file that it is asked about."""
    return not engine.url.database or Path(engine.url.database).exists()


def make_room(connection: Connection) -> None:
    """Nothing: tables lie in the file itself."""
    del connection


def begin_reading(connection: Connection) -> None:
    """A snapshot, taken with the first question."""
    connection.exec_driver_sql("BEGIN")


def begin_writing(connection: Connection) -> bool:
    """Begin with the lock of the file; False where another process holds it longer than PATIENCE_MS."""
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if _code(error) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return False
    return True


def claim(connection: Connection, names: Sequence[str]) -> list[str]:
    """All of them: the file has one lock, and whoever comes second finds most of the work done."""
    del connection
    return list(names)


def release(connection: Connection, names: Collection[str]) -> None:
    """Nothing was held."""
    del connection, names


def holder(connection: Connection) -> str:
    """The process that holds the lock, as far as the system tells (proc(5), ``/proc/locks``)."""
    file = Path(place(connection.engine.url))
    with suppress(OSError, ValueError, IndexError):
        inode = file.with_name(file.name + "-shm").stat().st_ino
        for line in Path("/proc/locks").read_text("ascii").splitlines():
            _, kind, _, access, pid, where, first, *_ = line.split()
            if kind == "POSIX" and access == "WRITE" and where.endswith(f":{inode}") and first == _WRITE_LOCK:
                words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
                command = " ".join(" ".join(Path(word).name if word[:1] == "/" else word for word in words).split())
                return f"Process {pid} ({command[:_LONGEST]})"
    return "Another process"


def place(url: URL) -> str:
    """What a sentence about waiting calls the database."""
    return url.database or ""


def integrity(connection: Connection) -> list[str]:
    """What SQLite finds wrong with its file: pages, indices, rows that point to nothing."""
    said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()
    wrong = [words for words in said if words != "ok"]
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check")
    return wrong + [f"{row[0]} {row[1]} points to no {row[2]}" for row in loose]


def unchecked(connection: Connection) -> str:
    """Nothing: SQLite checks all of its file."""
    del connection
    return ""


def size(connection: Connection) -> int:
    """The pages of the file; the write-ahead log beside it comes and goes."""
    pages, each = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size"))
    return int(pages * each)


def advice(error: DBAPIError) -> str | None:
    """What is wrong with the database and what to do; None where the error does not tell."""
    if str(error.orig).startswith(("no such column", "no such table")):
        return "is of an older Nianbao: run `nianbao update`, which renews it"
    return _ADVICE.get(_code(error))


def is_lost(error: DBAPIError) -> bool:
    """Never: a file has no server that goes away."""
    del error
    return False


def _code(error: DBAPIError) -> int:
    return int(getattr(error.orig, "sqlite_errorcode", 0)) & 0xFF
