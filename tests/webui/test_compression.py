"""Pages and JSON come packed as their reader takes them; originals and parts never do."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask.testing import FlaskClient

from tests.webui.shelf import Shelf

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}
PAGES = ("/", "/search?q=讨薪", "/search.json?q=讨薪", "/static/site.css", "/openapi.json", "/search.atom")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("takes", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("identity", ""),
        ("", ""),
    ],
)
def test_a_page_is_packed_as_its_reader_takes_it(client: FlaskClient, address: str, takes: str, coding: str) -> None:
    plain = client.get(address, buffered=True)
    for _ in range(2):  # packed, and kept from before
        answer = client.get(address, headers={"Accept-Encoding": takes}, buffered=True)
        assert answer.headers.get("Content-Encoding", "") == coding
        assert "Accept-Encoding" in answer.vary
        assert (UNPACK[coding](answer.data) if coding else answer.data) == plain.data
        assert int(answer.headers["Content-Length"]) == len(answer.data) <= len(plain.data)


@pytest.mark.parametrize("address", ["/search?q=讨薪", "/search.json", "/static/site.css"])
def test_one_tag_serves_every_packing(client: FlaskClient, address: str) -> None:
    for first, then in (("br", "gzip"), ("gzip", "br"), ("", "br"), ("br", "")):
        tag = client.get(address, headers={"Accept-Encoding": first}, buffered=True).headers["ETag"]
        again = client.get(address, headers={"Accept-Encoding": then, "If-None-Match": tag}, buffered=True)
        assert (again.status_code, again.data) == (304, b"")
        assert "Accept-Encoding" in again.vary


def test_originals_and_parts_are_not_packed(client: FlaskClient, shelf: Shelf) -> None:
    original = f"/reports/{shelf.broken}/original"
    whole = client.get(original, headers={"Accept-Encoding": "br, gzip"}, buffered=True)
    part = client.get(original, headers={"Accept-Encoding": "br, gzip", "Range": "bytes=0-9"}, buffered=True)
    assert "Content-Encoding" not in whole.headers
    assert (part.status_code, part.data) == (206, whole.data[:10])
    ranged = client.get("/static/site.css", headers={"Accept-Encoding": "br", "Range": "bytes=0-9"}, buffered=True)
    assert "Content-Encoding" not in ranged.headers


def test_an_error_is_packed_like_a_page(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert answer.status_code == 404
    assert b"<html" in gzip.decompress(answer.data)
