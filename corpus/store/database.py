"""The connection: opening, reading, writing, and batches that commit now and then instead of each time.

Reading takes no lock and makes nothing. Whoever opens a store to write brings its schema up to date first, and waits
for other writers (locks.py).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Engine, StaticPool, Table, create_engine, event
from sqlalchemy.exc import DBAPIError

from corpus.budget import check
from corpus.errors import FULL, StoreError, StoreLostError
from corpus.store.claims import Claims
from corpus.store.database_address import dialect_of, engine_at
from corpus.store.locks import begin_writing
from corpus.store.migration import is_current, migrate, schema_of
from corpus.store.schema import VERSION

log = logging.getLogger(__name__)

WAIT = 600.0
"""Seconds that a writer waits for another one (docs/contract.md, "The command line")."""

_MOST = 5000
"""Names in one statement."""

_PAUSE = 1.0
"""Seconds between two looks at whether a database that went away is back."""

T = TypeVar("T")


class Database:
    """An engine and the transaction that is under way in this thread, if any.

    ``before_commit`` runs before every commit: the archive's records must be on the disk before a row points there.
    ``wait`` is how many seconds a writer waits for another; None: this one only reads. A store that is only read need
    not be there yet: until it is, it is empty. Where the rows need not be ``durable``, a power cut may take back the
    last seconds of them (SQLite, "PRAGMA synchronous"; PostgreSQL, "synchronous_commit"), no killed process ever does.
    """

    def __init__(
        self, url: str, before_commit: Callable[[], None], wait: float | None = WAIT, *, durable: bool = True
    ) -> None:
        self._before_commit = before_commit
        self._wait = wait
        self._local = threading.local()
        self._engine, self._dialect = engine_at(url)
        self._name = self._engine.url.render_as_string()
        self._dialect.prepare(self._engine, writes=wait is not None, durable=durable)
        event.listen(self._engine, "begin", self._begin)
        self._nothing: Engine | None = None
        self._on_fault: Callable[[StoreError], None] = lambda _error: None
        try:
            if wait is not None:
                self._make()
            elif not self._is_there():
                self._nothing = _empty()
        except DBAPIError as error:
            self.close()
            raise self._told(
                error, "cannot be opened: check the path and its rights, or restore it from a backup"
            ) from error
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
        with self._faults(), self._connection() as connection:
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

    def lasting(self, work: Callable[[], T]) -> T:
        """What ``work`` gives, begun again whenever the database goes away and comes back.

        The work must find for itself what is left to do. Raises StoreError where the database stays away for as long as
        a writer waits.
        """
        while True:
            try:
                return work()
            except StoreLostError as error:
                self._await(error)

    def on_fault(self, act: Callable[[StoreError], None]) -> None:
        """Do this when the database is gone or damaged, the disk is full or the lock is not to be had.

        It is done before the error is raised: for where something would swallow the error and go on.
        """
        self._on_fault = act

    @contextmanager
    def claims(self) -> Iterator[Claims]:
        """Claims that last as long as this does (claims.py)."""
        with self._faults(), self._connection() as connection:
            connection.detach()  # claims are the session's: it ends with them
            yield Claims(self._dialect, connection)

    def integrity(self) -> list[str]:
        """What the database finds wrong with itself."""
        try:
            with self.reading() as connection:
                return dialect_of(connection).integrity(connection)
        except (StoreError, DBAPIError) as error:
            return [str(error)]

    def unchecked(self) -> str:
        """What ``integrity`` cannot see and who can, in a sentence; ``""`` for nothing."""
        with self.reading() as connection:
            return dialect_of(connection).unchecked(connection)

    def take_stock(self, *tables: Table) -> None:
        """Tell the database how these tables are filled, so that it finds the shortest way to rows."""
        with self.writing() as connection:
            for table in tables:
                connection.exec_driver_sql(f"ANALYZE {table.name}")

    def size(self) -> int:
        """The bytes that it takes on its disk."""
        with self.reading() as connection:
            return dialect_of(connection).size(connection)

    def _make(self) -> None:
        """Bring the schema up to date, which takes the lock only where something is missing."""
        if self._is_there():
            with self._engine.connect() as connection:
                if is_current(connection):
                    return
        with self._writer() as connection, connection.begin():
            self._dialect.make_room(connection)
            migrate(connection)

    def _is_there(self) -> bool:
        """Whether there is a store. Raises StoreError for one that a newer Nianbao made."""
        if not self._dialect.may_be_asked(self._engine):
            return False
        with self._engine.connect() as connection:
            found = schema_of(connection)
        if found is not None and found > VERSION:
            raise StoreError(
                f"The store {self._name} has schema {found} and this Nianbao reads schema {VERSION}: use the version "
                "that made it, or crawl or add the originals into a new data folder."
            )
        return found is not None

    def _writer(self) -> Connection:
        return self._connection().execution_options(writes=True)

    def _connection(self) -> Connection:
        """A connection. Nothing has begun that could be rolled back: who writes waits for a database that is away."""
        try:
            return (self._nothing or self._engine).connect()
        except DBAPIError as error:
            if self._wait is None or not isinstance(lost := self._told(error, ""), StoreLostError):
                raise
            self._await(lost)
            return self._connection()

    def _commit(self, connection: Connection) -> None:
        self._before_commit()
        connection.commit()
        self._local.written = 0

    def _under_way(self) -> Connection | None:
        return getattr(self._local, "connection", None)

    def _begin(self, connection: Connection) -> None:
        if self._wait is not None and connection.get_execution_options().get("writes", False):
            try:
                begin_writing(self._dialect, connection, self._wait)
            except StoreError as error:
                self._on_fault(error)
                raise
        else:
            self._dialect.begin_reading(connection)

    def _await(self, lost: StoreLostError) -> None:
        """Until the database answers again."""
        wait = self._wait or 0.0
        log.warning("The store %s went away: waiting for it up to %g s, then going on.", self._name, wait)
        deadline = time.monotonic() + wait
        while True:
            try:
                with self._engine.connect():
                    return
            except DBAPIError:
                if time.monotonic() >= deadline:
                    raise lost from None
                time.sleep(_PAUSE)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """What the database says of itself, and the system of a full disk, in a sentence that says what to do."""
        try:
            yield
        except OSError as error:
            if error.errno not in FULL:
                raise
            full = StoreError(
                f"The disk cannot take more ({error.strerror}): make room and run this again; what was stored before "
                "stands."
            )
            self._on_fault(full)
            raise full from error
        except DBAPIError as error:
            advice = self._dialect.advice(error)
            if advice is None:
                raise
            told = self._told(error, advice)
            self._on_fault(told)
            raise told from error

    def _told(self, error: DBAPIError, otherwise: str) -> StoreError:
        """The sentence about a fault; ``otherwise`` where the dialect knows nothing better."""
        kind = StoreLostError if self._dialect.is_lost(error) else StoreError
        words = " ".join(str(error.orig).split())
        return kind(f"The store {self._name} {self._dialect.advice(error) or otherwise} ({words}).")


def _empty() -> Engine:
    """A store in memory with nothing in it."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    with engine.begin() as connection:
        migrate(connection)
    return engine


def in_parts(names: Iterable[T]) -> Iterator[list[T]]:
    """Names, or numbers, in parts that fit into one statement (SQLite takes 32,766 values)."""
    yield from batches(dict.fromkeys(names), _MOST)


def batches(names: Iterable[T], most: int) -> Iterator[list[T]]:
    """Things in lists of so many at most, in order."""
    rest = iter(names)
    while some := list(islice(rest, most)):
        yield some
