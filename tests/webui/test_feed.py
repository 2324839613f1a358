"""Feeds by the time of capture, and numbers over a result as the site gives them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: FlaskClient, address: str) -> ET.Element:
    return ET.fromstring(client.get(address).data)  # noqa: S314 - our own output


def link(of: ET.Element, relation: str) -> str | None:
    found = [each.get("href") for each in of.findall(f"{ATOM}link") if each.get("rel") == relation]
    return found[0] if found else None


def test_a_feed_goes_back_to_the_first_capture(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webui.pages.search_files._FEED", 7)
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


def test_a_changed_report_says_so(client: FlaskClient, shelf: Shelf) -> None:
    told = {
        str(entry.findtext(f"{ATOM}id")).rpartition("/")[2]: entry
        for entry in feed(client, "/search.atom?lang=en").findall(f"{ATOM}entry")
        if entry.find(f"{ATOM}category") is not None
    }
    assert set(told) == {shelf.changed}
    entry = told[shelf.changed]
    assert str(entry.findtext(f"{ATOM}title")).startswith("[changed] ")
    assert str(entry.findtext(f"{ATOM}published")) < str(entry.findtext(f"{ATOM}updated"))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_page_shows_the_numbers_of_its_twin(client: FlaskClient, language: str) -> None:
    address = f"?year=2019..&stats=refused&stats=disclosure_rate&lang={language}"
    told = twin(client, f"/search.json{address}")["stats"]
    tables = soup(client, f"/search{address}").select("section.numbers")
    assert len(tables) == len(told)
    for table, each in zip(tables, told.values(), strict=True):
        rows = [[cell.get_text() for cell in row.select("td")] for row in table.select("tbody tr")]
        parts = [each, *reversed(each["years"]), *each["regions"]]
        counts = [[f"{part[name]:,}" for name in ("reports", "count", "missing")] for part in parts]
        assert [row[:3] for row in rows] == counts
    first = tables[0].select("tbody tr")[1].select_one("a")
    assert first is not None
    assert "year=2023" in str(first["href"])


def test_metrics_are_counted_and_summed_up_side_by_side(client: FlaskClient) -> None:
    page = soup(client, "/search?facet_metric=refused&facet_metric=disclosure_rate&lang=en")
    heads = [head.get_text(" ", strip=True) for head in page.select("aside h3")]
    assert len(heads) == 2
    form = next(form for form in page.select("aside form") if form.select_one("#facet_metric"))
    held = [(field["name"], field["value"]) for field in form.select("input[type=hidden]")]
    assert [value for name, value in held if name == "facet_metric"] == ["refused", "disclosure_rate"]
    assert any("stats=refused" in str(link["href"]) for link in page.select("aside a"))


def test_one_of_each_body_is_a_chip(client: FlaskClient) -> None:
    offered = next(str(tag["href"]) for tag in soup(client, "/search?lang=en").select("a") if "One of each" in tag.text)
    page = soup(client, offered)
    chip = next(tag for tag in page.select(".chips a") if "one of each body" in tag.get_text())
    assert "group" not in str(chip["href"])
    assert str(twin(client, "/search.json?group=agency")["groups"]) in page.select_one("[role=status]").get_text()  # type: ignore[union-attr]


@pytest.mark.parametrize(("asked", "order"), [("哪些县拒绝最多", "highest first"), ("申请最少的市", "lowest first")])
def test_a_question_shows_the_order_it_brings(client: FlaskClient, asked: str, order: str) -> None:
    page = soup(client, f"/search?q={asked}&lang=en")
    current = page.select(".sorts [aria-current]")
    assert [order in each.get_text() for each in current] == [True]
    assert "Relevance" not in page.select_one(".sorts").get_text()  # type: ignore[union-attr]
    assert page.select(".hit .metric")


def test_what_was_read_otherwise_is_shown_and_can_be_taken_back(client: FlaskClient) -> None:
    page = soup(client, "/search?q=讨薪 不含 学区划分&lang=en")
    notice = next(tag for tag in page.select(".notice") if "Read as" in tag.get_text())
    assert "讨薪 -学区划分" in notice.get_text()
    back = notice.select_one("a")
    assert back is not None
    assert "plain=1" in str(back["href"])


def test_what_was_weakened_is_marked_where_it_stands(client: FlaskClient) -> None:
    body = twin(client, "/search.json?q=薪案件逐")
    assert body["total"] == 0
    assert {each["how"] for each in body["query"]["relaxed"]} == {"characters"}
    marked = {s["text"][a:b] for hit in body["relaxed_hits"] for s in hit["snippets"] for a, b in s["marks"]}
    assert marked == {"薪案件逐"}
