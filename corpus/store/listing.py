"""What lies behind the numbers of ``counts`` and ``punctuality``: the payloads and reports themselves, in pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Select, and_, false, func, or_, select

from corpus.deadline import due
from corpus.store.schema import captures, editions, payloads, versions
from corpus.store.withholding import is_given

What = Literal["payloads", "changed", "conflicts", "gone", "pending", "unreadable", "dated", "late"]
WHATS: tuple[What, ...] = get_args(What)
_EDITIONS = versions.join(editions, editions.c.digest == versions.c.digest)


@dataclass(frozen=True, slots=True)
class Listed:
    """A payload. ``id`` and ``title`` are those of its report, empty where it is none; ``moment`` its capture."""

    digest: str
    id: str
    title: str
    url: str
    moment: datetime


def listed(connection: Connection, what: What, among: str, first: int, most: int) -> tuple[int, tuple[Listed, ...]]:
    """How many there are, and ``most`` of them from the ``first`` (0-based) on.

    ``among`` narrows ``unreadable`` to a reason, ``dated`` and ``late`` to the first two digits of a province's code.
    """
    query = _payloads(what, among) if what in ("payloads", "gone", "pending", "unreadable") else _reports(what, among)
    if what == "late":
        query = query.where(_late(connection))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    rows = connection.execute(query.offset(first).limit(most))
    return int(total), tuple(Listed(row.digest, row.id or "", row.title or "", row.url, row.captured) for row in rows)


def _reports(what: What, among: str) -> Select[Any]:
    v, e = versions.c, editions.c
    query = select(v.digest, v.id, e.title, v.url, v.captured).select_from(_EDITIONS).order_by(v.id, v.lane, v.version)
    match what:
        case "changed":
            return query.where(v.version > 1).order_by(None).order_by(v.captured.desc(), v.id, v.lane)
        case "conflicts":
            return query.where(v.newest, v.lane > 0)
        case _:
            query = query.where(v.shown, e.published.is_not(None))
            return query.where(func.substr(e.region, 1, 2) == among) if among else query


def _payloads(what: What, among: str) -> Select[Any]:
    p, c, e = payloads.c, captures.c, editions.c
    sightings = captures.join(payloads, p.digest == c.digest).outerjoin(editions, e.digest == c.digest)
    query = select(c.digest, e.id, e.title, c.url, c.captured).select_from(sightings)
    query = query.where(is_given(c.digest)).order_by(c.captured, c.number)
    if what == "gone":
        return query.where(c.gone.is_not(None))
    # A payload stands once, at its first sighting.
    query = query.where(c.number.in_(select(func.min(c.number)).group_by(c.digest)))
    match what:
        case "pending":
            return query.where(p.extracted.is_(None))
        case "unreadable":
            return query.where(p.reason == among if among else p.reason != "")
        case _:
            return query


def _late(connection: Connection) -> Any:
    """The statutory day depends on the body and the year (corpus/deadline.py): told of each kind, year and branch."""
    e = editions.c
    kinds = connection.execute(select(e.kind, e.year).distinct()).all()
    names = connection.execute(select(e.agency).distinct()).scalars()
    branches = [name for name in names if due("department", _ANY, name) is None]
    days = (
        and_(e.kind == kind, e.year == year, e.published > day.isoformat(), e.agency.not_in(branches))
        for kind, year in kinds
        if (day := due(kind, year)) is not None
    )
    return or_(false(), *days)


_ANY = 2021
"""A year: a branch has no day in any."""
