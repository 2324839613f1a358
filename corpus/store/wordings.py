"""Which wordings stand in which reports: put away, found again and forgotten (wording_tables.py)."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, func, select, update

from corpus.model import SectionKind
from corpus.store.database import Database, in_parts
from corpus.store.editions import note_change
from corpus.store.marks import READ_TOGETHER, behind, mark, move
from corpus.store.wording_tables import firsts, sketches, told, uses, wordings

_VERSION = "comparison"

FULL = 64
"""Wordings that share a value of their sketches, from which on it tells nothing: further ones are not noted there."""


Line = tuple[SectionKind, int, int, int, int, int]
"""A sentence of a report: its kind of section, family, wording, characters, paragraph (of its kind), start in that."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells, sentence by sentence, in their order; ``revision`` is that of the version read."""

    number: int
    id: str
    revision: int
    agency_id: str
    year: int
    sentences: tuple[Line, ...]

    @property
    def families(self) -> frozenset[int]:
        """The families of its sentences."""
        return frozenset(family for _, family, *_ in self.sentences)


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A report in which a family stands; the earlier is the smaller, and within a year the id decides."""

    year: int
    id: str
    number: int
    agency_id: str


@dataclass(frozen=True, slots=True)
class First:
    """The earliest use of a family, and the earliest by another body than that; None where there is none."""

    first: Use
    other: Use | None

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of the reports that it names."""
        return frozenset(use.number for use in (self.first, self.other) if use)

    def of_another(self, agency_id: str) -> Use | None:
        """The earliest use by another body than this one."""
        return self.other if self.first.agency_id == agency_id else self.first

    def joined(self, use: Use) -> First:
        """With one use more."""
        first, *rest = sorted({self.first, use, *((self.other,) if self.other else ())})
        return First(first, next((each for each in rest if each.agency_id != first.agency_id), None))


class Wordings:
    """The wordings of a store. Whatever must stand or fall together is written in one batch of its database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, keys: Iterable[int]) -> dict[int, tuple[int, int]]:
        """The (number, family) of the keys that are known."""
        with self._database.reading() as connection:
            found: dict[int, tuple[int, int]] = {}
            w = wordings.c
            for some in in_parts(keys):
                rows = connection.execute(select(w.key, w.number, w.family).where(w.key.in_(some)))
                found.update((row.key, (row.number, row.family)) for row in rows)
            return found

    def sharing(self, values: Iterable[int]) -> dict[int, list[int]]:
        """The wordings whose sketches have each of the values."""
        with self._database.reading() as connection:
            found: dict[int, list[int]] = {}
            for some in in_parts(values):
                for row in connection.execute(select(sketches).where(sketches.c.value.in_(some))):
                    found.setdefault(row.value, []).append(row.wording)
            return found

    def texts(self, numbers: Iterable[int]) -> dict[int, tuple[int, str]]:
        """(family, text) of wordings by their numbers."""
        with self._database.reading() as connection:
            found: dict[int, tuple[int, str]] = {}
            w = wordings.c
            for some in in_parts(numbers):
                rows = connection.execute(select(w.number, w.family, w.text).where(w.number.in_(some)))
                found.update((row.number, (row.family, row.text)) for row in rows)
            return found

    def last_number(self) -> int:
        """The number of the wording that came last; 0 where there is none."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.max(wordings.c.number))).scalar() or 0)

    def add(self, rows: Sequence[tuple[int, int, int, str]], values: Sequence[tuple[int, int]]) -> None:
        """Keep wordings as (number, key, family, text), and their sketches as (value, wording)."""
        with self._database.writing() as connection:
            if rows:
                names = ("number", "key", "family", "text")
                connection.execute(wordings.insert(), [dict(zip(names, row, strict=True)) for row in rows])
            if values:
                connection.execute(sketches.insert(), [{"value": value, "wording": number} for value, number in values])

    def put_told(self, report: Told) -> Told:
        """Keep what a report tells, in place of what it told before. Returns it under its number."""
        with self._database.writing() as connection:
            row = {
                "id": report.id,
                "revision": report.revision,
                "agency_id": report.agency_id,
                "year": report.year,
                "sentences": zlib.compress(json.dumps(report.sentences, separators=(",", ":")).encode(), 6),
            }
            number = connection.execute(told.insert().returning(told.c.number), row).scalar_one()
            used = {wording for _, _, wording, *_ in report.sentences}
            if used:
                connection.execute(uses.insert(), [{"wording": wording, "told": number} for wording in used])
            return Told(number, report.id, report.revision, report.agency_id, report.year, report.sentences)

    def drop_told(self, report: Told) -> None:
        """Forget what a report told, its words included where nobody else has them (withholding.py).

        Where it was one of the firsts of a family, they are to be found anew (``find_firsts``).
        """
        with self._database.writing() as connection:
            connection.execute(delete(told).where(told.c.number == report.number))
            for some in in_parts({wording for _, _, wording, *_ in report.sentences}):
                connection.execute(delete(uses).where(uses.c.wording.in_(some), uses.c.told == report.number))
                for table, wording in ((sketches, sketches.c.wording), (wordings, wordings.c.number)):
                    # Asked for each, not counted: a wording of everybody stands in tens of thousands of reports.
                    used = select(uses.c.told).where(uses.c.wording == wording).exists()
                    connection.execute(delete(table).where(wording.in_(some), ~used))

    def told_of(self, ids: Collection[str]) -> dict[str, Told]:
        """What reports tell, by id."""
        with self._database.reading() as connection:
            found: dict[str, Told] = {}
            for some in in_parts(ids):
                rows = connection.execute(select(told).where(told.c.id.in_(some)))
                found.update((row.id, _told(row)) for row in rows)
            return found

    def of_agency(self, agency_id: str) -> list[Told]:
        """What the reports of a body tell, by year."""
        with self._database.reading() as connection:
            query = select(told).where(told.c.agency_id == agency_id).order_by(told.c.year, told.c.id)
            return [_told(row) for row in connection.execute(query)]

    def firsts_of(self, families: Iterable[int]) -> dict[int, First]:
        """The earliest uses of families."""
        with self._database.reading() as connection:
            first, other = told.alias("first_told"), told.alias("other_told")
            query = (
                select(
                    firsts.c.family,
                    first.c.year, first.c.id, first.c.number, first.c.agency_id,
                    other.c.year, other.c.id, other.c.number, other.c.agency_id,
                )
                .join(first, first.c.number == firsts.c.first)
                .outerjoin(other, other.c.number == firsts.c.other)
            )  # fmt: skip
            found: dict[int, First] = {}
            for some in in_parts(families):
                for family, *row in connection.execute(query.where(firsts.c.family.in_(some))):
                    found[family] = First(Use(*row[:4]), Use(*row[4:]) if row[4] is not None else None)
            return found

    def find_firsts(self, families: Iterable[int]) -> dict[int, First]:
        """The earliest uses of families, looked for among all uses; a family that is not used any more is left out."""
        with self._database.reading() as connection:
            t = told.c
            query = _uses(wordings.c.family, t.year, t.id, t.number, t.agency_id)
            found: dict[int, First] = {}
            for some in in_parts(families):
                for family, *row in connection.execute(query.where(wordings.c.family.in_(some))):
                    use = Use(*row)
                    found[family] = found[family].joined(use) if family in found else First(use, None)
            return found

    def put_firsts(self, families: Collection[int], found: Mapping[int, First]) -> None:
        """Keep the earliest uses of families, in place of those they had."""
        with self._database.writing() as connection:
            for some in in_parts(families):
                connection.execute(delete(firsts).where(firsts.c.family.in_(some)))
            rows = [
                {"family": family, "first": each.first.number, "other": each.other.number if each.other else None}
                for family, each in found.items()
                if family in families
            ]
            if rows:
                connection.execute(firsts.insert(), rows)

    def agencies_using(self, family: int, first: int, last: int) -> set[str]:
        """The bodies that use a family in the years from ``first`` to ``last``."""
        with self._database.reading() as connection:
            t = told.c
            query = _uses(t.agency_id).where(wordings.c.family == family, t.year.between(first, last))
            return set(connection.execute(query.distinct()).scalars())

    def put_shares(self, report: Told, shares: Sequence[float | None]) -> bool:
        """Keep (copied, own, others) of a report, in per cent; count a change if it had others, and say so."""
        with self._database.writing() as connection:
            columns = (told.c.copied, told.c.own, told.c.others)
            before = connection.execute(select(*columns).where(told.c.number == report.number)).one()
            if tuple(before) == tuple(shares):
                return False
            names = ("copied", "own", "others")
            connection.execute(
                update(told).where(told.c.number == report.number).values(dict(zip(names, shares, strict=True)))
            )
            note_change(connection, report.id)
            return True

    def version(self) -> int:
        """The version of the comparison that made what is here; 0 where there is nothing."""
        with self._database.reading() as connection:
            return mark(connection, _VERSION)

    def clear(self, version: int) -> None:
        """Forget everything here, to be made again by this version of the comparison."""
        with self._database.writing() as connection:
            for table in (firsts, uses, sketches, wordings, told):
                connection.execute(delete(table))
            move(connection, _VERSION, version)
            move(connection, READ_TOGETHER, 0)

    def unread(self) -> list[str]:
        """The ids that changed, came or went since this was last brought up to date, by year."""
        with self._database.reading() as connection:
            return sorted(behind(connection, READ_TOGETHER), key=lambda id_: (id_.split("-")[1], id_))


def _uses(*columns: Any) -> Select[Any]:
    """Columns of wordings and of the reports that use them."""
    used = wordings.join(uses, uses.c.wording == wordings.c.number).join(told, told.c.number == uses.c.told)
    return select(*columns).select_from(used)


def _told(row: Any) -> Told:
    sentences = tuple(map(tuple, json.loads(zlib.decompress(row.sentences))))
    return Told(row.number, row.id, row.revision, row.agency_id, row.year, sentences)
