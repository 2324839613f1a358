"""Payloads and captures: the evidence."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, func, insert, or_, select, update

from corpus.model import Snapshot
from corpus.store.schema import captures, fetches, payloads, sources, withheld
from corpus.store.warc import RecordLocation

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Capture:
    """One sighting of a payload at an address.

    A row stands for a change at the address: ``captured`` is when the payload was first got there, ``seen`` when it
    was last found unchanged, ``gone`` when the address was found to give nothing any more (None while it gives).
    """

    digest: str
    url: str
    source: str
    media_type: str
    captured: datetime
    seen: datetime
    gone: datetime | None

    @property
    def snapshot(self) -> Snapshot:
        """The evidence as the model has it."""
        return Snapshot(self.digest, self.url, self.source, self.media_type, self.captured)


# Put together once: for each request of a crawl that takes as long as the answer.
_PLACE = select(payloads.c.archive, payloads.c.offset, payloads.c.length).where(payloads.c.digest == bindparam("of"))
_ADDED, _SEEN = insert(payloads), insert(captures)
_UNREAD = update(payloads).where(payloads.c.digest == bindparam("of")).values(extractor="")
_NEWEST = (
    select(captures)
    .where(captures.c.address == bindparam("at"))
    .order_by(captures.c.captured.desc(), captures.c.number.desc())
    .limit(1)
)


def place_of(connection: Connection, digest: str) -> RecordLocation | None:
    """Where the archive holds a payload."""
    row = connection.execute(_PLACE, {"of": digest}).one_or_none()
    return None if row is None else RecordLocation(row.archive, row.offset, row.length)


def add_payload(connection: Connection, digest: str, place: RecordLocation, size: int) -> None:
    """Point to a payload in the archive."""
    connection.execute(
        _ADDED,
        {"digest": digest, "archive": place.name, "offset": place.offset, "length": place.length, "size": size},
    )


def add_capture(connection: Connection, snapshot: Snapshot, hint: str = "") -> Snapshot:
    """Note a sighting; the same payload again at an address only moves ``seen``. Returns the sighting as kept.

    A payload that was given before, and then another, is a change like any: it is extracted again. ``hint`` is the
    code of the place where a person says that it stands; the last one given counts.
    """
    address = snapshot.url or snapshot.source
    newest = _newest_at(connection, address)
    if newest is not None and newest.digest == snapshot.digest:
        connection.execute(
            update(captures)
            .where(captures.c.number == newest.number)
            .values(seen=max(newest.seen, snapshot.captured), gone=None, hint=hint or newest.hint)
        )
        return Snapshot(newest.digest, newest.url, newest.source, newest.media_type, newest.captured)
    connection.execute(
        _SEEN,
        {
            "digest": snapshot.digest,
            "address": address,
            "url": snapshot.url,
            "source": snapshot.source,
            "media_type": snapshot.media_type,
            "captured": snapshot.captured,
            "seen": snapshot.captured,
            "hint": hint,
        },
    )
    connection.execute(_UNREAD, {"of": snapshot.digest})
    return snapshot


def digest_at(connection: Connection, address: str) -> str | None:
    """The payload that an address gave last."""
    newest = _newest_at(connection, address)
    return None if newest is None else newest.digest


def mark_gone(connection: Connection, address: str, moment: datetime) -> bool:
    """Note that an address gives nothing any more; False if it never gave anything or is already marked."""
    newest = _newest_at(connection, address)
    if newest is None or newest.gone is not None:
        return False
    connection.execute(update(captures).where(captures.c.number == newest.number).values(gone=moment))
    return True


def captures_of(connection: Connection, digest: str) -> tuple[Capture, ...]:
    """Every sighting of a payload, oldest first."""
    rows = connection.execute(
        select(captures)
        .where(captures.c.digest == digest)
        .order_by(captures.c.captured, captures.c.address, captures.c.number)
    )
    return tuple(_capture(row) for row in rows)


def is_stale(extractor: str, refused: Collection[str]) -> ColumnElement[bool]:
    """That a payload was read by other code, or refused for one of these reasons."""
    return or_(payloads.c.extractor != extractor, payloads.c.reason.in_(refused))


def stale(connection: Connection, extractor: str, *, everything: bool, refused: Collection[str]) -> list[str]:
    """The stale digests in the order in which they were first captured; what is withheld is not read."""
    first = select(captures.c.digest, func.min(captures.c.number).label("first")).group_by(captures.c.digest).subquery()
    query = select(payloads.c.digest).join(first, first.c.digest == payloads.c.digest).order_by(first.c.first)
    query = query.where(~exists().where(withheld.c.digest == payloads.c.digest))
    if not everything:
        query = query.where(is_stale(extractor, refused))
    return list(connection.execute(query).scalars())


def still(connection: Connection, digests: Collection[str], extractor: str, since: datetime) -> set[str]:
    """Those of some digests that this code has not read since a moment."""
    read = and_(payloads.c.extractor == extractor, payloads.c.extracted >= since)
    return set(connection.execute(select(payloads.c.digest).where(payloads.c.digest.in_(digests), ~read)).scalars())


def region_hint(connection: Connection, digest: str) -> str:
    """The region that a person gave with the payload; else that of the source under which it was crawled."""
    given = select(captures.c.hint).where(captures.c.digest == digest, captures.c.hint != "")
    hint = connection.execute(given.order_by(captures.c.number.desc()).limit(1)).scalar()
    if hint:
        return str(hint)
    query = (
        select(sources.c.definition)
        .join(fetches, fetches.c.origin == sources.c.id)
        .join(captures, captures.c.url == fetches.c.url)
        .where(captures.c.digest == digest)
        .order_by(captures.c.number)
        .limit(1)
    )
    definition = connection.execute(query).scalar()
    return "" if definition is None else str(json.loads(definition)["region"])


def page(connection: Connection, after: RecordLocation | None) -> list[tuple[str, RecordLocation]]:
    """The next payloads behind a place, file by file; empty at the end."""
    query = select(payloads.c.digest, payloads.c.archive, payloads.c.offset, payloads.c.length)
    if after is not None:
        behind = and_(payloads.c.archive == after.name, payloads.c.offset > after.offset)
        query = query.where(or_(payloads.c.archive > after.name, behind))
    rows = connection.execute(query.order_by(payloads.c.archive, payloads.c.offset).limit(_PAGE))
    return [(row.digest, RecordLocation(row.archive, row.offset, row.length)) for row in rows]


def _newest_at(connection: Connection, address: str) -> Any:
    return connection.execute(_NEWEST, {"at": address}).one_or_none()


def _capture(row: Any) -> Capture:
    return Capture(row.digest, row.url, row.source, row.media_type, row.captured, row.seen, row.gone)
