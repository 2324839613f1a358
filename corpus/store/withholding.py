"""What is withheld: kept, and given to nobody, because of personal data or an order.

A whole report is withheld by its id: every text that gives this id, now and later. One payload is withheld by its
digest. The row that says so stays, with reason and day, and is shown; what was read of the payload is forgotten.
The bytes stay in the archive, so that one command takes it back; a backup leaves them out (backup.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, select, update

from corpus.store import across, editions, parts, snapshots
from corpus.store.reports import exists as is_shown
from corpus.store.schema import captures, payloads, withheld
from corpus.store.schema import editions as read


@dataclass(frozen=True, slots=True)
class Withheld:
    """A payload given to nobody. ``id`` is the report read in it, ``""`` for none; ``whole``: so is all of that id."""

    digest: str
    id: str
    whole: bool
    why: str
    since: datetime


def withhold(connection: Connection, name: str, why: str, moment: datetime) -> tuple[Withheld, ...]:
    """Withhold a report by its id or a payload by its digest. Returns what is withheld by this name now.

    What is withheld already keeps its reason and day. Empty where nothing has the name.
    """
    for digest, id_, whole in _meant(connection, name):
        put(connection, Withheld(digest, id_, whole, why, moment))
    editions.next_revision(connection)  # the list of it changes, even where no report does
    return by_name(connection, name)


def put(connection: Connection, one: Withheld) -> None:
    """Withhold a payload and forget what was read of it. The report as a whole outweighs the payload alone."""
    known = connection.execute(select(withheld.c.whole).where(withheld.c.digest == one.digest)).scalar()
    if known is None:
        row = {"digest": one.digest, "id": one.id, "whole": one.whole, "why": one.why, "since": one.since}
        connection.execute(withheld.insert(), row)
    elif one.whole and not known:
        connection.execute(
            update(withheld).where(withheld.c.digest == one.digest).values(whole=True, id=one.id, why=one.why)
        )
    _forget(connection, one.digest)
    # The report that it is a further page of holds its text: it is read again without it.
    for url in connection.execute(select(captures.c.url).where(captures.c.digest == one.digest)).scalars():
        first = parts.first_of(connection, url)
        digest = first and snapshots.digest_at(connection, first[0])
        if digest:
            _forget(connection, digest)


def _forget(connection: Connection, digest: str) -> None:
    """Forget what was read, and what the year before said about it."""
    id_ = connection.execute(select(read.c.id).where(read.c.digest == digest)).scalar()
    editions.forget(connection, digest)
    if id_ is not None and not is_shown(connection, id_):
        across.put(connection, id_, ())


def lift(connection: Connection, name: str) -> tuple[Withheld, ...]:
    """Give free again what is withheld by a name: it is stale then. Returns what it was."""
    found = by_name(connection, name)
    for one in found:
        connection.execute(delete(withheld).where(withheld.c.digest == one.digest))
        connection.execute(update(payloads).where(payloads.c.digest == one.digest).values(extractor=""))
    editions.next_revision(connection)
    return found


def by_name(connection: Connection, name: str) -> tuple[Withheld, ...]:
    """What is withheld by an id or a digest; of a digest that was withheld with its report, the whole report."""
    rows = _found(connection, (withheld.c.digest == name) | (withheld.c.id == name))
    ids = [one.id for one in rows if one.whole]
    return _found(connection, withheld.c.id.in_(ids)) if ids else rows


def every(connection: Connection) -> tuple[Withheld, ...]:
    """All of it, the latest first."""
    return _found(connection)


def of_report(connection: Connection, id_: str) -> Withheld | None:
    """Why nothing is shown under an id; None while something is, and for an id that nothing ever had."""
    found = _found(connection, withheld.c.id == id_)
    return found[0] if found and not is_shown(connection, id_) else None


def is_withheld(connection: Connection, digest: str) -> bool:
    """Whether a payload itself is withheld."""
    return bool(_found(connection, withheld.c.digest == digest))


def of_payload(connection: Connection, digest: str) -> Withheld | None:
    """Why a payload is given to nobody; None where it is.

    So is one in which nothing was read, yet or at all, at an address of a report that is withheld as a whole: it may
    be the same report in another dress.
    """
    found = _found(connection, withheld.c.digest == digest)
    if found:
        return found[0]
    if connection.execute(select(read.c.digest).where(read.c.digest == digest)).scalar() is not None:
        return None
    here = select(captures.c.address).where(captures.c.digest == digest)
    others = select(captures.c.digest).where(captures.c.address.in_(here))
    beside = _found(connection, withheld.c.whole, withheld.c.id != "", withheld.c.digest.in_(others))
    return beside[0] if beside else None


def of_whole(connection: Connection, digest: str, id_: str) -> Withheld | None:
    """How a payload that gives this id is withheld: itself, or with the whole report; None if it is not."""
    found = _found(connection, (withheld.c.digest == digest) | (withheld.c.whole & (withheld.c.id == id_)))
    return found[0] if found else None


def is_given(digest: Any) -> ColumnElement[bool]:
    """The condition on a column of digests that leaves out what is withheld."""
    return ~exists().where(withheld.c.digest == digest)


def _meant(connection: Connection, name: str) -> list[tuple[str, str, bool]]:
    """(digest, id, whole) of all that a name stands for, further pages of a report too."""
    if connection.execute(select(payloads.c.digest).where(payloads.c.digest == name)).scalar() is not None:
        id_ = connection.execute(select(read.c.id).where(read.c.digest == name)).scalar()
        return [(name, id_ or "", False)]
    digests = list(connection.execute(select(read.c.digest).where(read.c.id == name)).scalars())
    urls = connection.execute(select(captures.c.url).where(captures.c.digest.in_(digests))).scalars()
    behind = [digest for url in dict.fromkeys(urls) for _, digest in parts.pages_behind(connection, url)]
    return [(digest, name, True) for digest in dict.fromkeys([*digests, *behind])]


def _found(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[Withheld, ...]:
    query = select(withheld).where(*conditions).order_by(withheld.c.since.desc(), withheld.c.digest)
    return tuple(map(_one, connection.execute(query)))


def _one(row: Row[Any]) -> Withheld:
    return Withheld(row.digest, row.id, row.whole, row.why, row.since)
