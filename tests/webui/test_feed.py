"""Feeds by the time of capture, and numbers over a result as the site gives them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from tests.webui.pages import soup, twin

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: FlaskClient, address: str) -> ET.Element:
    return ET.fromstring(client.get(address).data)  # noqa: S314 - our own output


def link(of: ET.Element, relation: str) -> str | None:
    found = [each.get("href") for each in of.findall(f"{ATOM}link") if each.get("rel") == relation]
    return found[0] if found else None


def test_a_feed_goes_back_to_the_first_capture(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webui.pages.download._FEED", 7)
    total = twin(client, "/search.json?q=公开")["total"]
    address: str | None = "/search.atom?q=公开"
    times: list[str] = []
    ids: list[str] = []
    while address:
        page = feed(client, address)
        entries = page.findall(f"{ATOM}entry")
        times += [str(entry.findtext(f"{ATOM}updated")) for entry in entries]
        ids += [str(entry.findtext(f"{ATOM}id")) for entry in entries]
        address = link(page, "next")
    assert len(ids) == len(set(ids)) == total > 14
    assert times == sorted(times, reverse=True)


def test_a_feed_says_what_it_understood(client: FlaskClient) -> None:
    title = str(feed(client, "/search.atom?q=公开&year=2021&level=county&lang=en").findtext(f"{ATOM}title"))
    assert all(words in title for words in ("公开", "2021", "County"))


def test_numbers_over_a_result(client: FlaskClient) -> None:
    body = twin(client, "/search.json?year=2019..&stats=refused&stats=disclosure_rate")
    assert set(body["stats"]) == {"refused", "disclosure_rate"}
    for each in body["stats"].values():
        assert each["reports"] == body["total"] == each["count"] + each["missing"]
        assert each["median"] == each["quartiles"][1]
        for part in ("years", "regions"):
            assert sum(one["reports"] for one in each[part]) == body["total"]
            assert sum(one["count"] for one in each[part]) == each["count"]
    assert body["stats"]["disclosure_rate"]["unit"] == "%"
    assert body["stats"]["disclosure_rate"]["sum"] is None
    assert body["stats"]["disclosure_rate"]["cases"] > 0


def test_one_hit_an_agency_and_the_next_page_by_agencies(client: FlaskClient) -> None:
    body = twin(client, "/search.json?group=agency&sort=-captured")
    assert body["groups"] < body["total"]
    assert len({hit["id"][:7] + hit["id"][12:] for hit in body["hits"]}) == len(body["hits"])
    assert (body["next"] is None) == (body["groups"] <= 20)


def test_since_narrows_and_can_be_taken_away(client: FlaskClient) -> None:
    assert twin(client, "/search.json?since=2100-01-01")["total"] == 0
    everything = twin(client, "/search.json")["total"]
    assert twin(client, "/search.json?since=2000-01-01")["total"] == everything
    page = soup(client, "/search?since=2000-01-01&lang=en")
    chip = next(tag for tag in page.select("ul.chips a, .chips a") if "2000-01-01" in tag.get_text())
    assert "since" not in str(chip["href"])
    assert twin(client, "/search.json?since=soon", status=400)["error"]["parameter"] == "since"
