"""The words of many reports at once, without figures and findings: what a page that quotes forty of them needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from corpus.model import Section
from corpus.store.body import sections_in
from corpus.store.database import in_parts
from corpus.store.schema import editions, versions


@dataclass(frozen=True, slots=True)
class Narrated:
    """The narrative of a report as it stands, with whose it is. ``revision`` as in ``Stored``."""

    id: str
    revision: int
    agency_id: str
    agency: str
    region: str
    year: int
    sections: tuple[Section, ...]


def narrated(connection: Connection, ids: Collection[str]) -> Mapping[str, Narrated]:
    """The current narratives of reports, by id; those that are not there are left out."""
    parts = (_found(connection, versions.c.id.in_(some)) for some in in_parts(ids))
    return {each.id: each for part in parts for each in part}


def narrated_by(connection: Connection, agencies: Collection[str]) -> Mapping[str, tuple[Narrated, ...]]:
    """The current narratives of some bodies' reports, by year; bodies without any are left out."""
    found: dict[str, tuple[Narrated, ...]] = {}
    for some in in_parts(agencies):
        for each in _found(connection, editions.c.agency_id.in_(some)):
            found[each.agency_id] = (*found.get(each.agency_id, ()), each)
    return found


def _found(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Narrated]:
    v, e = versions.c, editions.c
    query = (
        select(v.id, v.revision, e.agency_id, e.agency, e.region, e.year, e.body)
        .join(editions, e.digest == v.digest)
        .where(v.shown, condition)
        .order_by(e.year, v.id)
    )
    for row in connection.execute(query):
        yield Narrated(row.id, row.revision, row.agency_id, row.agency, row.region, row.year, sections_in(row.body))
