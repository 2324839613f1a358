"""What a crawl has still to fetch and what came of what it fetched, kept so that a kill loses nothing.

The crawler decides; here is only where its decisions are kept. Rows of different origins (sources) never touch,
so that several processes may crawl different sources into one store.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, or_, select, update

from corpus.store.database import Database
from corpus.store.schema import Moment, captures, editions, fetches, payloads, runs, sources

STALE_AFTER = timedelta(minutes=5)
"""A run whose owner gave no sign for so long is free for another process."""


@dataclass(frozen=True, slots=True)
class Lead:
    """An address worth fetching, as the crawler judged it.

    ``form`` is the body of a POST, ``""`` for a GET. ``strong`` tells that it stands in the column of the yearly
    reports; ``weak`` counts the steps since something spoke for that column.
    """

    key: str
    url: str
    host: str
    kind: str
    priority: int
    strong: bool = False
    weak: int = 0
    depth: int = 0
    hint: str = ""
    referrer: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Fetch:
    """A kept lead: its number, its origin, and what earlier fetches left for the next."""

    number: int
    origin: str
    lead: Lead
    attempts: int
    etag: str
    modified: str
    shape: str


@dataclass(frozen=True, slots=True)
class Run:
    """A crawl of one source; ``finished`` is None while it is under way or interrupted."""

    number: int
    origin: str
    started: datetime
    finished: datetime | None
    requests: int
    stored: int
    unchanged: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Mishap:
    """An address that gave nothing to read: its outcome (gone, blocked, robots, …), a word on it, and when."""

    url: str
    outcome: str
    detail: str
    fetched: datetime | None


_LONG_AGO = literal(datetime(2000, 1, 1, tzinfo=UTC), Moment())
_LEAD = ("key", "url", "host", "kind", "priority", "strong", "weak", "depth", "hint", "referrer", "form")


class Fetches:
    """The kept frontier. Writes join the store's batch."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, origin: str, leads: Iterable[Lead]) -> int:
        """Queue the leads whose addresses this origin does not know yet; how many these were.

        A known address that is still queued takes the better judgement of the two.
        """
        added = 0
        with self._database.writing() as connection:
            for lead in leads:
                known = connection.execute(
                    select(fetches.c.number, fetches.c.state, fetches.c.priority, fetches.c.strong).where(
                        fetches.c.origin == origin, fetches.c.key == lead.key
                    )
                ).one_or_none()
                if known is None:
                    connection.execute(insert(fetches), asdict(lead) | {"origin": origin, "state": "queued"})
                    added += 1
                elif known.state == "queued" and (lead.strong, lead.priority) > (known.strong, known.priority):
                    connection.execute(
                        update(fetches)
                        .where(fetches.c.number == known.number)
                        .values(kind=lead.kind, priority=lead.priority, strong=lead.strong, weak=lead.weak)
                    )
        return added

    def known(self, origin: str, key: str) -> Fetch | None:
        """The fetch of an address, whatever its state."""
        with self._database.reading() as connection:
            row = connection.execute(
                select(fetches).where(fetches.c.origin == origin, fetches.c.key == key)
            ).one_or_none()
        return None if row is None else _fetch(row)

    def hosts(self, origins: Iterable[str]) -> list[tuple[str, str]]:
        """The (origin, host) pairs that have something queued."""
        query = (
            select(fetches.c.origin, fetches.c.host)
            .where(fetches.c.origin.in_(list(origins)), fetches.c.state == "queued")
            .distinct()
            .order_by(fetches.c.origin, fetches.c.host)
        )
        with self._database.reading() as connection:
            return [(row.origin, row.host) for row in connection.execute(query)]

    def next(self, origin: str, host: str, now: datetime) -> Fetch | None:
        """The best queued fetch of a host whose time has come."""
        query = (
            select(fetches)
            .where(
                fetches.c.origin == origin,
                fetches.c.host == host,
                fetches.c.state == "queued",
                or_(fetches.c.not_before.is_(None), fetches.c.not_before <= now),
            )
            .order_by(fetches.c.priority.desc(), fetches.c.number)
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _fetch(row)

    def wake(self, origin: str, host: str) -> datetime | None:
        """When the next queued fetch of a host may be tried: a moment, or None if nothing is queued there."""
        query = select(func.min(func.coalesce(fetches.c.not_before, _LONG_AGO))).where(
            fetches.c.origin == origin, fetches.c.host == host, fetches.c.state == "queued"
        )
        with self._database.reading() as connection:
            return connection.execute(query).scalar()

    def finish(self, fetch: Fetch, outcome: str, moment: datetime, **details: Any) -> None:
        """Note what came of a fetch: ``outcome`` and, where known, status, detail, etag, modified, leads, shape."""
        self._set(fetches.c.number == fetch.number, state="done", outcome=outcome, fetched=moment, **details)

    def postpone(self, fetch: Fetch, until: datetime, **details: Any) -> None:
        """Leave a fetch queued, not to be tried again before a moment."""
        self._set(fetches.c.number == fetch.number, not_before=until, attempts=fetch.attempts + 1, **details)

    def move(self, fetch: Fetch, url: str) -> None:
        """Note that an address is now answered under another form of itself (https, www)."""
        self._set(fetches.c.number == fetch.number, url=url)

    def shape_known(self, fetch: Fetch, shape: str) -> bool:
        """Whether another address of the origin gave a list with just these links."""
        query = select(fetches.c.number).where(
            fetches.c.origin == fetch.origin, fetches.c.shape == shape, fetches.c.number != fetch.number
        )
        with self._database.reading() as connection:
            return connection.execute(query.limit(1)).scalar() is not None

    def begin(self, origin: str, owner: str, now: datetime, alive: Mapping[str, bool]) -> Run | None:
        """Start a run or go on with an interrupted one; None while another process is at it.

        ``alive`` says of owners on this machine whether they still run; others are judged by their last sign. A new
        run queues again every address that was worth its request.
        """
        with self._database.writing() as connection:
            row = connection.execute(
                select(runs).where(runs.c.origin == origin).order_by(runs.c.number.desc()).limit(1)
            ).one_or_none()
            if row is not None and row.finished is None:
                busy = alive.get(row.owner, row.beat > now - STALE_AFTER)
                if busy and row.owner != owner:
                    return None
                connection.execute(update(runs).where(runs.c.number == row.number).values(owner=owner, beat=now))
                return _run(row)
            connection.execute(
                update(fetches)
                .where(fetches.c.origin == origin, _worth_again())
                .values(state="queued", attempts=0, not_before=None)
            )
            connection.execute(insert(runs), {"origin": origin, "owner": owner, "beat": now, "started": now})
            return _run(
                connection.execute(
                    select(runs).where(runs.c.origin == origin).order_by(runs.c.number.desc()).limit(1)
                ).one()
            )

    def owners(self) -> list[str]:
        """The owners of the runs that have no end."""
        with self._database.reading() as connection:
            return list(connection.execute(select(runs.c.owner).where(runs.c.finished.is_(None)).distinct()).scalars())

    def tick(self, run: Run, now: datetime, **done: int) -> None:
        """Count what a run did (requests, stored, unchanged, bytes), and give a sign of life."""
        with self._database.writing() as connection:
            connection.execute(
                update(runs)
                .where(runs.c.number == run.number)
                .values(beat=now, **{name: runs.c[name] + number for name, number in done.items()})
            )

    def end(self, run: Run, now: datetime) -> None:
        """Close a run that has nothing queued any more."""
        with self._database.writing() as connection:
            connection.execute(update(runs).where(runs.c.number == run.number).values(finished=now))

    def runs(self, origin: str) -> tuple[Run, ...]:
        """Every run of an origin, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(runs).where(runs.c.origin == origin).order_by(runs.c.number)).all()
        return tuple(map(_run, rows))

    def origins(self) -> tuple[str, ...]:
        """Every origin that was ever crawled."""
        with self._database.reading() as connection:
            return tuple(connection.execute(select(runs.c.origin).distinct().order_by(runs.c.origin)).scalars())

    def outcomes(self, origin: str) -> dict[str, int]:
        """How many addresses of an origin came to each outcome; what is still queued under ``queued``."""
        query = (
            select(fetches.c.state, fetches.c.outcome, func.count())
            .where(fetches.c.origin == origin)
            .group_by(fetches.c.state, fetches.c.outcome)
        )
        counts: dict[str, int] = {}
        with self._database.reading() as connection:
            for state, outcome, number in connection.execute(query):
                name = "queued" if state == "queued" else outcome
                counts[name] = counts.get(name, 0) + number
        return counts

    def mishaps(self, origin: str, outcomes: Iterable[str]) -> tuple[Mishap, ...]:
        """The addresses that came to one of these outcomes, of those that the site links or the operator gave."""
        query = (
            select(fetches.c.url, fetches.c.outcome, fetches.c.detail, fetches.c.fetched)
            .where(
                fetches.c.origin == origin,
                fetches.c.state == "done",
                fetches.c.outcome.in_(list(outcomes)),
                or_(fetches.c.hint != "", fetches.c.depth == 0),
            )
            .order_by(fetches.c.outcome, fetches.c.url)
        )
        with self._database.reading() as connection:
            return tuple(Mishap(*row) for row in connection.execute(query))

    def years(self, origin: str) -> dict[int, int]:
        """How many reports of each year were found at the addresses of an origin."""
        query = (
            select(editions.c.year, func.count(editions.c.id.distinct()))
            .join(captures, captures.c.digest == editions.c.digest)
            .join(fetches, and_(fetches.c.url == captures.c.url, fetches.c.origin == origin))
            .group_by(editions.c.year)
            .order_by(editions.c.year)
        )
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def rejections(self, origin: str) -> dict[str, int]:
        """Why payloads of an origin are no reports, as extraction found: how many for each reason."""
        query = (
            select(payloads.c.reason, func.count(payloads.c.digest.distinct()))
            .join(captures, captures.c.digest == payloads.c.digest)
            .join(fetches, and_(fetches.c.url == captures.c.url, fetches.c.origin == origin))
            .where(payloads.c.reason != "")
            .group_by(payloads.c.reason)
            .order_by(payloads.c.reason)
        )
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def source_definitions(self) -> dict[str, dict[str, Any]]:
        """The sources that the operator added, by id."""
        with self._database.reading() as connection:
            rows = connection.execute(select(sources).order_by(sources.c.id)).all()
        return {row.id: json.loads(row.definition) for row in rows}

    def define_source(self, id_: str, definition: Mapping[str, Any]) -> None:
        """Keep a source that the operator adds, in place of one with the same id."""
        with self._database.writing() as connection:
            connection.execute(delete(sources).where(sources.c.id == id_))
            connection.execute(
                insert(sources), {"id": id_, "definition": json.dumps(dict(definition), ensure_ascii=False)}
            )

    def _set(self, condition: ColumnElement[bool], **values: Any) -> None:
        with self._database.writing() as connection:
            connection.execute(update(fetches).where(condition).values(**values))


def _worth_again() -> ColumnElement[bool]:
    """Starts, lists that led somewhere, kept pages, and whatever failed: not what was read once in vain."""
    return or_(
        fetches.c.depth == 0,
        fetches.c.leads > 0,
        fetches.c.outcome.in_(["kept", "unchanged", "failed", "blocked", "shell", "gone", "robots"]),
    )


def _fetch(row: Any) -> Fetch:
    lead = Lead(**{name: getattr(row, name) for name in _LEAD})
    return Fetch(row.number, row.origin, lead, row.attempts, row.etag, row.modified, row.shape)


def _run(row: Any) -> Run:
    return Run(row.number, row.origin, row.started, row.finished, row.requests, row.stored, row.unchanged, row.bytes)
