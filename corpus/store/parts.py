"""Reports over several pages: which addresses are further pages of which report."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from corpus.store import snapshots
from corpus.store.schema import parts, payloads


def note_part(connection: Connection, url: str, first: str, number: int) -> None:
    """Note that an address is a further page of the report at ``first``, which is to be read again with it."""
    row = {"url": url, "first": first, "number": number}
    known = connection.execute(select(parts).where(parts.c.url == url)).one_or_none()
    if known is None or (known.first, known.number) != (first, number):
        connection.execute(delete(parts).where(parts.c.url == url))
        connection.execute(parts.insert(), row)
        stale = {snapshots.digest_at(connection, url), snapshots.digest_at(connection, first)}
    else:
        # A page that changed waits to be read: then its report does too.
        digest = snapshots.digest_at(connection, url)
        read = connection.execute(select(payloads.c.extractor).where(payloads.c.digest == digest)).scalar()
        stale = set() if read else {snapshots.digest_at(connection, first)}
    connection.execute(
        update(payloads).where(payloads.c.digest.in_([one for one in stale if one is not None])).values(extractor="")
    )


def first_of(connection: Connection, url: str) -> tuple[str, int] | None:
    """The report that an address is a further page of, and its number; None without a report that is here."""
    row = connection.execute(select(parts).where(parts.c.url == url)).one_or_none()
    if row is None or snapshots.digest_at(connection, row.first) is None:
        return None
    return row.first, row.number


def pages_behind(connection: Connection, first: str) -> tuple[tuple[str, str], ...]:
    """The further pages of a report in order: (address, digest of what it gave last)."""
    rows = connection.execute(select(parts.c.url).where(parts.c.first == first).order_by(parts.c.number, parts.c.url))
    found = ((url, snapshots.digest_at(connection, url)) for url in rows.scalars())
    return tuple((url, digest) for url, digest in found if digest is not None)
