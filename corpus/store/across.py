"""The findings of a report that depend on the same agency's report of the year before.

They are kept beside the versions, not in them: the earlier report may come, change or go at any time, and the later
one is no new version for it. A mark tells up to which revision of the store they have been worked out (marks.py).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, select

from corpus.model import Finding
from corpus.store.body import finding_from, finding_row
from corpus.store.schema import Words, metadata

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


def load(findings: str | None) -> tuple[Finding, ...]:
    """The findings of a row; none where there is no row."""
    rows: list[list[Any]] = json.loads(findings) if findings else []
    return tuple(finding_from(row) for row in rows)
