"""The fictional divisions that a store brings with it, beside the real ones that are bundled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, select

from corpus.model import Region
from corpus.store.schema import regions

_PLAIN = ("code", "name", "level", "parent", "valid_from", "valid_to")
"""The fields that stand in the table as they are."""


def given(connection: Connection) -> Sequence[Region]:
    """All of them, by code."""
    rows = connection.execute(select(regions).order_by(regions.c.code)).mappings()
    return [
        Region(**{name: row[name] for name in _PLAIN}, aliases=tuple(json.loads(row["aliases"])), fictional=True)
        for row in rows
    ]


def put(connection: Connection, added: Iterable[Region]) -> None:
    """Keep these, in place of those with the same codes."""
    for region in added:
        row = {name: getattr(region, name) for name in _PLAIN}
        connection.execute(delete(regions).where(regions.c.code == region.code))
        connection.execute(regions.insert(), row | {"aliases": json.dumps(region.aliases, ensure_ascii=False)})
