"""What became of applications, counted: one packed row of numbers a report, and their sums by year, province and sort.

The store knows no reason by name: ``layout`` names the order of the numbers, and another layout is counted anew.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, delete, select

from corpus.store.database import Database, in_parts
from corpus.store.marks import OUTCOMES, behind, mark, move
from corpus.store.schema import Words, metadata

_BLANK = -1
_PROVINCE = 2
Counts = Sequence[int | None]
Key = tuple[int, str, str, str]
"""A year, the first two digits of a region's code, a level, a kind."""

_KEYS: tuple[tuple[str, Any], ...] = (("year", Integer), ("province", Words), ("level", Words), ("kind", Words))
outcomes = Table(
    "outcomes",
    metadata,
    Column("id", Words, primary_key=True),
    *(Column(name, type_, nullable=False) for name, type_ in _KEYS),
    Column("numbers", LargeBinary, nullable=False),
)
outcome_sums = Table(
    "outcome_sums",
    metadata,
    *(Column(name, type_, primary_key=True, autoincrement=False) for name, type_ in _KEYS),
    Column("reports", Integer, nullable=False),
    Column("sums", LargeBinary, nullable=False),
    Column("wholes", LargeBinary, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A report's numbers, those that it leaves blank as None, and to which sums they belong."""

    id: str
    key: Key
    numbers: Counts


@dataclass(slots=True)
class Tally:
    """Numbers of several reports together.

    ``sums`` are of the reports that print a number, and ``wholes`` of what they are a share of in the same reports: a
    blank counts in neither. Both are in the order of the layout.
    """

    reports: int = 0
    sums: list[int] = field(default_factory=list)
    wholes: list[int] = field(default_factory=list)

    def add(self, numbers: Counts, wholes: Counts, times: int = 1) -> None:
        """Take a report in, or with ``times`` -1 out again."""
        self.sums = self.sums or [0] * len(numbers)
        self.wholes = self.wholes or [0] * len(numbers)
        self.reports += times
        for at, (number, whole) in enumerate(zip(numbers, wholes, strict=True)):
            if number is not None and whole is not None:
                self.sums[at] += times * number
                self.wholes[at] += times * whole

    def join(self, other: Tally) -> None:
        """Take in what another one holds."""
        self.reports += other.reports
        self.sums = [a + b for a, b in zip(self.sums or [0] * len(other.sums), other.sums, strict=True)]
        self.wholes = [a + b for a, b in zip(self.wholes or [0] * len(other.wholes), other.wholes, strict=True)]

    def share(self, at: int) -> float | None:
        """A number's share of its whole, 0 to 1; None where there is nothing that it could be a share of."""
        return self.sums[at] / self.wholes[at] if self.wholes and self.wholes[at] else None


class Outcomes:
    """The counted outcomes of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def behind(self, layout: str) -> list[str]:
        """The ids of reports that changed, came or went since they were counted in this layout.

        What was counted in another one, or by a first run that was broken off, is let go of: all are counted anew.
        """
        with self._database.writing() as connection:
            if mark(connection, _name(layout)) == 0:
                connection.execute(delete(outcomes))
                connection.execute(delete(outcome_sums))
            return behind(connection, _name(layout))

    def put(self, ids: Collection[str], found: Sequence[Counted], whole_of: Sequence[int]) -> None:
        """Count some reports in place of what was counted of them before.

        ``whole_of`` says for every number of the layout which one it is a share of.
        """
        tallies: dict[Key, Tally] = {}
        with self._database.writing() as connection:
            for each in _kept(connection, ids):
                _tally(connection, tallies, each.key).add(each.numbers, _wholes(each, whole_of), -1)
            for some in in_parts(ids):
                connection.execute(delete(outcomes).where(outcomes.c.id.in_(some)))
            for each in found:
                _tally(connection, tallies, each.key).add(each.numbers, _wholes(each, whole_of))
            if found:
                rows = [{"id": each.id, **_named(each.key), "numbers": _packed(each.numbers)} for each in found]
                connection.execute(outcomes.insert(), rows)
            for key, tally in tallies.items():
                _keep(connection, key, tally)

    def counted(self, layout: str, revision: int) -> None:
        """Keep that everything up to a revision of the store has been counted."""
        with self._database.writing() as connection:
            move(connection, _name(layout), revision)

    def of(self, id_: str) -> Counted | None:
        """The numbers of one report; None where it has no such table."""
        with self._database.reading() as connection:
            return next(iter(_kept(connection, [id_])), None)

    def sums(
        self,
        whole_of: Sequence[int],
        *,
        year: int | None = None,
        region: str = "",
        level: str = "",
        kind: str = "",
    ) -> Mapping[int, Tally]:
        """The numbers by year of the reports of a place, a level, a kind, or of all.

        ``region`` are the digits of a code that those inside it share: two have their sums, of more are few reports.
        """
        inside = len(region) > _PROVINCE
        table = outcomes if inside else outcome_sums
        c = table.c
        query = select(table).where(c.id.startswith(region, autoescape=True)) if inside else select(table)
        of_province = region[:_PROVINCE]
        for column, asked in ((c.year, year), (c.province, of_province), (c.level, level), (c.kind, kind)):
            query = query.where(column == asked) if asked else query
        found: dict[int, Tally] = {}
        with self._database.reading() as connection:
            for row in connection.execute(query.order_by(c.year)):
                tally = found.setdefault(row.year, Tally())
                if inside:
                    numbers = _numbers(row)
                    tally.add(numbers, [numbers[at] for at in whole_of])
                else:
                    tally.join(_read(row))
        return found


def _name(layout: str) -> str:
    return f"{OUTCOMES} {layout}"


def _kept(connection: Connection, ids: Collection[str]) -> Iterable[Counted]:
    for some in in_parts(ids):
        for row in connection.execute(select(outcomes).where(outcomes.c.id.in_(some))):
            yield Counted(row.id, (row.year, row.province, row.level, row.kind), _numbers(row))


def _numbers(row: Any) -> Counts:
    return [None if number == _BLANK else number for number in _unpacked(row.numbers)]


def _tally(connection: Connection, tallies: dict[Key, Tally], key: Key) -> Tally:
    if key not in tallies:
        row = connection.execute(select(outcome_sums).where(*_is(key))).first()
        tallies[key] = _read(row) if row else Tally()
    return tallies[key]


def _keep(connection: Connection, key: Key, tally: Tally) -> None:
    connection.execute(delete(outcome_sums).where(*_is(key)))
    if tally.reports:
        packed = {"sums": _packed(tally.sums), "wholes": _packed(tally.wholes)}
        connection.execute(outcome_sums.insert(), {**_named(key), "reports": tally.reports, **packed})


def _wholes(counted: Counted, whole_of: Sequence[int]) -> Counts:
    return [counted.numbers[at] for at in whole_of]


def _named(key: Key) -> dict[str, Any]:
    return {name: value for (name, _), value in zip(_KEYS, key, strict=True)}


def _is(key: Key) -> list[Any]:
    return [outcome_sums.c[name] == value for name, value in _named(key).items()]


def _read(row: Any) -> Tally:
    return Tally(row.reports, list(_unpacked(row.sums)), list(_unpacked(row.wholes)))


def _packed(numbers: Counts) -> bytes:
    return zlib.compress(array("q", (_BLANK if number is None else number for number in numbers)).tobytes())


def _unpacked(packed: bytes) -> array[int]:
    numbers = array("q")
    numbers.frombytes(zlib.decompress(packed))
    return numbers
