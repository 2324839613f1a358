"""Missing and late on the site: the page, its file, its feed."""

from __future__ import annotations

import csv
import io

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.webui.pages import links, soup, twin


def test_the_counts_of_a_year_are_those_of_the_lists_and_of_the_file(client: FlaskClient) -> None:
    years = {each["year"]: each for each in twin(client, "/calendar.json")["years"]}
    rows = list(csv.DictReader(io.StringIO(client.get("/calendar.csv?year=2022").text.lstrip("\ufeff"))))
    counts = {status: count for status, count in years[2022].items() if status != "year"}
    assert sum(counts.values()) == len(rows) > 0
    for status, count in counts.items():
        assert twin(client, f"/calendar.json?year=2022&what={status}")["total"] == count
        assert len([row for row in rows if row["status"] == status]) == count


def test_a_government_without_any_report_is_never_seen(client: FlaskClient) -> None:
    assert twin(client, "/calendar.json?year=2022&region=990000&what=unseen")["total"] == 0
    body = twin(client, "/calendar.json?year=2024&what=unseen")
    names = {each["region"]["name"] for each in body["bodies"]}
    assert names == set() or all(each["status"] == "unseen" for each in body["bodies"])


def test_the_feed_has_every_gap_under_its_body(client: FlaskClient) -> None:
    gaps = [each for what in ("missing", "silent") for each in twin(client, f"/calendar.json?what={what}")["bodies"]]
    feed = BeautifulSoup(client.get("/calendar.atom").text, "xml")
    assert len(feed.find_all("entry")) == len(gaps) > 0
    moments = [entry.updated.text for entry in feed.find_all("entry")]  # type: ignore[union-attr]
    assert len({entry.id.text for entry in feed.find_all("entry")}) == len(gaps)  # type: ignore[union-attr]
    assert max(moments) == feed.feed.updated.text  # type: ignore[union-attr]


def test_a_body_that_owes_leads_to_its_page(client: FlaskClient) -> None:
    body = twin(client, "/calendar.json?what=silent")
    page = soup(client, "/calendar?what=silent")
    assert f"/agencies/{body['bodies'][0]['agency_id']}" in links(page)
    assert twin(client, "/calendar.json?what=tardy", status=400)["error"]["parameter"] == "what"
