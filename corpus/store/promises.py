"""Promises: what reports say that will be done, and the sentence of a later report that says what came of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from sqlalchemy import Column, Index, Integer, Table, delete, select

from corpus.store.database import Database, in_parts
from corpus.store.lists import asked_for, counted, page_of, still_shown
from corpus.store.marks import PROMISES, behind, move
from corpus.store.schema import Words, editions, metadata

Outcome = Literal["repeated", "done", "silent", "open"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

promises = Table(
    "promises",
    metadata,
    Column("id", Words, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("agency_id", Words, nullable=False, index=True),
    Column("since", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("outcome", Words, nullable=False, index=True),
    # The later report, and what it says; empty where it is silent, or not here yet.
    Column("later", Words, nullable=False),
    Column("told", Words, nullable=False),
    # Years from the first of these promises to the last report that might have told of it.
    Column("age", Integer, nullable=False),
    Index("promises_oldest", "age", "since", "id", "number", "outcome"),
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What report ``id`` promises, its ``number`` there, and what came of it.

    ``outcome``: ``repeated`` as a problem or a promise by the report ``later``, whose sentence ``told`` is; reported
    ``done`` by it; ``silent``, where later reports say nothing; ``open``, where none is here. ``since`` is the year in
    which it was first promised, ``age`` how many years it has been open.
    """

    id: str
    number: int
    agency_id: str
    since: int
    text: str
    outcome: Outcome
    later: str
    told: str
    age: int


@dataclass(frozen=True, slots=True)
class Given:
    """A promise with whose report it is in."""

    promise: Promise
    agency: str
    region: str
    year: int


class Promises:
    """The promises of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def behind(self) -> list[str]:
        """The ids of reports that changed, came or went since this was brought up to date."""
        with self._database.reading() as connection:
            return behind(connection, PROMISES)

    def put(self, agencies: Collection[str], found: Sequence[Promise]) -> None:
        """Keep the promises of some bodies, in place of those they had."""
        with self._database.writing() as connection:
            for some in in_parts(agencies):
                connection.execute(delete(promises).where(promises.c.agency_id.in_(some)))
            if found:
                connection.execute(promises.insert(), [asdict(each) for each in found])

    def followed(self, revision: int) -> None:
        """Keep that everything up to a revision of the store has been followed."""
        with self._database.writing() as connection:
            move(connection, PROMISES, revision)

    def listed(  # noqa: PLR0913 - what is asked for, each by name
        self,
        *,
        outcome: Outcome | None = None,
        region: str = "",
        year: int | None = None,
        report: str = "",
        first: int = 0,
        most: int | None = 50,
    ) -> tuple[int, tuple[Given, ...]]:
        """How many there are, and ``most`` of them from the ``first`` (0-based) on: those open longest first.

        ``region`` are the digits of a code that those inside it share.
        """
        p, e = promises.c, editions.c
        order = (p.number,) if report else (p.age.desc(), p.since.desc(), p.id.desc(), p.number.desc())
        wanted = select(p.id, p.number).where(*asked_for(p.id, region=region, year=year))
        wanted = wanted.where(p.outcome == outcome) if outcome else wanted
        wanted = wanted.where(p.id == report) if report else wanted
        with self._database.reading() as connection:
            wanted = wanted.where(still_shown(connection, p.id, PROMISES))
            some = wanted.order_by(*order).offset(first).limit(most)
            rows = page_of(promises, some, *order, whose=(e.agency, e.region, e.year))
            found = tuple(Given(Promise(*row[:-3]), *row[-3:]) for row in connection.execute(rows))
            return counted(connection, wanted), found
