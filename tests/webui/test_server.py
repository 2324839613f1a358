"""The site behind a real server on the loopback interface, asked over real sockets, while the index changes."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest

from corpus.model import Agency
from corpus.store import Store
from indexer.index import update_index
from indexer.whoosh_engine import WhooshEngine
from tests.webui.served import served
from tests.webui.shelf import build, made, take
from webui.app import create_app
from webui.settings import Settings


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The port of a server, and its data directory."""
    data = tmp_path_factory.mktemp("served")
    build(data)
    with served(data) as running:
        yield running.port, data


def get(port: int, address: str, method: str = "GET") -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, address)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_many_readers_at_once_get_the_same_answer(site: tuple[int, Path]) -> None:
    port, _ = site
    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda _: get(port, "/search.json?q=%E8%AE%A8%E8%96%AA"), range(40)))
    assert {status for status, _ in answers} == {200}
    assert len({body for _, body in answers}) == 1


def test_health(site: tuple[int, Path]) -> None:
    status, body = get(site[0], "/healthz")
    assert status == 200
    assert json.loads(body)["documents"] > 0


def test_only_reading_is_possible(site: tuple[int, Path]) -> None:
    for method in ("POST", "PUT", "DELETE"):
        status, body = get(site[0], "/search.json", method)
        assert status == 405
        assert json.loads(body)["error"]["code"] == "method_not_allowed"


def test_what_another_process_indexes_is_found_without_a_restart(site: tuple[int, Path]) -> None:
    port, data = site
    address = "/search.json?year=2025"
    assert json.loads(get(port, address)[1])["total"] == 0
    with Store.open(data) as store:
        agency = Agency("松陂区财政局", "990101", "county", "department")
        take(store, made(agency, 2025, random.Random(1)))  # noqa: S311 - figures, not secrets
        engine = WhooshEngine(data / "index", store.registry())
        update_index(store, engine)
        engine.close()
    assert json.loads(get(port, address)[1])["total"] == 1


def test_without_an_index_the_site_says_what_to_do(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path))
    client = app.test_client()
    for address in ("/search.json", "/index.json", "/readyz"):
        response = client.get(address)
        assert response.status_code == 503
        assert response.get_json()["error"]["code"] == "unavailable"
    assert client.get("/healthz").get_json() == {
        "ok": True,
        "documents": None,
        "generation": None,
        "revision": None,
        "store_revision": None,
    }
    page = client.get("/search", headers={"Accept-Language": "en"})
    assert page.status_code == 503
    assert "nianbao update" in page.text
    app.extensions["nianbao"].close()
