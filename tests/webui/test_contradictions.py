"""Contradictions on the site: both cells of each are one click away; the file has what the page counts."""

from __future__ import annotations

import csv
import io

from flask.testing import FlaskClient

from tests.webui.pages import links, soup, twin
from tests.webui.shelf import Shelf


def test_both_cells_are_one_click_away(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, "/contradictions.json")
    (each,) = body["contradictions"]
    assert (each["id"], each["rule"], each["value"], each["other_value"]) == (shelf.broken, "I3", 13, 0)
    found = links(soup(client, f"/reports/{shelf.broken}/contradictions?lang=en"))
    for figure in (each["figure"], each["other_figure"]):
        assert any(link.endswith(f"#{figure}") and shelf.broken in link for link in found), figure
    rows = list(csv.DictReader(io.StringIO(client.get("/contradictions.csv").text.lstrip("\ufeff"))))
    assert [row["report"] for row in rows] == [shelf.broken]


def test_they_are_narrowed_by_sort_place_and_year(client: FlaskClient, shelf: Shelf) -> None:
    for asked, total in (
        ("what=table", 1),
        ("what=text", 0),
        ("region=990200", 1),
        ("region=990100", 0),
        ("year=2023", 1),
    ):
        assert twin(client, f"/contradictions.json?{asked}")["total"] == total, asked
    assert twin(client, "/contradictions.json?what=lies", status=400)["error"]["parameter"] == "what"
    assert twin(client, f"/reports/{shelf.changed}/contradictions.json")["total"] == 0
    assert client.get(f"/reports/{shelf.former}/contradictions").status_code == 301
