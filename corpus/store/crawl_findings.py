"""What came of crawling a source: outcomes, lists and what they declared, reports by year, and why pages are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, or_, select

from corpus.store.database import Database
from corpus.store.schema import captures, crawl_contexts, crawl_lists, editions, fetches, payloads


@dataclass(frozen=True, slots=True)
class Mishap:
    """An address that gave nothing to read: its outcome (gone, blocked, robots, …), a word on it, and when."""

    url: str
    outcome: str
    detail: str
    fetched: datetime | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a page of a list shows.

    ``list`` is the key of the list's first page, ``declared`` the count of records that it gives for all of its pages
    (None where it does not say), ``seen`` how many this page shows, ``reason`` why more must exist (``""``: nothing).
    """

    key: str
    list: str
    url: str
    declared: int | None
    seen: int
    reason: str


class CrawlFindings:
    """What the crawls of a store found. Writes join the store's batch."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def outcomes(self, origin: str) -> dict[str, int]:
        """How many addresses of an origin came to each outcome; what is still queued under ``queued``."""
        query = (
            select(fetches.c.state, fetches.c.outcome, func.count())
            .where(fetches.c.origin == origin)
            .group_by(fetches.c.state, fetches.c.outcome)
        )
        counts: dict[str, int] = {}
        with self._database.reading() as connection:
            for state, outcome, number in connection.execute(query):
                name = "queued" if state == "queued" else outcome
                counts[name] = counts.get(name, 0) + number
        return counts

    def mishaps(self, origin: str, outcomes: Iterable[str]) -> tuple[Mishap, ...]:
        """The addresses that came to one of these outcomes, of those that the site links or the operator gave."""
        query = (
            select(fetches.c.url, fetches.c.outcome, fetches.c.detail, fetches.c.fetched)
            .where(
                fetches.c.origin == origin,
                fetches.c.state == "done",
                fetches.c.outcome.in_(list(outcomes)),
                or_(fetches.c.hint != "", fetches.c.depth == 0),
            )
            .order_by(fetches.c.outcome, fetches.c.url)
        )
        with self._database.reading() as connection:
            return tuple(Mishap(*row) for row in connection.execute(query))

    def silent_starts(self, origin: str) -> tuple[tuple[str, str], ...]:
        """The starts of an origin that gave no answer, each with why."""
        query = select(fetches.c.url, fetches.c.detail).where(
            fetches.c.origin == origin,
            fetches.c.depth == 0,
            fetches.c.kind == "list",
            fetches.c.outcome == "failed",
            fetches.c.status.is_(None),
        )
        with self._database.reading() as connection:
            return tuple((row.url, row.detail) for row in connection.execute(query))

    def years(self, origin: str) -> dict[int, int]:
        """How many reports of each year were found at the addresses of an origin."""
        query = (
            select(editions.c.year, func.count(editions.c.id.distinct()))
            .join(captures, captures.c.digest == editions.c.digest)
            .join(fetches, and_(fetches.c.url == captures.c.url, fetches.c.origin == origin))
            .group_by(editions.c.year)
            .order_by(editions.c.year)
        )
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def rejections(self, origin: str) -> dict[str, int]:
        """Why payloads of an origin are no reports, as extraction found: how many for each reason."""
        query = (
            select(payloads.c.reason, func.count(payloads.c.digest.distinct()))
            .join(captures, captures.c.digest == payloads.c.digest)
            .join(fetches, and_(fetches.c.url == captures.c.url, fetches.c.origin == origin))
            .where(payloads.c.reason != "")
            .group_by(payloads.c.reason)
            .order_by(payloads.c.reason)
        )
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def note_list(self, origin: str, page: ListPage) -> None:
        """Keep what a page of a list shows, in place of what it showed before."""
        with self._database.writing() as connection:
            connection.execute(delete(crawl_lists).where(crawl_lists.c.origin == origin, crawl_lists.c.key == page.key))
            connection.execute(
                insert(crawl_lists),
                {
                    "origin": origin,
                    "key": page.key,
                    "list": page.list,
                    "url": page.url,
                    "declared": page.declared,
                    "seen": page.seen,
                    "reason": page.reason,
                },
            )

    def list_pages(self, origin: str) -> tuple[ListPage, ...]:
        """Every page of every list of an origin, the lists in the order of their addresses."""
        query = (
            select(crawl_lists).where(crawl_lists.c.origin == origin).order_by(crawl_lists.c.list, crawl_lists.c.key)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(ListPage(row.key, row.list, row.url, row.declared, row.seen, row.reason) for row in rows)

    def unasked(self, origin: str) -> dict[str, int]:
        """How many addresses of each place were noticed and not, or not successfully, asked for."""
        query = (
            select(crawl_contexts.c.place, func.count())
            .join(fetches, fetches.c.number == crawl_contexts.c.number)
            .where(
                fetches.c.origin == origin,
                crawl_contexts.c.place != "",
                or_(
                    fetches.c.state != "done",
                    fetches.c.outcome.in_(["failed", "blocked", "robots", "refused", "circle"]),
                ),
            )
            .group_by(crawl_contexts.c.place)
        )
        with self._database.reading() as connection:
            rows: Any = connection.execute(query)
            return {row[0]: row[1] for row in rows}
