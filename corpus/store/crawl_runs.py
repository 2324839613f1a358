"""Who crawls what: the runs, one process at a time for each source, and the sources that the operator added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, insert, or_, select, update

from corpus.store.database import Database, in_parts
from corpus.store.schema import fetches, runs, sources

STALE_AFTER = timedelta(minutes=5)
"""A run whose owner gave no sign for so long is free for another process."""


_COUNTS = ("requests", "stored", "unchanged", "bytes")
_TICK = (
    update(runs)
    .where(runs.c.number == bindparam("of"))
    .values(beat=bindparam("now"), **{name: runs.c[name] + bindparam(f"more_{name}") for name in _COUNTS})
)


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


class CrawlRuns:
    """The runs and sources of a store. Writes join the store's batch."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, origins: Iterable[str], owner: str, now: datetime, alive: Mapping[str, bool]) -> dict[str, Run]:
        """Start a run for each origin or go on with an interrupted one; those that another process is at are absent.

        ``alive`` says of owners on this machine whether they still run; others are judged by their last sign. A new
        run queues again every address that was worth its request. All of it is one transaction: thousands of origins
        begin in a second.
        """
        begun: dict[str, Run] = {}
        with self._database.writing() as connection:
            for part in in_parts(origins):
                last = {row.origin: row for row in connection.execute(_last(part))}
                open_ = {origin: row for origin, row in last.items() if row.finished is None}
                own = [
                    row
                    for row in open_.values()
                    if row.owner == owner or not alive.get(row.owner, row.beat > now - STALE_AFTER)
                ]
                numbers = [row.number for row in own]
                connection.execute(update(runs).where(runs.c.number.in_(numbers)).values(owner=owner, beat=now))
                new = [origin for origin in part if origin not in open_]
                connection.execute(
                    update(fetches)
                    .where(fetches.c.origin.in_(new), _worth_again())
                    .values(state="queued", attempts=0, not_before=None)
                )
                if new:
                    row = {"owner": owner, "beat": now, "started": now}
                    connection.execute(insert(runs), [row | {"origin": origin} for origin in new])
                begun |= {row.origin: _run(row) for row in own}
                begun |= {row.origin: _run(row) for row in connection.execute(_last(new))}
        return begun

    def owners(self) -> list[str]:
        """The owners of the runs that have no end."""
        with self._database.reading() as connection:
            return list(connection.execute(select(runs.c.owner).where(runs.c.finished.is_(None)).distinct()).scalars())

    def tick(self, run: Run, now: datetime, **done: int) -> None:
        """Count what a run did (requests, stored, unchanged, bytes; True is one), and give a sign of life."""
        with self._database.writing() as connection:
            more = {f"more_{name}": int(done.get(name, 0)) for name in _COUNTS}
            connection.execute(_TICK, {"of": run.number, "now": now, **more})

    def end(self, run: Run, now: datetime) -> None:
        """Close a run that has nothing queued any more."""
        with self._database.writing() as connection:
            connection.execute(update(runs).where(runs.c.number == run.number).values(finished=now))

    def runs(self, origin: str) -> tuple[Run, ...]:
        """Every run of an origin, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(runs).where(runs.c.origin == origin).order_by(runs.c.number)).all()
        return tuple(map(_run, rows))

    def last(self, origins: Iterable[str]) -> dict[str, Run]:
        """The newest run of each of these origins that was ever crawled."""
        found: dict[str, Run] = {}
        with self._database.reading() as connection:
            for part in in_parts(origins):
                found |= {row.origin: _run(row) for row in connection.execute(_last(part))}
        return found

    def ended(self, origins: Iterable[str]) -> dict[str, datetime]:
        """When the last crawl of each of these origins ended that did."""
        query = select(runs.c.origin, runs.c.finished).where(runs.c.finished.is_not(None)).order_by(runs.c.number)
        found: dict[str, datetime] = {}
        with self._database.reading() as connection:
            for part in in_parts(origins):
                found |= {row.origin: row.finished for row in connection.execute(query.where(runs.c.origin.in_(part)))}
        return found

    def origins(self) -> tuple[str, ...]:
        """Every origin that was ever crawled."""
        with self._database.reading() as connection:
            return tuple(connection.execute(select(runs.c.origin).distinct().order_by(runs.c.origin)).scalars())

    def source_definitions(self) -> dict[str, dict[str, Any]]:
        """The sources that the operator added, by id."""
        with self._database.reading() as connection:
            rows = connection.execute(select(sources).order_by(sources.c.id)).all()
        return {row.id: json.loads(row.definition) for row in rows}

    def define_sources(self, definitions: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep sources that the operator adds, in place of those with the same ids."""
        rows = [
            {"id": id_, "definition": json.dumps(dict(entry), ensure_ascii=False)} for id_, entry in definitions.items()
        ]
        with self._database.writing() as connection:
            for part in in_parts(definitions):
                connection.execute(delete(sources).where(sources.c.id.in_(part)))
            if rows:
                connection.execute(insert(sources), rows)


def _last(origins: list[str]) -> Select[Any]:
    newest = select(func.max(runs.c.number)).where(runs.c.origin.in_(origins)).group_by(runs.c.origin)
    return select(runs).where(runs.c.number.in_(newest))


def _worth_again() -> ColumnElement[bool]:
    """Starts, lists that led somewhere, kept pages, and whatever failed: not what was read once in vain."""
    return or_(
        fetches.c.depth == 0,
        fetches.c.leads > 0,
        fetches.c.outcome.in_(["kept", "unchanged", "failed", "blocked", "shell", "gone", "robots"]),
    )


def _run(row: Any) -> Run:
    return Run(row.number, row.origin, row.started, row.finished, row.requests, row.stored, row.unchanged, row.bytes)
