"""The connection: opening, reading, writing, and batches that commit now and then instead of each time."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from corpus.errors import StoreError
from corpus.store.migration import migrate, schema_of
from corpus.store.schema import VERSION

log = logging.getLogger(__name__)

_WAIT_MS = 60_000
"""How long a writer waits for another process's transaction."""

_MOST = 5000
"""Names in one statement."""


class Database:
    """An engine and the transaction that is under way in this thread, if any.

    ``before_commit`` runs before every commit: the archive's records must be on the disk before a row points there.
    Where the rows need not be ``durable``, a power cut may take back the last seconds of them (SQLite, "PRAGMA
    synchronous"), no killed process ever does.
    """

    def __init__(self, url: str, before_commit: Callable[[], None], *, durable: bool = True) -> None:
        self._before_commit = before_commit
        self._local = threading.local()
        try:
            self._engine: Engine = create_engine(url)
            _prepare(self._engine, durable=durable)
            with self._writer() as connection, connection.begin():
                found = schema_of(connection) or VERSION
                if found < VERSION:
                    log.info("The store is brought from schema %s to %s.", found, VERSION)
                if found <= VERSION:
                    migrate(connection)
        except (ArgumentError, NoSuchModuleError) as error:
            raise StoreError(f"{url!r} is no database address: give one like sqlite:///data/nianbao.sqlite.") from error
        except DBAPIError as error:
            raise StoreError(
                f"The store {url} cannot be opened ({error.orig}): check the path and its rights."
            ) from error
        if found > VERSION:
            self.close()
            raise StoreError(
                f"The store {url} has schema {found} and this Nianbao reads schema {VERSION}: use the version that "
                "made it, or crawl or add the originals into a new data folder."
            )

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; inside a batch, the batch's own, which sees what it wrote."""
        under_way = self._under_way()
        if under_way is not None:
            yield under_way
            return
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: committed at the end, or with the batch, rolled back on an exception."""
        under_way = self._under_way()
        if under_way is not None:
            yield under_way
            self._local.written += 1
            if self._local.written >= self._local.every:
                self._commit(under_way)
            return
        with self._writer() as connection, connection.begin():
            yield connection
            self._before_commit()

    @contextmanager
    def batch(self, every: int) -> Iterator[None]:
        """Commit after ``every`` writes and at the end. A batch inside a batch joins it."""
        if self._under_way() is not None:
            yield
            return
        with self._writer() as connection:
            self._local.connection, self._local.written, self._local.every = connection, 0, every
            try:
                yield
                self._commit(connection)
            finally:
                self._local.connection = None

    def _writer(self) -> Connection:
        return self._engine.connect().execution_options(writes=True)

    def _commit(self, connection: Connection) -> None:
        self._before_commit()
        connection.commit()
        self._local.written = 0

    def _under_way(self) -> Connection | None:
        return getattr(self._local, "connection", None)


def _prepare(engine: Engine, *, durable: bool) -> None:
    """SQLite: write-ahead log, waiting writers, and transactions that take the lock when they begin.

    Python's driver begins a transaction late and only for some statements; a read that turns into a write would
    then fail at once when another process writes (SQLAlchemy, "Serializable isolation, savepoints, DDL").
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, record: Any) -> None:
        del record
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def in_parts(names: Iterable[str]) -> Iterator[list[str]]:
    """Names in parts that fit into one statement (SQLite takes 32,766 values)."""
    every = list(dict.fromkeys(names))
    for first in range(0, len(every), _MOST):
        yield every[first : first + _MOST]


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{path}"
