"""How far what is derived from several reports has been worked out: a revision of the store for each such work.

The store remembers; so it does not matter who changed a report, nor whether the run before was broken off.
"""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from corpus.store.schema import changes, meta

COMPARED = "compared"
"""Findings across years (across.py)."""
READ_TOGETHER = "read_together"
"""Wordings (wordings.py)."""
DUTIES = "duties"
"""Who owed which year's report (duties.py)."""
CONTRADICTIONS = "contradictions"
"""Numbers that cannot both be right (contradictions.py)."""
OUTCOMES = "outcomes"
"""What became of applications (outcomes.py); the name goes on with that of the layout."""
PROMISES = "promises"
"""What came of promises (promises.py)."""
REVISIONS = "revisions"
"""What later versions changed (revisions.py)."""
_EVERY = (COMPARED, READ_TOGETHER, DUTIES, CONTRADICTIONS, PROMISES, REVISIONS)
"""All of them, but for outcomes, whose names are many."""


def mark(connection: Connection, name: str) -> int:
    """Where a mark stands; 0 where it was never set."""
    return int(connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar() or 0)


def behind(connection: Connection, name: str) -> list[str]:
    """The ids that changed, came or went since a mark, in no particular order."""
    return list(connection.execute(select(changes.c.id).where(changes.c.revision > mark(connection, name))).scalars())


def move_all(connection: Connection, former: int, revision: int) -> None:
    """Set every mark that stands at a former revision to another one."""
    known = meta.c.name.in_(_EVERY) | meta.c.name.startswith(f"{OUTCOMES} ")
    connection.execute(update(meta).where(known, meta.c.value == former).values(value=revision))


def move(connection: Connection, name: str, revision: int) -> None:
    """Set a mark: everything up to this revision has been worked out."""
    if connection.execute(update(meta).where(meta.c.name == name).values(value=revision)).rowcount == 0:
        connection.execute(meta.insert(), {"name": name, "value": revision})
