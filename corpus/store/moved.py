"""Archive files that moved to a bucket: a row says where each is, and whoever reads an original finds it there."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import BigInteger, Column, Table, select

from corpus.store.bucket import Bucket
from corpus.store.database import Database
from corpus.store.schema import Words, metadata
from corpus.store.warc import RecordLocation

moved = Table(
    "moved",
    metadata,
    Column("name", Words, primary_key=True),
    Column("address", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
)


class Moved:
    """Where archive files went that are not in the data folder any more."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, name: str, address: str, size: int) -> None:
        """A file of so many bytes is at an address now."""
        with self._database.writing() as connection:
            connection.execute(moved.insert(), {"name": name, "address": address, "size": size})

    def every(self) -> Mapping[str, tuple[str, int]]:
        """Address and size of each file that moved, by its name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(moved).order_by(moved.c.name))
            return {row.name: (row.address, row.size) for row in rows}

    def member(self, place: RecordLocation) -> bytes | None:
        """The bytes of a record in a file that moved; None for one that did not. Raises ArchiveError."""
        with self._database.reading() as connection:
            address = connection.execute(select(moved.c.address).where(moved.c.name == place.name)).scalar()
        if address is None:
            return None
        bucket, name = Bucket.holding(address)
        return bucket.read(name, place.offset, place.length)
