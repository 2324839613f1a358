"""The real server with two workers: limits and counters are one, however many answer; the log tells each request."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from ipaddress import IPv4Network
from pathlib import Path

import pytest

from tests.webui.samples import values
from tests.webui.served import Served, served
from tests.webui.shelf import build
from webui.settings import Rate

MOST = 6


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "log"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, log: Path) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("limited")
    build(data)
    with (
        log.open("w", encoding="utf-8") as errors,
        served(
            data,
            errors=errors,
            workers=2,
            rate_limit=Rate(MOST, 3600),
            trusted_proxies=(IPv4Network("127.0.0.0/8"),),
            log="json",
        ) as site,
    ):
        yield site


def ask(site: Served, address: str, visitor: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=20)
    try:
        connection.request("GET", address, headers={"X-Forwarded-For": visitor, **headers})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_a_visitor_is_limited_by_all_workers_together(site: Served) -> None:
    statuses = Counter(ask(site, "/about.json", "203.0.113.1")[0].status for _ in range(MOST + 4))
    assert statuses == {200: MOST, 429: 4}
    refused, body = ask(site, "/about.json", "203.0.113.1")
    assert json.loads(body)["error"]["code"] == "too_often"
    assert 0 < int(refused.headers["Retry-After"]) <= 3600 / MOST
    page = ask(site, "/about", "203.0.113.1")[1].decode()
    assert page.count("\n") == 1
    assert "请求过于频繁" in page
    assert "You ask too often" in page
    assert ask(site, "/about.json", "203.0.113.2")[0].status == 200, "another visitor may"
    assert ask(site, "/static/site.css", "203.0.113.1")[0].status == 200, "what pages bring along is free"
    assert ask(site, "/healthz", "203.0.113.1")[0].status == 200


def test_every_answer_has_an_id_under_which_it_is_logged(site: Served, log: Path) -> None:
    own, _ = ask(site, "/search?q=secret%20words", "203.0.113.3")
    given, _ = ask(site, "/healthz", "203.0.113.3", **{"X-Request-Id": "given-by-the-proxy"})
    bad, _ = ask(site, "/healthz", "203.0.113.3", **{"X-Request-Id": "no id!"})
    assert given.headers["X-Request-Id"] == "given-by-the-proxy"
    assert bad.headers["X-Request-Id"] != "no id!"
    lines = {line["request"]: line for line in map(json.loads, log.read_text(encoding="utf-8").splitlines())}
    told = lines[own.headers["X-Request-Id"]]
    assert (told["method"], told["path"], told["status"], told["page"]) == ("GET", "/search", 200, "search.search")
    assert told["ms"] >= told["queued_ms"] >= 0
    assert "203.0.113" not in log.read_text(encoding="utf-8"), "visitors are not in the log unless asked for"


def test_whichever_worker_is_asked_tells_what_all_have_counted(site: Served) -> None:
    answered = [ask(site, "/regions/990100.json", f"203.0.113.{number}")[0].status for number in range(20, 40)]
    assert answered == [200] * 20
    for _ in range(6):
        connection = HTTPConnection("127.0.0.1", site.port, timeout=20)
        connection.request("GET", "/-/metrics")
        told = values(connection.getresponse().read().decode())
        connection.close()
        assert told["nianbao_requests_total,region.region_json,200"] == 20
        assert told["nianbao_request_seconds_count,region.region_json"] == 20
        assert told["nianbao_page_cache_total,hit"] >= 18, "each of two workers made the page once"
