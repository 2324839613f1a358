"""Lists of what the analyses found: counted and put in order from their own slim tables alone.

The reports themselves, whose rows are wide, are looked up for the few that a page shows. What has been hidden since an
analysis was brought up to date is left out of counts and lists alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, exists, func, select, true

from corpus.store.marks import mark
from corpus.store.schema import changes, editions, versions


def asked_for(id_: Column[str], *, region: str, year: int | None) -> Iterator[ColumnElement[bool]]:
    """That a report is of a place, by the digits that the codes inside it share, and of a year: its id tells both."""
    if region:
        yield id_.startswith(region, autoescape=True)
    if year is not None:
        yield func.substr(id_, 8, 4) == str(year)


def still_shown(connection: Connection, id_: Column[str], name: str) -> ColumnElement[bool]:
    """That a report was not hidden since the analysis with this mark was brought up to date (marks.py)."""
    c, v = changes.c, versions.c
    hidden = ~exists(select(v.id).where(v.id == c.id, v.shown))
    gone = select(c.id).where(c.revision > mark(connection, name), hidden)
    # As a rule there is none, and a look at every row for nothing would be most of what a list costs.
    return id_.not_in(gone) if connection.execute(gone.limit(1)).first() else true()


def page_of(
    table: Table, wanted: Select[Any], *order: ColumnElement[Any], whose: tuple[Column[Any], ...]
) -> Select[Any]:
    """The rows of ``table`` whose keys ``wanted`` selects, in this order, each with ``whose`` report it is."""
    keys = wanted.subquery()
    same = [table.c[column.name] == keys.c[column.name] for column in table.primary_key]
    shown = table.join(keys, and_(*same)).join(versions, (versions.c.id == table.c.id) & versions.c.shown)
    return (
        select(*table.c, *whose)
        .select_from(shown.join(editions, editions.c.digest == versions.c.digest))
        .order_by(*order)
    )


def counted(connection: Connection, wanted: Select[Any]) -> int:
    """How many rows there are."""
    return int(connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one())
