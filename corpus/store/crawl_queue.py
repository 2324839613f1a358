"""What a crawl has still to fetch and what came of what it fetched, kept so that a kill loses nothing.

The crawler decides; here is only where its decisions are kept. Rows of different origins (sources) never touch,
so that several processes may crawl different sources into one store.

A row is *queued*, *done*, or *held*: noticed in a list and not asked for until something of that list proves itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Integer, Update, and_, bindparam, func, insert, literal, or_, select, update

from corpus.store.database import Database
from corpus.store.schema import Moment, crawl_contexts, fetches


@dataclass(frozen=True, slots=True)
class CrawlRequest:
    """An address worth fetching, as the crawler judged it.

    ``form`` is the body of a POST, ``""`` for a GET. ``strong`` tells that it stands in the column of the yearly
    reports; ``weak`` counts the steps since something spoke for that column. ``place`` names the list, or the part of
    a page, that it was found in; ``context`` is what the crawler must know to read the answer.
    """

    key: str
    url: str
    host: str
    kind: str
    priority: int
    strong: bool = False
    weak: int = 0
    depth: int = 0
    hint: str = ""
    referrer: str = ""
    form: str = ""
    place: str = ""
    context: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True)
class QueuedRequest:
    """A kept request: its number, its origin, and what earlier answers left for the next."""

    number: int
    origin: str
    request: CrawlRequest
    attempts: int
    etag: str
    modified: str
    shape: str


_LONG_AGO = literal(datetime(2000, 1, 1, tzinfo=UTC), Moment())
_COLUMNS = ("key", "url", "host", "kind", "priority", "strong", "weak", "depth", "hint", "referrer", "form")
_ROWS = select(fetches, crawl_contexts.c.place, crawl_contexts.c.context).join(
    crawl_contexts, crawl_contexts.c.number == fetches.c.number, isouter=True
)
# What is asked for each request of a crawl is put together once: that takes as long as the answer.
_OF_ORIGIN = fetches.c.origin == bindparam("of")
_UNDER_KEY = and_(_OF_ORIGIN, fetches.c.key == bindparam("under"))
_KNOWN = _ROWS.where(_UNDER_KEY)
_JUDGED = select(fetches.c.number, fetches.c.state, fetches.c.priority, fetches.c.strong).where(_UNDER_KEY)
_ADDED = insert(fetches).returning(fetches.c.number)
_SAID_OF = insert(crawl_contexts)
_ITSELF = update(fetches).where(fetches.c.number == bindparam("row"))
_QUEUED = and_(_OF_ORIGIN, fetches.c.host == bindparam("at"), fetches.c.state == "queued")
_OF_HOST = update(fetches).where(_QUEUED)
_READY = and_(_QUEUED, or_(fetches.c.not_before.is_(None), fetches.c.not_before <= bindparam("now")))
# Sorted by priority and number at once, all that is as good would be read: an index goes one way.
_BEST = select(func.max(fetches.c.priority)).where(_READY).correlate(None).scalar_subquery()
_NEXT = _ROWS.where(_READY, fetches.c.priority == _BEST).order_by(fetches.c.number).limit(1)
_HELD = (
    select(fetches.c.number)
    .join(crawl_contexts, crawl_contexts.c.number == fetches.c.number)
    .where(crawl_contexts.c.place == bindparam("in_place"), _OF_ORIGIN, fetches.c.state == "held")
    .order_by(fetches.c.number)
    .limit(bindparam("most", type_=Integer()))
)
_RELEASED = update(fetches).where(fetches.c.number.in_(_HELD)).values(state="queued")
_SHAPED = (
    select(fetches.c.number)
    .where(_OF_ORIGIN, fetches.c.shape == bindparam("like"), fetches.c.number != bindparam("but"))
    .limit(1)
)


class CrawlQueue:
    """The kept frontier. Writes join the store's batch."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, origin: str, requests: Iterable[CrawlRequest]) -> int:
        """Keep the requests whose addresses this origin does not know yet; how many of these are to be asked for.

        A known address that is not asked for yet takes the better judgement of the two.
        """
        with self._database.writing() as connection:
            return sum(_add(connection, origin, request) for request in requests)

    def release(self, origin: str, place: str, most: int) -> None:
        """Queue what was held of a place, at most so many."""
        self._set(_RELEASED, of=origin, in_place=place, most=most)

    def known(self, origin: str, key: str) -> QueuedRequest | None:
        """The request for an address, whatever its state."""
        with self._database.reading() as connection:
            row = connection.execute(_KNOWN, {"of": origin, "under": key}).one_or_none()
        return None if row is None else _queued(row)

    def came_of(self, origin: str, key: str) -> tuple[str, str]:
        """What came of an address, and its detail; ``""`` where nothing did yet."""
        query = select(fetches.c.outcome, fetches.c.detail).where(_UNDER_KEY)
        with self._database.reading() as connection:
            row = connection.execute(query, {"of": origin, "under": key}).one_or_none()
        return ("", "") if row is None else (row.outcome, row.detail)

    def hosts(self, origins: Iterable[str]) -> list[tuple[str, str]]:
        """The (origin, host) pairs that have something queued."""
        query = (
            select(fetches.c.origin, fetches.c.host)
            .where(fetches.c.origin.in_(list(origins)), fetches.c.state == "queued")
            .distinct()
            .order_by(fetches.c.origin, fetches.c.host)
        )
        with self._database.reading() as connection:
            return [(row.origin, row.host) for row in connection.execute(query)]

    def next(self, origin: str, host: str, now: datetime) -> QueuedRequest | None:
        """The best queued request to a host whose time has come."""
        with self._database.reading() as connection:
            row = connection.execute(_NEXT, {"of": origin, "at": host, "now": now}).one_or_none()
        return None if row is None else _queued(row)

    def wake(self, origin: str, host: str) -> datetime | None:
        """When the next queued request to a host may be tried: a moment, or None if nothing is queued there."""
        query = select(func.min(func.coalesce(fetches.c.not_before, _LONG_AGO))).where(_QUEUED)
        with self._database.reading() as connection:
            return connection.execute(query, {"of": origin, "at": host}).scalar()

    def finish(self, queued: QueuedRequest, outcome: str, moment: datetime, **details: Any) -> None:
        """Note what came of a request: ``outcome`` and, where known, status, detail, etag, modified, leads, shape."""
        self._set(_ITSELF, row=queued.number, state="done", outcome=outcome, fetched=moment, **details)

    def postpone(self, queued: QueuedRequest, until: datetime, **details: Any) -> None:
        """Leave a request queued, not to be tried again before a moment."""
        self._set(_ITSELF, row=queued.number, not_before=until, attempts=queued.attempts + 1, **details)

    def shut(self, origin: str, host: str, outcome: str, moment: datetime, detail: str) -> None:
        """Note that nothing queued to a host can be asked for: all of it came to one outcome."""
        self._set(_OF_HOST, of=origin, at=host, state="done", outcome=outcome, fetched=moment, detail=detail)

    def move(self, queued: QueuedRequest, url: str, form: str) -> None:
        """Note that an address is now answered under another form of itself (https, www), or a POST by a page."""
        self._set(_ITSELF, row=queued.number, url=url, form=form)

    def shape_known(self, queued: QueuedRequest, shape: str) -> bool:
        """Whether another address of the origin gave a list with just these links."""
        asked = {"of": queued.origin, "like": shape, "but": queued.number}
        with self._database.reading() as connection:
            return connection.execute(_SHAPED, asked).scalar() is not None

    def reclassify(self, origin: str, shape: str, before: Iterable[str], after: str) -> None:
        """Give another outcome to what came to some outcomes with one shape."""
        those = update(fetches).where(_OF_ORIGIN, fetches.c.shape == bindparam("like"))
        self._set(those.where(fetches.c.outcome.in_(list(before))), of=origin, like=shape, outcome=after)

    def _set(self, those: Update, **values: Any) -> None:
        with self._database.writing() as connection:
            connection.execute(those, values)


def _add(connection: Connection, origin: str, request: CrawlRequest) -> bool:
    """Keep a request, or better the one that is kept under its key; whether it is to be asked for, and was not."""
    state = "held" if request.held else "queued"
    known = connection.execute(_JUDGED, {"of": origin, "under": request.key}).one_or_none()
    if known is None:
        row = {name: getattr(request, name) for name in _COLUMNS} | {"origin": origin, "state": state}
        number = connection.execute(_ADDED, row).scalar_one()
        if request.place or request.context:
            context = {"number": number, "place": request.place, "context": request.context}
            connection.execute(_SAID_OF, context)
        return not request.held
    freed = known.state == "held" and not request.held
    better = (request.strong, request.priority) > (known.strong, known.priority)
    if freed or (known.state != "done" and better):
        values = {name: getattr(request, name) for name in ("kind", "priority", "strong", "weak")}
        now = "queued" if "queued" in (known.state, state) else "held"
        connection.execute(_ITSELF, {"row": known.number, "state": now, **values})
    return freed


def _queued(row: Any) -> QueuedRequest:
    request = CrawlRequest(
        **{name: getattr(row, name) for name in _COLUMNS}, place=row.place or "", context=row.context or ""
    )
    return QueuedRequest(row.number, row.origin, request, row.attempts, row.etag, row.modified, row.shape)
