"""PostgreSQL, the database of several machines (docs/cluster.md): the same functions as sqlite.py.

One writer at a time here too, by an advisory lock of the schema: so every argument about what two writers may do to
each other holds for both databases. The lock is taken when a transaction begins and ends with it, however it ends.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError

from corpus.store.dialect import PATIENCE_MS

_LOCK = "hashtext('nianbao'), hashtext(coalesce(current_schema(), ''))"
"""The lock's two halves: ours among others' advisory locks, and which of the stores that one database may hold."""

_CLAIM = text("""
SELECT name FROM unnest(CAST(:names AS text[])) AS name
WHERE pg_try_advisory_lock(hashtextextended(current_schema() || ' ' || name, 0))
""")
_RELEASE = text("""
SELECT pg_advisory_unlock(hashtextextended(current_schema() || ' ' || name, 0))
FROM unnest(CAST(:names AS text[])) AS name
""")
"""Locks of 64 bits, so that no two names that are claimed at once ever meet."""

_HOLDER = """
SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 2
AND classid::bigint = hashtext('nianbao')::bigint & 4294967295
AND objid::bigint = hashtext(current_schema())::bigint & 4294967295
"""

_SIZE = """
SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class
WHERE relkind = 'r' AND relnamespace = to_regnamespace(quote_ident(current_schema()))
"""

_LONGEST = 63
"""Bytes that PostgreSQL keeps of a name (NAMEDATALEN)."""

_BUSY = "55P03"
_ADVICE = {
    "42703": "is of an older Nianbao: run `nianbao update`, which renews it",
    "42P01": "is of an older Nianbao: run `nianbao update`, which renews it",
    "53100": "cannot be written: make room on its server's disk and run this again; what was stored before stands",
    "53200": "has no memory left: look after its server and run this again; what was stored before stands",
    "53300": "has no connection left: raise max_connections of its server, or run less at once",
    "54000": "cannot keep an address so long: shorten it and run this again; what was stored before stands",
    "42501": "does not let this user do that: grant it rights to the schema",
    "3F000": "has no schema to make tables in: create the one that search_path names",
    _BUSY: "is locked by another process: run this again",
    "XX001": "is damaged: look into its server's log, and restore it from a backup",
    "XX002": "is damaged: look into its server's log, and restore it from a backup",
}
"""By SQLSTATE (PostgreSQL, appendix A)."""

_LOST = "cannot be reached: see that its server runs and lets you in, and run this again; what was stored stands"
_AWAY = ("08", "57P")
"""How the SQLSTATE begins of a connection that broke or of a server that stops or starts."""


def engine_options() -> dict[str, Any]:
    """A connection is asked before it is used: a server that was restarted is noticed between two transactions.

    The server is told who we are, for whoever waits for us; an address with an ``application_name`` says it better.
    """
    words = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
    name = f"{socket.gethostname()}:{os.getpid()} {words}".encode()[:_LONGEST].decode("utf-8", "ignore")
    # As many connections as threads ask at once: what bounds these bounds those.
    return {
        "pool_pre_ping": True,
        "max_overflow": -1,
        "connect_args": {"fallback_application_name": name, "connect_timeout": 10},
    }


def prepare(engine: Engine, *, writes: bool, durable: bool) -> None:
    """Patience with locks, and whether it is written at all; NUL, which PostgreSQL keeps in no text, becomes U+FFFD.

    U+FFFD is what a browser makes of it (WHATWG HTML, "13.2.5 Tokenization").
    """

    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: Any) -> None:
        del record
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {PATIENCE_MS}")
            cursor.execute(f"SET default_transaction_read_only = {'off' if writes else 'on'}")
            cursor.execute(f"SET synchronous_commit = {'on' if durable else 'off'}")
        connection.commit()

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def without_nul(*told: Any) -> tuple[str, Any]:
        _, _, statement, parameters, *_ = told
        return statement, _without_nul(parameters)


def may_be_asked(engine: Engine) -> bool:
    """Always: looking for a table makes none."""
    del engine
    return True


def make_room(connection: Connection) -> None:
    """The schema that the address names first, where it is missing."""
    if connection.exec_driver_sql("SELECT current_schema()").scalar() is None:
        path = connection.exec_driver_sql("SHOW search_path").scalar_one()
        name = path.partition(",")[0].strip().strip('"')
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {connection.dialect.identifier_preparer.quote(name)}")


def begin_reading(connection: Connection) -> None:
    """A snapshot, taken with the first question."""
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def begin_writing(connection: Connection) -> bool:
    """Begin with the lock of the schema; False where another process holds it longer than PATIENCE_MS."""
    try:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    except OperationalError as error:
        if _state(error) != _BUSY:
            raise
        connection.connection.rollback()
        return False
    return True


def claim(connection: Connection, names: Sequence[str]) -> list[str]:
    """Those whose advisory lock, which is the session's, no other session holds."""
    taken = set(connection.execute(_CLAIM, {"names": list(names)}).scalars())
    connection.commit()
    return [name for name in names if name in taken]


def release(connection: Connection, names: Collection[str]) -> None:
    """Unlock them."""
    connection.execute(_RELEASE, {"names": list(names)})
    connection.commit()


def holder(connection: Connection) -> str:
    """The process that holds the lock, as it told the server: machine, number, command."""
    name = connection.exec_driver_sql(_HOLDER).scalar() or ""
    connection.connection.rollback()
    process, _, command = name.partition(" ")
    return f"Process {process} ({command})" if command else "Another process"


def place(url: URL) -> str:
    """The address without its password."""
    return url.render_as_string()


def integrity(connection: Connection) -> list[str]:
    """Indexes that were never finished, and pages whose check sum was wrong whenever they were read."""
    broken = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
    torn = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
    pages = connection.exec_driver_sql(torn).scalar() or 0
    return [
        *(f"the index {name} is not valid: REINDEX it" for name in connection.exec_driver_sql(broken).scalars()),
        *([f"{pages} pages had a wrong check sum"] if pages else []),
    ]


def unchecked(connection: Connection) -> str:
    """Every row is read by whoever checks the store, so that damaged pages show where check sums are on."""
    sums = connection.exec_driver_sql("SHOW data_checksums").scalar_one()
    without = (
        "" if sums == "on" else ", and its pages have no check sums (pg_checksums --enable, while it stands still)"
    )
    return f"Of PostgreSQL's own files only what is read here is checked{without}: pg_amcheck looks at the whole."


def size(connection: Connection) -> int:
    """The tables of the schema, with their indexes and what is kept beside them (TOAST)."""
    return int(connection.exec_driver_sql(_SIZE).scalar_one())


def advice(error: DBAPIError) -> str | None:
    """What is wrong with the database and what to do; None where the error does not tell."""
    return _LOST if is_lost(error) else _ADVICE.get(_state(error))


def is_lost(error: DBAPIError) -> bool:
    """The connection broke, or none can be made: libpq gives no SQLSTATE to that."""
    return (
        error.connection_invalidated
        or _state(error).startswith(_AWAY)
        or (isinstance(error, OperationalError) and not _state(error))
    )


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "\ufffd") if "\0" in value else value
    if isinstance(value, dict):
        return {name: _without_nul(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nul(each) for each in value]
    return value
