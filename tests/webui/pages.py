"""What tests read from a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def soup(client: FlaskClient, address: str, status: int = 200, accept: str = "") -> BeautifulSoup:
    """A page as a tree."""
    response = client.get(quote(address, safe="/?&=:%.,-#"), headers={"Accept-Language": accept} if accept else {})
    assert response.status_code == status, response.text[:500]
    assert response.mimetype == "text/html"
    return BeautifulSoup(response.text, "lxml")


def twin(client: FlaskClient, address: str, status: int = 200, accept: str = "") -> Any:
    """A JSON answer."""
    response = client.get(quote(address, safe="/?&=:%.,-#"), headers={"Accept-Language": accept} if accept else {})
    assert response.status_code == status, response.text[:500]
    assert response.mimetype == "application/json"
    return response.get_json()


def links(page: BeautifulSoup) -> list[str]:
    """Every address of this site that the page links to."""
    found = [str(tag["href"]) for tag in page.find_all("a", href=True)]
    return [address for address in found if address.startswith("/")]
