"""What the store holds, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Select, func, select

from corpus.store.schema import captures, editions, payloads, redirects, versions, withheld
from corpus.store.withholding import is_given


@dataclass(frozen=True, slots=True)
class Counts:
    """``snapshots`` counts distinct payloads, ``reports`` current versions; the rest says what is beside them.

    ``withheld`` payloads are given to nobody, and counted nowhere else. ``pending`` payloads have not been extracted by
    anybody yet. ``rejected`` counts payloads by the reason why they are no report. The ``by_…`` count current reports;
    a report without a statutory table has the form ``""``.
    """

    snapshots: int
    captures: int
    bytes: int
    reports: int
    former: int
    variants: int
    redirects: int
    gone: int
    withheld: int
    pending: int
    rejected: Mapping[str, int]
    by_year: Mapping[int, int]
    by_form: Mapping[str, int]
    by_level: Mapping[str, int]


def count(connection: Connection) -> Counts:
    """Count everything now."""

    def number(query: Select[Any]) -> int:
        return int(connection.execute(query).scalar() or 0)

    def grouped(column: Column[Any]) -> dict[Any, int]:
        query = (
            select(column, func.count())
            .select_from(versions.join(editions, editions.c.digest == versions.c.digest))
            .where(versions.c.shown)
            .group_by(column)
            .order_by(column)
        )
        return {value or "": total for value, total in connection.execute(query)}

    rejected = (
        select(payloads.c.reason, func.count())
        .where(payloads.c.reason != "")
        .group_by(payloads.c.reason)
        .order_by(func.count().desc(), payloads.c.reason)
    )
    every = select(func.count()).select_from
    return Counts(
        snapshots=number(every(payloads).where(is_given(payloads.c.digest))),
        captures=number(every(captures)),
        bytes=number(select(func.sum(payloads.c.size))),
        reports=number(every(versions).where(versions.c.shown)),
        former=number(every(versions).where(~versions.c.newest)),
        variants=number(every(versions).where(versions.c.newest, versions.c.lane > 0)),
        redirects=number(every(redirects)),
        gone=number(every(captures).where(captures.c.gone.is_not(None), is_given(captures.c.digest))),
        withheld=number(every(withheld)),
        pending=number(every(payloads).where(payloads.c.extracted.is_(None), is_given(payloads.c.digest))),
        rejected={row[0]: row[1] for row in connection.execute(rejected)},
        by_year=grouped(editions.c.year),
        by_form=grouped(editions.c.form),
        by_level=grouped(editions.c.level),
    )
