"""Which body owed which year's report, and what came of it: one slim row for each, kept beside the reports.

A body owes the years from its first report to its last, and the one behind that. Whether it existed then is not known:
``reason`` says why the report is expected, and nothing is called missing for the year behind the last one; where it is
known what the body became (lives.py), it is not even silent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal, get_args

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Select,
    Table,
    and_,
    case,
    delete,
    func,
    select,
)

from corpus.deadline import due
from corpus.model import Kind
from corpus.store.analysis import Analysis
from corpus.store.database import in_parts
from corpus.store.life_tables import passages
from corpus.store.marks import DUTIES
from corpus.store.schema import Words, editions, metadata, versions

Status = Literal["in_time", "late", "undated", "without_day", "missing", "silent", "succeeded"]
STATUSES: tuple[Status, ...] = get_args(Status)

duties = Table(
    "duties",
    metadata,
    Column("agency_id", Words, primary_key=True),
    Column("year", Integer, primary_key=True, index=True),
    Column("agency", Words, nullable=False),
    Column("region", Words, nullable=False),
    Column("level", Words, nullable=False),
    Column("kind", Words, nullable=False),
    # The report; empty where there is none.
    Column("id", Words, nullable=False),
    Column("published", Words),
    # The last day in time; none where the body has no day.
    Column("due", Words),
    # Whether the body is known to have reported for a later year.
    Column("later", Integer, nullable=False),
    # What the years are counted by.
    Index("duties_by_year", "year", "region", "id", "later", "due", "published", "agency_id"),
)


@dataclass(frozen=True, slots=True)
class Duty:
    """A body and a year. ``id`` is empty where no report is here; ``due`` None where the 条例 sets no day."""

    agency_id: str
    year: int
    agency: str
    region: str
    level: str
    kind: Kind
    id: str
    published: date | None
    due: date | None
    status: Status

    @property
    def days_late(self) -> int:
        """Days after the last one in time; 0 where it was in time or nobody knows."""
        return max(0, (self.published - self.due).days) if self.published and self.due else 0


class Duties(Analysis):
    """The duties of a store."""

    mark = DUTIES

    def renew(self, agencies: Collection[str]) -> None:
        """Work out the duties of some bodies anew."""
        with self._database.writing() as connection:
            for some in in_parts(agencies):
                rows = list(_owed(connection, some))
                connection.execute(delete(duties).where(duties.c.agency_id.in_(some)))
                if rows:
                    connection.execute(duties.insert(), rows)

    def years(self, region: str, today: date) -> dict[int, dict[str, int]]:
        """How many of each status a year has, of what is due by a day; ``region`` as in ``listed``."""
        status = _status().label("status")
        query = _due(select(duties.c.year, status, func.count()), region, today)
        found: dict[int, dict[str, int]] = {}
        with self._database.reading() as connection:
            for year, name, count in connection.execute(query.group_by(duties.c.year, status)):
                found.setdefault(year, {})[name] = count
        return dict(sorted(found.items(), reverse=True))

    def provinces(self, year: int, today: date) -> dict[str, dict[str, int]]:
        """The same of one year, by the first two digits of the region's code."""
        status, province = _status().label("status"), func.substr(duties.c.region, 1, 2).label("province")
        query = _due(select(province, status, func.count()), "", today).where(duties.c.year == year)
        found: dict[str, dict[str, int]] = {}
        with self._database.reading() as connection:
            for code, name, count in connection.execute(query.group_by(province, status)):
                found.setdefault(code, {})[name] = count
        return dict(sorted(found.items()))

    def listed(  # noqa: PLR0913 - what is asked for, each by name
        self,
        statuses: Collection[Status],
        *,
        region: str,
        year: int | None,
        today: date,
        first: int = 0,
        most: int | None = 100,
    ) -> tuple[Duty, ...]:
        """Those of some statuses, ``most`` of them from the ``first`` (0-based) on, the latest first.

        ``region`` are the digits of a code that those inside it share. How many there are, ``years`` tells.
        """
        status = _status().label("status")
        columns = [column for column in duties.c if column.name != "later"]
        query = _due(select(*columns, status), region, today).where(status.in_(statuses))
        if year is not None:
            query = query.where(duties.c.year == year)
        d = duties.c
        with self._database.reading() as connection:
            rows = query.order_by(d.year.desc(), d.due.desc(), d.region, d.agency_id).offset(first)
            return tuple(map(_duty, connection.execute(rows.limit(most))))

    def governments(self, year: int, region: str) -> frozenset[str]:
        """The regions whose governments owe a year's report as far as their own reports tell, reported or not."""
        query = select(duties.c.region).where(duties.c.year == year, duties.c.kind == "government")
        with self._database.reading() as connection:
            return frozenset(connection.execute(_inside(query, region)).scalars())


def _owed(connection: Connection, agencies: Iterable[str]) -> Iterable[dict[str, Any]]:
    """The rows of some bodies: their years from the first report to the one behind the last."""
    e = editions.c
    query = (
        select(e.agency_id, e.year, versions.c.id, e.published, e.agency, e.region, e.level, e.kind)
        .select_from(versions.join(editions, e.digest == versions.c.digest))
        .where(versions.c.shown, e.agency_id.in_(agencies))
        .order_by(e.agency_id, e.year)
    )
    for agency_id, group in groupby(connection.execute(query), key=lambda row: row.agency_id):
        by_year = {row.year: row for row in group}
        last = max(by_year)
        body = by_year[last]
        for year in range(min(by_year), last + 2):
            day = due(body.kind, year, body.agency)
            report = by_year.get(year)
            yield {
                "agency_id": agency_id,
                "year": year,
                "agency": body.agency,
                "region": body.region,
                "level": body.level,
                "kind": body.kind,
                "id": report.id if report else "",
                "published": report.published if report else None,
                "due": day.isoformat() if day else None,
                "later": int(year < last),
            }


def _status() -> ColumnElement[str]:
    d = duties.c
    return case(
        (and_(d.id == "", d.later == 1), "missing"),
        (and_(d.id == "", d.agency_id.in_(select(passages.c.was_id))), "succeeded"),
        (d.id == "", "silent"),
        (d.due.is_(None), "without_day"),
        (d.published.is_(None), "undated"),
        (d.published > d.due, "late"),
        else_="in_time",
    )


def _due(query: Select[Any], region: str, today: date) -> Select[Any]:
    """Those whose day has passed; a body without a day is waited for until the year behind the one told of is over."""
    d = duties.c
    passed = case((d.due.is_(None), d.year < today.year - 1), else_=d.due < today.isoformat())
    return _inside(query.where((d.id != "") | passed), region)


def _inside(query: Select[Any], region: str) -> Select[Any]:
    return query.where(duties.c.region.startswith(region, autoescape=True)) if region else query


def _duty(row: Any) -> Duty:
    agency_id, year, agency, region, level, kind, id_, published, day, status = row
    return Duty(agency_id, year, agency, region, level, kind, id_, _day(published), _day(day), status)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
