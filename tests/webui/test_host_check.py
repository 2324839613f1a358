"""The Host header is anybody's to write: what is no name gets 400 in one line, and never 500."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.test import create_environ, run_wsgi_app

from tests.webui.shelf import Shelf
from webui.app import create_app
from webui.host_check import host_name, is_trusted
from webui.settings import Settings


def asked(app: Flask, host: str, address: str = "/about") -> int:
    """The status; Flask's own client would read the header itself."""
    said, status, headers = run_wsgi_app(app, {**create_environ(address), "HTTP_HOST": host})
    text = b"".join(said).decode()
    if status.startswith("400"):
        assert len(text.splitlines()) == 1
        assert headers["Content-Type"].startswith("text/plain")
    return int(status[:3])


@pytest.mark.parametrize(
    "host",
    [
        f"{'a' * 64}.example",
        f"xn--{'a' * 70}",
        ".".join(["a" * 60] * 5),
        ".",
        "..",
        "a..b",
        "-a.example",
        "host:99999",
        "host:x",
        "[::1",
        "[::zz]",
        "a/b",
        "a b",
        "user@host",
        "é.example",
        "\x7f",
    ],
)
def test_what_is_no_name_is_refused_in_one_line(app: Flask, host: str) -> None:
    assert asked(app, host) == 400


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1", "[::1]:8000", "nianbao.example.", "XN--FIQS8S", "web_1:80"]
)
def test_names_and_addresses_are_answered(app: Flask, host: str) -> None:
    assert asked(app, host) == 200


@given(st.text(max_size=80))
@example("xn--\x80")
@example("a.\u2024b")
def test_no_header_breaks_the_site(app: Flask, host: str) -> None:
    # WSGI hands over bytes as Latin-1 (PEP 3333).
    assert asked(app, host.encode("utf-8", "surrogatepass").decode("latin-1"), "/robots.txt") in (200, 400)


@given(st.from_regex(r"\A[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?(\.[a-z]{2,9}){0,3}\Z"), st.integers(0, 65535))
def test_a_name_is_found_whatever_its_case_and_port(name: str, port: int) -> None:
    if "xn--" not in name:
        assert host_name(f"{name.upper()}:{port}") == name == host_name(name)
        assert is_trusted(name, (name,))
        assert is_trusted(f"www.{name}", (f".{name}",))
        assert not is_trusted(f"not{name}", (f".{name}", name))


def test_only_trusted_names_are_answered_where_some_are(shelf: Shelf) -> None:
    app = create_app(Settings(data=shelf.data, trusted_hosts=("nianbao.example", ".gov.example"), hsts=600))
    found = {host: asked(app, host) for host in ("nianbao.example:8000", "a.gov.example", "evil.example")}
    assert found == {"nianbao.example:8000": 200, "a.gov.example": 200, "evil.example": 400}
    headers = app.test_client().get("/about", headers={"Host": "nianbao.example"}).headers
    assert headers["Strict-Transport-Security"] == "max-age=600"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    app.extensions["nianbao"].close()
