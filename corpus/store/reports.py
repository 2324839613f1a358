"""Editions of reports and how they are laid out: what is shown, former versions, variants, copies, redirects."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, select, type_coerce, update

from corpus.doubts import Doubt
from corpus.model import Agency, Finding, Report, Snapshot
from corpus.store.across import across, load, put
from corpus.store.arrangement import Lane, Sighting, arrange
from corpus.store.body import pack, text_digest, unpack
from corpus.store.copies import near_identical
from corpus.store.schema import Moment, captures, changes, editions, meta, payloads, redirects, versions

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Stored:
    """A current or former version of a report as kept, with the evidence that it was derived from.

    ``version`` counts from 1; ``extractor`` is the version of the code that made it; ``revision`` is the store-wide
    change counter at which this version was written; ``vanished`` is the day (UTC) on which its address was found to
    give nothing any more.
    """

    id: str
    report: Report
    snapshot: Snapshot
    version: int
    extractor: str
    extracted: datetime
    revision: int
    vanished: date | None = None


def accept(connection: Connection, snapshot: Snapshot, report: Report, extractor: str, moment: datetime) -> str:
    """Put a payload's report in its place."""
    row = _row(snapshot, report, extractor, moment)
    known = connection.execute(select(editions).where(editions.c.digest == snapshot.digest)).one_or_none()
    if known is None:
        connection.execute(editions.insert(), row)
    else:
        connection.execute(update(editions).where(editions.c.digest == snapshot.digest).values(**row))
    _extracted(connection, snapshot.digest, extractor=extractor, extracted=moment, id=report.id)
    rewritten = known is not None and any(
        getattr(known, name) != value for name, value in row.items() if name not in {"extractor", "extracted"}
    )
    _lay_out(connection, report.id, snapshot.digest if rewritten else "")
    connection.execute(delete(redirects).where(redirects.c.former == report.id))
    if known is not None and known.id != report.id:
        _lay_out(connection, known.id)
        if not _exists(connection, known.id):
            _redirect(connection, known.id, report.id)
    return report.id


def reject(connection: Connection, digest: str, reason: Doubt, extractor: str, moment: datetime) -> None:
    """Note that a payload is no report, and why."""
    forget(connection, digest)
    values = json.dumps(dict(reason.values), ensure_ascii=False, sort_keys=True)
    _extracted(connection, digest, extractor=extractor, extracted=moment, reason=reason.code, reason_values=values)


def forget(connection: Connection, digest: str) -> None:
    """Take away what was extracted from a payload, without looking at it."""
    known = connection.execute(select(editions.c.id).where(editions.c.digest == digest)).scalar()
    _extracted(connection, digest, extractor="", extracted=None)
    if known is not None:
        connection.execute(delete(versions).where(versions.c.digest == digest))
        connection.execute(delete(editions).where(editions.c.digest == digest))
        _lay_out(connection, known, digest)


def shown() -> Select[Any]:
    """The current versions, to be narrowed."""
    return _query(versions.c.shown)


def one(connection: Connection, id_: str) -> Stored | None:
    """The current version of a report."""
    row = connection.execute(shown().where(versions.c.id == id_)).one_or_none()
    return None if row is None else stored(row)


def resolve(connection: Connection, id_: str) -> str | None:
    """The present id for a present or former one."""
    if _exists(connection, id_):
        return id_
    return connection.execute(select(redirects.c.present).where(redirects.c.former == id_)).scalar()


def lane(connection: Connection, id_: str) -> tuple[Stored, ...]:
    """Every version of the text that is shown, oldest first."""
    query = _query(versions.c.id == id_, versions.c.lane == 0).order_by(versions.c.version)
    return tuple(map(stored, connection.execute(query)))


def variants(connection: Connection, id_: str) -> tuple[Stored, ...]:
    """The newest version of every other text for the same agency and year."""
    query = _query(versions.c.id == id_, versions.c.lane > 0, versions.c.newest).order_by(versions.c.lane)
    return tuple(map(stored, connection.execute(query)))


def addresses(connection: Connection, id_: str) -> tuple[str, ...]:
    """Every address that gave a text of this report, in the order in which they were found."""
    query = (
        select(captures.c.url)
        .join(editions, editions.c.digest == captures.c.digest)
        .where(editions.c.id == id_, captures.c.url != "")
        .order_by(captures.c.captured, captures.c.url)
    )
    return tuple(dict.fromkeys(connection.execute(query).scalars()))


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


def of_agency(connection: Connection, agency_id: str) -> tuple[Stored, ...]:
    """The current versions of an agency's reports, by year."""
    query = shown().where(editions.c.agency_id == agency_id).order_by(editions.c.year, versions.c.id)
    return tuple(map(stored, connection.execute(query)))


def stored(row: Any) -> Stored:
    """A row of ``shown`` or its like as what callers see."""
    report = _report(row)
    if row.shown and row.across:
        report = replace(report, findings=(*report.findings, *load(row.across)))
    snapshot = Snapshot(row.digest, row.url, row.source, row.media_type, row.captured)
    vanished = row.vanished.date() if row.vanished else None
    return Stored(row.id, report, snapshot, row.version, row.extractor, row.extracted, row.revision, vanished)


def put_across(connection: Connection, id_: str, findings: Sequence[Finding]) -> bool:
    """Keep what the year before says about a report; count a change, and say so, if it is not what it said before."""
    changed = put(connection, id_, findings)
    if changed:
        _note(connection, id_, _next_revision(connection))
    return changed


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


def revision(connection: Connection) -> int:
    """The store-wide change counter."""
    return int(connection.execute(select(meta.c.value).where(meta.c.name == "revision")).scalar_one())


def _query(*conditions: ColumnElement[bool] | Any) -> Select[Any]:
    columns = [column for column in editions.c if column.name not in {"id", "digest", "text_digest"}]
    gone = (
        select(func.max(captures.c.gone))
        .where(captures.c.digest == versions.c.digest, captures.c.url == versions.c.url)
        .scalar_subquery()
    )
    return (
        select(versions, *columns, across.c.findings.label("across"), type_coerce(gone, Moment()).label("vanished"))
        .join(editions, editions.c.digest == versions.c.digest)
        .outerjoin(across, across.c.id == versions.c.id)
        .where(*conditions)
    )


def _row(snapshot: Snapshot, report: Report, extractor: str, moment: datetime) -> dict[str, Any]:
    return {
        "digest": snapshot.digest,
        "id": report.id,
        "agency_id": report.agency.id,
        "agency": report.agency.name,
        "region": report.agency.region,
        "level": report.agency.level,
        "kind": report.agency.kind,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "document_number": report.document_number,
        "published": report.published.isoformat() if report.published else None,
        "extractor": extractor,
        "extracted": moment,
        "body": pack(report),
        "text_digest": text_digest(report),
    }


def _extracted(connection: Connection, digest: str, **outcome: Any) -> None:
    connection.execute(
        update(payloads)
        .where(payloads.c.digest == digest)
        .values(**({"reason": "", "reason_values": "{}", "id": ""} | outcome))
    )


def _lay_out(connection: Connection, id_: str, changed: str = "") -> None:
    """Arrange the editions of an id anew, and count a change if the outcome is another than before.

    ``changed`` is the digest of an edition that was rewritten in place or taken away.
    """
    before = {(row.lane, row.version): row for row in connection.execute(select(versions).where(versions.c.id == id_))}
    rows = _rows(id_, _lanes(connection, id_))
    after = {(row["lane"], row["version"]): row for row in rows}
    same = {
        key
        for key, row in after.items()
        if key in before
        and row["digest"] != changed
        and all(getattr(before[key], name) == value for name, value in row.items())
    }
    if len(same) == len(after) == len(before) and not changed:
        return
    number = _next_revision(connection)
    connection.execute(delete(versions).where(versions.c.id == id_))
    if rows:
        connection.execute(
            versions.insert(),
            [row | {"revision": before[key].revision if key in same else number} for key, row in after.items()],
        )
    _note(connection, id_, number)


def _next_revision(connection: Connection) -> int:
    connection.execute(update(meta).where(meta.c.name == "revision").values(value=meta.c.value + 1))
    return revision(connection)


def _lanes(connection: Connection, id_: str) -> list[Lane]:
    query = (
        select(
            captures.c.address,
            captures.c.captured,
            captures.c.digest,
            editions.c.text_digest,
            captures.c.url,
            captures.c.source,
            captures.c.media_type,
        )
        .join(editions, editions.c.digest == captures.c.digest)
        .where(editions.c.id == id_)
    )
    sightings = [Sighting(*row) for row in connection.execute(query)]

    def alike(one_: Sighting, other: Sighting) -> bool:
        return near_identical(_body(connection, one_.digest), _body(connection, other.digest))

    return arrange(sightings, alike)


def _body(connection: Connection, digest: str) -> dict[str, Any]:
    return unpack(connection.execute(select(editions.c.body).where(editions.c.digest == digest)).scalar_one())


def _rows(id_: str, lanes: list[Lane]) -> list[dict[str, Any]]:
    rows = []
    for number, lane_ in enumerate(lanes):
        for version, sighting in enumerate(lane_.versions, 1):
            newest = version == len(lane_.versions)
            rows.append(
                {
                    "id": id_,
                    "lane": number,
                    "version": version,
                    "newest": newest,
                    "shown": newest and number == 0,
                    "digest": sighting.digest,
                    "url": sighting.url,
                    "source": sighting.source,
                    "media_type": sighting.media_type,
                    "captured": sighting.captured,
                }
            )
    return rows


def _note(connection: Connection, id_: str, number: int) -> None:
    if connection.execute(update(changes).where(changes.c.id == id_).values(revision=number)).rowcount == 0:
        connection.execute(changes.insert(), {"id": id_, "revision": number})


def _exists(connection: Connection, id_: str) -> bool:
    return connection.execute(select(versions.c.id).where(versions.c.id == id_).limit(1)).scalar() is not None


def _redirect(connection: Connection, former: str, present: str) -> None:
    connection.execute(update(redirects).where(redirects.c.present == former).values(present=present))
    connection.execute(delete(redirects).where(redirects.c.former == present))
    connection.execute(delete(redirects).where(redirects.c.former == former))
    connection.execute(redirects.insert(), {"former": former, "present": present})
