"""Editions of reports, one a payload: accepted, rejected, forgotten, and laid out anew each time.

What is shown, what is a former version, a variant or a copy follows from all editions of an id (arrangement.py).
Every change counts: the store's revision grows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from corpus.doubts import Doubt
from corpus.model import Finding, Report, Snapshot
from corpus.store.across import put
from corpus.store.arrangement import Lane, Sighting, arrange
from corpus.store.body import pack, text_digest, unpack
from corpus.store.copies import near_identical
from corpus.store.corrections import keep_as_read
from corpus.store.reports import exists, revision
from corpus.store.schema import captures, changes, editions, meta, payloads, redirects, versions

Made = tuple[str, datetime]
"""The version of the code that made something, and when."""


def accept(
    connection: Connection, snapshot: Snapshot, report: Report, made: Made, as_read: Report | None = None
) -> str:
    """Put a payload's report in its place; ``as_read``: what it was before people's corrections, where it has any."""
    extractor, moment = made
    row = _row(snapshot, report, made) | {"text_digest": text_digest(as_read or report)}
    keep_as_read(connection, snapshot.digest, as_read)
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
        if not exists(connection, known.id):
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
    keep_as_read(connection, digest, None)
    if known is not None:
        connection.execute(delete(versions).where(versions.c.digest == digest))
        connection.execute(delete(editions).where(editions.c.digest == digest))
        _lay_out(connection, known, digest)


def extractor_of(connection: Connection, digest: str) -> str:
    """The version of the code that made a payload's edition; empty where there is none."""
    return connection.execute(select(editions.c.extractor).where(editions.c.digest == digest)).scalar() or ""


def put_across(connection: Connection, id_: str, findings: Sequence[Finding]) -> bool:
    """Keep what the year before says about a report; count a change, and say so, if it is not what it said before."""
    changed = put(connection, id_, findings)
    if changed:
        note_change(connection, id_)
    return changed


def note_change(connection: Connection, id_: str) -> None:
    """Count a change of what is kept beside a report, and say so."""
    _note(connection, id_, next_revision(connection))


def _row(snapshot: Snapshot, report: Report, made: Made) -> dict[str, Any]:
    extractor, moment = made
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
    number = next_revision(connection)
    connection.execute(delete(versions).where(versions.c.id == id_))
    if rows:
        connection.execute(
            versions.insert(),
            [row | {"revision": before[key].revision if key in same else number} for key, row in after.items()],
        )
    _note(connection, id_, number)


def next_revision(connection: Connection) -> int:
    """Count a change."""
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


def _redirect(connection: Connection, former: str, present: str) -> None:
    connection.execute(update(redirects).where(redirects.c.present == former).values(present=present))
    connection.execute(delete(redirects).where(redirects.c.former == present))
    connection.execute(delete(redirects).where(redirects.c.former == former))
    connection.execute(redirects.insert(), {"former": former, "present": present})
