"""Lists of what the analyses found: counted and put in order from their own slim tables alone.

The reports themselves, whose rows are wide, are looked up for the few that a page shows. What has been hidden since an
analysis was brought up to date is left out of counts and lists alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, Table, and_, exists, func, select, true

from corpus.store.marks import mark
from corpus.store.schema import changes, editions, versions

Asked = ColumnElement[bool]
"""A condition of what is listed."""


@dataclass(frozen=True, slots=True)
class Page:
    """``most`` rows (None: all) from the ``first`` (0-based) on, in an order."""

    order: tuple[ColumnElement[Any], ...]
    first: int
    most: int | None


def asked_for(id_: Column[str], *, region: str = "", year: int | None = None, report: str = "") -> Iterator[Asked]:
    """That a report is of a place, by the digits that the codes inside it share, and of a year: its id tells both."""
    if region:
        yield id_.startswith(region, autoescape=True)
    if year is not None:
        yield func.substr(id_, 8, 4) == str(year)
    if report:
        yield id_ == report


def still_shown(connection: Connection, id_: Column[str], name: str) -> Asked:
    """That a report was not hidden since the analysis with this mark was brought up to date (marks.py)."""
    c, v = changes.c, versions.c
    hidden = ~exists(select(v.id).where(v.id == c.id, v.shown))
    gone = select(c.id).where(c.revision > mark(connection, name), hidden)
    # As a rule there is none, and a look at every row for nothing would be most of what a list costs.
    return id_.not_in(gone) if connection.execute(gone.limit(1)).first() else true()


def page_of(
    connection: Connection,
    table: Table,
    wanted: Iterable[Asked],
    page: Page,
    whose: Iterable[Column[Any]],
) -> tuple[int, Sequence[Row[Any]]]:
    """How many rows are ``wanted``, and a page of them, each with ``whose`` report it is."""
    asked = select(*table.primary_key).where(*wanted)
    keys = asked.order_by(*page.order).offset(page.first).limit(page.most).subquery()
    same = [column == keys.c[column.name] for column in table.primary_key]
    shown = table.join(keys, and_(*same)).join(versions, (versions.c.id == table.c.id) & versions.c.shown)
    rows = select(*table.c, *whose).select_from(shown.join(editions, editions.c.digest == versions.c.digest))
    return counted(connection, asked), connection.execute(rows.order_by(*page.order)).all()


def counted(connection: Connection, asked: Select[Any]) -> int:
    """How many rows there are."""
    return int(connection.execute(select(func.count()).select_from(asked.subquery())).scalar_one())
