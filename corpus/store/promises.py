"""Promises: what reports say that will be done, and the sentence of a later report that says what came of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from sqlalchemy import Column, Index, Integer, Table, delete

from corpus.store.analysis import Analysis
from corpus.store.database import in_parts
from corpus.store.lists import Page, asked_for, page_of, still_shown
from corpus.store.marks import PROMISES
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


class Promises(Analysis):
    """The promises of a store."""

    mark = PROMISES

    def put(self, agencies: Collection[str], found: Sequence[Promise]) -> None:
        """Keep the promises of some bodies, in place of those they had."""
        with self._database.writing() as connection:
            for some in in_parts(agencies):
                connection.execute(delete(promises).where(promises.c.agency_id.in_(some)))
            if found:
                connection.execute(promises.insert(), [asdict(each) for each in found])

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
        asked = [*asked_for(p.id, region=region, year=year, report=report)]
        if outcome:
            asked.append(p.outcome == outcome)
        with self._database.reading() as connection:
            asked.append(still_shown(connection, p.id, PROMISES))
            whose = (e.agency, e.region, e.year)
            count, rows = page_of(connection, promises, asked, Page(order, first, most), whose)
            return count, tuple(Given(Promise(*row[: -len(whose)]), *row[-len(whose) :]) for row in rows)
