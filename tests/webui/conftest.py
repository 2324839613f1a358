from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.webui.shelf import Shelf, build
from webui.app import create_app
from webui.settings import Settings


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The small store with its index."""
    return build(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="session")
def app(shelf: Shelf) -> Iterator[Flask]:
    """The application over the small store."""
    made = create_app(Settings(data=shelf.data, contact="corrections@nianbao.example"))
    yield made
    made.extensions["nianbao"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client that asks the application directly."""
    return app.test_client()
