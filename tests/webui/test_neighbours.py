"""From a place to its neighbours side by side, and from every page to a search."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.webui.kinds import COUNTY, KINDS, address_of
from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf


def compared(client: FlaskClient, address: str, words: str) -> list[str]:
    """The agencies of the comparison that a link of the page leads to."""
    link = soup(client, address).find("a", string=words)
    assert link is not None
    target = str(link["href"])
    agencies = parse_qs(urlsplit(target).query)["agency"]
    path, _, query = target.partition("?")
    assert [each["id"] for each in twin(client, f"{path}.json?{query}")["agencies"]] == agencies
    return agencies


def test_a_county_stands_beside_the_counties_of_its_city_itself_first(client: FlaskClient, shelf: Shelf) -> None:
    names = {report.agency.id: report.agency for report in shelf.reports.values()}
    agencies = compared(client, f"/agencies/{COUNTY}", "与同级邻近机关比较")
    assert agencies[0] == COUNTY
    assert {names[id_].name for id_ in agencies} == {"松陂区人民政府", "鹿鸣县人民政府"}


def test_the_governments_below_a_place_are_compared_from_its_page(client: FlaskClient, shelf: Shelf) -> None:
    names = {report.agency.id: report.agency for report in shelf.reports.values()}
    agencies = compared(client, "/regions/990100?metric=refused", "比较其历年情况")
    assert {names[id_].region for id_ in agencies} == {"990101", "990122"}


def test_a_body_without_neighbours_is_offered_none(client: FlaskClient, shelf: Shelf) -> None:
    alone = shelf.reports[shelf.real].agency.id
    assert soup(client, f"/agencies/{alone}").find("a", string="与同级邻近机关比较") is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_one_box_to_search_from(client: FlaskClient, shelf: Shelf, kind: str) -> None:
    assert len(soup(client, address_of(kind, shelf)).select("#q")) == 1


def test_home_shows_what_came_last_with_its_original(client: FlaskClient) -> None:
    latest = twin(client, "/index.json")["latest"]
    page = soup(client, "/")
    shown = [str(link["href"]) for link in page.select("[aria-labelledby=latest] .documents li > a:first-child")]
    assert shown == [f"/reports/{each['id']}" for each in latest]
    assert page.select_one(f'.documents a[href="{latest[0]["url"]}"]')


def test_a_report_leads_to_its_original_from_its_head(client: FlaskClient, shelf: Shelf) -> None:
    links = [str(link["href"]) for link in soup(client, f"/reports/{shelf.broken}").select("header .sources a")]
    assert links == [
        twin(client, f"/reports/{shelf.broken}.json")["url"],
        f"/reports/{shelf.broken}/source",
        "#contents",
    ]
