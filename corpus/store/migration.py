"""A store of an older schema brought to the present one: what is missing is added, nothing is taken away.

So far every new version of the schema only added tables and columns with a default. A version that needs more gets a
step of its own here.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select, update
from sqlalchemy.schema import CreateColumn

from corpus.store.schema import VERSION, meta, metadata


def schema_of(connection: Connection) -> int | None:
    """The version of the tables that are there; None where there are none."""
    if not inspect(connection).has_table(meta.name):
        return None
    found: int | None = connection.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar()
    return found


def migrate(connection: Connection) -> None:
    """Make what is missing: tables, columns, the version. To be called within a transaction that writes."""
    before = schema_of(connection)
    metadata.create_all(connection)
    if before is None:
        connection.execute(meta.insert(), [{"name": "schema", "value": VERSION}, {"name": "revision", "value": 0}])
        return
    here = inspect(connection)
    quoted = connection.dialect.identifier_preparer.format_table
    for table in metadata.sorted_tables:
        known = {column["name"] for column in here.get_columns(table.name)}
        for column in table.columns:
            if column.name not in known:
                words = CreateColumn(column).compile(dialect=connection.dialect)
                connection.exec_driver_sql(f"ALTER TABLE {quoted(table)} ADD COLUMN {words}")
    connection.execute(update(meta).where(meta.c.name == "schema").values(value=VERSION))
