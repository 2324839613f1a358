"""What people say that cells of a picture hold: kept beside the reading, and put on it anew after every reading.

A correction belongs to the payload by its digest: another picture of the same report is corrected by itself. The body
as it was read stays, so that taking a correction back needs no second reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from corpus.model import Correction, Report
from corpus.store.body import pack, unpack
from corpus.store.schema import corrections, editions, uncorrected


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction with its place: the payload's digest, the id of the report read in it, the cell."""

    digest: str
    report: str
    figure: str
    correction: Correction


def put(connection: Connection, digest: str, figure: str, said: Correction) -> None:
    """Keep what somebody says of a cell, in place of what was said before."""
    take_back(connection, digest, figure)
    value = None if said.value is None else str(said.value)
    row = {"digest": digest, "figure": figure, "value": value, "who": said.who, "why": said.why, "since": said.when}
    connection.execute(corrections.insert(), row)


def take_back(connection: Connection, digest: str, figure: str) -> bool:
    """Forget what was said of a cell. Returns whether anything was."""
    here = (corrections.c.digest == digest) & (corrections.c.figure == figure)
    return connection.execute(delete(corrections).where(here)).rowcount > 0


def of_payload(connection: Connection, digest: str) -> Mapping[str, Correction]:
    """What is said of a payload's cells, by their ids."""
    rows = connection.execute(select(corrections).where(corrections.c.digest == digest).order_by(corrections.c.figure))
    return {row.figure: _correction(row) for row in rows}


def every(connection: Connection) -> tuple[Corrected, ...]:
    """All of them, by report and cell; ``report`` is empty where none is read in the payload now."""
    query = (
        select(corrections, editions.c.id)
        .join(editions, editions.c.digest == corrections.c.digest, isouter=True)
        .order_by(editions.c.id, corrections.c.digest, corrections.c.figure)
    )
    return tuple(Corrected(row.digest, row.id or "", row.figure, _correction(row)) for row in connection.execute(query))


def keep_as_read(connection: Connection, digest: str, report: Report | None) -> None:
    """Keep the report as it was read beside the corrected one; None: it is as it was read."""
    connection.execute(delete(uncorrected).where(uncorrected.c.digest == digest))
    if report is not None:
        connection.execute(uncorrected.insert(), {"digest": digest, "body": pack(report)})


def body_as_read(connection: Connection, digest: str) -> Mapping[str, Any]:
    """The parts of the report as it was read, as ``unpack`` gives them; empty where it is not corrected."""
    body = connection.execute(select(uncorrected.c.body).where(uncorrected.c.digest == digest)).scalar()
    return {} if body is None else unpack(body)


def _correction(row: Row[Any]) -> Correction:
    return Correction(None if row.value is None else Decimal(row.value), row.who, row.why, row.since)
