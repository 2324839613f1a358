from __future__ import annotations

import csv
import io
from collections import Counter

import pytest
from flask.testing import FlaskClient

from tests.webui.pages import links, soup, twin
from tests.webui.shelf import PLACES, Shelf

PARENT = {code: parent for code, _, _, parent in PLACES} | {"410400": "410000", "410000": ""}


def mentions(shelf: Shelf, word: str) -> dict[str, bool]:
    return {
        id_: any(word in text for text in (report.title, *(section.text for section in report.sections)))
        for id_, report in shelf.reports.items()
    }


def within(code: str, region: str) -> bool:
    while code and code != region:
        code = PARENT[code]
    return code == region


def test_years_and_provinces_agree_with_a_plain_count(client: FlaskClient, shelf: Shelf) -> None:
    said = mentions(shelf, "图解")
    counts = Counter(report.year for id_, report in shelf.reports.items() if said[id_])
    existing = Counter(report.year for report in shelf.reports.values())
    body = twin(client, "/trend.json?q=“图解”")
    assert body["ok"] is True
    assert body["total"] == sum(said.values())
    assert [point["year"] for point in body["years"]] == list(range(2011, 2024))
    for point in body["years"]:
        year = point["year"]
        assert (point["count"], point["existing"]) == (counts[year], existing[year])
        assert point["share"] == (round(100 * counts[year] / existing[year], 4) if existing[year] else None)
    assert {point["region"]["code"] for point in body["regions"]} == {"990000", "410000"}
    for point in body["regions"]:
        inside = [id_ for id_, r in shelf.reports.items() if within(r.agency.region, point["region"]["code"])]
        assert (point["count"], point["existing"]) == (sum(said[id_] for id_ in inside), len(inside))
        assert point["small"] == (len(inside) < 30)


def test_a_chosen_region_shows_what_lies_in_it_and_chosen_years_only(client: FlaskClient, shelf: Shelf) -> None:
    said = mentions(shelf, "图解")
    body = twin(client, "/trend.json?q=“图解”&region=990100&year=2019..2021")
    assert [point["year"] for point in body["years"]] == [2019, 2020, 2021]
    codes = [point["region"]["code"] for point in body["regions"]]
    assert codes[0] == "990100"
    assert set(codes[1:]) == {"990101", "990122"}
    for point in body["regions"]:
        inside = [
            id_
            for id_, report in shelf.reports.items()
            if within(report.agency.region, point["region"]["code"]) and 2019 <= report.year <= 2021
        ]
        assert (point["count"], point["existing"]) == (sum(said[id_] for id_ in inside), len(inside))
    assert body["total"] == body["regions"][0]["count"] == sum(point["count"] for point in body["years"])


def test_the_page_draws_what_the_twin_says_and_each_count_leads_to_its_reports(client: FlaskClient) -> None:
    body = twin(client, "/trend.json?q=“图解”&region=990000")
    page = soup(client, "/trend?q=“图解”&region=990000")
    rows = page.select("#years tbody tr")
    assert len(rows) == len(body["years"]) == len(page.select(".histogram svg rect"))
    assert [row.th.get_text(strip=True) for row in rows] == [str(point["year"]) for point in body["years"]]  # type: ignore[union-attr]
    counted = 0
    for row, point in zip((*rows, *page.select("#regions tbody tr")), (*body["years"], *body["regions"]), strict=True):
        link = row.select_one("td a")
        if link is None:
            assert point["existing"] == 0
            continue
        assert link.get_text() == str(point["count"])
        assert soup(client, str(link["href"])).select_one(".summary strong").get_text() == link.get_text()  # type: ignore[union-attr]
        counted += 1
    assert counted > 10
    for address in links(page):
        assert client.get(address).status_code == 200


def test_the_file_says_the_same(client: FlaskClient) -> None:
    body = twin(client, "/trend.json?q=讨薪")
    response = client.get("/trend.csv", query_string={"q": "讨薪"})
    assert response.mimetype == "text/csv"
    assert response.headers["X-Robots-Tag"] == "noindex"
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    by_year = {int(row["value"]): row for row in rows if row["by"] == "year"}
    assert {
        year: (int(row["count"]), int(row["existing"]), float(row["share"]) if row["share"] else None)
        for year, row in by_year.items()
    } == {point["year"]: (point["count"], point["existing"], point["share"]) for point in body["years"]}
    assert [row["value"] for row in rows if row["by"] == "region"] == [p["region"]["code"] for p in body["regions"]]


def test_a_passage_has_a_trend_of_its_own(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, "/trend.json?like=依托政务新媒体发布政策图解，回应群众关切。")
    assert 0 < body["total"] < len(shelf.reports)
    assert sum(point["existing"] for point in body["years"]) == len(shelf.reports)


@pytest.mark.parametrize("address", ["/trend?q=讨薪", "/trend?q=讨薪&lang=en", "/trend?q=无此词&year=1999"])
def test_the_page_stays_out_of_search_engines(client: FlaskClient, address: str) -> None:
    page = soup(client, address)
    assert page.find("meta", {"name": "robots"})["content"] == "noindex, nofollow"  # type: ignore[index]
    assert "Disallow: /trend?" in client.get("/robots.txt").text
    assert str(page.select_one("#q")["value"]) in ("讨薪", "无此词")  # type: ignore[index]


def test_the_search_leads_to_the_trend_with_all_its_filters(client: FlaskClient) -> None:
    page = soup(client, "/search?q=讨薪&region=990100&year=2019..2021")
    link = next(a for a in page.find_all("a") if a.get_text() == "历年趋势")
    assert "region=990100" in str(link["href"])
    assert "year=2019..2021" in str(link["href"])
    assert soup(client, str(link["href"])).select("#years tbody tr")
