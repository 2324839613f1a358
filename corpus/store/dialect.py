"""What differs from one database to another, and nothing else: each is a module with these functions.

SQL itself is SQLAlchemy's, the same for all. There are sqlite.py and postgres.py.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

PATIENCE_MS = 1_000
"""How long a database itself waits for a lock, each time that it is asked."""


class Dialect(Protocol):
    """The functions; their meaning for one database stands there."""

    def engine_options(self) -> dict[str, Any]:
        """What the engine is made with beyond its address."""
        ...

    def prepare(self, engine: Engine, *, writes: bool, durable: bool) -> None:
        """Set up every connection. Without ``writes`` it refuses to write; ``durable`` as in Database."""
        ...

    def may_be_asked(self, engine: Engine) -> bool:
        """Whether there is something that can be asked for its tables without being made by that."""
        ...

    def make_room(self, connection: Connection) -> None:
        """Make what tables lie in, where it is missing."""
        ...

    def begin_reading(self, connection: Connection) -> None:
        """Begin a transaction whose every question sees the same moment."""
        ...

    def begin_writing(self, connection: Connection) -> bool:
        """Begin a transaction as the only writer of the store; False where another one is at it."""
        ...

    def claim(self, connection: Connection, names: Sequence[str]) -> list[str]:
        """Hold names, as long as the connection lives, against other processes: those that nobody else holds."""
        ...

    def release(self, connection: Connection, names: Collection[str]) -> None:
        """Let go of names that were claimed."""
        ...

    def holder(self, connection: Connection) -> str:
        """Who is at it, as words to begin a sentence with."""
        ...

    def place(self, url: URL) -> str:
        """What a sentence calls the database; never with a password."""
        ...

    def integrity(self, connection: Connection) -> list[str]:
        """What the database finds wrong with itself."""
        ...

    def unchecked(self, connection: Connection) -> str:
        """What ``integrity`` cannot see and who can, in a sentence; ``""`` for nothing."""
        ...

    def size(self, connection: Connection) -> int:
        """The bytes that the store takes on the database's disk."""
        ...

    def advice(self, error: DBAPIError) -> str | None:
        """What is wrong with the database and what to do; None where the error does not tell."""
        ...

    def is_lost(self, error: DBAPIError) -> bool:
        """Whether the database went away, and may come back: what was under way is rolled back."""
        ...
