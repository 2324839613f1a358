"""The tables. Portable SQL: SQLite by default, PostgreSQL by address.

A report's sections, figures, findings and warnings are one compressed body: nothing asks for a single figure in
SQL, and 200 rows for each of 54,000 reports would be ten million (ARCHITECTURE.md). What is asked for has a column.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect

VERSION = 5
"""Of these tables. An older store is brought up to it (migration.py); a newer one is refused, not guessed at."""


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: aware outside, without an offset inside, as SQLite has none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Into the database."""
        del dialect
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Out of the database."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


Words = Text().with_variant(Text(collation="C"), "postgresql")
"""Text of any length, ordered by code point everywhere, whatever language a database was made for."""

metadata = MetaData()

meta = Table("meta", metadata, Column("name", Words, primary_key=True), Column("value", Integer, nullable=False))

regions = Table(
    "regions",
    metadata,
    Column("code", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("level", Words, nullable=False),
    Column("parent", Words, nullable=False),
    Column("aliases", Words, nullable=False),
    Column("valid_from", Integer),
    Column("valid_to", Integer),
)

payloads = Table(
    "payloads",
    metadata,
    Column("digest", Words, primary_key=True),
    Column("archive", Words, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    # What extraction made of it; all empty until it has been tried.
    Column("extractor", Words, nullable=False, default=""),
    Column("extracted", Moment),
    # Why it is no report: a code of corpus/doubts.toml, and its values as JSON.
    Column("reason", Words, nullable=False, default=""),
    Column("reason_values", Words, nullable=False, default="{}", server_default="{}"),
    Column("id", Words, nullable=False, default="", index=True),
)

captures = Table(
    "captures",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("digest", Words, ForeignKey("payloads.digest"), nullable=False, index=True),
    # The address, or the source's name where nobody knows an address: what a later capture is compared under.
    Column("address", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("media_type", Words, nullable=False),
    Column("captured", Moment, nullable=False),
    Column("seen", Moment, nullable=False),
    Column("gone", Moment),
    # The code of the place where a person says that it stands (--region).
    Column("hint", Words, nullable=False, default="", server_default=""),
    Index("captures_of_address", "address", "captured"),
)

# One row for each payload that is a report. Which of the payloads of an id is shown, and which are its former
# versions, variants and copies, follows from the captures (arrangement.py).
editions = Table(
    "editions",
    metadata,
    Column("digest", Words, ForeignKey("payloads.digest"), primary_key=True),
    Column("id", Words, nullable=False, index=True),
    Column("agency_id", Words, nullable=False, index=True),
    Column("agency", Words, nullable=False),
    Column("region", Words, nullable=False, index=True),
    Column("level", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("year", Integer, nullable=False),
    Column("form", Words),
    Column("title", Words, nullable=False),
    Column("document_number", Words, nullable=False),
    Column("published", Words),
    Column("extractor", Words, nullable=False),
    Column("extracted", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("text_digest", Words, nullable=False),
)

# Reports that a site prints over several pages: each further page, the address of the first, and its place behind it.
parts = Table(
    "parts",
    metadata,
    Column("url", Words, primary_key=True),
    Column("first", Words, nullable=False, index=True),
    Column("number", Integer, nullable=False),
)

# How the editions of an id are laid out: lane 0 is shown, the other lanes are its variants; versions from 1.
versions = Table(
    "versions",
    metadata,
    Column("id", Words, primary_key=True),
    Column("lane", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("newest", Boolean, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("digest", Words, ForeignKey("editions.digest"), nullable=False, index=True),
    Column("url", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("media_type", Words, nullable=False),
    Column("captured", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    Index("versions_shown", "shown", "id"),
)

# What is kept and given to nobody (withholding.py): ``whole`` says that everything of its report's id is.
withheld = Table(
    "withheld",
    metadata,
    Column("digest", Words, primary_key=True),
    Column("id", Words, nullable=False, index=True),
    Column("whole", Boolean, nullable=False),
    Column("why", Words, nullable=False),
    Column("since", Moment, nullable=False),
)

# What people say that cells of a picture hold (corrections.py): data beside the reading, by the picture's digest.
corrections = Table(
    "corrections",
    metadata,
    Column("digest", Words, ForeignKey("payloads.digest"), primary_key=True),
    Column("figure", Words, primary_key=True),
    Column("value", Words),
    Column("who", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("since", Moment, nullable=False),
)

# The body of an edition as it was read, where the edition itself is corrected.
uncorrected = Table(
    "uncorrected",
    metadata,
    Column("digest", Words, ForeignKey("payloads.digest"), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

redirects = Table(
    "redirects",
    metadata,
    Column("former", Words, primary_key=True),
    Column("present", Words, nullable=False, index=True),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Words, primary_key=True),
    Column("revision", Integer, nullable=False, index=True),
)

# The frontier: every address that a crawl of a source knows, and what came of it. ``key`` names the address
# whatever its scheme, its www, its session; ``state`` is queued or done, and what a kill finds under way is queued.
fetches = Table(
    "fetches",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("origin", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("form", Words, nullable=False, default=""),
    Column("host", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("strong", Boolean, nullable=False),
    Column("weak", Integer, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("hint", Words, nullable=False),
    Column("referrer", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("not_before", Moment),
    Column("attempts", Integer, nullable=False, default=0),
    Column("status", Integer),
    Column("outcome", Words, nullable=False, default=""),
    Column("detail", Words, nullable=False, default=""),
    Column("etag", Words, nullable=False, default=""),
    Column("modified", Words, nullable=False, default=""),
    Column("leads", Integer, nullable=False, default=0),
    Column("shape", Words, nullable=False, default=""),
    Column("fetched", Moment),
    UniqueConstraint("origin", "key"),
    Index("fetches_next", "origin", "state", "host", "priority", "number"),
    Index("fetches_of_shape", "origin", "shape"),
    Index("fetches_of_url", "url"),
)

# What a request needs besides: the list, or the part of a page, that it stands in, and what its answer is read with.
crawl_contexts = Table(
    "crawl_contexts",
    metadata,
    Column("number", Integer, ForeignKey("fetches.number"), primary_key=True),
    Column("place", Words, nullable=False, index=True),
    Column("context", Words, nullable=False),
)

# The accounts of lists, one row for each page of one: what it declares, what it shows.
crawl_lists = Table(
    "crawl_lists",
    metadata,
    Column("origin", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("list", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("declared", BigInteger),
    Column("seen", Integer, nullable=False),
    Column("reason", Words, nullable=False),
)

# One row for each crawl of a source; without an end, it goes on when the source is crawled again.
runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("origin", Words, nullable=False, index=True),
    Column("owner", Words, nullable=False),
    Column("beat", Moment, nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
    Column("requests", Integer, nullable=False, default=0),
    Column("stored", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("bytes", BigInteger, nullable=False, default=0),
)

# Sources that the operator added, beside the registry that comes with the crawler; the definition is JSON.
sources = Table(
    "sources",
    metadata,
    Column("id", Words, primary_key=True),
    Column("definition", Words, nullable=False),
)
