"""Who crawls what: the runs, one process at a time for each source, and the sources that the operator added."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from corpus.store.database import Database
from corpus.store.schema import fetches, runs, sources

STALE_AFTER = timedelta(minutes=5)
"""A run whose owner gave no sign for so long is free for another process."""


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


def _worth_again() -> ColumnElement[bool]:
    """Starts, lists that led somewhere, kept pages, and whatever failed: not what was read once in vain."""
    return or_(
        fetches.c.depth == 0,
        fetches.c.leads > 0,
        fetches.c.outcome.in_(["kept", "unchanged", "failed", "blocked", "shell", "gone", "robots"]),
    )


def _run(row: Any) -> Run:
    return Run(row.number, row.origin, row.started, row.finished, row.requests, row.stored, row.unchanged, row.bytes)
