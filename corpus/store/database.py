"""The connection: opening, reading, writing, and batches that commit now and then instead of each time.

Reading takes no lock and makes nothing. Whoever opens a store to write brings its schema up to date first, and waits
for other writers (locks.py).
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from corpus.budget import check
from corpus.errors import StoreError
from corpus.store.locks import PATIENCE_MS, begin_writing
from corpus.store.migration import is_current, migrate, schema_of
from corpus.store.schema import VERSION

log = logging.getLogger(__name__)

WAIT = 600.0
"""Seconds that a writer waits for another one (docs/contract.md, "The command line")."""


_FAULTS = {
    sqlite3.SQLITE_FULL: "cannot be written: make room on its disk and run this again; what was stored before stands",
    sqlite3.SQLITE_IOERR: "cannot be read or written: make room on its disk or look after it; what was stored stands",
    sqlite3.SQLITE_BUSY: "is locked by another process: run this again",
    sqlite3.SQLITE_CORRUPT: "is damaged: run `nianbao doctor`, and restore it from a backup",
    sqlite3.SQLITE_NOTADB: "is damaged: run `nianbao doctor`, and restore it from a backup",
}

Name = TypeVar("Name", str, int)

_MOST = 5000
"""Names in one statement."""


class Database:
    """An engine and the transaction that is under way in this thread, if any.

    ``before_commit`` runs before every commit: the archive's records must be on the disk before a row points there.
    ``wait`` is how many seconds a writer waits for another; None: this one only reads. A store that is only read need
    not be there yet: until it is, it is empty. Where the rows need not be ``durable``, a power cut may take back the
    last seconds of them (SQLite, "PRAGMA synchronous"), no killed process ever does.
    """

    def __init__(
        self, url: str, before_commit: Callable[[], None], wait: float | None = WAIT, *, durable: bool = True
    ) -> None:
        self._url = url
        self._before_commit = before_commit
        self._local = threading.local()
        try:
            self._engine: Engine = create_engine(url)
        except (ArgumentError, NoSuchModuleError) as error:
            raise StoreError(f"{url!r} is no database address: give one like sqlite:///data/nianbao.sqlite.") from error
        _prepare(self._engine, wait, durable=durable)
        self._nothing: Engine | None = None
        try:
            if wait is not None:
                self._make()
            elif not self._is_there():
                self._nothing = _empty()
        except DBAPIError as error:
            self.close()
            advice = _advice(error) or "cannot be opened: check the path and its rights, or restore it from a backup"
            raise StoreError(f"The store {url} {advice} ({error.orig}).") from error
        except StoreError:
            self.close()
            raise

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with; inside a batch, the batch's own, which sees what it wrote.

        Raises OverBudgetError where whoever asks has no time left (corpus/budget.py).
        """
        under_way = self._under_way()
        if under_way is not None:
            yield under_way
            return
        check()
        if self._nothing is not None and self._is_there():
            self._nothing = None
        with self._faults(), (self._nothing or self._engine).connect() as connection:
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
        with self._faults(), self._writer() as connection, connection.begin():
            yield connection
            self._before_commit()

    @contextmanager
    def batch(self, every: int) -> Iterator[None]:
        """Commit after ``every`` writes and at the end. A batch inside a batch joins it.

        The lock is held from the first write to the commit: what takes long is done before the batch.
        """
        if self._under_way() is not None:
            yield
            return
        with self._faults(), self._writer() as connection:
            self._local.connection, self._local.written, self._local.every = connection, 0, every
            try:
                yield
                self._commit(connection)
            finally:
                self._local.connection = None

    def integrity(self) -> list[str]:
        """What SQLite finds wrong with its file: pages, indices, rows that point to nothing."""
        if self._engine.dialect.name != "sqlite":
            return []
        try:
            with self.reading() as connection:
                said = list(connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars())
                loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        except (StoreError, DBAPIError) as error:
            return [str(error)]
        return [words for words in said if words != "ok"] + [
            f"{row[0]} {row[1]} points to no {row[2]}" for row in loose
        ]

    def _make(self) -> None:
        """Bring the schema up to date, which takes the lock only where something is missing."""
        if self._is_there():
            with self._engine.connect() as connection:
                if is_current(connection):
                    return
        with self._writer() as connection, connection.begin():
            migrate(connection)

    def _is_there(self) -> bool:
        """Whether there is a store. Raises StoreError for one that a newer Nianbao made."""
        database = self._engine.url.database
        if self._engine.dialect.name == "sqlite" and database and not Path(database).is_file():
            return False  # asking would make the file
        with self._engine.connect() as connection:
            found = schema_of(connection)
        if found is not None and found > VERSION:
            raise StoreError(
                f"The store {self._url} has schema {found} and this Nianbao reads schema {VERSION}: use the version "
                "that made it, or crawl or add the originals into a new data folder."
            )
        return found is not None

    def _writer(self) -> Connection:
        return self._engine.connect().execution_options(writes=True)

    def _commit(self, connection: Connection) -> None:
        self._before_commit()
        connection.commit()
        self._local.written = 0

    def _under_way(self) -> Connection | None:
        return getattr(self._local, "connection", None)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """What the database says of itself, in a sentence that says what to do."""
        try:
            yield
        except DBAPIError as error:
            advice = _advice(error)
            if advice is None:
                raise
            raise StoreError(f"The store {self._url} {advice} ({error.orig}).") from error


def _advice(error: DBAPIError) -> str | None:
    """What is wrong with a database and what to do; None where the error does not tell."""
    if str(error.orig).startswith(("no such column", "no such table")):
        return "is of an older Nianbao: run `nianbao update`, which renews it"
    return _FAULTS.get(getattr(error.orig, "sqlite_errorcode", 0) & 0xFF)


def _prepare(engine: Engine, wait: float | None, *, durable: bool) -> None:
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
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        if wait is None:
            connection.execute("PRAGMA query_only = ON")
            return
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if wait is not None and connection.get_execution_options().get("writes", False):
            begin_writing(connection, wait)
        else:
            connection.exec_driver_sql("BEGIN")


def _empty() -> Engine:
    """A store in memory with nothing in it."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    with engine.begin() as connection:
        migrate(connection)
    return engine


def in_parts(names: Iterable[Name]) -> Iterator[list[Name]]:
    """Names, or numbers, in parts that fit into one statement (SQLite takes 32,766 values)."""
    every = list(dict.fromkeys(names))
    for first in range(0, len(every), _MOST):
        yield every[first : first + _MOST]


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{path}"
