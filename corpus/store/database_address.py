"""The address of a database → its engine, and what is peculiar to its kind (dialect.py)."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from corpus.errors import StoreError
from corpus.store import postgres, sqlite
from corpus.store.dialect import Dialect

_STATEMENTS = 100
"""Statements that an engine keeps compiled, up to half as many again before it lets go of the least asked. The site
makes some 250 of them, 40 KB each, in a millisecond each; SQLAlchemy by itself lets go at 750 (30 MB)."""

_DIALECTS: dict[str, Dialect] = {"sqlite": sqlite, "postgresql": postgres}


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file."""
    return f"sqlite:///{path}"


def engine_at(url: str) -> tuple[Engine, Dialect]:
    """The engine of an address and what is peculiar to it. Raises StoreError where there is none."""
    try:
        kind = make_url(url).get_backend_name()
        dialect = _DIALECTS[kind]
        return create_engine(url, query_cache_size=_STATEMENTS, **dialect.engine_options()), dialect
    except (ArgumentError, NoSuchModuleError, KeyError) as error:
        raise StoreError(
            f"{_without_password(url)!r} is no database address: give one like sqlite:///data/nianbao.sqlite or "
            "postgresql+psycopg://nianbao@host/nianbao."
        ) from error
    except ModuleNotFoundError as error:
        raise StoreError(
            f"A store at {_without_password(url)} needs the package {error.name}: install nianbao[cluster], and write "
            "the address as postgresql+psycopg://…"
        ) from error


def dialect_of(connection: Connection) -> Dialect:
    """That of who answers: where there is no store yet, an empty one in memory."""
    return _DIALECTS[connection.dialect.name]


def _without_password(url: str) -> str:
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)
