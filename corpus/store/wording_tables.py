"""Which wordings stand in which reports: kept so that a new report is compared without reading all others again.

Wordings that are almost the same are one *family*, named by its first member. ``told`` says which wordings a report's
sentences have; ``uses`` is the same the other way round; ``firsts`` holds for every family its earliest report
and the earliest one of any other body, which is all that is needed to say from whom a sentence may have been taken.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, Table

from corpus.store.schema import Words, metadata

told = Table(
    "told",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    # The revision at which the version read here was written (versions).
    Column("revision", Integer, nullable=False),
    Column("agency_id", Words, nullable=False, index=True),
    Column("year", Integer, nullable=False),
    # (kind, family, wording, characters, paragraph, start) of every sentence compared, in their order.
    Column("sentences", LargeBinary, nullable=False),
    # Per cent of the characters compared that stood in earlier reports: in any, the body's own, other bodies'.
    Column("copied", Float),
    Column("own", Float),
    Column("others", Float),
    # The ranking by each share, and the averages by year, from an index alone: a row is wide.
    *(Index(f"told_by_{share}", share, "year", "id", "number") for share in ("copied", "own", "others")),
    Index("told_by_year", "year", "id", "copied", "own", "others"),
)
wordings = Table(
    "wordings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", BigInteger, nullable=False, unique=True),
    Column("family", Integer, nullable=False, index=True),
    Column("text", Words, nullable=False),
)
sketches = Table(
    "sketches",
    metadata,
    Column("value", BigInteger, primary_key=True, autoincrement=False),
    Column("wording", Integer, primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)
uses = Table(
    "uses",
    metadata,
    Column("wording", Integer, primary_key=True, autoincrement=False),
    Column("told", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
firsts = Table(
    "firsts",
    metadata,
    Column("family", Integer, primary_key=True, autoincrement=False),
    Column("first", Integer, nullable=False),
    Column("other", Integer),
)
