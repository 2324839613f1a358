"""Promises on the site: page, twin and file say the same; both sentences are one click away."""

from __future__ import annotations

import csv
import io

from flask.testing import FlaskClient

from tests.webui.pages import twin
from tests.webui.shelf import Shelf


def test_page_twin_and_file_agree(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, "/promises.json?region=990000")
    rows = list(csv.DictReader(io.StringIO(client.get("/promises.csv?region=990000").text.lstrip("\ufeff"))))
    assert len(rows) == body["total"]
    outcomes = ("repeated", "done", "silent", "open")
    parts = [twin(client, f"/promises.json?region=990000&what={what}")["total"] for what in outcomes]
    assert sum(parts) == body["total"]
    assert client.get(f"/reports/{shelf.former}/promises").status_code == 301
    assert twin(client, "/promises.json?what=kept", status=400)["error"]["parameter"] == "what"
