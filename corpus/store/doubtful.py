"""The findings of many reports at once, without their words and figures: what a page that marks many numbers needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from corpus.model import Finding
from corpus.store.across import across, load
from corpus.store.body import findings_in
from corpus.store.database import in_parts
from corpus.store.schema import editions, versions


def findings_of(connection: Connection, ids: Collection[str]) -> Mapping[str, tuple[Finding, ...]]:
    """The findings of current reports, by id, as ``Stored`` has them; reports that are not there are left out."""
    v, e = versions.c, editions.c
    shown = versions.join(editions, e.digest == v.digest).outerjoin(across, across.c.id == v.id)
    query = select(v.id, e.body, across.c.findings).select_from(shown).where(v.shown)
    found = {}
    for some in in_parts(ids):
        for row in connection.execute(query.where(v.id.in_(some))):
            found[row.id] = (*findings_in(row.body), *load(row.findings))
    return found
