"""Every count leads to its search, every figure to its cell: whatever a template writes through the filters is caught.

The filters for numbers are wrapped so that they leave a trace around what they write; then every kind of page is read
and each trace must stand in a link, or beside one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from tests.webui.kinds import KINDS, address_of
from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf
from webui.catalog import Catalog
from webui.page_cache import PageCache
from webui.spoken import Spoken

COUNT, FIGURE = "\ue000", "\ue001"
BARE = re.compile(r"^\s*(?!(?:19|20)\d\d\s*$)[\d,]+(?:\.\d+)?%?\s*$")
"""A text that is nothing but a number, and not a year."""
LABELS = "th, option, code, text, title, pre, [role=status], h1, .what, .meta span"
"""Where a number is no count and no figure of a report: labels, axes, codes, the page itself."""
COUNTING = ("home", "search", "chosen", "region", "agency", "metric", "coverage", "trend")
"""Pages that must have counts, or the test sees nothing."""
AROUND = ("td", "li", "dd", "p", "tr")


@pytest.fixture
def traced(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """The site whose numbers say what they are."""
    written = app.jinja_env.filters

    def leaving(mark: str, write: Callable[..., str]) -> Callable[..., str]:
        return lambda *arguments: f"{mark}{write(*arguments)}{mark}"

    monkeypatch.setitem(written, "tally", leaving(COUNT, written["tally"]))
    for name in ("figure", "quantity"):
        monkeypatch.setitem(written, name, leaving(FIGURE, written[name]))
    monkeypatch.setattr(Catalog, "quantity", leaving(FIGURE, Catalog.quantity))
    # No answer given before, and none of these to anybody else.
    monkeypatch.setattr(app.extensions["nianbao"], "pages", PageCache(0))
    # A template once compiled keeps the filters that it was compiled with.
    forget(app)
    yield app.test_client()
    forget(app)


def forget(app: Flask) -> None:
    """Have every template compiled anew."""
    assert isinstance(app.jinja_env, Spoken)
    for spoken in app.jinja_env.spoken.values():
        assert spoken.cache is not None
        spoken.cache.clear()


def texts(page: BeautifulSoup, mark: str) -> Iterator[tuple[str, Tag]]:
    """(number, element) for each trace on the page."""
    for text in page.main.find_all(string=re.compile(mark)):  # type: ignore[union-attr]
        parent = text.parent
        assert isinstance(parent, Tag)
        for number in str(text).split(mark)[1::2]:
            yield number, parent


def link_of(element: Tag) -> Tag | None:
    """The link that an element stands in, else the first one beside it."""
    inside = element if element.name == "a" else element.find_parent("a", href=True)
    if isinstance(inside, Tag):
        return inside
    for around in (element, *element.parents):
        if around.name in AROUND:
            beside = around.find("a", href=True)
            if isinstance(beside, Tag):
                return beside
    return None


def counted(client: FlaskClient, address: str) -> int:
    """How many documents an address lists."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    body: Any = twin(client, unquote(f"{parts.path}.json{query}"))
    return int(body["total"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_count_leads_to_exactly_what_it_counts(traced: FlaskClient, shelf: Shelf, kind: str) -> None:
    address = address_of(kind, shelf)
    seen: dict[str, int] = {}
    for number, element in texts(soup(traced, address), COUNT):
        if element.get("role") == "status" or element.find_parent(role="status"):
            target = address  # the page is the search
        else:
            link = link_of(element)
            if link is None:
                assert number == "0", element.parent  # there is nothing to lead to
                continue
            target = str(link["href"])
        if target not in seen:
            seen[target] = counted(traced, target)
        assert int(number.replace(",", "")) == seen[target], (number, target, element.parent)
    assert seen or kind not in COUNTING


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_leads_to_a_cell(traced: FlaskClient, shelf: Shelf, kind: str) -> None:
    address = address_of(kind, shelf)
    places: dict[str, set[str]] = {}
    for number, element in texts(soup(traced, address), FIGURE):
        if element.name in ("text", "title"):
            continue  # the axis of a picture, and what its dots say: the table beside has the same values
        link = link_of(element)
        assert link is not None, (number, element.parent)
        parts = urlsplit(str(link["href"]))
        path = parts.path or urlsplit(address).path
        if "former" in link.get_attribute_list("class"):  # of a version that has no page: its original is what there is
            assert path.startswith("/snapshots/"), (number, link)
            continue
        if element.find_parent(class_="sparklines"):  # a median is no cell: it leads to the reports summed up
            assert float(number.replace(",", "")) in _medians(traced, str(link["href"])), (number, link)
            continue
        assert path.startswith("/reports/"), (number, link)
        if "/changes" not in path:
            if path not in places:
                places[path] = set(re.findall(r' id="([^"]+)"', traced.get(path).text))
            assert parts.fragment in places[path], (number, link)


def _medians(client: FlaskClient, address: str) -> set[float]:
    """The medians by year that a search with one metric summed up gives."""
    path, _, query = unquote(address).partition("?")
    (summed,) = twin(client, f"{path}.json?{query}")["stats"].values()
    return {each["median"] for each in summed["years"]}


@pytest.mark.parametrize("kind", KINDS)
def test_no_number_stands_alone_that_no_filter_wrote(client: FlaskClient, shelf: Shelf, kind: str) -> None:
    page = soup(client, address_of(kind, shelf))
    for where in page.select(LABELS):
        where.decompose()
    for text in page.main.find_all(string=BARE):  # type: ignore[union-attr]
        parent = text.parent
        assert isinstance(parent, Tag)
        assert str(text).strip() == "0" or link_of(parent) is not None, parent.parent


def test_the_verdicts_of_a_report_lead_to_as_many_findings(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, f"/reports/{shelf.broken}")
    links = page.select("a.verdict")
    assert links
    for link in links:
        heading = page.select_one(str(link["href"]))
        assert heading is not None
        listed = heading.find_next_sibling("ul")
        assert isinstance(listed, Tag)
        assert len(listed.find_all("li")) == int(link.select_one(".checked").get_text())  # type: ignore[union-attr]
    agency = soup(client, f"/agencies/{shelf.reports[shelf.broken].agency.id}")
    assert agency.select_one(f'a.verdict[href="/reports/{shelf.broken}#checks-broken"]')
