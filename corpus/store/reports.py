"""Reports as they are shown: the current version of each, former versions, variants, addresses, redirects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select, type_coerce

from corpus.model import Agency, FormId, Report, Snapshot
from corpus.store.across import across, load
from corpus.store.body import unpack
from corpus.store.schema import Moment, captures, changes, editions, meta, redirects, versions
from corpus.store.wording_tables import told

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Stored:
    """A current or former version of a report as kept, with the evidence that it was derived from.

    ``version`` counts from 1; ``extractor`` is the digest of the code that made it; ``revision`` is the store-wide
    change counter at which this version was written; ``vanished`` is the day (UTC) on which its address was found to
    give nothing any more; ``copied`` is how much of the current text, in per cent, stood in earlier reports, None where
    that is not known.
    """

    id: str
    report: Report
    snapshot: Snapshot
    version: int
    extractor: str
    extracted: datetime
    revision: int
    vanished: date | None = None
    copied: float | None = None


class Dated(NamedTuple):
    """A current report by its year."""

    id: str
    year: int
    form: FormId | None


def shown() -> Select[Any]:
    """The current versions, to be narrowed."""
    return _query(versions.c.shown)


def one(connection: Connection, id_: str) -> Stored | None:
    """The current version of a report."""
    row = connection.execute(_one(), {"of": id_}).one_or_none()
    return None if row is None else stored(row)


def resolve(connection: Connection, id_: str) -> str | None:
    """The present id for a present or former one."""
    if exists(connection, id_):
        return id_
    return connection.execute(select(redirects.c.present).where(redirects.c.former == id_)).scalar()


def exists(connection: Connection, id_: str) -> bool:
    """Whether a report stands under an id now."""
    return connection.execute(select(versions.c.id).where(versions.c.id == id_).limit(1)).scalar() is not None


def lane(connection: Connection, id_: str) -> tuple[Stored, ...]:
    """Every version of the text that is shown, oldest first."""
    return tuple(map(stored, connection.execute(_lane(), {"of": id_})))


def variants(connection: Connection, id_: str) -> tuple[Stored, ...]:
    """The newest version of every other text for the same agency and year."""
    return tuple(map(stored, connection.execute(_variants(), {"of": id_})))


def addresses(connection: Connection, id_: str) -> tuple[str, ...]:
    """Every address that gave a text of this report, in the order in which they were found."""
    return tuple(dict.fromkeys(connection.execute(_addresses(), {"of": id_}).scalars()))


def page(connection: Connection, after: str) -> list[Stored]:
    """The next current versions behind an id, by id; empty at the end."""
    query = shown().where(versions.c.id > after).order_by(versions.c.id).limit(_PAGE)
    return [stored(row) for row in connection.execute(query)]


def changed(connection: Connection, after: int) -> list[tuple[int, str, Stored | None]]:
    """The next ids that changed behind a revision, in the order of change; empty at the end."""
    rows = connection.execute(
        select(changes).where(changes.c.revision > after).order_by(changes.c.revision).limit(_PAGE)
    ).all()
    present = {
        row.id: stored(row) for row in connection.execute(shown().where(versions.c.id.in_([row.id for row in rows])))
    }
    return [(row.revision, row.id, present.get(row.id)) for row in rows]


TO_TAKE_STOCK_OF = (versions, editions)
"""Without knowing how they are filled, SQLite looks for a body's reports among all that are shown: 90 ms at 54,000
reports, 0.1 ms with."""


def of_agency(connection: Connection, agency_id: str) -> tuple[Stored, ...]:
    """The current versions of an agency's reports, by year."""
    query = shown().where(editions.c.agency_id == agency_id).order_by(editions.c.year, versions.c.id)
    return tuple(map(stored, connection.execute(query)))


def dated(connection: Connection, agency_id: str) -> tuple[Dated, ...]:
    """The same without what they say."""
    return tuple(Dated(*row) for row in connection.execute(_dated(), {"of": agency_id}))


def stored(row: Any) -> Stored:
    """A row of ``shown`` or its like as what callers see."""
    report = _report(row)
    if row.shown and row.across:
        report = replace(report, findings=(*report.findings, *load(row.across)))
    snapshot = Snapshot(row.digest, row.url, row.source, row.media_type, row.captured)
    vanished = row.vanished.date() if row.vanished else None
    copied = row.copied if row.shown else None
    return Stored(row.id, report, snapshot, row.version, row.extractor, row.extracted, row.revision, vanished, copied)


def of_payload(connection: Connection, digest: str) -> Report | None:
    """The report that a payload gave when it was last extracted."""
    row = connection.execute(select(editions).where(editions.c.digest == digest)).one_or_none()
    return None if row is None else _report(row)


def _report(row: Any) -> Report:
    """A row of editions as a report."""
    return Report(
        agency=Agency(row.agency, row.region, row.level, row.kind),
        year=row.year,
        title=row.title,
        form=row.form,
        published=date.fromisoformat(row.published) if row.published else None,
        document_number=row.document_number,
        **unpack(row.body),
    )


_REVISION = select(meta.c.value).where(meta.c.name == "revision")
"""Asked for with every page: put together once."""


def revision(connection: Connection) -> int:
    """The store-wide change counter."""
    return int(connection.execute(_REVISION).scalar_one())


def _query(*conditions: ColumnElement[bool] | Any) -> Select[Any]:
    columns = [column for column in editions.c if column.name not in {"id", "digest", "text_digest"}]
    gone = (
        select(func.max(captures.c.gone))
        .where(captures.c.digest == versions.c.digest, captures.c.url == versions.c.url)
        .scalar_subquery()
    )
    return (
        select(
            versions,
            *columns,
            across.c.findings.label("across"),
            type_coerce(gone, Moment()).label("vanished"),
            told.c.copied,
        )
        .join(editions, editions.c.digest == versions.c.digest)
        .outerjoin(across, across.c.id == versions.c.id)
        .outerjoin(told, told.c.id == versions.c.id)
        .where(*conditions)
    )


# What every page of a report asks is put together once: that takes as long as asking. ``of`` names what is asked about.


@cache
def _one() -> Select[Any]:
    return shown().where(versions.c.id == bindparam("of"))


@cache
def _lane() -> Select[Any]:
    return _query(versions.c.id == bindparam("of"), versions.c.lane == 0).order_by(versions.c.version)


@cache
def _variants() -> Select[Any]:
    asked = versions.c.id == bindparam("of"), versions.c.lane > 0, versions.c.newest
    return _query(*asked).order_by(versions.c.lane)


@cache
def _addresses() -> Select[Any]:
    return (
        select(captures.c.url)
        .join(editions, editions.c.digest == captures.c.digest)
        .where(editions.c.id == bindparam("of"), captures.c.url != "")
        .order_by(captures.c.captured, captures.c.url)
    )


@cache
def _dated() -> Select[Any]:
    return (
        select(versions.c.id, editions.c.year, editions.c.form)
        .join(editions, editions.c.digest == versions.c.digest)
        .where(versions.c.shown, editions.c.agency_id == bindparam("of"))
        .order_by(editions.c.year, versions.c.id)
    )
