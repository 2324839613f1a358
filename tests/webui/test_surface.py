"""What every answer says to browsers, and how little of what was asked it repeats."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.settings import Settings

LONG = "Z" * 12_000
PAGES = (
    "/",
    "/search?q=讨薪",
    "/search.json",
    "/nowhere",
    "/search?year=x",
    "/static/site.css",
    "/healthz",
    "/search.csv",
)
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_has_the_headers_that_a_scanner_expects(client: FlaskClient, address: str) -> None:
    headers = client.get(address, buffered=True).headers
    assert {name: headers.get(name) for name in EXPECTED} == EXPECTED
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in headers["Permissions-Policy"]
    shared = "Access-Control-Allow-Origin" in headers
    assert headers["Cross-Origin-Resource-Policy"] == ("cross-origin" if shared else "same-origin")
    assert "Server" not in headers
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers


def test_browsers_are_told_of_https_where_the_operator_says_so(shelf: Shelf) -> None:
    app = create_app(Settings(data=shelf.data, hsts=3600))
    assert app.test_client().get("/").headers["Strict-Transport-Security"] == "max-age=3600"
    app.extensions["nianbao"].close()


@pytest.mark.parametrize(
    "address",
    [
        f"/search?q={LONG}", f"/search?like={LONG}", f"/search?region={LONG}", f"/search?x{LONG}=1", f"/?lang={LONG}",
        f"/search?sort={LONG}", f"/search?metric={LONG}", f"/search?range=refused&min={LONG}", f"/search?since={LONG}",
        f"/search?page={LONG}", f"/?x={LONG}", f"/about?{LONG}", f"/reports/{LONG}", f"/coverage/late?region={LONG}",
        f"/compare?agency={LONG}", f"/search.json?q={LONG}", f"/search.json?x{LONG}=1", f"/search.atom?like={LONG}",
    ],
)  # fmt: skip
def test_what_is_too_long_is_not_repeated(client: FlaskClient, address: str) -> None:
    assert client.get(address).text.count("Z") < 5000


def test_many_unknown_parameters_are_not_all_repeated(client: FlaskClient) -> None:
    many = "&".join(f"x{number}=1" for number in range(1500))
    assert len(client.get(f"/search?{many}").data) < 2 * len(client.get("/search").data)


def test_an_address_beyond_reason_is_refused(client: FlaskClient) -> None:
    for address in (f"/search?q={'Z' * 17_000}", f"/{'Z' * 17_000}"):
        answer = client.get(address)
        assert answer.status_code == 414
        assert answer.text.count("Z") < 1000
    assert client.get(f"/search.json?q={'Z' * 17_000}").get_json()["error"]["code"] == "too_large"
    longest = "%E4%B8%AD" * 500
    assert client.get(f"/search?q={longest}&like={longest}").status_code == 200
