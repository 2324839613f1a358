"""What later versions of reports say otherwise than the ones before them: one row for each version that does."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Boolean, Column, Integer, Table, delete, exists, select

from corpus.model import SectionKind
from corpus.store.analysis import Analysis
from corpus.store.database import in_parts
from corpus.store.lists import Page, asked_for, page_of, still_shown
from corpus.store.marks import REVISIONS
from corpus.store.schema import Moment, Words, editions, metadata, versions

revisions = Table(
    "revisions",
    metadata,
    Column("id", Words, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("captured", Moment, nullable=False, index=True),
    # Whether the report says itself that it was changed.
    Column("told", Boolean, nullable=False),
    Column("cells", Words, nullable=False),
    Column("lines", Words, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that says something else; as printed, empty where it stood not or was blank."""

    figure: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that went, or came."""

    what: Literal["went", "came"]
    section: SectionKind
    text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What a version of a report changed. ``told``: the report says that it was changed, else it was silent."""

    id: str
    version: int
    captured: datetime
    told: bool
    cells: tuple[Cell, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision with whose report it is."""

    revision: Revision
    agency: str
    region: str
    year: int
    form: str | None


class Revisions(Analysis):
    """The revisions of a store."""

    mark = REVISIONS

    def edited(self, ids: Collection[str]) -> list[str]:
        """Those of the ids whose shown text has a version before it."""
        v = versions.c
        query = select(v.id).where(v.lane == 0, v.version > 1).distinct()
        with self._database.reading() as connection:
            return [id_ for some in in_parts(ids) for id_ in connection.execute(query.where(v.id.in_(some))).scalars()]

    def put(self, id_: str, found: Sequence[Revision]) -> None:
        """Keep the revisions of a report, in place of those it had."""
        with self._database.writing() as connection:
            connection.execute(delete(revisions).where(revisions.c.id == id_))
            if found:
                connection.execute(revisions.insert(), list(map(_row, found)))

    def put_none(self, ids: Collection[str]) -> None:
        """Keep that reports have no revision."""
        with self._database.writing() as connection:
            for some in in_parts(ids):
                connection.execute(delete(revisions).where(revisions.c.id.in_(some)))

    def listed(
        self, *, told: bool, region: str = "", year: int | None = None, first: int = 0, most: int | None = 50
    ) -> tuple[int, tuple[Revised, ...]]:
        """How many there are, told of or silent, and ``most`` of them from the ``first`` (0-based) on, newest first.

        ``region`` are the digits of a code that those inside it share.
        """
        r, v, e = revisions.c, versions.c, editions.c
        # Of what is here: nothing withheld is told.
        here = exists(select(v.id).where(v.id == r.id, v.lane == 0, v.version == r.version))
        page = Page((r.captured.desc(), r.id, r.version.desc()), first, most)
        with self._database.reading() as connection:
            asked = (r.told == told, here, *asked_for(r.id, region=region, year=year))
            asked = (*asked, still_shown(connection, r.id, REVISIONS))
            count, rows = page_of(connection, revisions, asked, page, (e.agency, e.region, e.year, e.form))
            return count, tuple(map(_revised, rows))


def _row(each: Revision) -> dict[str, Any]:
    cells, lines = ([asdict(one) for one in some] for some in (each.cells, each.lines))
    return {
        "id": each.id,
        "version": each.version,
        "captured": each.captured,
        "told": each.told,
        "cells": json.dumps(cells, ensure_ascii=False),
        "lines": json.dumps(lines, ensure_ascii=False),
    }


def _revised(row: Any) -> Revised:
    cells = tuple(Cell(**each) for each in json.loads(row.cells))
    lines = tuple(Line(**each) for each in json.loads(row.lines))
    revision = Revision(row.id, row.version, row.captured, row.told, cells, lines)
    return Revised(revision, row.agency, row.region, row.year, row.form)
