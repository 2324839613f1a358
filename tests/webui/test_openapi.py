"""The description for programs and the addresses agree: schemathesis asks what the one promises of the other."""

from __future__ import annotations

import re
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings

from tests.webui.pages import twin

PATHS = (
    "/index.json",
    "/search.json",
    "/trend.json",
    "/trend.csv",
    "/chart.csv",
    "/reports/{id}.json",
    "/reports/{id}/changes.json",
    "/reports/{id}/cells/{figure}.json",
    "/reports/{id}/source.json",
    "/reports/{id}/versions/{version}.json",
    "/agencies/{id}.json",
    "/regions/{code}.json",
    "/metrics.json",
    "/metrics/{id}.json",
    "/compare.json",
    "/coverage.json",
    "/coverage/sources.json",
    "/coverage/{what}.json",
    "/boilerplate.json",
    "/boilerplate.csv",
    "/reports/{id}/boilerplate.json",
    "/calendar.json",
    "/calendar.csv",
    "/calendar.atom",
    "/revisions.json",
    "/revisions.csv",
    "/revisions.atom",
    "/contradictions.json",
    "/contradictions.csv",
    "/reports/{id}/contradictions.json",
    "/refusals.json",
    "/refusals.csv",
    "/reports/{id}/refusals.json",
    "/agencies/{id}/peers.json",
    "/agencies/{id}/peers.csv",
    "/promises.json",
    "/promises.csv",
    "/reports/{id}/promises.json",
    "/lives.json",
    "/lives.csv",
    "/slices/{digest}.json",
    "/methods.json",
    "/withheld.json",
    "/about.json",
    "/download.json",
    "/suggest.json",
    "/healthz",
    "/readyz",
    "/datapackage.json",
    "/search.csv",
    "/search.ndjson",
    "/search.atom",
)


@pytest.mark.parametrize("path", PATHS)
def test_an_address_keeps_what_is_promised(app: Flask, path: str) -> None:
    description = schemathesis.openapi.from_wsgi("/openapi.json", app)
    operation = description[path]["GET"]

    @settings(max_examples=8, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    @given(case=operation.as_strategy())
    def promised(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"})  # schemathesis unpacks none

    promised()


def test_every_address_for_programs_is_described(app: Flask, client: FlaskClient) -> None:
    described = set(twin(client, "/openapi.json")["paths"])
    assert described == set(PATHS)
    served = {
        re.sub(r"<(?:\w+:)?(\w+?)_?>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.endswith(".json")
    }
    assert served - described == {"/openapi.json"}
