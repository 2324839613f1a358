"""The two boxes for a range of a metric: a form, a redirect, the same search as its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from corpus.metrics import metric_values
from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf


def sent(page: BeautifulSoup, low: str, high: str) -> str:
    """The address that a browser asks for when the form is sent."""
    form = page.select_one("form.range")
    assert form is not None
    pairs = [(str(each["name"]), str(each.get("value", ""))) for each in form.select("input[name]")]
    return f"{form['action']}?{urlencode([(n, {'min': low, 'max': high}.get(n, v)) for n, v in pairs])}"


@pytest.mark.parametrize(
    ("metric", "low", "high", "spelled"),
    [
        ("refused", "10", "99", "metric=refused:10..99"),
        ("refused", "", " 1,204 ", "metric=refused:..1204"),
        ("refused", "９", "3", "metric=refused:3..9"),
        ("refusal_rate", "20", "", "metric=refusal_rate:20.."),
        ("refusal_rate", "12.5%", "50％", "metric=refusal_rate:12.5..50"),
        ("refused", "", "", ""),
    ],
)
def test_two_boxes_make_a_range_and_keep_the_rest(
    client: FlaskClient, metric: str, low: str, high: str, spelled: str
) -> None:
    rest = "q=%E8%AE%A8%E8%96%AA&region=990000&year=2019..2023&kind=government&metric=reviews:0.."
    page = soup(client, f"/search?{rest}&metric={metric}:1..5&facet_metric={metric}&sort=-year&page=1&lang=en")
    response = client.get(sent(page, low, high))
    assert response.status_code == 302
    expected = "&".join(filter(None, (rest, spelled, f"facet_metric={metric}&sort=-year&lang=en")))
    assert response.headers["Location"] == f"/search?{expected}"


def test_what_is_found_lies_in_the_range(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, "/metrics/disclosure_rate?year=2022")
    body: Any = client.get(sent(page, "5", "60").replace("/search?", "/search.json?"), follow_redirects=True).get_json()
    expected = {
        id_
        for id_, report in shelf.reports.items()
        if report.year == 2022 and 5 <= metric_values(report).get("disclosure_rate", -1) <= 60
    }
    assert {hit["id"] for hit in body["hits"]} == expected
    assert len(expected) == body["total"] > 0
    shown = soup(client, "/search?metric=refusal_rate:5%25..60%25")
    assert [box["value"] for box in shown.select("form.range input[type=text]")] == ["5", "60"]


def test_what_is_no_number_is_named(client: FlaskClient) -> None:
    for bad in ("abc", "1e9", "--1"):
        assert twin(client, f"/search.json?range=refused&min={bad}", 400)["error"]["parameter"] == "min"
    assert twin(client, "/search.json?range=nothing&max=1", 400)["error"]["parameter"] == "metric"
