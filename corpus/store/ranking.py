"""Reports by how much of them stood in earlier reports (wordings.py), and what that comes to year by year."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, get_args

from sqlalchemy import Connection, func, select

from corpus.store.lists import Page, asked_for, page_of, still_shown
from corpus.store.marks import READ_TOGETHER
from corpus.store.schema import editions
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
    page = Page((t[by].desc(), t.year.desc(), t.id.desc()), first, most)
    asked = (t[by].is_not(None), *asked_for(t.id, region=region, year=year))
    asked = (*asked, still_shown(connection, t.id, READ_TOGETHER))
    count, rows = page_of(connection, told, asked, page, (e.agency, e.region, e.level, e.kind))
    return count, tuple(Ranked(*(getattr(row, each.name) for each in fields(Ranked))) for row in rows)


def yearly(connection: Connection, region: str) -> tuple[Yearly, ...]:
    """Year by year."""
    t = told.c
    query = select(t.year, func.count(), *map(func.avg, _SHARES)).where(
        t.copied.is_not(None), *asked_for(t.id, region=region), still_shown(connection, t.id, READ_TOGETHER)
    )
    rows = connection.execute(query.group_by(t.year).order_by(t.year))
    return tuple(Yearly(year, count, *(round(share, 1) for share in means)) for year, count, *means in rows)


_SHARES = (told.c.copied, told.c.own, told.c.others)
