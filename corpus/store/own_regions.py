"""The fictional divisions that a store brings with it, beside the real ones that are bundled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, delete, select

from corpus.model import Region
from corpus.store.schema import regions

_PLAIN = ("code", "name", "level", "parent", "valid_from", "valid_to")
"""The fields that stand in the table as they are."""


Rows = tuple[tuple[Any, ...], ...]
"""Regions as they stand in the table: quickly read, and compared with what was read before."""


def given(connection: Connection) -> Rows:
    """All of them, by code."""
    columns = [regions.c[name] for name in (*_PLAIN, "aliases")]
    return tuple(map(tuple, connection.execute(select(*columns).order_by(regions.c.code))))


def read(rows: Rows) -> Iterator[Region]:
    """The regions that rows are."""
    for *plain, aliases in rows:
        fields: dict[str, Any] = dict(zip(_PLAIN, plain, strict=True))
        yield Region(**fields, aliases=tuple(json.loads(aliases)), fictional=True)


def put(connection: Connection, added: Iterable[Region]) -> None:
    """Keep these, in place of those with the same codes."""
    for region in added:
        row = {name: getattr(region, name) for name in _PLAIN}
        connection.execute(delete(regions).where(regions.c.code == region.code))
        connection.execute(regions.insert(), row | {"aliases": json.dumps(region.aliases, ensure_ascii=False)})
