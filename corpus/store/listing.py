"""What lies behind the numbers of ``counts`` and ``punctuality``: the payloads and reports themselves, in pages."""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class Among:
    """What narrows a list: ``reason`` those that are no report, the others a report's year and place.

    ``region`` are the digits of a code that those inside it share. What is no report is in no place and of no year.
    """

    reason: str = ""
    region: str = ""
    year: int | None = None


ALL = Among()


@dataclass(frozen=True, slots=True)
class Spread:
    """How many of a list are of a year, and in a place one level further in: the digits of its code."""

    years: Mapping[int, int]
    places: Mapping[str, int]


def listed(connection: Connection, what: What, among: Among, first: int, most: int) -> tuple[int, tuple[Listed, ...]]:
    """How many there are, and ``most`` of them from the ``first`` (0-based) on."""
    query = _listed(connection, what, among)
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    rows = connection.execute(query.offset(first).limit(most))
    return int(total), tuple(Listed(row.digest, row.id or "", row.title or "", row.url, row.captured) for row in rows)


def spread(connection: Connection, what: What, among: Among) -> Spread:
    """What else a list could be narrowed to: its years within the place, its places within the year."""
    deeper = len(among.region) + 2
    years = _listed(connection, what, Among(region=among.region)).order_by(None).subquery()
    places = _listed(connection, what, among).order_by(None).subquery()
    inside = func.substr(places.c.region, 1, deeper)
    of_years = select(years.c.year, func.count()).group_by(years.c.year).order_by(years.c.year.desc())
    of_places = select(inside, func.count()).group_by(inside).order_by(inside)
    return Spread(
        {year: count for year, count in connection.execute(of_years) if year is not None},
        {digits: count for digits, count in connection.execute(of_places) if digits and len(digits) == deeper},
    )


def _listed(connection: Connection, what: What, among: Among) -> Select[Any]:
    of_payloads = what in ("payloads", "gone", "pending", "unreadable")
    query = _payloads(what, among.reason) if of_payloads else _reports(what)
    if what == "late":
        query = query.where(_late(connection))
    if among.region:
        query = query.where(editions.c.region.startswith(among.region, autoescape=True))
    return query if among.year is None else query.where(editions.c.year == among.year)


def _reports(what: What) -> Select[Any]:
    v, e = versions.c, editions.c
    query = select(v.digest, v.id, e.title, v.url, v.captured, e.region, e.year).select_from(_EDITIONS)
    query = query.order_by(v.id, v.lane, v.version)
    match what:
        case "changed":
            return query.where(v.version > 1).order_by(None).order_by(v.captured.desc(), v.id, v.lane)
        case "conflicts":
            return query.where(v.newest, v.lane > 0)
        case _:
            return query.where(v.shown, e.published.is_not(None))


def _payloads(what: What, reason: str) -> Select[Any]:
    p, c, e = payloads.c, captures.c, editions.c
    sightings = captures.join(payloads, p.digest == c.digest).outerjoin(editions, e.digest == c.digest)
    query = select(c.digest, e.id, e.title, c.url, c.captured, e.region, e.year).select_from(sightings)
    query = query.where(is_given(c.digest)).order_by(c.captured, c.number)
    if what == "gone":
        return query.where(c.gone.is_not(None))
    # A payload stands once, at its first sighting.
    query = query.where(c.number.in_(select(func.min(c.number)).group_by(c.digest)))
    match what:
        case "pending":
            return query.where(p.extracted.is_(None))
        case "unreadable":
            return query.where(p.reason == reason if reason else p.reason != "")
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
