"""Repeated text on the site: the ranking, its file, and a report sentence by sentence."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from corpus.model import Agency
from tests.webui.pages import links, soup, twin
from tests.webui.shelf import Shelf

FIRST = Agency("松陂区人民政府", "990101", "county", "government")


def test_the_ranking_counts_its_reports_and_is_in_order(client: FlaskClient) -> None:
    body = twin(client, "/boilerplate.json?region=990100&by=own")
    shares = [each["own"] for each in body["reports"]]
    assert shares == sorted(shares, reverse=True)
    assert body["total"] == sum(year["reports"] for year in body["years"])
    assert {each["region"]["code"][:4] for each in body["reports"]} == {"9901"}
    assert str(body["total"]) in soup(client, "/boilerplate?region=990100").h1.text  # type: ignore[union-attr]


def test_the_file_has_as_many_rows_as_the_page_counts(client: FlaskClient) -> None:
    total = twin(client, "/boilerplate.json?year=2021")["total"]
    rows = list(csv.DictReader(io.StringIO(client.get("/boilerplate.csv?year=2021").text.lstrip("\ufeff"))))
    assert total > 0
    assert len(rows) == total
    assert {row["year"] for row in rows} == {"2021"}


@pytest.mark.parametrize("asked", ["year=21", "region=123456", "by=everything", "page=0"])
def test_what_means_nothing_is_told_by_name(client: FlaskClient, asked: str) -> None:
    error = twin(client, f"/boilerplate.json?{asked}", status=400)["error"]
    assert error["parameter"] == asked.partition("=")[0]


def test_a_sentence_names_its_years_and_its_earliest_source(client: FlaskClient, shelf: Shelf) -> None:
    last = next(id_ for id_, each in shelf.reports.items() if each.agency == FIRST and each.year == 2023)
    body = twin(client, f"/reports/{last}/boilerplate.json")
    repeated = [each for each in body["sentences"] if each["own"] and each["other"]]
    assert body["copied"] >= max(body["own"], body["others"]) > 0
    for each in repeated:
        assert each["years"][0] == each["own"]["year"] < 2023
        assert each["other"]["year"] < 2023
        assert each["other"]["agency"] != FIRST.name
        assert each["own"]["text"] == each["text"]  # the shelf's topics are repeated word for word
    page = soup(client, f"/reports/{last}/boilerplate?lang=en")
    assert any(f"/reports/{repeated[0]['own']['id']}" in link for link in links(page))


def test_a_former_id_redirects(client: FlaskClient, shelf: Shelf) -> None:
    answer = client.get(f"/reports/{shelf.former}/boilerplate")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith(f"/reports/{shelf.renamed}/boilerplate")
    assert client.get("/reports/990101-2021-00000000/boilerplate").status_code == 404


def test_what_is_repeated_is_a_facet(client: FlaskClient) -> None:
    counts = {value["value"]: value["count"] for value in twin(client, "/search.json")["facets"]["copied"]}
    assert sum(counts.values()) > 0
    full = twin(client, "/search.json?copied=80-100")
    assert full["total"] == counts["80-100"]
