"""A store of an older schema brought to the present one: what is missing is added, nothing is taken away.

So far every change of the schema only added tables, indexes, and columns with a default. A version that needs more
gets a step of its own here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from sqlalchemy import Column, Connection, Index, Table, inspect, select, update
from sqlalchemy.schema import CreateColumn

from corpus.store.schema import VERSION, meta, metadata


def schema_of(connection: Connection) -> int | None:
    """The version of the tables that are there; None where there are none."""
    if not inspect(connection).has_table(meta.name):
        return None
    found: int | None = connection.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar()
    return found


def is_current(connection: Connection) -> bool:
    """Whether nothing is missing."""
    missing = chain(_missing(connection), _missing_indexes(connection))
    return schema_of(connection) == VERSION and next(missing, None) is None


def migrate(connection: Connection) -> None:
    """Make what is missing: tables, columns, indexes, the version. To be called within a transaction that writes."""
    before = schema_of(connection)
    metadata.create_all(connection)
    if before is None:
        connection.execute(meta.insert(), [{"name": "schema", "value": VERSION}, {"name": "revision", "value": 0}])
        return
    quoted = connection.dialect.identifier_preparer.format_table
    for table, column in list(_missing(connection)):
        words = CreateColumn(column).compile(dialect=connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {quoted(table)} ADD COLUMN {words}")
    for index in list(_missing_indexes(connection)):
        index.create(connection)
    connection.execute(update(meta).where(meta.c.name == "schema").values(value=VERSION))


def _missing(connection: Connection) -> Iterator[tuple[Table, Column[object]]]:
    """The columns that are not there, all of them of a table that is not."""
    here = inspect(connection).get_multi_columns()
    for table in metadata.sorted_tables:
        known = {column["name"] for column in here.get((None, table.name), ())}
        yield from ((table, column) for column in table.columns if column.name not in known)


def _missing_indexes(connection: Connection) -> Iterator[Index]:
    """The indexes that are not there, of the tables that are: a table made anew has its own."""
    here = inspect(connection).get_multi_indexes()
    for table in metadata.sorted_tables:
        known = {index["name"] for index in here.get((None, table.name), ())}
        yield from (index for index in table.indexes if index.name not in known)
