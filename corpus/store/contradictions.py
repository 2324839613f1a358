"""Contradictions: two printed numbers that cannot both be right, each with its cell; one row for each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from sqlalchemy import Column, Float, Index, Integer, Table, delete, select

from corpus.store.analysis import Analysis
from corpus.store.database import in_parts
from corpus.store.lists import Page, asked_for, page_of, still_shown
from corpus.store.marks import CONTRADICTIONS
from corpus.store.schema import Words, editions, metadata, versions

Sort = Literal["carried", "table", "text", "parts"]
SORTS: tuple[Sort, ...] = get_args(Sort)

contradictions = Table(
    "contradictions",
    metadata,
    Column("id", Words, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sort", Words, nullable=False),
    Column("rule", Words, nullable=False),
    # 3: read without doubt; 2: the text's meaning is ours; 1: a cell of it may be misread.
    Column("sure", Integer, nullable=False),
    Column("figure", Words, nullable=False),
    Column("value", Float),
    Column("other", Words, nullable=False),
    Column("other_figure", Words, nullable=False),
    Column("other_value", Float),
    Column("quote", Words, nullable=False),
    # How far the two lie apart, against the greater: 0 to 1.
    Column("gap", Float, nullable=False),
    # How many parts were added up, and how many there are.
    Column("parts", Integer, nullable=False, server_default="0"),
    Column("parts_of", Integer, nullable=False, server_default="0"),
    Index("contradictions_surest", "sure", "gap", "id", "number", "sort"),
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What report ``id`` says at ``figure``, against ``other_figure`` of the report ``other``: the same, or another.

    ``sort``: against what was carried over from the year before, within the tables, against its own text (``quote``),
    or parts that exceed the whole. ``sure``: 3 read without doubt, 2 as the text is understood, 1 perhaps misread.
    ``parts`` of ``parts_of`` were added up, where it is parts.
    """

    id: str
    sort: Sort
    rule: str
    sure: int
    figure: str
    value: float | None
    other: str
    other_figure: str
    other_value: float | None
    quote: str = ""
    parts: int = 0
    parts_of: int = 0

    @property
    def gap(self) -> float:
        """How far the two lie apart, against the greater: 0 to 1."""
        if self.value is None or self.other_value is None:
            return 0.0
        return abs(self.value - self.other_value) / (max(abs(self.value), abs(self.other_value)) or 1.0)


@dataclass(frozen=True, slots=True)
class Lead:
    """A contradiction with whose report it is in."""

    contradiction: Contradiction
    agency: str
    region: str
    year: int
    form: str | None


class Contradictions(Analysis):
    """The contradictions of a store."""

    mark = CONTRADICTIONS

    def put(self, ids: Collection[str], found: Sequence[Contradiction]) -> None:
        """Keep the contradictions of some reports, in place of those they had."""
        rows = []
        numbers: dict[str, int] = {}
        for each in found:
            numbers[each.id] = numbers.get(each.id, 0) + 1
            rows.append({**asdict(each), "gap": each.gap, "number": numbers[each.id]})
        with self._database.writing() as connection:
            for some in in_parts(ids):
                connection.execute(delete(contradictions).where(contradictions.c.id.in_(some)))
            if rows:
                connection.execute(contradictions.insert(), rows)

    def governments(self, places: Collection[tuple[str, int]]) -> list[str]:
        """The reports of the governments and offices of some regions and years."""
        v, e = versions.c, editions.c
        wanted = set(places)
        query = (
            select(v.id, e.region, e.year)
            .select_from(versions.join(editions, e.digest == v.digest))
            .where(v.shown, e.kind.in_(("government", "office")))
        )
        with self._database.reading() as connection:
            return [
                row.id
                for some in in_parts({region for region, _ in wanted})
                for row in connection.execute(query.where(e.region.in_(some)))
                if (row.region, row.year) in wanted
            ]

    def listed(  # noqa: PLR0913 - what is asked for, each by name
        self,
        *,
        sort: Sort | None = None,
        region: str = "",
        year: int | None = None,
        report: str = "",
        first: int = 0,
        most: int | None = 50,
    ) -> tuple[int, tuple[Lead, ...]]:
        """How many there are, and ``most`` of them from the ``first`` (0-based) on: the surest and widest first.

        ``region`` are the digits of a code that those inside it share.
        """
        c, e = contradictions.c, editions.c
        order = (c.sure.desc(), c.gap.desc(), c.id.desc(), c.number.desc())
        asked = [*asked_for(c.id, region=region, year=year, report=report)]
        if sort:
            asked.append(c.sort == sort)
        with self._database.reading() as connection:
            asked.append(still_shown(connection, c.id, CONTRADICTIONS))
            whose = (e.agency, e.region, e.year, e.form)
            count, rows = page_of(connection, contradictions, asked, Page(order, first, most), whose)
            return count, tuple(map(_lead, rows))


def _lead(row: Any) -> Lead:
    named = row._mapping  # noqa: SLF001 - the public name of a row's columns
    contradiction = Contradiction(
        **{field.name: named[contradictions.c[field.name]] for field in fields(Contradiction)}
    )
    return Lead(contradiction, row.agency, row.region, row.year, row.form)
