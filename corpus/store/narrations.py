"""The words of many reports at once, without figures and findings: what a page that quotes forty of them needs."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from corpus.model import Section, SectionKind
from corpus.store.database import in_parts
from corpus.store.schema import editions, versions


@dataclass(frozen=True, slots=True)
class Narrated:
    """The narrative of a report as it stands, with whose it is. ``revision`` as in ``Stored``."""

    id: str
    revision: int
    agency_id: str
    agency: str
    year: int
    sections: tuple[Section, ...]


class _Narrative(msgspec.Struct):
    """Of a packed body (body.py) what is read here; the rest is passed over."""

    sections: list[tuple[SectionKind, str, list[str]]]


def narrated(connection: Connection, ids: Collection[str]) -> Mapping[str, Narrated]:
    """The current narratives of reports, by id; those that are not there are left out."""
    v, e = versions.c, editions.c
    query = (
        select(v.id, v.revision, e.agency_id, e.agency, e.year, e.body)
        .join(editions, e.digest == v.digest)
        .where(v.shown)
    )
    found = {}
    for some in in_parts(ids):
        for row in connection.execute(query.where(v.id.in_(some))):
            kept = msgspec.json.decode(zlib.decompress(row.body), type=_Narrative)
            sections = tuple(Section(kind, heading, tuple(lines)) for kind, heading, lines in kept.sections)
            found[row.id] = Narrated(row.id, row.revision, row.agency_id, row.agency, row.year, sections)
    return found
