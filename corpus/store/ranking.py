"""Reports by how much of them stood in earlier reports (wordings.py), and what that comes to year by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Select, func, select

from corpus.store.schema import editions, versions
from corpus.store.wording_tables import told

Share = Literal["copied", "own", "others"]
SHARES: tuple[Share, ...] = get_args(Share)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A report and its shares in per cent: ``copied`` from any earlier report, the body's ``own``, ``others``'."""

    id: str
    agency: str
    region: str
    level: str
    kind: str
    year: int
    copied: float
    own: float
    others: float


@dataclass(frozen=True, slots=True)
class Yearly:
    """The reports of a year that were compared, and their average shares in per cent."""

    year: int
    reports: int
    copied: float
    own: float
    others: float


def ranked(  # noqa: PLR0913 - what is asked for, each by name
    connection: Connection, by: Share, *, region: str, year: int | None, first: int, most: int | None
) -> tuple[int, tuple[Ranked, ...]]:
    """How many reports were compared, and ``most`` of them from the ``first`` (0-based) on; the greatest share first.

    ``region`` are the digits of a code that those inside it share.
    """
    e, t = editions.c, told.c
    query = _narrowed(select(t.id, e.agency, e.region, e.level, e.kind, e.year, *_SHARES), region, year)
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    rows = query.order_by(t[by].desc(), t.year.desc(), t.id).offset(first)
    found = connection.execute(rows if most is None else rows.limit(most))
    return int(total), tuple(Ranked(*row) for row in found)


def yearly(connection: Connection, region: str) -> tuple[Yearly, ...]:
    """Year by year."""
    shares = [func.avg(column) for column in _SHARES]
    query = _narrowed(select(editions.c.year, func.count(), *shares), region, None)
    rows = connection.execute(query.group_by(editions.c.year).order_by(editions.c.year))
    return tuple(Yearly(year, count, *(round(share, 1) for share in means)) for year, count, *means in rows)


_SHARES = (told.c.copied, told.c.own, told.c.others)


def _narrowed(query: Select[Any], region: str, year: int | None) -> Select[Any]:
    shown = told.join(versions, versions.c.id == told.c.id).join(editions, editions.c.digest == versions.c.digest)
    query = query.select_from(shown).where(versions.c.shown, told.c.copied.is_not(None))
    if region:
        query = query.where(editions.c.region.startswith(region, autoescape=True))
    return query if year is None else query.where(editions.c.year == year)
