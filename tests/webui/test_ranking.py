"""A ranking's cases: what an address asks for is what is left out, and said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.metrics import Metric, denominator, load_metrics, metric_values
from indexer.request import where
from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf
from webui.catalog import catalog
from webui.ranking import ranking

RATES = [metric for metric in load_metrics().values() if metric.least]


@pytest.mark.parametrize("least", [0, 1, 10, 30, 1000])
@pytest.mark.parametrize("metric", RATES, ids=lambda rate: rate.id)
def test_a_rate_is_ranked_over_as_many_cases_as_asked_for(app: Flask, shelf: Shelf, metric: Metric, least: int) -> None:
    known = {
        id_: (metric_values(each)[metric.id], denominator(metric, each))
        for id_, each in shelf.reports.items()
        if metric.id in metric_values(each)
    }
    expected = {id_: value for id_, (value, over) in known.items() if over is not None and over >= least}
    with app.test_request_context():
        found = ranking(catalog(), metric, where().choosing(), least, 1000)
    assert {place.hit.id: place.value for place in found} == expected
    assert {place.hit.id: place.cases for place in found} == {id_: known[id_][1] for id_ in expected}
    assert all(place.small == ((place.cases or Decimal(0)) < metric.least) for place in found)


@pytest.mark.parametrize("metric", RATES, ids=lambda rate: rate.id)
@pytest.mark.parametrize("size", [1, 2, 5, 20])
def test_a_few_are_the_first_of_all(app: Flask, metric: Metric, size: int) -> None:
    with app.test_request_context():
        shelf, query = catalog(), replace(where(), sort=f"-{metric.id}")
        for least in (0, metric.least):
            assert ranking(shelf, metric, query, least, size) == ranking(shelf, metric, query, least, 1000)[:size]


def test_the_page_says_what_is_left_out_and_greys_what_is_small(client: FlaskClient) -> None:
    body = twin(client, "/metrics/review_correction_rate.json?year=2021&least=1")
    assert body["ranking_least"] == 1
    assert twin(client, "/metrics/review_correction_rate.json?year=2021")["ranking_least"] == 30
    page = soup(client, "/metrics/review_correction_rate?year=2021&least=10")
    assert "分母不足 10 件的比率不参与排序" in page.get_text()
    small = [each["small"] for each in body["ranking"]]
    grey = [
        "small" in (row.get("class") or [])
        for row in soup(client, "/metrics/review_correction_rate?year=2021&least=1").select(
            "section:has(#highest) tbody tr"
        )
    ]
    assert grey == small


@pytest.mark.parametrize(("metric", "least"), [("refusal_rate", "many"), ("refusal_rate", "-1"), ("refused", "10")])
def test_cases_that_mean_nothing_are_refused(client: FlaskClient, metric: str, least: str) -> None:
    assert twin(client, f"/metrics/{metric}.json?least={least}", 400)["error"]["parameter"] == "least"
