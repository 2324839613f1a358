"""Revisions on the site: each leads to its two versions; the file has a row for every change."""

from __future__ import annotations

import csv
import io

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.webui.pages import links, soup, twin
from tests.webui.shelf import Shelf


def test_a_revision_leads_to_its_versions_and_says_what_changed(client: FlaskClient, shelf: Shelf) -> None:
    silent, told = (twin(client, f"/revisions.json?what={what}") for what in ("silent", "told"))
    assert {each["report"] for each in (*silent["revisions"], *told["revisions"])} == {shelf.changed}
    (each,) = told["revisions"]  # its text says 更正后的文本
    assert each["sentences"]
    assert f"/reports/{shelf.changed}/versions/{each['version']}" in links(soup(client, "/revisions?what=told"))
    rows = list(csv.DictReader(io.StringIO(client.get("/revisions.csv?what=told").text.lstrip("\ufeff"))))
    assert len(rows) == len(each["cells"]) + len(each["sentences"])
    entry = BeautifulSoup(client.get("/revisions.atom?what=told").text, "xml").entry
    assert entry is not None
    assert entry.updated.text == each["captured"]  # type: ignore[union-attr]


def test_a_place_or_year_without_any_says_so(client: FlaskClient) -> None:
    assert twin(client, "/revisions.json?year=1999")["total"] == 0
    assert soup(client, "/revisions?year=1999").select_one(".empty") is not None
