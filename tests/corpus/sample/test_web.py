"""The sample's web, asked over HTTP as a crawler would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from corpus.sample.generate import generate
from corpus.sample.model import SampleReport
from corpus.sample.render.html import render_html
from corpus.sample.web import path_of, sample_web, serving


@pytest.fixture(scope="module")
def reports() -> tuple[SampleReport, ...]:
    return tuple(generate(reports=60))


@pytest.fixture(scope="module")
def connection(reports: tuple[SampleReport, ...]) -> Iterator[HTTPConnection]:
    with serving(sample_web(reports)) as address:
        connection = HTTPConnection(urlsplit(address).netloc)
        yield connection
        connection.close()


def _get(connection: HTTPConnection, path: str, **headers: str) -> tuple[int, bytes, str]:
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers.get("ETag", "")


def test_every_report_is_reached_by_links(connection: HTTPConnection, reports: tuple[SampleReport, ...]) -> None:
    seen, waiting = {"/"}, ["/"]
    while waiting:
        _, page, _ = _get(connection, waiting.pop())
        links = {link for link in re.findall(rb'href="([^"]+)"', page) if link.startswith(b"/")}
        fresh = {link.decode() for link in links} - seen
        seen |= fresh
        waiting += [path for path in fresh if path.endswith("/") or "/index_" in path]
    assert {path_of(report) for report in reports} <= seen


def test_a_page_is_the_reports_and_is_not_sent_twice(
    connection: HTTPConnection, reports: tuple[SampleReport, ...]
) -> None:
    status, page, tag = _get(connection, path_of(reports[0]))
    assert (status, page) == (200, render_html(reports[0]))
    assert _get(connection, path_of(reports[0]), If_None_Match=tag)[:2] == (304, b"")


def test_what_is_not_there_is_not_found(connection: HTTPConnection) -> None:
    assert _get(connection, "/robots.txt")[0] == 404
