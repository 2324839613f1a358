"""When the shown reports were published, and which years an agency skips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, distinct, func, select

from corpus.deadline import due
from corpus.store.schema import editions, versions

_SHOWN = versions.join(editions, editions.c.digest == versions.c.digest)


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Reports with a known date of publication, and those of them that came after the statutory day."""

    dated: int
    late: int


@dataclass(frozen=True, slots=True)
class Gap:
    """An agency with the years between its first and its last report of which there is none."""

    agency_id: str
    agency: str
    years: tuple[int, ...]


def punctuality(connection: Connection) -> Mapping[str, Punctuality]:
    """By the first two digits of the region's code, which are the province's."""
    province = func.substr(editions.c.region, 1, 2)
    what = (province, editions.c.kind, editions.c.year, editions.c.agency, editions.c.published)
    query = (
        select(*what, func.count())
        .select_from(_SHOWN)
        .where(versions.c.shown, editions.c.published.is_not(None))
        .group_by(*what)
    )
    dated: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for code, kind, year, agency, published, total in connection.execute(query):
        dated[code] += total
        day = due(kind, year, agency)
        late[code] += total if day and published > day.isoformat() else 0
    return {code: Punctuality(dated[code], late[code]) for code in dated}


def gaps(connection: Connection) -> tuple[Gap, ...]:
    """Every agency that skips a year, those with the most first."""
    first, last = func.min(editions.c.year), func.max(editions.c.year)
    gapped = (
        select(editions.c.agency_id)
        .select_from(_SHOWN)
        .where(versions.c.shown)
        .group_by(editions.c.agency_id)
        .having(last - first + 1 > func.count(distinct(editions.c.year)))
    )
    query = (
        select(editions.c.agency_id, editions.c.agency, editions.c.year)
        .select_from(_SHOWN)
        .where(versions.c.shown, editions.c.agency_id.in_(gapped))
    )
    names: dict[str, str] = {}
    years: dict[str, set[int]] = {}
    for id_, name, year in connection.execute(query):
        names[id_] = name
        years.setdefault(id_, set()).add(year)
    found = [Gap(id_, names[id_], tuple(sorted(set(range(min(has), max(has))) - has))) for id_, has in years.items()]
    return tuple(sorted(found, key=lambda gap: (-len(gap.years), gap.agency_id)))
