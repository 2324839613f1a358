"""The findings of a report that depend on the same agency's report of the year before.

They are kept beside the versions, not in them: the earlier report may come, change or go at any time, and the later
one is no new version for it. A mark tells up to which revision of the store they have been worked out, so that a run
that was broken off is taken up by the next.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, select, update

from corpus.model import Finding
from corpus.store.body import finding_from, finding_row
from corpus.store.schema import Words, changes, meta, metadata

_MARK = "compared"

across = Table(
    "across",
    metadata,
    Column("id", Words, primary_key=True),
    Column("findings", Words, nullable=False),
)


def put(connection: Connection, id_: str, findings: Sequence[Finding]) -> bool:
    """Keep the findings of a report, in place of those it had. Returns whether anything changed."""
    before = connection.execute(select(across.c.findings).where(across.c.id == id_)).scalar()
    after = json.dumps([finding_row(finding) for finding in findings], ensure_ascii=False) if findings else None
    if before == after:
        return False
    connection.execute(delete(across).where(across.c.id == id_))
    if after is not None:
        connection.execute(across.insert(), {"id": id_, "findings": after})
    return True


def uncompared(connection: Connection) -> list[str]:
    """The ids that changed, came or went since the mark, in no particular order."""
    mark = connection.execute(select(meta.c.value).where(meta.c.name == _MARK)).scalar() or 0
    return list(connection.execute(select(changes.c.id).where(changes.c.revision > mark)).scalars())


def compared(connection: Connection, revision: int) -> None:
    """Move the mark: everything up to this revision has been worked out."""
    if connection.execute(update(meta).where(meta.c.name == _MARK).values(value=revision)).rowcount == 0:
        connection.execute(meta.insert(), {"name": _MARK, "value": revision})


def load(findings: str | None) -> tuple[Finding, ...]:
    """The findings of a row; none where there is no row."""
    rows: list[list[Any]] = json.loads(findings) if findings else []
    return tuple(finding_from(row) for row in rows)
