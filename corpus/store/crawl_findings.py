"""What came of crawling a source: outcomes, lists and what they declared, reports by year, and why pages are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, and_, delete, exists, func, insert, or_, select

from corpus.store.database import Database, in_parts
from corpus.store.schema import captures, crawl_contexts, crawl_lists, editions, fetches, payloads

PROMISING = ("report", "file")
"""The kinds of requests that a link's words, or its list, called a report or its attachment."""

KEPT = ("kept", "unchanged", "picture")
"""The outcomes of what was kept as a report, now or in an earlier crawl."""

SETTLED = ("", "other_document", "other_paper", "university_without_table", "part_of_report")
"""Why a payload is no report and none is lost: extraction knows what it is instead, or has not looked at it yet."""


@dataclass(frozen=True, slots=True)
class Mishap:
    """An address that gave nothing to read: its outcome (gone, blocked, robots, …), a word on it, and when.

    ``promised``: its link was one to a report, and nothing was ever kept from there.
    """

    url: str
    outcome: str
    detail: str
    fetched: datetime | None
    promised: bool = False


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

    def queued(self, origins: Iterable[str]) -> dict[str, int]:
        """How many addresses of each origin are still to be asked for; origins without any are absent."""
        query = select(fetches.c.origin, func.count()).where(fetches.c.state == "queued").group_by(fetches.c.origin)
        return {row[0]: row[1] for row in self._of(origins, query)}

    def mishaps(self, origins: Iterable[str], outcomes: Iterable[str]) -> dict[str, tuple[Mishap, ...]]:
        """The addresses that came to one of these outcomes, of those that the site links or the operator gave."""
        kept = exists().where(captures.c.address == fetches.c.url)
        promised = and_(fetches.c.kind.in_(PROMISING), ~kept)
        # What was called a report, is none, and led to one, was a list after all.
        led = fetches.alias()
        to_report = exists().where(
            led.c.origin == fetches.c.origin, led.c.referrer == fetches.c.url, led.c.outcome.in_(KEPT)
        )
        query = (
            select(fetches.c.origin, fetches.c.url, fetches.c.outcome, fetches.c.detail, fetches.c.fetched, promised)
            .where(
                fetches.c.state == "done",
                fetches.c.outcome.in_(list(outcomes)),
                or_(fetches.c.hint != "", fetches.c.depth == 0),
                ~and_(fetches.c.outcome == "hollow", to_report),
            )
            .order_by(fetches.c.outcome, fetches.c.url)
        )
        found: dict[str, tuple[Mishap, ...]] = {}
        for origin, *mishap in self._of(origins, query):
            found[origin] = (*found.get(origin, ()), Mishap(*mishap))
        return found

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

    def years(self, origins: Iterable[str]) -> dict[str, dict[int, int]]:
        """How many reports of each year were found at the addresses of each origin."""
        query = (
            select(fetches.c.origin, editions.c.year, func.count(editions.c.id.distinct()))
            .join(captures, captures.c.address == fetches.c.url)
            .join(editions, editions.c.digest == captures.c.digest)
            .group_by(fetches.c.origin, editions.c.year)
            .order_by(editions.c.year)
        )
        return self._tables(origins, query)

    def rejections(self, origins: Iterable[str]) -> dict[str, dict[str, int]]:
        """Why payloads of each origin are no reports, as extraction found: how many for each reason."""
        query = (
            select(fetches.c.origin, payloads.c.reason, func.count(payloads.c.digest.distinct()))
            .join(captures, captures.c.address == fetches.c.url)
            .join(payloads, payloads.c.digest == captures.c.digest)
            .where(payloads.c.reason != "")
            .group_by(fetches.c.origin, payloads.c.reason)
            .order_by(payloads.c.reason)
        )
        return self._tables(origins, query)

    def hollow(self, origins: Iterable[str]) -> dict[str, tuple[Mishap, ...]]:
        """What was kept as a report and is none by extraction's word, which cannot say what it is instead.

        A page that was called a report and its attachments are one: where one of them is a report, none is missing.
        The files of a list are each their own.
        """
        kept = and_(fetches.c.kind != "part", fetches.c.outcome.in_(KEPT))
        query = (
            select(fetches.c.origin, fetches.c.url, fetches.c.kind, fetches.c.referrer, fetches.c.fetched)
            .add_columns(payloads.c.reason, (payloads.c.id != "").label("is_report"))
            .join(captures, captures.c.address == fetches.c.url)
            .join(payloads, payloads.c.digest == captures.c.digest)
            .where(kept)
            .order_by(fetches.c.number)
        )
        doubtful = query.where(payloads.c.reason.not_in(SETTLED)).with_only_columns(fetches.c.origin).order_by(None)
        found: dict[str, tuple[Mishap, ...]] = {}
        doubted = {row.origin for row in self._of(origins, doubtful)}
        called = select(fetches.c.origin, fetches.c.url).where(fetches.c.kind == "report")
        covers: dict[str, set[str]] = {}
        for owner, url in self._of(doubted, called):
            covers.setdefault(owner, set()).add(url)
        rows = self._of(doubted, query)
        for origin, of_origin in groupby(sorted(rows, key=attrgetter("origin")), attrgetter("origin")):
            found[origin] = tuple(_hollow(list(of_origin), covers.get(origin, set())))
        return found

    def down(self, origins: Iterable[str]) -> set[str]:
        """The origins at whose start nobody answered when they were last crawled."""
        query = select(fetches.c.origin).where(
            fetches.c.depth == 0, fetches.c.state == "done", fetches.c.outcome == "failed"
        )
        return {row[0] for row in self._of(origins, query)}

    def columns(self, origins: Iterable[str]) -> set[str]:
        """The origins that have a column of the reports: a link called so led to a page that shows something."""
        query = (
            select(fetches.c.origin)
            .where(fetches.c.strong, fetches.c.kind == "list", fetches.c.outcome == "listed", fetches.c.hint != "")
            .distinct()
        )
        return {row[0] for row in self._of(origins, query)}

    def unread(self, origins: Iterable[str]) -> set[str]:
        """The origins from which something was kept that no extraction has looked at yet."""
        query = (
            select(fetches.c.origin)
            .join(captures, captures.c.address == fetches.c.url)
            .join(payloads, payloads.c.digest == captures.c.digest)
            .where(payloads.c.extractor == "")
            .distinct()
        )
        return {row[0] for row in self._of(origins, query)}

    def _tables(self, origins: Iterable[str], query: Select[Any]) -> dict[str, dict[Any, int]]:
        found: dict[str, dict[Any, int]] = {}
        for origin, name, number in self._of(origins, query):
            found.setdefault(origin, {})[name] = number
        return found

    def _of(self, origins: Iterable[str], query: Select[Any]) -> list[Any]:
        """The rows of a query over the fetches of some origins."""
        rows: list[Any] = []
        with self._database.reading() as connection:
            for part in in_parts(origins):
                rows += connection.execute(query.where(fetches.c.origin.in_(part))).all()
        return rows

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

    def list_pages(self, origins: Iterable[str]) -> dict[str, tuple[ListPage, ...]]:
        """Every page of every list of each origin, the lists in the order of their names."""
        query = select(crawl_lists).order_by(crawl_lists.c.list, crawl_lists.c.key)
        found: dict[str, tuple[ListPage, ...]] = {}
        with self._database.reading() as connection:
            for part in in_parts(origins):
                for row in connection.execute(query.where(crawl_lists.c.origin.in_(part))):
                    page = ListPage(row.key, row.list, row.url, row.declared, row.seen, row.reason)
                    found[row.origin] = (*found.get(row.origin, ()), page)
        return found

    def unasked(self, origins: Iterable[str]) -> dict[str, dict[str, int]]:
        """How many addresses of each place were noticed and not, or not successfully, asked for, by origin."""
        query = (
            select(fetches.c.origin, crawl_contexts.c.place, func.count())
            .join(crawl_contexts, fetches.c.number == crawl_contexts.c.number)
            .where(
                crawl_contexts.c.place != "",
                or_(
                    fetches.c.state != "done",
                    fetches.c.outcome.in_(["failed", "blocked", "robots", "refused", "circle"]),
                ),
            )
            .group_by(fetches.c.origin, crawl_contexts.c.place)
        )
        return self._tables(origins, query)


def _hollow(kept: Sequence[Any], covers: set[str]) -> Iterator[Mishap]:
    """Of what was kept of one origin, the addresses that nothing explains; ``covers`` were called reports."""
    explained = {row.url for row in kept if row.reason in SETTLED}
    explained |= {row.referrer for row in kept if row.kind == "file" and row.is_report}
    for row in kept:
        whole = {row.url, row.referrer} if row.kind == "file" and row.referrer in covers else {row.url}
        if not whole & explained:
            yield Mishap(row.url, "hollow", row.reason, row.fetched)
            explained.add(row.url)
