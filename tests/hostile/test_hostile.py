"""The short form of ``make hostile``, and the site itself under the same words without a server before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import create_environ, run_wsgi_app

from tests.hostile.__main__ import GROWTH, STEADY, WARM, Round, described, own, verdict
from tests.hostile.vocabulary import ENDINGS, HEADERS, METHODS, PAGES, PARAMETERS, WORDS
from tests.webui.served import Served, served
from tests.webui.shelf import Shelf, build
from webui.app import create_app
from webui.settings import Settings


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return build(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def site(shelf: Shelf) -> Iterator[Served]:
    with served(shelf.data) as running:
        yield running


@pytest.fixture(scope="module")
def app(shelf: Shelf) -> Iterator[Flask]:
    made = create_app(Settings(data=shelf.data))
    yield made
    made.extensions["nianbao"].close()


def test_no_bytes_over_the_wire_are_a_fault_of_ours(site: Served) -> None:
    done = own(site, 0, 800)
    assert done.faults == []
    assert done.statuses.total() == 800
    assert {200, 400, 404} <= set(done.statuses), "the requests reach the pages, and the refusals"


def test_what_the_description_allows_is_answered(site: Served) -> None:
    done = described(site, 0, 66)
    assert done.faults == []
    assert done.statuses[200] > 20


def test_the_verdict_sees_faults_and_growth() -> None:
    sound = [Round(number, "own", Counter({200: 1}), 0.1, [], 1000) for number in range(WARM + STEADY)]
    assert verdict(sound, sound) == []
    above = Round(9, "own", Counter(), 0.1, [], int(1000 * GROWTH) + 1)
    assert verdict([], [*sound, above]) == [], "a single look"
    assert len(verdict([], [*sound, *[above] * STEADY])) == 1
    broken = [*sound, Round(9, "own", Counter({500: 1}), 0.1, ["500"], 1000)]
    assert verdict(broken, broken) == ["500"]


_anything = st.sampled_from(WORDS) | st.text(max_size=20)
_paths = st.builds("{}{}".format, st.sampled_from(PAGES), st.sampled_from(ENDINGS))
_queries = st.lists(st.tuples(st.sampled_from(PARAMETERS), _anything), max_size=4)
_headers = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in HEADERS.items()})


def raw(words: str) -> str:
    """Words as WSGI hands over bytes (PEP 3333)."""
    return words.encode("utf-8", "surrogatepass").decode("latin-1")


@given(st.sampled_from(METHODS), _paths, _queries, _headers)
def test_no_request_is_a_fault_of_ours(
    app: Flask, method: str, path: str, query: list[tuple[str, str]], headers: dict[str, str]
) -> None:
    environ = create_environ("/", method=method)
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": raw(value) for name, value in headers.items()}
    environ |= {"PATH_INFO": raw(path), "QUERY_STRING": raw("&".join(f"{name}={value}" for name, value in query))}
    said, status, _ = run_wsgi_app(app, environ, buffered=True)
    body = b"".join(said)
    assert int(status[:3]) < 500, body[:500]
