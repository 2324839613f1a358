"""What bodies became: rows that an operator gives, and what all rows together say of the bodies that are here.

The first are evidence (lives.py of corpus says what a row is); the second is derived from them and from who reports,
small enough to be worked out whole whenever either changes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, delete, func, or_, select, true

from corpus.lives import Succession
from corpus.store.database import Database
from corpus.store.duties import duties
from corpus.store.editions import next_revision
from corpus.store.life_tables import passages, successions
from corpus.store.marks import move_all

How = Literal["renamed", "merged", "split"]
HOWS: tuple[How, ...] = get_args(How)


@dataclass(frozen=True, slots=True)
class Life:
    """A body that reports here: its present name as far as it has one, its place, its first and last year."""

    id: str
    name: str
    region: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One body became another: their ids, names and places, from which year on, the years known, and who says so.

    ``how``: ``renamed`` where it is the only one to go and the only one to come, ``split`` where it became several,
    else ``merged``.
    """

    was_id: str
    who_id: str
    was: str
    who: str
    was_region: str
    who_region: str
    since: int
    was_last: int
    who_first: int
    how: How
    source: str


class Lives:
    """The lives of the bodies of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def given(self) -> tuple[Succession, ...]:
        """The operator's rows."""
        with self._database.reading() as connection:
            rows = connection.execute(select(successions).order_by(successions.c.who, successions.c.was))
            return tuple(Succession(*row) for row in rows)

    def give(self, rows: Collection[Succession], taken: Collection[str] = ()) -> int:
        """Keep rows, in place of those about the same two, once all that name one of ``taken`` are gone.

        Returns how many of those there were.
        """
        s = successions.c
        with self._database.writing() as connection:
            gone = connection.execute(delete(successions).where(or_(s.who.in_(taken), s.was.in_(taken)))).rowcount
            for row in rows:
                connection.execute(delete(successions).where(s.who == row.who, s.was == row.was))
                connection.execute(successions.insert(), asdict(row))
            _note(connection)
            return gone

    def bodies(self) -> tuple[Life, ...]:
        """Every body with a report, by id."""
        d = duties.c
        query = (
            select(d.agency_id, d.agency, d.region, func.min(d.year), func.max(d.year))
            .where(d.id != "")
            .group_by(d.agency_id, d.agency, d.region)
            .order_by(d.agency_id)
        )
        with self._database.reading() as connection:
            return tuple(Life(*row) for row in connection.execute(query))

    def put(self, found: Sequence[Passage]) -> bool:
        """Keep what became of the bodies, in place of what was known. Returns whether anything is new."""
        with self._database.writing() as connection:
            before = {Passage(*row) for row in connection.execute(select(passages))}
            if before == set(found):
                return False
            connection.execute(delete(passages))
            if found:
                connection.execute(passages.insert(), list(map(asdict, found)))
            _note(connection)
            return True

    def before(self, agency: str) -> tuple[Passage, ...]:
        """What a body was directly before, the latest first."""
        return self._of(passages.c.who_id == agency)

    def after(self, agency: str) -> tuple[Passage, ...]:
        """What a body became directly, the latest first."""
        return self._of(passages.c.was_id == agency)

    def listed(
        self, *, how: How | None, region: str, year: int | None, first: int = 0, most: int | None = 100
    ) -> tuple[int, tuple[Passage, ...]]:
        """How many passages there are, and ``most`` of them from the ``first`` (0-based) on, the latest first.

        ``region`` are the digits of a code that those inside it share; either of the two bodies may lie there.
        """
        p = passages.c
        query = select(passages).where(p.how == how if how else true(), p.since == year if year else true())
        if region:
            within = (column.startswith(region, autoescape=True) for column in (p.was_region, p.who_region))
            query = query.where(or_(*within))
        with self._database.reading() as connection:
            total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
            rows = query.order_by(p.since.desc(), p.who_region, p.who_id, p.was_id).offset(first)
            found = connection.execute(rows if most is None else rows.limit(most))
            return int(total), tuple(Passage(*row) for row in found)

    def _of(self, condition: Any) -> tuple[Passage, ...]:
        query = select(passages).where(condition).order_by(passages.c.since.desc(), passages.c.was_id)
        with self._database.reading() as connection:
            return tuple(Passage(*row) for row in connection.execute(query))


def _note(connection: Connection) -> None:
    """Pages show other lives from now on. No report changed, so that whoever had seen all of them has still."""
    revision = next_revision(connection)
    move_all(connection, revision - 1, revision)
