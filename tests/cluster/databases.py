"""Tests of what is kept run on both databases: those that use ``either_database``, and with ``--postgres`` all.

The tests know nothing of it: they name a data folder, and the rows of that folder lie in a schema of a PostgreSQL of
our own instead of the folder's SQLite file. A test of SQLite's own file is marked ``sqlite``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.store import Store
from tests.cluster.postgres import MISSING, PostgresServer


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--postgres``."""
    parser.addoption("--postgres", action="store_true", help="keep every store on PostgreSQL")


@pytest.fixture(name="postgres", scope="session")
def server() -> Iterator[PostgresServer]:
    """A running server; without PostgreSQL the test is left out and says what is missing."""
    programs = PostgresServer.find()
    if programs is None:
        pytest.skip(MISSING)
    with PostgresServer(programs) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def either_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """The test on one database, then on the other."""
    yield from _kept_on(request, request.param)


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest) -> Iterator[None]:
    chosen = request.config.getoption("--postgres") and "either_database" not in request.fixturenames
    yield from _kept_on(request, "postgresql" if chosen else "sqlite")


def _kept_on(request: pytest.FixtureRequest, kind: str) -> Iterator[None]:
    if kind == "sqlite":
        yield
        return
    if request.node.get_closest_marker("sqlite"):
        pytest.skip("about SQLite's own file")
    running: PostgresServer = request.getfixturevalue("postgres")

    def on_postgres(opening: Callable[..., Store]) -> object:
        def opened(data: Path, url: str | None = None, **how: Any) -> Store:
            return opening(data, url or running.address(str(data)), **how)

        return staticmethod(opened)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Store, "open", on_postgres(Store.open))
        patched.setattr(Store, "look", on_postgres(Store.look))
        yield
