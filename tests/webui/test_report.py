from __future__ import annotations

import hashlib
import json

import pytest
from bs4 import Tag
from flask.testing import FlaskClient

from corpus.doubts import said
from tests.webui.pages import soup, twin
from tests.webui.shelf import Shelf


def test_the_twin_says_all_that_was_extracted_and_where_it_comes_from(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, f"/reports/{shelf.broken}.json")
    report = shelf.reports[shelf.broken]
    assert body["ok"] is True
    assert (body["id"], body["title"], body["year"], body["form"]) == (shelf.broken, report.title, 2023, "2021")
    assert body["region"] == {"code": "990221", "name": "白鹭县", "path": ["云岚省", "石梁市", "白鹭县"]}
    (warning,) = body["warnings"]
    assert (warning["code"], warning["values"]) == ("year_conflict", {"title": 2023, "period": 2022})
    assert warning["message"] == said(report.warnings[0], "zh-CN")
    assert twin(client, f"/reports/{shelf.broken}.json?lang=en")["warnings"][0]["message"].startswith(
        "The title says 2023"
    )
    assert set(body["figures"]) == set(report.figures)
    for id_, figure in report.figures.items():
        assert body["figures"][id_] == {
            "value": None if figure.value is None else int(figure.value),
            "raw": figure.raw,
            "state": figure.state,
        }
    assert body["findings"][0] == {
        "rule": "I3",
        "verdict": "broken",
        "figures": ["applications.granted.natural_person", "applications.granted.total"],
        "left": 13,
        "right": 0,
        "code": "sides_differ",
        "values": {"statement": "各类申请人之和 = 总计", "left": "13", "right": "0"},
        "note": None,
        "quote": None,
        "message": "各类申请人之和 = 总计：左侧 13，右侧 0，不相符。",
    }
    assert len(body["sha256"]) == 64
    assert body["captured"] == "2026-03-02T08:00:00+00:00"
    assert body["url"].startswith("https://www.990221.gov.example/")


def test_every_figure_has_a_permalink_in_its_statutory_table(client: FlaskClient, shelf: Shelf) -> None:
    for id_ in (shelf.broken, shelf.real, next(i for i, r in shelf.reports.items() if r.form == "2014")):
        page = soup(client, f"/reports/{id_}")
        for figure in shelf.reports[id_].figures.values():
            cell = page.find("td", id=figure.id)
            assert isinstance(cell, Tag)
            assert cell.a is not None
            assert cell.a["href"] == f"#{figure.id}"
            passport = cell.select_one(".passport").get_text()  # type: ignore[union-attr]
            assert figure.id in passport
            assert figure.raw.strip() in passport
            shown = cell.a.get_text().replace(",", "")
            expected = {"number": str(figure.value), "blank": "空白（不等于 0）"}.get(figure.state, figure.raw)
            assert shown == expected


def test_broken_identities_stand_at_their_cells(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, f"/reports/{shelf.broken}")
    assert {cell["id"] for cell in page.select("td.broken")} == {
        "applications.granted.natural_person",
        "applications.granted.total",
    }
    assert [cell["id"] for cell in page.select("td.doubt")] == ["applications.handled.total"]
    mark = page.select_one("#applications\\.granted\\.total .passport a")
    assert mark is not None
    assert "13 ≠ 0" in page.select_one(str(mark["href"])).get_text()  # type: ignore[union-attr]
    assert said(shelf.reports[shelf.broken].warnings[0], "zh-CN") in page.get_text()


def test_paragraphs_have_anchors(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, f"/reports/{shelf.broken}")
    for section in shelf.reports[shelf.broken].sections:
        for at, paragraph in enumerate(section.paragraphs, 1):
            assert page.find(id=f"{section.kind}-{at}").get_text().startswith(paragraph)  # type: ignore[union-attr]
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_a_report_without_a_table_is_shown_and_said_to_have_none(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, f"/reports/{shelf.old}")
    assert not page.find("table")
    assert "没有可识读的法定表格" in page.get_text()


@pytest.mark.parametrize("suffix", ["", ".json", "/original"])
def test_a_former_id_redirects_for_good_and_keeps_the_language(client: FlaskClient, shelf: Shelf, suffix: str) -> None:
    response = client.get(f"/reports/{shelf.former}{suffix}?lang=en")
    assert response.status_code == 301
    assert response.headers["Location"] == f"/reports/{shelf.renamed}{suffix}?lang=en"
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("id_", ["990101-1999-00000000", "x", "990101-2021-d6fd728d'--", "%2e%2e"])
def test_an_unknown_id_is_not_found(client: FlaskClient, id_: str) -> None:
    body = twin(client, f"/reports/{id_}.json", 404)
    assert body["error"]["code"] == "not_found"
    assert client.get(f"/reports/{id_}").status_code == 404
    assert client.get(f"/reports/{id_}/original").status_code == 404


def test_a_part_of_an_original_can_be_asked_for(client: FlaskClient, shelf: Shelf) -> None:
    address = f"/reports/{shelf.broken}/original"
    whole = client.get(address).data
    part = client.get(address, headers={"Range": "bytes=5-14"})
    assert (part.status_code, part.data) == (206, whole[5:15])
    assert part.headers["Content-Range"] == f"bytes 5-14/{len(whole)}"
    beyond = client.get(address, headers={"Range": f"bytes={len(whole)}-"})
    assert beyond.status_code == 416


def test_the_original_is_served_byte_for_byte_in_a_sandbox(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, f"/reports/{shelf.broken}.json")
    for address in (f"/reports/{shelf.broken}/original", f"/snapshots/{body['sha256']}"):
        response = client.get(address)
        assert response.status_code == 200
        assert hashlib.sha256(response.data).hexdigest() == body["sha256"]
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Type"] == "text/html; charset=gb18030"
        assert b"<script>" in response.data
        again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
    assert client.get(f"/snapshots/{'0' * 64}").status_code == 404
    assert client.get("/snapshots/zzz").status_code == 404


def test_versions_and_variants_are_shown_with_their_evidence(client: FlaskClient, shelf: Shelf) -> None:
    body = twin(client, f"/reports/{shelf.changed}.json")
    assert [version["version"] for version in body["versions"]] == [1, 2]
    assert body["sha256"] == body["versions"][1]["sha256"]
    page = soup(client, f"/reports/{shelf.changed}")
    assert len(page.select(".versions li")) == 2
    conflict = twin(client, f"/reports/{shelf.conflict}.json")
    assert [variant["url"] for variant in conflict["variants"]] == ["https://other.gov.example/2021.html"]
    assert "文本不一致" in soup(client, f"/reports/{shelf.conflict}").get_text()


def test_our_own_pages_allow_nothing_from_elsewhere(client: FlaskClient, shelf: Shelf) -> None:
    for address in ("/", "/search", f"/reports/{shelf.broken}", "/nowhere"):
        response = client.get(address)
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "style=" not in response.text
        page = soup(client, address, response.status_code)
        ours = [
            tag.get("src") or tag.get("href")
            for tag in page.select(
                "script:not([type='application/ld+json']), link[rel=stylesheet], link[rel=icon], img"
            )
        ]
        assert all(str(address).startswith("/static/") for address in ours)


def test_a_page_that_has_not_changed_is_not_sent_again(client: FlaskClient, shelf: Shelf) -> None:
    for address in ("/", "/search?year=2021", f"/reports/{shelf.broken}", f"/reports/{shelf.broken}.json"):
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
        assert client.get(f"{address}{'&' if '?' in address else '?'}lang=en").headers["ETag"] != tag


def test_a_report_can_be_cited_and_found_by_search_engines(client: FlaskClient, shelf: Shelf) -> None:
    page = soup(client, f"/reports/{shelf.broken}?lang=en")
    report = shelf.reports[shelf.broken]
    described = json.loads(page.find("script", type="application/ld+json").get_text())  # type: ignore[union-attr]
    assert described["@type"] == "Report"
    assert described["name"] == report.title
    assert described["url"] == f"http://localhost/reports/{shelf.broken}"
    cited = page.select_one(".citation").get_text()  # type: ignore[union-attr]
    assert cited.startswith(f"{report.agency.name}. {report.title}[EB/OL].")
    assert "[2026-03-02]" in cited
    assert f"@misc{{nianbao-{shelf.broken}," in page.find("pre").get_text()  # type: ignore[union-attr]


def test_a_cell_tells_the_year_before_only_in_the_same_form(client: FlaskClient, shelf: Shelf) -> None:
    county = {r.year: id_ for id_, r in shelf.reports.items() if r.agency.id == "990101-d6fd728d"}
    passport = "#applications\\.received\\.total .passport"
    before = shelf.reports[county[2022]].figures["applications.received.total"]
    said = soup(client, f"/reports/{county[2023]}").select_one(passport).get_text()  # type: ignore[union-attr]
    assert f"上年： {'—' if before.value is None else f'{before.value:,}'}" in said
    for year in (2019, 2021):
        page = soup(client, f"/reports/{county[year]}")
        assert "上年：" not in page.select_one(passport).get_text()  # type: ignore[union-attr]
